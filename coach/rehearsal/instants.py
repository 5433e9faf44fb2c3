"""When something next happens: the instants from which to which virtual time steps."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from coach.domain.delivery import MessageState
from coach.domain.doubt import LOST_AFTER
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Message, Question
from coach.storage.tables.question import QuestionState

PLAN_EVERY = timedelta(hours=6)
A_MOMENT = timedelta(seconds=1)


def next_instant(sessions: Sessions, now: datetime, others: Iterable[datetime | None]) -> datetime:
    """The earliest moment after `now` at which something is due, is to be looked up or ends, or one of `others`.

    Times are UTC.
    """
    with sessions.read() as session:
        lost = _earliest(session, col(Message.left_at), col(Message.state) == MessageState.SENDING)
        look_up = _earliest(session, col(Attempt.look_at), col(Attempt.look_at).is_not(None))
        later = [
            _earliest(session, col(Message.next_at), col(Message.state) == MessageState.PLANNED),
            _earliest(session, col(Question.answer_by), col(Question.state) == QuestionState.OPEN),
            None if lost is None else lost + LOST_AFTER + A_MOMENT,
            look_up,
            now + PLAN_EVERY,
            *others,
        ]
    return min(max(moment, now + A_MOMENT) for moment in later if moment is not None)


def _earliest(session: Session, column: Any, condition: Any) -> datetime | None:  # noqa: ANN401 (SQL expressions)
    found: datetime | None = session.execute(select(func.min(column)).where(condition)).scalar_one()
    return found
