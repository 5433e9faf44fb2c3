"""Replies: raw texts and what they were understood to say."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, literal_column, or_, select
from sqlmodel import Session, col

from coach.domain.inbound import Reading
from coach.storage import questions
from coach.storage.tables import Patient, Question, Reply

JOINED_AT_MOST = 10  # texts; a person does not cut one sentence into more, and a machine may write thousands
_IS_UNREAD: Any = literal_column("'unread'")  # written out, so that the partial index is seen to fit
_UNREAD_FROM = select(col(Reply.phone)).where(  # delivery asks it for every text: it is built once
    col(Reply.phone).in_(bindparam("phones", expanding=True)), col(Reply.state) == _IS_UNREAD
)


def unread(session: Session, now: datetime, limit: int) -> list[int]:
    """The ids of replies to be read at `now`: those that nobody has tried to read first, each number in turn.

    A machine that writes thousands of texts keeps nobody else's waiting for more than one of them.
    """
    turn = func.row_number().over(partition_by=col(Reply.phone), order_by=(col(Reply.received_at), col(Reply.id)))
    query = (
        select(col(Reply.id))
        .where(col(Reply.state) == _IS_UNREAD, or_(col(Reply.retry_at).is_(None), col(Reply.retry_at) <= now))
        .order_by(col(Reply.faults) > 0, turn, col(Reply.received_at), col(Reply.id))
    )
    return [id_ for id_ in session.execute(query.limit(limit)).scalars() if id_ is not None]


def lock(session: Session, reply_id: int) -> Reply:
    """The reply as it stands, locked until the transaction ends."""
    query = select(Reply).where(col(Reply.id) == reply_id).with_for_update()
    reply: Reply = session.execute(query.execution_options(populate_existing=True)).scalar_one()
    return reply


def of(patient: Patient) -> ColumnElement[bool]:
    """Which texts a conversation shows: the patient's, and those of their number that are nobody else's."""
    is_nobodys = and_(col(Reply.patient_id).is_(None), col(Reply.phone) == patient.phone)
    return or_(col(Reply.patient_id) == patient.id, is_nobodys)


def unread_from(session: Session, phones: Collection[str]) -> set[str]:
    """Those of these numbers of which a text is stored and not read yet."""
    return set(session.execute(_UNREAD_FROM, {"phones": list(phones)}).scalars())


def earlier(session: Session, reply: Reply, within: timedelta) -> str:
    """What the same number wrote within that time before, oldest first, a line each; the last JOINED_AT_MOST of it."""
    query = select(col(Reply.body)).where(
        col(Reply.phone) == reply.phone,
        col(Reply.received_at) >= reply.received_at - within,
        col(Reply.received_at) <= reply.received_at,
        col(Reply.id) < reply.id,
    )
    newest = session.execute(query.order_by(col(Reply.id).desc()).limit(JOINED_AT_MOST)).scalars()
    return "\n".join(reversed(list(newest)))


def late_candidates(session: Session, patient_id: int, at: datetime, within: timedelta) -> list[Question]:
    """Closed, unanswered questions that still take an answer: until the same is asked again, and `within` at most."""
    closed = questions.closed_since(session, patient_id, at - within)
    return [question for question in closed if not questions.asked_again(session, question, at)]


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading as the reply keeps it."""
    return {key: value for key, value in asdict(reading).items() if key != "text"}
