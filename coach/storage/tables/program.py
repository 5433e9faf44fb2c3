from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime


class PublishedProgram(Row, table=True):
    """An immutable version of a program: its document and every template under one hash."""

    __tablename__ = "published_program"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    hash: str = Field(unique=True)
    document: str  # canonical JSON
    templates: dict[str, Any] = Field(sa_type=JSON)  # "en/steady-steps/exercise/1" -> text
    author: str
    approver: str | None = None
    note: str = ""
    published_at: datetime = Field(sa_type=UtcDateTime)
