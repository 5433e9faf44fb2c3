"""Why a text was sent, and why not: one message with all its moves, or all of a patient's local day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain.calendar import day_bounds
from coach.domain.delivery import ARRIVED, MessageState
from coach.domain.errors import CoachError
from coach.domain.reasons import STATES, in_words
from coach.services.turns import moves_of
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Enrollment, Message, MessageEvent, Patient

WANTS_REASON = frozenset(MessageState) - ARRIVED - {MessageState.SENDING}
"""States that do not speak for themselves."""


class NothingToExplainError(CoachError):
    """There is no such message or patient."""


@dataclass(frozen=True)
class Line:
    """One thing that happened: when (in the patient's zone), and what."""

    at: datetime
    what: str


@dataclass(frozen=True)
class Explained:
    """One message: what it is, how it stands and why, and its history."""

    id: int
    patient: str
    zone: ZoneInfo
    name: str
    purpose: str
    due: datetime
    send_by: datetime
    state: str
    reason: str
    text: str | None
    history: tuple[Line, ...]


def explain_message(sessions: Sessions, message_id: int) -> Explained:
    """Everything about one message, times in the patient's zone.

    Raises:
        NothingToExplainError: there is no such message.
    """
    with sessions.read() as session:
        message = session.get(Message, message_id)
        if message is None or message.patient_id is None:
            raise NothingToExplainError(f"there is no message {message_id}; `coach export messages` lists them")
        return _explained(session, message, session.get_one(Patient, message.patient_id))


def explain_day(sessions: Sessions, patient_id: int, day: date) -> list[Explained]:
    """Every text owed to the patient on that local date, sent or not, in order of time.

    Raises:
        NothingToExplainError: there is no such patient.
    """
    with sessions.read() as session:
        patient = session.get(Patient, patient_id)
        if patient is None:
            raise NothingToExplainError(f"there is no patient {patient_id}; `coach patient list` shows them")
        start, end = day_bounds(day, ZoneInfo(patient.zone))
        query = select(Message).where(
            col(Message.patient_id) == patient_id, col(Message.due_at) >= start, col(Message.due_at) < end
        )
        found = session.execute(query.order_by(col(Message.due_at), col(Message.id))).scalars()
        return [_explained(session, message, patient) for message in found]


def _explained(session: Session, message: Message, patient: Patient) -> Explained:
    zone = ZoneInfo(patient.zone)
    assert message.id is not None
    return Explained(
        id=message.id,
        patient=patient.name,
        zone=zone,
        name=message.name if message.item is None else f"{message.name}: {message.item}",
        purpose=message.purpose.replace("_", "-"),
        due=message.due_at.astimezone(zone),
        send_by=message.send_by.astimezone(zone),
        state=STATES[message.state],
        reason=in_words(message.reason) if message.state in WANTS_REASON else "",
        text=message.text,
        history=tuple(_history(session, message, zone)),
    )


def _history(session: Session, message: Message, zone: ZoneInfo) -> list[Line]:
    events = session.execute(
        select(MessageEvent).where(col(MessageEvent.message_id) == message.id).order_by(col(MessageEvent.id))
    ).scalars()
    lines = [Line(event.at.astimezone(zone), f"{STATES[event.after]}: {in_words(event.why)}") for event in events]
    attempts = session.execute(select(Attempt).where(col(Attempt.message_id) == message.id)).scalars()
    lines += [
        Line(
            attempt.begun_at.astimezone(zone),
            f"attempt {attempt.id}: {attempt.outcome or 'no end yet'} {attempt.provider_id or ''}".rstrip(),
        )
        for attempt in attempts
    ]
    return sorted([*lines, *_moves(session, message, lines, zone)], key=lambda line: line.at)


def _moves(session: Session, message: Message, lines: Sequence[Line], zone: ZoneInfo) -> Iterator[Line]:
    """The moves to another version of its program that the person made while it was planned."""
    if message.enrollment_id is None or message.patient_id is None:
        return
    program = session.get_one(Enrollment, message.enrollment_id).program_name
    over = None if message.state is MessageState.PLANNED else max((line.at for line in lines), default=None)
    for turn in moves_of(session, message.patient_id, program, message.created_at):
        if over is None or turn.at <= over:
            yield Line(turn.at.astimezone(zone), f"{turn.what}, by {turn.by}")
