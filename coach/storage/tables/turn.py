from datetime import datetime

from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime


class Turn(Row, table=True):
    """One turn of a patient's dial: their times, pace, language or pause, by themselves or by the team."""

    __tablename__ = "dial_turn"

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    by: str  # "patient", "coach", or who of the team
    word: str  # the command that does this: PAUSE, TIME ...; VERSION, which only the team turns
    what: str  # what it was turned to, in the care team's words
    reply_id: int | None = Field(default=None, foreign_key="reply.id")
