from datetime import datetime

from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime


class DoNotText(Row, table=True):
    """A number of somebody who was erased, as a keyed hash: nobody imports it again by mistake."""

    __tablename__ = "do_not_text"

    id: int | None = Field(default=None, primary_key=True)
    phone_hash: str = Field(unique=True)  # HMAC-SHA256 of the E.164 number under COACH_SECRET_KEY
    at: datetime = Field(sa_type=UtcDateTime)
    why: str
