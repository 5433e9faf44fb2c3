"""The one friendly text to somebody who has fallen silent: it offers less, STOP or a call, and asks nothing."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col

from coach.domain import calendar
from coach.domain.alerts.history import Finding
from coach.domain.delivery import PRIORITY, MessageState, Purpose
from coach.domain.program import Program
from coach.services.alert_history import Watched
from coach.storage import alerts, messages, patients
from coach.storage.database import Sessions
from coach.storage.messages import Shard
from coach.storage.tables import Message, Patient

NAME = "quiet"  # messages/<language>/shared/quiet.txt


def write_kindly(session: Session, patient: Patient, one: Watched, finding: Finding, *, now: datetime) -> None:
    """The text is planned for the patient's midday, today or tomorrow, unless this silence has had one.

    It is in no hurry: it waits its turn behind answers, and leaves within the hours of its day or not at all.
    """
    assert patient.id is not None
    since = one.history.quiet_since
    if since is None or alerts.was_written(session, patient.id, Purpose.STAFF, NAME, since=_end_of(since, patient)):
        return  # their other program noticed the same silence
    at, send_by = _next_midday(one.program, patient, now)
    message = Message(
        patient_id=patient.id,
        enrollment_id=one.enrollment.id,
        purpose=Purpose.STAFF,
        priority=PRIORITY[Purpose.NUDGE],
        name=NAME,
        due_at=at,
        next_at=at,
        send_by=send_by,
        created_at=now,
    )
    session.add(message)
    session.flush()
    assert message.id is not None
    messages.log_born(session, [message.id], MessageState.PLANNED, at=now, why=finding.words)


def _next_midday(program: Program, patient: Patient, now: datetime) -> tuple[datetime, datetime]:
    """The next midday slot (UTC) that lies in the program's hours, or the next opening, and the end of that day's."""
    zone = ZoneInfo(patient.zone)
    day = calendar.local_day(now, zone)
    midday = patient.slot_times().get("midday", program.slots.midday)
    today = calendar.to_utc(day, midday, zone)
    at = today if today >= now else calendar.to_utc(day + timedelta(days=1), midday, zone)
    at = calendar.next_opening(at, zone, program.hours)
    return at, calendar.closing(at, zone, program.hours)


def _end_of(day: date, patient: Patient) -> datetime:
    return calendar.day_bounds(day, ZoneInfo(patient.zone))[1]


def take_back(session: Session, patient_id: int, *, now: datetime) -> int:
    """How many of these texts to the patient, whose row is locked, were cancelled, still unsent."""
    return _cancel(session, _owed(session, patient_id), now)


def _owed(session: Session, patient_id: int) -> list[Message]:
    return messages.planned(session, patient_id, col(Message.purpose) == Purpose.STAFF, col(Message.name) == NAME)


def _cancel(session: Session, needless: list[Message], now: datetime) -> int:
    for message in needless:
        messages.move(session, message, MessageState.CANCELLED, at=now, why="they are not silent any more")
    return len(needless)


def take_back_where_needless(sessions: Sessions, *, now: datetime, shard: Shard) -> int:
    """How many of these texts were cancelled, still unsent: the person wrote, or is paused, held or in flare."""
    with sessions.read() as session:
        owed = alerts.planned_of_name(session, Purpose.STAFF, NAME)
        whose = {one.patient_id for one in owed if one.patient_id is not None}
    return sum(_take_back(sessions, who, now) for who in whose if who % shard.of == shard.index)


def _take_back(sessions: Sessions, patient_id: int, now: datetime) -> int:
    with sessions.write() as session:
        patients.lock(session, patient_id)
        heard = alerts.last_heard(session, [patient_id]).get(patient_id)
        away = patients.spells_at(session, patient_id, now)
        owed = _owed(session, patient_id)
        return _cancel(session, [one for one in owed if away or (heard is not None and heard >= one.created_at)], now)
