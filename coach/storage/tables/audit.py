from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime


class AuditEntry(Row, table=True):
    """Who looked at whom, or changed what. Lines are added only: the database itself refuses all else."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_at", "at"), Index("ix_audit_entry_account_id", "account_id", "at"))

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    account_id: int | None = Field(default=None, foreign_key="account.id")  # none: the command line, or nobody yet
    who: str  # the account's name, or what acted
    what: str  # a word of coach.domain.rights.Deed
    detail: str = ""  # ids and words of ours; never a patient's name, number or text


class AuditSubject(Row, table=True):
    """A patient whom a line of the audit is about; a list shows many."""

    __tablename__ = "audit_subject"
    __table_args__ = (Index("ix_audit_subject_patient_id", "patient_id", "entry_id"),)

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="audit_entry.id", index=True)
    patient_id: int  # no foreign key: the line outlives somebody who is erased
