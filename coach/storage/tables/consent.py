from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from coach.domain.consent import Consent
from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime, text_enum


class ConsentEntry(Row, table=True):
    """One line of the consent ledger. Lines are added, never changed; the last one of a number holds."""

    __tablename__ = "consent_entry"
    __table_args__ = (
        Index("ix_consent_entry_phone", "phone", "id"),
        Index("ix_consent_entry_patient_id", "patient_id"),
        Index("ix_consent_entry_at", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int | None = Field(default=None, foreign_key="patient.id")  # none: a number that nobody knows
    phone: str
    state: Consent = Field(sa_type=text_enum(Consent, "state"))
    at: datetime = Field(sa_type=UtcDateTime)
    by: str  # "staff", "patient" or "provider"
    how: str  # what was said or done, and the words that were shown
    reply_id: int | None = Field(default=None, foreign_key="reply.id")
