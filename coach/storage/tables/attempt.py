from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime, text_enum


class AttemptOutcome(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNSENT = "unsent"  # provably never processed
    UNKNOWN = "unknown"


_TO_LOOK_UP = text("look_at IS NOT NULL")


class Attempt(Row, table=True):
    """One call to the provider for one message. `token` rides in the callback's address; `rank` only grows."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_look_at", "look_at", sqlite_where=_TO_LOOK_UP, postgresql_where=_TO_LOOK_UP),)

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    token: str = Field(unique=True)
    phone: str  # the number called, E.164
    begun_at: datetime = Field(sa_type=UtcDateTime)
    outcome: AttemptOutcome | None = Field(default=None, sa_type=text_enum(AttemptOutcome, "outcome"))
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    provider_id: str | None = Field(default=None, unique=True)
    provider_status: str | None = None
    rank: int = -1
    error_code: str | None = None
    error_words: str | None = None
    look_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when the provider is next asked about it
    absent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when a list, read whole, did not have it


class Receipt(Row, table=True):
    """A status callback as it came; a repeated one is stored once."""

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("provider_id", "status", "error_code", name="uq_receipt_news"),
        Index("ix_receipt_attempt_id", "attempt_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id")
    provider_id: str
    status: str
    error_code: str = ""
    received_at: datetime = Field(sa_type=UtcDateTime)
