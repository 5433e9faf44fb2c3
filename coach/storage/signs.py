"""Signs of life: when something was last seen at work; and how the self-test went."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from coach.domain.delivery import PRIORITY, MessageState, Purpose
from coach.storage.insert import insert_new
from coach.storage.messages import IS_PLANNED
from coach.storage.tables import Message, Reply, SelfTest, Sign
from coach.storage.tables.reply import ReplyState


def seen(session: Session, name: str, at: datetime) -> None:
    """`name` was at work at `at` (UTC)."""
    if not insert_new(session, Sign, [{"name": name, "at": at}]):
        session.execute(update(Sign).where(col(Sign.name) == name).values(at=at))


def last_seen(session: Session, name: str) -> datetime | None:
    """When `name` was last at work, UTC; None: never."""
    return session.execute(select(col(Sign.at)).where(col(Sign.name) == name)).scalar_one_or_none()


def newest_test(session: Session) -> SelfTest | None:
    """The self-test that began last, whether or not it has ended."""
    return session.execute(select(SelfTest).order_by(col(SelfTest.id).desc()).limit(1)).scalar_one_or_none()


def newest_ended_test(session: Session) -> SelfTest | None:
    """The self-test that ended last."""
    query = select(SelfTest).where(col(SelfTest.ended_at).is_not(None)).order_by(col(SelfTest.id).desc())
    return session.execute(query.limit(1)).scalar_one_or_none()


def delivery_lag(session: Session, now: datetime, *, priority: int) -> timedelta:
    """How long the planned text of that priority, or before, that waits longest has been due, and nobody took it."""
    query = select(func.min(col(Message.next_at))).where(
        col(Message.state) == IS_PLANNED,
        col(Message.priority) <= priority,
        col(Message.next_at) <= now,
        col(Message.send_by) > now,
        (col(Message.lease_until).is_(None)) | (col(Message.lease_until) < now),
    )
    return _since(session.execute(query).scalar_one_or_none(), now)


def danger_lag(session: Session, now: datetime) -> timedelta:
    """How long the answer to words of danger that waits longest to leave has waited, its retries included."""
    query = select(func.min(col(Message.due_at))).where(
        col(Message.state) == IS_PLANNED,
        col(Message.priority) == PRIORITY[Purpose.SAFETY],
        col(Message.purpose) == Purpose.SAFETY,
    )
    return _since(session.execute(query).scalar_one_or_none(), now)


def reading_lag(session: Session, now: datetime) -> timedelta:
    """How long the text that waits longest to be read has been here, but for those that have a case of their own."""
    query = select(func.min(func.coalesce(col(Reply.stored_at), col(Reply.received_at)))).where(
        col(Reply.state) == ReplyState.UNREAD, col(Reply.faults) == 0
    )
    return _since(session.execute(query).scalar_one_or_none(), now)


def unread_count(session: Session) -> int:
    """How many texts wait to be read."""
    query = select(func.count()).select_from(Reply).where(col(Reply.state) == ReplyState.UNREAD)
    count: int = session.execute(query).scalar_one()
    return count


def not_arrived_since(session: Session, since: datetime) -> int:
    """How many texts that left since `since` (UTC) did not arrive."""
    states = (MessageState.FAILED, MessageState.UNDELIVERED)
    query = select(func.count()).select_from(Message).where(col(Message.due_at) > since, col(Message.state).in_(states))
    count: int = session.execute(query).scalar_one()
    return count


def _since(at: datetime | None, now: datetime) -> timedelta:
    return timedelta(0) if at is None else max(timedelta(0), now - at)
