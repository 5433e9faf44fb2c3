from datetime import datetime

from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime


class Sender(Row, table=True):
    """What the provider limits and blocks as one: its bucket of segments, its breaker, and how far it was listened to.

    All workers share the row; whoever claims texts locks it first.
    """

    __tablename__ = "sender"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)  # the messaging service
    level: float  # segments that may leave at once; below zero: safety and answers went ahead
    filled_at: datetime = Field(sa_type=UtcDateTime)
    broken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # since when the account refuses all texts
    broken_why: str | None = None
    probes: int = 0
    probe_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when one text may try again
    heard_through: datetime | None = Field(default=None, sa_type=UtcDateTime)  # until when its inbound list was read
    swept_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when that was last tried
