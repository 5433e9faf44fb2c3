"""Texts that did not reach anybody, each with its reason in clinic language."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from coach.domain.calendar import local_day
from coach.domain.delivery import MessageState, Purpose
from coach.domain.reasons import STATES, in_words
from coach.storage.database import Sessions
from coach.storage.tables import Message, Patient

NOT_GONE = (
    MessageState.WITHHELD,
    MessageState.EXPIRED,
    MessageState.MISSED,
    MessageState.FAILED,
    MessageState.UNDELIVERED,
)
"""States of a text that was owed and is not there; what was cancelled is owed no more."""

AGAIN = {Purpose.REMINDER: " (reminder)", Purpose.RE_ASK: " (asked once more)"}
EAST = timedelta(hours=14)  # where a date begins first, before it does in UTC


@dataclass(frozen=True)
class NotGone:
    """One such text: `due` is in the patient's zone, `stands` and `reason` are in clinic language."""

    id: int
    patient_id: int
    name: str
    due: datetime
    state: MessageState
    stands: str
    reason: str


def not_gone(
    sessions: Sessions, states: Collection[MessageState] = NOT_GONE, *, since: date | None = None
) -> Iterator[NotGone]:
    """Texts in one of `states`, in order of time; with `since`, those due on that local date or later."""
    query = (
        select(Message, col(Patient.zone))
        .join(Patient, col(Patient.id) == col(Message.patient_id))
        .where(col(Message.state).in_(tuple(states)))
        .order_by(col(Message.due_at), col(Message.id))
    )
    if since is not None:
        query = query.where(col(Message.due_at) >= datetime.combine(since, time(0), UTC) - EAST)
    with sessions.read() as session:
        for message, zone in session.execute(query.execution_options(yield_per=500)):
            if since is None or local_day(message.due_at, ZoneInfo(zone)) >= since:
                yield _told(message, ZoneInfo(zone))


def _told(message: Message, zone: ZoneInfo) -> NotGone:
    assert message.id is not None
    assert message.patient_id is not None
    again = AGAIN.get(message.purpose, "")
    return NotGone(
        id=message.id,
        patient_id=message.patient_id,
        name=(message.name if message.item is None else f"{message.name}: {message.item}") + again,
        due=message.due_at.astimezone(zone),
        state=message.state,
        stands=STATES[message.state],
        reason=in_words(message.reason),
    )
