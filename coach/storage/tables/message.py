from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from coach.domain.delivery import MessageState, Purpose
from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime, text_enum

_PLANNED = text("state = 'planned'")
_LIVE = text("state <> 'cancelled'")
_FLYING = text("state IN ('sending', 'unknown')")
_NOBODYS = text("phone IS NOT NULL")
_LOST = text("state IN ('undelivered', 'failed', 'missed', 'expired')")


class Message(Row, table=True):
    """One occurrence of a text owed. The lease is a worker's claim on a planned row; a lapsed one needs no repair."""

    __tablename__ = "message"
    __table_args__ = (
        Index(
            "uq_message_occurrence",
            "enrollment_id",
            "name",
            "local_date",
            "occurrence",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(
            "uq_message_question_purpose",
            "question_id",
            "purpose",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("ix_message_claim", "priority", "next_at", sqlite_where=_PLANNED, postgresql_where=_PLANNED),
        Index("ix_message_patient_planned", "patient_id", sqlite_where=_PLANNED, postgresql_where=_PLANNED),
        Index("ix_message_send_by", "send_by", sqlite_where=_PLANNED, postgresql_where=_PLANNED),
        Index("ix_message_phone", "phone", sqlite_where=_NOBODYS, postgresql_where=_NOBODYS),
        Index("ix_message_lost", "due_at", sqlite_where=_LOST, postgresql_where=_LOST),
        Index("ix_message_flying", "id", sqlite_where=_FLYING, postgresql_where=_FLYING),
        Index("ix_message_patient_due", "patient_id", "due_at"),
        Index("ix_message_patient_left", "patient_id", "left_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int | None = Field(
        default=None, foreign_key="patient.id"
    )  # none: an answer to a number that nobody knows
    phone: str | None = None  # only where there is no patient
    enrollment_id: int | None = Field(default=None, foreign_key="enrollment.id")
    question_id: int | None = Field(default=None, foreign_key="question.id")
    reply_id: int | None = Field(default=None, foreign_key="reply.id")  # the patient's text that this answers
    case_id: int | None = Field(default=None, foreign_key="care_case.id")
    purpose: Purpose = Field(sa_type=text_enum(Purpose, "purpose"))
    priority: int
    name: str  # the nudge, the check-in, or the shared text
    item: str | None = None  # the question of a check-in
    local_date: date | None = None  # with enrollment, name and occurrence: which one of the program this is
    occurrence: int | None = None
    due_at: datetime = Field(sa_type=UtcDateTime)
    next_at: datetime = Field(sa_type=UtcDateTime)  # when it is next looked at: due_at, or later after a wait
    send_by: datetime = Field(sa_type=UtcDateTime)  # the last moment it may leave
    state: MessageState = Field(default=MessageState.PLANNED, sa_type=text_enum(MessageState, "state"))
    reason: str | None = None  # of the state, or of the wait
    lease_token: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    variant: str | None = None  # the text's path, without language: steady-steps/exercise/2
    language: str | None = None
    text: str | None = None
    encoding: str | None = None
    segments: int | None = None  # the most that it may take while it is planned, then what it took
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when the attempt that may have left began
    written_by: str | None = None  # who of the team wrote it; none: a program's own words
    override: str | None = None  # why it may leave in quiet hours, or before a yes, as its writer says
    created_at: datetime = Field(sa_type=UtcDateTime)


class MessageEvent(Row, table=True):
    """A move of a message: from, to, when, and why."""

    __tablename__ = "message_event"

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    before: MessageState | None = Field(default=None, sa_type=text_enum(MessageState, "before"))
    after: MessageState = Field(sa_type=text_enum(MessageState, "after"))
    at: datetime = Field(sa_type=UtcDateTime)
    why: str
