from datetime import datetime

from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime


class Sign(Row, table=True):
    """A sign of life: when something was last seen at work, such as a duty of the clock."""

    __tablename__ = "sign"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    at: datetime = Field(sa_type=UtcDateTime)


class SelfTest(Row, table=True):
    """One run of the self-test: a signed text in by the public address, a case and a page out."""

    __tablename__ = "self_test"

    id: int | None = Field(default=None, primary_key=True)
    provider_id: str = Field(unique=True)  # of the text that it posts
    started_at: datetime = Field(sa_type=UtcDateTime)
    paged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ok: bool | None = None
    why: str | None = None  # what did not work, and how to mend it
