"""Changes a patient's times: what was planned for later is cancelled, and planned again by the new ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col

from coach.domain.calendar import local_day
from coach.domain.delivery import MessageState
from coach.domain.errors import CoachError
from coach.domain.names import LONGEST, tidy_name
from coach.domain.planner import NotPlanned
from coach.domain.program import LANGUAGES, WEEKDAYS, SlotName
from coach.domain.turned import Settings, turned
from coach.services.editions import Editions
from coach.services.enroll import BUILT_IN_PRESETS
from coach.services.plan import plan_again, plan_enrollments
from coach.services.turns import note_turn
from coach.storage import enrollments, messages, patients
from coach.storage.database import Sessions
from coach.storage.tables import Enrollment, Message, Patient, Reply
from coach.storage.tables.patient import PatientState

ZONES_APART = timedelta(days=2)  # one local date spans 50 hours of the world's time: no row of today is due earlier


class EditError(CoachError):
    """The patient cannot be changed so."""


@dataclass(frozen=True)
class Change:
    """What is to be different; None leaves it. `slots` are local HH:MM by slot name, empty for the program's own."""

    zone: str | None = None
    slots: Mapping[str, str] | None = None
    weekdays_off: Sequence[str] | None = None
    language: str | None = None
    name: str | None = None
    presets: Mapping[int, str] = field(default_factory=dict)  # by enrollment


def edit(sessions: Sessions, editions: Editions, patient_id: int, change: Change, *, by: str, now: datetime) -> int:
    """How many texts were planned anew. What has left, or was due by `now`, stays; nothing becomes due in the past.

    Raises:
        EditError: no such patient, zone, slot, weekday, language or preset, or a time that is none.
    """
    with sessions.write() as session:
        return edit_in(session, editions, locked(session, patient_id), change, by=by, now=now)


def locked(session: Session, patient_id: int) -> Patient:
    """The patient, whose row is locked. Raises EditError."""
    if session.get(Patient, patient_id) is None:
        raise EditError(f"there is no patient {patient_id}; `coach patient list` shows them")
    patient = patients.lock(session, patient_id)
    if patient.state is not PatientState.ACTIVE:
        raise EditError(f"patient {patient_id} is withdrawn: nothing is sent, and nothing is to be changed")
    return patient


def edit_in(
    session: Session,
    editions: Editions,
    patient: Patient,
    change: Change,
    *,
    by: str,
    now: datetime,
    reply: Reply | None = None,
) -> int:
    """The same in a transaction that is open already, with the patient's row locked; `reply` is what asked for it."""
    assert patient.id is not None
    rows = enrollments.active_of(session, patient.id)
    before = _stands(patient, rows)
    _apply(patient, change)
    _speak(session, editions, patient, rows, change)
    for row in rows:
        _preset(session, editions, row, change)
    session.add_all([patient, *rows])
    for word, what in turned(before, _stands(patient, rows)):
        note_turn(session, patient, word, what, by=by, now=now, reply=reply)
    return plan_anew(session, editions, patient, now=now, why="the person's times were changed")


def plan_anew(session: Session, editions: Editions, patient: Patient, *, now: datetime, why: str) -> int:
    """How many texts were planned anew: what was planned for later is cancelled first. The patient's row is locked."""
    assert patient.id is not None
    rows = enrollments.active_of(session, patient.id)
    plan_again(session, patient, at=now, since=cancel_later(session, patient, now, why))
    return plan_enrollments(session, editions, [row.id for row in rows if row.id is not None], now).new


def _stands(patient: Patient, rows: Sequence[Enrollment]) -> Settings:
    presets = {row.program_name: row.preset for row in rows}
    return Settings(patient.zone, patient.language, dict(patient.slots), tuple(patient.weekdays_off), presets)  # type: ignore[arg-type]  # checked when written


def _speak(session: Session, editions: Editions, patient: Patient, rows: Sequence[Enrollment], change: Change) -> None:
    if change.language is None or change.language == patient.language:
        return
    if change.language not in LANGUAGES:
        raise EditError(f"there are no texts in {change.language!r}; there are {', '.join(LANGUAGES)}")
    for row in rows:
        program = editions.get(session, row.program_id).program
        if change.language not in program.languages:
            raise EditError(f"{program.name} is not written in {change.language!r}; end that program first")
    patient.language = change.language


def _preset(session: Session, editions: Editions, row: Enrollment, change: Change) -> None:
    wanted = change.presets.get(row.id or 0, row.preset)
    presets = BUILT_IN_PRESETS | set(editions.get(session, row.program_id).program.presets)
    if wanted not in presets:
        raise EditError(f"{row.program_name} has no preset {wanted!r}; it has {', '.join(sorted(presets))}")
    row.preset = wanted


def _apply(patient: Patient, change: Change) -> None:
    if change.name is not None:
        name = tidy_name(change.name)
        if name is None:
            raise EditError(f"write what the person wants to be called, in 1 to {LONGEST} letters")
        patient.name = name
    if change.zone is not None:
        if change.zone not in available_timezones():
            raise EditError(f"there is no time zone {change.zone!r}; write one such as America/New_York")
        patient.zone = change.zone
    if change.slots is not None:
        slots = {**patient.slots, **{name: _slot(name, at) for name, at in change.slots.items()}}
        patient.slots = {name: at for name, at in slots.items() if at}
    if change.weekdays_off is not None:
        unknown = [day for day in change.weekdays_off if day not in WEEKDAYS]
        if unknown:
            raise EditError(f"{unknown[0]!r} is no weekday; write {', '.join(WEEKDAYS)}")
        patient.weekdays_off = list(change.weekdays_off)


def _slot(name: str, at: str) -> str:
    if name not in get_args(SlotName):
        raise EditError(f"there is no slot {name!r}; there are {', '.join(get_args(SlotName))}")
    if not at:
        return ""
    try:
        return datetime.strptime(at, "%H:%M").time().strftime("%H:%M")  # noqa: DTZ007 (a local time of day)
    except ValueError:
        raise EditError(f"{at!r} is no time of day; write it as 09:30") from None


def cancel_later(session: Session, patient: Patient, now: datetime, why: str, *which: ColumnElement[bool]) -> date:
    """Occurrences after `now` are cancelled, and what planning withheld of today or later: its hour may come after all.

    The first local date that wants planning. `which`: only those, where it is given.
    """
    assert patient.id is not None
    today = local_day(now, ZoneInfo(patient.zone))
    later = col(Message.due_at) > now
    withheld = and_(col(Message.reason).in_(tuple(NotPlanned)), or_(later, col(Message.local_date) >= today))
    planned = and_(col(Message.state) == MessageState.PLANNED, later)
    found = messages.occurrences_after(session, patient.id, now - ZONES_APART, and_(or_(planned, withheld), *which))
    for message in found:
        messages.move(session, message, MessageState.CANCELLED, at=now, why=why)
    session.flush()
    return min([today, *(message.local_date for message in found if message.local_date is not None)])
