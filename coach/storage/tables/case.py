from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from coach.domain.case import CaseCategory, CaseState, Tier
from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime, text_enum

_UNRESOLVED = text("state <> 'resolved'")
_PAGING = text("paging_since IS NOT NULL")


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
        Index("ix_care_case_paging", "paging_since", sqlite_where=_PAGING, postgresql_where=_PAGING),
    )

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int | None = Field(default=None, foreign_key="patient.id")
    phone: str = ""  # whose case, for numbers that nobody knows too; empty: the system's own
    category: CaseCategory = Field(sa_type=text_enum(CaseCategory, "category"))
    state: CaseState = Field(default=CaseState.OPEN, sa_type=text_enum(CaseState, "state"))
    tier: Tier = Field(sa_type=text_enum(Tier, "tier"))
    is_test: bool = False  # the self-test's own: shown to nobody, paged to nobody but the test
    opened_at: datetime = Field(sa_type=UtcDateTime)
    paging_since: datetime | None = Field(default=None, sa_type=UtcDateTime)  # none: nobody is being paged
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
    reply_id: int | None = Field(default=None, foreign_key="reply.id", index=True)
