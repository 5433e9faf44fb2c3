from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime, text_enum


class CaseCategory(StrEnum):
    CRISIS_SUICIDE = "crisis_suicide"
    CRISIS_OVERDOSE = "crisis_overdose"
    RED_FLAG_SPINE = "red_flag_spine"
    RED_FLAG_OTHER = "red_flag_other"
    SAFEGUARDING = "safeguarding"
    WORSENING = "worsening"
    SILENCE = "silence"
    DELIVERY = "delivery"
    SYSTEM = "system"


class CaseState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


_UNRESOLVED = text("state <> 'resolved'")


class Case(Row, table=True):
    """Something that a human must act on. One unresolved per number and category; every further text is appended."""

    __tablename__ = "care_case"
    __table_args__ = (
        Index(
            "uq_care_case_unresolved",
            "phone",
            "category",
            unique=True,
            sqlite_where=_UNRESOLVED,
            postgresql_where=_UNRESOLVED,
        ),
        Index("ix_care_case_patient_id", "patient_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int | None = Field(default=None, foreign_key="patient.id")
    phone: str = ""  # whose case, for numbers that nobody knows too; empty: the system's own
    category: CaseCategory = Field(sa_type=text_enum(CaseCategory, "category"))
    state: CaseState = Field(default=CaseState.OPEN, sa_type=text_enum(CaseState, "state"))
    opened_at: datetime = Field(sa_type=UtcDateTime)
    acknowledged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    acknowledged_by: str | None = None
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resolved_by: str | None = None


class CaseEntry(Row, table=True):
    """A line in a case: a text that came, or what a person noted or did."""

    __tablename__ = "case_entry"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="care_case.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    by: str
    what: str
    reply_id: int | None = Field(default=None, foreign_key="reply.id")
