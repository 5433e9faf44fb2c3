"""Doubt has an end: calls that nobody settled, and calls whose outcome stays unknown."""

from datetime import datetime, timedelta

from sqlalchemy import literal_column, select
from sqlmodel import Session, col

from coach.domain.delivery import MessageState
from coach.storage import messages, patients
from coach.storage.database import Sessions
from coach.storage.tables import Message

LOST_AFTER = timedelta(minutes=5)  # a call takes 35 s at most: whoever made this one is gone
DOUBT_ENDS_AFTER = timedelta(minutes=15)
BATCH = 200


def reconcile(sessions: Sessions, *, now: datetime) -> int:
    """How many messages came out of doubt: a call without an end becomes unknown, an unknown without news is missed.

    A text that may have left is never sent again here.
    """
    with sessions.read() as session:
        lost = _ids(session, "'sending'", now - LOST_AFTER)
        doubtful = _ids(session, "'unknown'", now - DOUBT_ENDS_AFTER)
    for message_id in lost:
        _move(
            sessions,
            message_id,
            MessageState.SENDING,
            MessageState.UNKNOWN,
            now,
            "the call has no end: the process that made it is gone",
        )
    for message_id in doubtful:
        _move(
            sessions,
            message_id,
            MessageState.UNKNOWN,
            MessageState.MISSED,
            now,
            "no news of it came from the provider",
        )
    return len(lost) + len(doubtful)


def _ids(session: Session, state: str, before: datetime) -> list[int]:
    query = select(col(Message.id)).where(col(Message.state) == literal_column(state), col(Message.left_at) < before)
    return [id_ for id_ in session.execute(query.order_by(col(Message.id)).limit(BATCH)).scalars() if id_ is not None]


def _move(
    sessions: Sessions, message_id: int, before: MessageState, after: MessageState, now: datetime, why: str
) -> None:
    with sessions.write() as session:
        message = session.get_one(Message, message_id)
        if message.patient_id is not None:
            patients.lock(session, message.patient_id)
        session.refresh(message)
        if message.state is before:
            messages.move(session, message, after, at=now, why=why)
