from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime


class Alert(Row, table=True):
    """An alert rule that spoke up for one enrollment: once for each local day that its figures end on."""

    __tablename__ = "alert"
    __table_args__ = (UniqueConstraint("enrollment_id", "rule", "until"),)

    id: int | None = Field(default=None, primary_key=True)
    enrollment_id: int = Field(foreign_key="enrollment.id")
    rule: str  # the rule's name in the program
    until: date  # local: the last day of the figures
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    case_id: int | None = Field(default=None, foreign_key="care_case.id")
    at: datetime = Field(sa_type=UtcDateTime)
