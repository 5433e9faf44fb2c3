"""Patients: found, locked, and the stretches in which they are paused, in flare or held."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select
from sqlmodel import Session, col

from coach.storage.tables import Patient, Spell
from coach.storage.tables.patient import PatientState, SpellKind


def lock(session: Session, patient_id: int) -> Patient:
    """The patient's row, locked until the transaction ends: whatever decides about a patient comes through here."""
    query = select(Patient).where(col(Patient.id) == patient_id).with_for_update()
    patient: Patient = session.execute(query.execution_options(populate_existing=True)).scalar_one()
    return patient


def lock_all(session: Session, patient_ids: Collection[int]) -> dict[int, Patient]:
    """These patients by id, their rows locked until the transaction ends; in order, so that no two wait in a circle."""
    query = select(Patient).where(col(Patient.id).in_(sorted(patient_ids))).order_by(col(Patient.id)).with_for_update()
    rows = session.execute(query.execution_options(populate_existing=True)).scalars()
    return {patient.id: patient for patient in rows if patient.id is not None}


def by_phone(session: Session, phone: str) -> Patient | None:
    """The active patient with that number."""
    query = select(Patient).where(col(Patient.phone) == phone, col(Patient.state) == PatientState.ACTIVE)
    return session.execute(query).scalar_one_or_none()


def spells_at(session: Session, patient_id: int, moment: datetime) -> frozenset[SpellKind]:
    """What the patient is in at `moment`: paused, in flare, held."""
    query = select(col(Spell.kind)).where(
        col(Spell.patient_id) == patient_id,
        col(Spell.starts_at) <= moment,
        or_(col(Spell.ends_at).is_(None), col(Spell.ends_at) > moment),
    )
    return frozenset(session.execute(query).scalars())


def spells(session: Session, patient_id: int) -> list[Spell]:
    """All of the patient's stretches, earliest first."""
    query = select(Spell).where(col(Spell.patient_id) == patient_id).order_by(col(Spell.starts_at))
    return list(session.execute(query).scalars())
