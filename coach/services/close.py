"""Closes questions whose time to answer is over; the rest of a check-in is let go with them."""

from datetime import datetime

from sqlmodel import col

from coach.domain.delivery import MessageState
from coach.storage import messages, patients, questions
from coach.storage.database import Sessions
from coach.storage.tables import Message, Question
from coach.storage.tables.question import QuestionState

BATCH = 200


def close_overdue(sessions: Sessions, *, now: datetime) -> int:
    """How many questions were closed: those whose answer_by is past. A late answer still finds them."""
    with sessions.read() as session:
        overdue = [question.id for question in questions.overdue(session, now, BATCH)]
    for question_id in overdue:
        with sessions.write() as session:
            question = session.get_one(Question, question_id)
            patients.lock(session, question.patient_id)
            session.refresh(question)
            if question.state is not QuestionState.OPEN:
                continue
            question.state, question.closed_at = QuestionState.CLOSED, now
            session.add(question)
            for message in messages.planned(session, question.patient_id, col(Message.question_id) == question_id):
                messages.move(session, message, MessageState.CANCELLED, at=now, why="the time to answer is over")
    return len(overdue)
