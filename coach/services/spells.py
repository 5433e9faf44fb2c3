"""Pause, flare and hold as the care team sets them, and how each ends. What lasts already is said, not set twice."""

from datetime import datetime, timedelta

from sqlmodel import Session

from coach.domain.errors import CoachError
from coach.services.care import CareError, holds, lock_active
from coach.storage import patients
from coach.storage.database import Sessions
from coach.storage.tables import Patient, Spell
from coach.storage.tables.patient import SpellKind

LONGEST_PAUSE = 60  # days: whoever is away longer begins anew, or is withdrawn
FLARE_LAPSES = timedelta(days=14)  # DESIGN: a flare that nobody ends is over on day 14
LONGEST_WHY = 500  # letters


class DaysError(CoachError):
    """So many days cannot be."""


def pause(sessions: Sessions, patient_id: int, *, days: int, by: str, why: str = "", now: datetime) -> datetime:
    """When the pause ends, UTC: nothing automatic leaves for so many days of 24 hours, and nothing counts.

    Raises:
        CareError: no such patient, withdrawn, or paused already.
        DaysError: not 1 to 60 days.
    """
    if not 1 <= days <= LONGEST_PAUSE:
        raise DaysError(f"a pause lasts 1 to {LONGEST_PAUSE} days; for longer, withdraw them and add them again later")
    with sessions.write() as session:
        patient = lock_active(session, patient_id)
        if lasting := _lasting(session, patient, SpellKind.PAUSE, now):
            raise CareError(f"{patient.name} is paused already{_until(lasting)}; end that pause first")
        return _open(session, patient, SpellKind.PAUSE, now, now + timedelta(days=days), by, why)


def resume(sessions: Sessions, patient_id: int, *, by: str, now: datetime) -> None:
    """The pause is over. Raises CareError where there is none."""
    _end(sessions, patient_id, SpellKind.PAUSE, "is not paused", by, now)


def flare(sessions: Sessions, patient_id: int, *, by: str, why: str = "", now: datetime) -> datetime:
    """When the flare lapses if nobody ends it, UTC. Raises CareError: no such patient, withdrawn, or in one already."""
    with sessions.write() as session:
        patient = lock_active(session, patient_id)
        if lasting := _lasting(session, patient, SpellKind.FLARE, now):
            raise CareError(f"{patient.name} is in a flare already{_until(lasting)}")
        return _open(session, patient, SpellKind.FLARE, now, now + FLARE_LAPSES, by, why)


def better(sessions: Sessions, patient_id: int, *, by: str, now: datetime) -> None:
    """The flare is over; the goal comes back in steps over three days. Raises CareError where there is none."""
    _end(sessions, patient_id, SpellKind.FLARE, "is in no flare", by, now)


def hold(sessions: Sessions, patient_id: int, *, by: str, why: str = "", now: datetime) -> None:
    """Nothing automatic leaves until somebody lifts it. Raises CareError: no such patient, withdrawn, or held."""
    with sessions.write() as session:
        patient = lock_active(session, patient_id)
        if holds(session, patient_id, now):
            raise CareError(f"the texts of {patient.name} are held already")
        _open(session, patient, SpellKind.HOLD, now, None, by, why)


def _open(
    session: Session, patient: Patient, kind: SpellKind, now: datetime, ends_at: datetime | None, by: str, why: str
) -> datetime:
    said = why.strip()
    if len(said) > LONGEST_WHY:
        raise CareError(f"say why in {LONGEST_WHY} letters or fewer")
    assert patient.id is not None
    session.add(Spell(patient_id=patient.id, kind=kind, starts_at=now, ends_at=ends_at, opened_by=by, why=said))
    return ends_at or now


def _end(sessions: Sessions, patient_id: int, kind: SpellKind, none: str, by: str, now: datetime) -> None:
    with sessions.write() as session:
        patient = lock_active(session, patient_id)
        lasting = _lasting(session, patient, kind, now)
        if lasting is None:
            raise CareError(f"{patient.name} {none}")
        lasting.ends_at, lasting.closed_by = now, by
        session.add(lasting)


def _lasting(session: Session, patient: Patient, kind: SpellKind, now: datetime) -> Spell | None:
    assert patient.id is not None
    return next(
        (
            spell
            for spell in patients.spells(session, patient.id)
            if spell.kind is kind and spell.starts_at <= now and (spell.ends_at is None or spell.ends_at > now)
        ),
        None,
    )


def _until(spell: Spell) -> str:
    return "" if spell.ends_at is None else f" until {spell.ends_at:%Y-%m-%d %H:%M} UTC"
