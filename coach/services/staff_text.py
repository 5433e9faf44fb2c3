"""A text that somebody of the team writes to a patient: what it costs, whether it may leave, and its way."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlmodel import Session, col

from coach.domain import segment
from coach.domain.calendar import in_hours, next_opening
from coach.domain.consent import Consent
from coach.domain.delivery import PRIORITY, MessageState, Purpose
from coach.domain.program import Hours
from coach.domain.segment import Size
from coach.services.care import CareError, lock_active
from coach.services.editions import Editions
from coach.services.look import hours_of
from coach.services.roster import NoSuchPatientError
from coach.services.talk_spell import open_talk
from coach.storage import ledger, messages
from coach.storage.database import Sessions
from coach.storage.tables import Message, Patient

NAME = "staff"
MOST_SEGMENTS = 6
GOOD_FOR = timedelta(hours=24)
DOUBLE_CLICK = timedelta(seconds=60)
NOT_YET = frozenset({Consent.RECORDED, Consent.INVITED})
NEVER = {
    Consent.STOPPED: "has said STOP: no text may leave, whatever the reason. Call them",
    Consent.WITHDRAWN: "is withdrawn: no text may leave",
    Consent.NONE: "has no consent on the ledger: no text may leave",
}


class StaffTextError(CareError):
    """That text cannot be written to that patient."""


@dataclass(frozen=True)
class Verdict:
    """What a text would cost, and when it would leave. Times are UTC.

    `forces`: the first character for which it takes more segments; `never`: why it can not leave at all; `objections`:
    what speaks against now, and wants a reason; without one it leaves at `leaves_at`, or, where that is None, not.
    """

    size: Size
    forces: str | None
    never: str | None
    objections: tuple[str, ...]
    leaves_at: datetime | None

    @property
    def wants_reason(self) -> bool:
        """Whether it leaves now only with a reason."""
        return self.never is None and bool(self.objections)


def check_text(sessions: Sessions, editions: Editions, patient_id: int, text: str, *, now: datetime) -> Verdict:
    """What that text would cost, and when it would leave. Raises NoSuchPatientError."""
    with sessions.read() as session:
        patient = session.get(Patient, patient_id)
        if patient is None:
            raise NoSuchPatientError(f"there is no patient {patient_id}")
        return _verdict(session, editions, patient, text.strip(), now)


def write_text(
    sessions: Sessions, editions: Editions, patient_id: int, text: str, *, by: str, override: str = "", now: datetime
) -> Message:
    """The text is planned: for now, or for the next allowed hours; with a reason it leaves now in any case.

    The same words of the same person within a minute, or that still wait, are one text.

    Raises:
        CareError: no such patient, or withdrawn.
        StaffTextError: empty or too long; after STOP; or before a yes, and no reason is given.
    """
    said, why = text.strip(), override.strip()
    with sessions.write() as session:
        patient = lock_active(session, patient_id)
        verdict = _verdict(session, editions, patient, said, now)
        if verdict.never:
            raise StaffTextError(verdict.never)
        if verdict.leaves_at is None and not why:
            raise StaffTextError(f"{'; '.join(verdict.objections)}: say why it leaves all the same")
        if twin := _twin(session, patient_id, said, by, now):
            return _hurry(session, twin, why, by, now) if why and twin.state is MessageState.PLANNED else twin
        at = now if why or verdict.leaves_at is None else verdict.leaves_at
        message = _plan(session, patient_id, said, verdict.size, by, why or None, at, now)
        if at == now:
            open_talk(session, patient_id, by=by, now=now)
        return message


def _verdict(session: Session, editions: Editions, patient: Patient, text: str, now: datetime) -> Verdict:
    size = segment.count(text)
    standing = ledger.standing(session, patient.phone)
    never = _never(patient, standing, text, size)
    zone, hours = ZoneInfo(patient.zone), hours_of(session, editions, patient)
    objections, leaves_at = [], now
    if standing in NOT_YET:
        objections.append(f"{patient.name} has not said yes to texts yet")
    if not in_hours(now, zone, hours):
        leaves_at = next_opening(now, zone, hours)
        objections.append(f"it is {now.astimezone(zone):%H:%M} where {patient.name} is, {_outside(hours)}")
    leaves = None if standing in NOT_YET else leaves_at
    return Verdict(size, segment.forcing(text), never, tuple(objections), leaves)


def _never(patient: Patient, standing: Consent, text: str, size: Size) -> str | None:
    if standing in NEVER:
        return f"{patient.name} {NEVER[standing]}"
    if not text:
        return "write something first"
    if size.segments > MOST_SEGMENTS:
        return f"it takes {size.segments} texts on the air; {MOST_SEGMENTS} is the most. Make it shorter, or call"
    return None


def _outside(hours: Hours) -> str:
    start, end = _clock(hours.start), _clock(hours.end)
    return f"outside {start} to {end}"


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


def _twin(session: Session, patient_id: int, text: str, by: str, now: datetime) -> Message | None:
    query = select(Message).where(
        col(Message.patient_id) == patient_id,
        col(Message.due_at) > now - DOUBLE_CLICK,
        or_(col(Message.created_at) > now - DOUBLE_CLICK, col(Message.state) == MessageState.PLANNED),
        col(Message.purpose) == Purpose.STAFF,
        col(Message.written_by) == by,
        col(Message.text) == text,
        col(Message.state) != MessageState.CANCELLED,
    )
    return session.execute(query.limit(1)).scalar_one_or_none()


def _hurry(session: Session, message: Message, why: str, by: str, now: datetime) -> Message:
    """The text that waits for the allowed hours leaves now."""
    message.due_at = message.next_at = now
    message.send_by, message.override = now + GOOD_FOR, why
    session.add(message)
    assert message.patient_id is not None
    open_talk(session, message.patient_id, by=by, now=now)
    return message


def take_back(sessions: Sessions, patient_id: int, message_id: int, *, by: str, now: datetime) -> None:
    """The text that waits does not leave. Raises StaffTextError where it has left, or is no text of the team's."""
    with sessions.write() as session:
        lock_active(session, patient_id)
        message = session.get(Message, message_id)
        if message is None or message.patient_id != patient_id or message.written_by is None:
            raise StaffTextError("there is no such text of the team's")
        if message.state is not MessageState.PLANNED:
            raise StaffTextError("that text has left already, or does not leave any more")
        messages.move(session, message, MessageState.CANCELLED, at=now, why=f"taken back by {by}")


def _plan(
    session: Session,
    patient_id: int,
    text: str,
    size: Size,
    by: str,
    override: str | None,
    at: datetime,
    now: datetime,
) -> Message:
    message = Message(
        patient_id=patient_id,
        purpose=Purpose.STAFF,
        priority=PRIORITY[Purpose.STAFF],
        name=NAME,
        text=text,
        segments=size.segments,
        written_by=by,
        override=override,
        due_at=at,
        next_at=at,
        send_by=at + GOOD_FOR,
        created_at=now,
    )
    session.add(message)
    session.flush()
    assert message.id is not None
    why = f"written by {by}" + (f", outside the usual rules: {override}" if override else "")
    messages.log_born(session, [message.id], MessageState.PLANNED, at=now, why=why)
    return message
