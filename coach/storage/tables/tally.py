from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from coach.domain.tally import Trend
from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime, text_enum

_IS_WELL = text("does_well")


class Tally(Row, table=True):
    """What the roster shows of one patient's last weeks, counted from their questions; made anew when those change."""

    __tablename__ = "tally"
    __table_args__ = (
        Index("ix_tally_share", "share"),
        Index("ix_tally_well", "share", sqlite_where=_IS_WELL, postgresql_where=_IS_WELL),
        Index("ix_tally_quiet_since", "quiet_since"),
        Index("ix_tally_made_at", "made_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime)  # whatever was written down by then is in it
    weeks: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)  # as coach.domain.tally writes them
    answered: int = 0  # of the questions of the last four weeks that count
    eligible: int = 0
    share: float | None = None  # answered / eligible; none: nothing counts
    does_well: bool = False  # they answer more than before, or have answered everything of late
    trend: Trend = Field(sa_type=text_enum(Trend, "trend"))
    heard_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # their last text
    quiet_since: date | None = None  # local; none: not expected to write now
