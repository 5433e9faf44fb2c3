from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime, text_enum


class AnswerStatus(StrEnum):
    UNDERSTOOD = "understood"
    SKIP = "skip"
    UNCLEAR = "unclear"
    INVALID = "invalid"


_CURRENT = text("superseded_at IS NULL")


class Answer(Row, table=True):
    """What a reply was understood to say to a question. A later one supersedes it; both stay."""

    __tablename__ = "answer"
    __table_args__ = (
        Index("uq_answer_current", "question_id", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
        Index("ix_answer_reply_id", "reply_id"),
        Index("ix_answer_at", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id")
    reply_id: int = Field(foreign_key="reply.id")
    status: AnswerStatus = Field(sa_type=text_enum(AnswerStatus, "status"))
    value: str | None = None
    late: bool = False
    at: datetime = Field(sa_type=UtcDateTime)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
