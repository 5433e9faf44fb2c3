"""Occurrences of a patient's days: the texts owed, why they were, and what was asked and answered."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain.delivery import Purpose
from coach.storage.tables import Answer, Message, MessageEvent, Question, Reply


def due_between(session: Session, patient_id: int, start: datetime, end: datetime) -> list[Message]:
    """The patient's texts that are due from `start` until just before `end` (UTC), in whatever state, in order."""
    query = select(Message).where(
        col(Message.patient_id) == patient_id,
        col(Message.due_at) >= start,
        col(Message.due_at) < end,
        col(Message.purpose) != Purpose.PAGE,
    )
    return list(session.execute(query.order_by(col(Message.due_at), col(Message.id))).scalars())


def births(session: Session, message_ids: Collection[int]) -> dict[int, str]:
    """By message, why it was written down at all."""
    query = select(col(MessageEvent.message_id), col(MessageEvent.why)).where(
        col(MessageEvent.message_id).in_(message_ids), col(MessageEvent.before).is_(None)
    )
    return {row.message_id: row.why for row in session.execute(query)}


def asked(session: Session, question_ids: Collection[int]) -> dict[int, Question]:
    """These questions by id."""
    found = session.execute(select(Question).where(col(Question.id).in_(question_ids))).scalars()
    return {question.id: question for question in found if question.id is not None}


def heard(session: Session, question_ids: Collection[int]) -> dict[int, list[tuple[Answer, Reply]]]:
    """By question, every answer with its reply, superseded ones included, oldest first."""
    query = (
        select(Answer, Reply)
        .join(Reply, col(Reply.id) == col(Answer.reply_id))
        .where(col(Answer.question_id).in_(question_ids))
        .order_by(col(Answer.at), col(Answer.id))
    )
    found: defaultdict[int, list[tuple[Answer, Reply]]] = defaultdict(list)
    for answer, reply in session.execute(query):
        found[answer.question_id].append((answer, reply))
    return found


def answered_texts(session: Session, reply_ids: Collection[int]) -> dict[int, Reply]:
    """The replies that texts of ours answer, by id."""
    found = session.execute(select(Reply).where(col(Reply.id).in_(reply_ids))).scalars()
    return {reply.id: reply for reply in found if reply.id is not None}
