from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime, text_enum


class PatientState(StrEnum):
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class Patient(Row, table=True):
    """A person who is texted. Whatever decides about one patient locks this row first."""

    __tablename__ = "patient"
    __table_args__ = (
        Index(
            "uq_patient_active_phone",
            "phone",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
        Index("ix_patient_name", "state", "name"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    phone: str  # E.164
    country: str  # ISO 3166-1 alpha-2
    zone: str  # a name of the tz database
    language: str
    state: PatientState = Field(default=PatientState.ACTIVE, sa_type=text_enum(PatientState, "state"))
    slots: dict[str, str] = Field(default_factory=dict, sa_type=JSON)  # slot name -> local HH:MM
    weekdays_off: list[str] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)

    def slot_times(self) -> dict[str, time]:
        """The patient's own slots, as local times."""
        return {name: time.fromisoformat(at) for name, at in self.slots.items()}


class SpellKind(StrEnum):
    PAUSE = "pause"
    FLARE = "flare"
    HOLD = "hold"
    SILENCE = "silence"  # nothing was heard of them for long: until they write, or the team is in touch
    TALK = "talk"  # somebody of the team texts with them: what is automatic waits


class Spell(Row, table=True):
    """A stretch of a patient's time: paused, in flare, held until a person lifts it, silent, or in talk."""

    __tablename__ = "spell"
    __table_args__ = (
        Index("ix_spell_patient_kind", "patient_id", "kind", "starts_at"),
        Index("ix_spell_starts_at", "starts_at"),
        Index("ix_spell_ends_at", "ends_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id")
    kind: SpellKind = Field(sa_type=text_enum(SpellKind, "kind"))
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # none: until somebody ends it
    opened_by: str
    closed_by: str | None = None
    case_id: int | None = Field(default=None, foreign_key="care_case.id")
    why: str = ""  # what whoever opened it said
