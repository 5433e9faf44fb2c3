from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime, text_enum


class EnrollmentState(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


class Enrollment(Row, table=True):
    """A patient in a program version, from a local start date."""

    __tablename__ = "enrollment"
    __table_args__ = (
        Index(
            "uq_enrollment_active",
            "patient_id",
            "program_name",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
        Index(
            "ix_enrollment_plan_at",
            "plan_at",
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id")
    program_id: int = Field(foreign_key="published_program.id")
    program_name: str
    start_date: date  # local
    preset: str = "standard"
    seed: int
    words_seen: list[str] = Field(  # keys of what texts said that they had of versions before
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    state: EnrollmentState = Field(default=EnrollmentState.ACTIVE, sa_type=text_enum(EnrollmentState, "state"))
    planned_through: date  # the last local day that is planned
    plan_at: datetime = Field(sa_type=UtcDateTime)  # when the next day wants planning
    created_at: datetime = Field(sa_type=UtcDateTime)
