"""Closes questions whose time to answer is over; the rest of a check-in is let go with them."""

import logging
from datetime import datetime

from sqlmodel import Session, col

from coach.domain.delivery import MessageState
from coach.storage import messages, patients, questions
from coach.storage.database import Sessions
from coach.storage.tables import Message, Question
from coach.storage.tables.question import QuestionState

log = logging.getLogger(__name__)

BATCH = 200


def close_overdue(sessions: Sessions, *, now: datetime) -> int:
    """How many questions were closed: those whose answer_by is past. A late answer still finds them."""
    with sessions.read() as session:
        overdue = [question.id for question in questions.overdue(session, now, BATCH) if question.id is not None]
    return sum(_try_to_close(sessions, question_id, now) for question_id in overdue)


def _try_to_close(sessions: Sessions, question_id: int, now: datetime) -> bool:
    try:
        with sessions.write() as session:
            return _close(session, question_id, now)
    except Exception:  # one question's trouble holds no other up; this one is closed in a later round
        log.exception("question %s could not be closed", question_id)
        return False


def _close(session: Session, question_id: int, now: datetime) -> bool:
    question = session.get_one(Question, question_id)
    patients.lock(session, question.patient_id)
    session.refresh(question)
    if question.state is not QuestionState.OPEN:
        return False
    question.state, question.closed_at = QuestionState.CLOSED, now
    session.add(question)
    for message in messages.planned(session, question.patient_id, col(Message.question_id) == question_id):
        messages.move(session, message, MessageState.CANCELLED, at=now, why="the time to answer is over")
    return True
