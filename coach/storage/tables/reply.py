from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime, text_enum


class ReplyState(StrEnum):
    UNREAD = "unread"  # by us; read again until it is
    READ = "read"


class Reply(Row, table=True):
    """One inbound text, stored raw before anything reads it."""

    __tablename__ = "reply"
    __table_args__ = (
        Index(
            "ix_reply_unread",
            "received_at",
            sqlite_where=text("state = 'unread'"),
            postgresql_where=text("state = 'unread'"),
        ),
        Index(
            "ix_reply_notes",
            "received_at",
            sqlite_where=text("is_note AND seen_at IS NULL"),
            postgresql_where=text("is_note AND seen_at IS NULL"),
        ),
        Index("ix_reply_read_at", "read_at"),
        Index("ix_reply_phone", "phone", "received_at"),
        Index("ix_reply_patient", "patient_id", "received_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    provider_id: str = Field(unique=True)
    phone: str  # who wrote, E.164 as the provider gives it
    to: str
    body: str
    media: int = 0
    opt_out_type: str | None = None
    received_at: datetime = Field(sa_type=UtcDateTime)  # by the provider, where it says so
    stored_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # none: before this was written down
    state: ReplyState = Field(default=ReplyState.UNREAD, sa_type=text_enum(ReplyState, "state"))
    patient_id: int | None = Field(default=None, foreign_key="patient.id")
    reading: dict[str, Any] | None = Field(
        default=None, sa_type=JSON
    )  # what it was understood to say, and the words that decided
    safety_read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    faults: int = 0  # how often reading it raised
    retry_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # after a fault: when it is read again
    is_note: bool = False  # for the care team to read
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    seen_by: str | None = None
