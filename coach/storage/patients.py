"""Patients: found, locked, and the stretches in which they are paused, in flare or held."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlmodel import Session, col

from coach.storage.tables import Patient, Spell
from coach.storage.tables.patient import PatientState, SpellKind

AFRESH = {"populate_existing": True}

# Delivery asks these for every text: they are built once.
_THESE: Any = bindparam("ids", expanding=True)
_LOCK_ALL = select(Patient).where(col(Patient.id).in_(_THESE)).order_by(col(Patient.id)).with_for_update()
_LOCK_ROWS = select(col(Patient.id)).where(col(Patient.id).in_(_THESE)).order_by(col(Patient.id)).with_for_update()
_SPELLS_AT = select(col(Spell.patient_id), col(Spell.kind)).where(
    col(Spell.patient_id).in_(_THESE),
    col(Spell.starts_at) <= bindparam("moment"),
    or_(col(Spell.ends_at).is_(None), col(Spell.ends_at) > bindparam("moment")),
)


def lock(session: Session, patient_id: int) -> Patient:
    """The patient's row, locked until the transaction ends: whatever decides about a patient comes through here."""
    query = select(Patient).where(col(Patient.id) == patient_id).with_for_update()
    patient: Patient = session.execute(query.execution_options(populate_existing=True)).scalar_one()
    return patient


def lock_all(session: Session, patient_ids: Collection[int]) -> dict[int, Patient]:
    """These patients by id, their rows locked until the transaction ends; in order, so that no two wait in a circle."""
    rows = session.execute(_LOCK_ALL, {"ids": sorted(patient_ids)}, execution_options=AFRESH).scalars()
    return {patient.id: patient for patient in rows if patient.id is not None}


def lock_rows(session: Session, patient_ids: Collection[int]) -> None:
    """The rows of these patients are locked until the transaction ends, in order, and not read."""
    session.execute(_LOCK_ROWS, {"ids": sorted(patient_ids)})


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


def all_spells_at(session: Session, patient_ids: Collection[int], moment: datetime) -> defaultdict[int, set[SpellKind]]:
    """The same of many patients, by id; nothing for those who are in none."""
    found: defaultdict[int, set[SpellKind]] = defaultdict(set)
    for patient_id, kind in session.execute(_SPELLS_AT, {"ids": list(patient_ids), "moment": moment}):
        found[patient_id].add(kind)
    return found


def talks_until(session: Session, patient_ids: Collection[int], moment: datetime) -> dict[int, datetime]:
    """Until when (UTC) those of these patients are in talk with the team who are at `moment`."""
    query = select(col(Spell.patient_id), func.max(col(Spell.ends_at))).where(
        col(Spell.patient_id).in_(patient_ids),
        col(Spell.kind) == SpellKind.TALK,
        col(Spell.starts_at) <= moment,
        col(Spell.ends_at) > moment,
    )
    return {row[0]: row[1] for row in session.execute(query.group_by(col(Spell.patient_id)))}


def pauses_of(session: Session, patient_ids: Collection[int]) -> defaultdict[int, list[Spell]]:
    """The pauses of each of these patients, earliest first."""
    query = select(Spell).where(col(Spell.patient_id).in_(patient_ids), col(Spell.kind) == SpellKind.PAUSE)
    found: defaultdict[int, list[Spell]] = defaultdict(list)
    for spell in session.execute(query.order_by(col(Spell.starts_at))).scalars():
        found[spell.patient_id].append(spell)
    return found


def spells(session: Session, patient_id: int) -> list[Spell]:
    """All of the patient's stretches, earliest first."""
    query = select(Spell).where(col(Spell.patient_id) == patient_id).order_by(col(Spell.starts_at))
    return list(session.execute(query).scalars())
