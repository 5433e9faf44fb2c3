from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime, text_enum


class PageChannel(StrEnum):
    SMS = "sms"
    EMAIL = "email"
    WEBHOOK = "webhook"
    TEST = "test"  # the self-test's receiver


class PageState(StrEnum):
    PLANNED = "planned"
    SENDING = "sending"  # with the gateway as a message, or in a call
    SENT = "sent"  # taken by the provider, the mail server or the receiver
    FAILED = "failed"


_PLANNED = text("state = 'planned'")


class Page(Row, table=True):
    """A call to one contact over one channel about one case. Never words, name or number of a patient."""

    __tablename__ = "page"
    __table_args__ = (
        Index("ix_page_due", "next_at", sqlite_where=_PLANNED, postgresql_where=_PLANNED),
        Index("uq_page_step", "case_id", "since", "step", "contact", "channel", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="care_case.id", index=True)
    since: datetime = Field(sa_type=UtcDateTime)  # which round of paging: the case's paging_since
    step: int  # 0: who is on duty; then the next in line; then all again
    contact: str  # as the rota names them
    channel: PageChannel = Field(sa_type=text_enum(PageChannel, "channel"))
    address: str = ""  # E.164, a mail address; a webhook's is a setting
    token_hash: str = Field(unique=True)  # SHA-256 of the acknowledgement link's token, which works once
    message_id: int | None = Field(default=None, foreign_key="message.id", index=True)  # of an SMS
    state: PageState = Field(default=PageState.PLANNED, sa_type=text_enum(PageState, "state"))
    tries: int = 0
    next_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    words: str | None = None  # what went wrong
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when its link acknowledged the case
    created_at: datetime = Field(sa_type=UtcDateTime)
