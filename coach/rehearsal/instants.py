"""When something next happens: the instants from which to which virtual time steps."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import col

from coach.domain.delivery import MessageState
from coach.services.reconcile import DOUBT_ENDS_AFTER, LOST_AFTER
from coach.storage.database import Sessions
from coach.storage.tables import Message, Question
from coach.storage.tables.question import QuestionState

PLAN_EVERY = timedelta(hours=6)
A_MOMENT = timedelta(seconds=1)


def next_instant(sessions: Sessions, now: datetime, others: Iterable[datetime | None]) -> datetime:
    """The earliest moment after `now` at which a text is due, a question closes, doubt ends, planning is due, or `others`."""
    with sessions.read() as session:
        due = session.execute(select(func.min(col(Message.next_at))).where(col(Message.state) == MessageState.PLANNED)).scalar_one()
        closes = session.execute(select(func.min(col(Question.answer_by))).where(col(Question.state) == QuestionState.OPEN)).scalar_one()
        lost = session.execute(select(func.min(col(Message.left_at))).where(col(Message.state) == MessageState.SENDING)).scalar_one()
        doubt = session.execute(select(func.min(col(Message.left_at))).where(col(Message.state) == MessageState.UNKNOWN)).scalar_one()
    later = [
        due,
        closes,
        None if lost is None else lost + LOST_AFTER + A_MOMENT,
        None if doubt is None else doubt + DOUBT_ENDS_AFTER + A_MOMENT,
        now + PLAN_EVERY,
        *others,
    ]
    return min(max(moment, now + A_MOMENT) for moment in later if moment is not None)
