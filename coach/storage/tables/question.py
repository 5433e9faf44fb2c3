from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field

from coach.domain.program import AnswerKind, NudgeKind
from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime, text_enum


class QuestionState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"  # answer_by went by, or it was unclear twice
    CANCELLED = "cancelled"  # it never left


class Question(Row, table=True):
    """What a patient is asked. `quota` is the goal that was in force, in minutes."""

    __tablename__ = "question"
    __table_args__ = (
        Index("ix_question_patient", "patient_id", "opened_at"),
        Index(
            "ix_question_open",
            "answer_by",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_question_enrollment_id", "enrollment_id", "opened_at"),
        Index("ix_question_closed_at", "closed_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id")
    enrollment_id: int = Field(foreign_key="enrollment.id")
    name: str  # the nudge or the check-in
    item: str | None = None  # the question of a check-in
    kind: NudgeKind = Field(sa_type=text_enum(NudgeKind, "kind"))
    expects: AnswerKind = Field(sa_type=text_enum(AnswerKind, "expects"))
    action: bool = False
    quota: int | None = None
    local_date: date
    week: int
    opened_at: datetime = Field(sa_type=UtcDateTime)
    answer_by: datetime = Field(sa_type=UtcDateTime)
    state: QuestionState = Field(default=QuestionState.OPEN, sa_type=text_enum(QuestionState, "state"))
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
