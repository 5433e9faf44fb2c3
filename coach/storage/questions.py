"""Questions and their answers."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import exists, literal_column, select
from sqlmodel import Session, col

from coach.domain.program import SCALES, AnswerKind
from coach.storage.tables import Answer, Message, Question
from coach.storage.tables.answer import AnswerStatus
from coach.storage.tables.question import QuestionState

NUMERIC = (*sorted(SCALES), AnswerKind.MINUTES)
_IS_OPEN: Any = literal_column("'open'")  # written out, so that the partial index is seen to fit


def open_of(session: Session, patient_id: int) -> list[Question]:
    """The patient's open questions, newest first."""
    query = select(Question).where(col(Question.patient_id) == patient_id, col(Question.state) == _IS_OPEN)
    return list(session.execute(query.order_by(col(Question.opened_at).desc())).scalars())


def asked_since(session: Session, patient_id: int, since: datetime) -> list[Question]:
    """What the patient was asked after `since` (UTC), in order; not what never left."""
    query = select(Question).where(
        col(Question.patient_id) == patient_id,
        col(Question.opened_at) > since,
        col(Question.state) != QuestionState.CANCELLED,
    )
    return list(session.execute(query.order_by(col(Question.opened_at))).scalars())


def last_value(session: Session, question: Question) -> str | None:
    """The value understood to the same question when it was asked last before; None where there is none."""
    query = (
        select(col(Answer.value))
        .join(Question, col(Question.id) == col(Answer.question_id))
        .where(
            *_same(question),
            col(Question.opened_at) < question.opened_at,
            col(Answer.superseded_at).is_(None),
            col(Answer.status) == AnswerStatus.UNDERSTOOD,
        )
    )
    value: str | None = session.execute(query.order_by(col(Question.opened_at).desc()).limit(1)).scalar_one_or_none()
    return value


def of_day(session: Session, question: Question, item: str) -> tuple[Question, str] | None:
    """Another item of the same check-in of that day, with the value understood; None where there is none."""
    query = (
        select(Question, col(Answer.value))
        .join(Answer, col(Question.id) == col(Answer.question_id))
        .where(
            col(Question.enrollment_id) == question.enrollment_id,
            col(Question.name) == question.name,
            col(Question.local_date) == question.local_date,
            col(Question.item) == item,
            col(Answer.superseded_at).is_(None),
            col(Answer.status) == AnswerStatus.UNDERSTOOD,
        )
    )
    row = session.execute(query.limit(1)).first()
    return None if row is None else (row[0], row[1])


def closed_since(session: Session, patient_id: int, since: datetime) -> list[Question]:
    """The patient's unanswered questions that were to be answered by some time after `since`, newest first."""
    query = select(Question).where(
        col(Question.patient_id) == patient_id,
        col(Question.state) == QuestionState.CLOSED,
        col(Question.answer_by) > since,
    )
    return list(session.execute(query.order_by(col(Question.opened_at).desc())).scalars())


def answered_since(session: Session, patient_id: int, since: datetime, until: datetime) -> list[Question]:
    """The patient's questions whose answer came after `since`, by `until` (UTC); the last answered first."""
    query = select(Question).where(
        col(Question.patient_id) == patient_id,
        col(Question.state) == QuestionState.ANSWERED,
        col(Question.closed_at) > since,
        col(Question.closed_at) <= until,
    )
    return list(session.execute(query.order_by(col(Question.closed_at).desc(), col(Question.id).desc())).scalars())


def asked_again(session: Session, question: Question, until: datetime) -> bool:
    """Whether the same was asked anew after `question`, by `until`; answered or not."""
    query = exists().where(
        *_same(question),
        col(Question.state) != QuestionState.CANCELLED,
        col(Question.opened_at) > question.opened_at,
        col(Question.opened_at) <= until,
    )
    return bool(session.execute(select(query)).scalar_one())


def _same(question: Question) -> tuple[Any, ...]:
    """The same question of the same enrollment, whenever it was asked."""
    return (
        col(Question.enrollment_id) == question.enrollment_id,
        col(Question.name) == question.name,
        col(Question.item).is_not_distinct_from(question.item),
    )


def taken_back(session: Session, message: Message) -> Question | None:
    """The question that `message` asked, and that was cancelled last since it seemed not to have left."""
    query = select(Question).where(
        col(Question.enrollment_id) == message.enrollment_id,
        col(Question.name) == message.name,
        col(Question.item).is_not_distinct_from(message.item),
        col(Question.local_date) == message.local_date,
        col(Question.state) == QuestionState.CANCELLED,
    )
    return session.execute(query.order_by(col(Question.id).desc()).limit(1)).scalar_one_or_none()


def number_open(session: Session, patient_id: int, *, but: int | None) -> bool:
    """Whether a question for a number, other than `but`, is open."""
    query = exists().where(
        col(Question.patient_id) == patient_id,
        col(Question.state) == _IS_OPEN,
        col(Question.expects).in_(NUMERIC),
        col(Question.id) != (but or 0),
    )
    return bool(session.execute(select(query)).scalar_one())


def overdue(session: Session, now: datetime, limit: int) -> list[Question]:
    """Open questions whose answer_by is past, earliest first."""
    query = select(Question).where(col(Question.state) == _IS_OPEN, col(Question.answer_by) <= now)
    return list(session.execute(query.order_by(col(Question.answer_by)).limit(limit)).scalars())


def of_enrollment(session: Session, enrollment_id: int) -> list[Question]:
    """All that an enrollment was asked, in order."""
    query = (
        select(Question)
        .where(col(Question.enrollment_id) == enrollment_id)
        .order_by(col(Question.opened_at), col(Question.id))
    )
    return list(session.execute(query).scalars())


def current_answers(session: Session, question_ids: Collection[int]) -> dict[int, Answer]:
    """The answer that stands, by question."""
    query = select(Answer).where(col(Answer.question_id).in_(question_ids), col(Answer.superseded_at).is_(None))
    return {answer.question_id: answer for answer in session.execute(query).scalars()}
