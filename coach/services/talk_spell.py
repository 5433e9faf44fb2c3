"""While somebody of the team and a patient text each other, what is automatic waits."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from coach.domain.delivery import Purpose, Reason
from coach.services.care import CareError, lock_active
from coach.storage import patients
from coach.storage.database import Sessions
from coach.storage.messages import IS_PLANNED
from coach.storage.tables import Message, Patient, Spell
from coach.storage.tables.patient import SpellKind

TALK_LASTS = timedelta(hours=2)  # after the newest text of either side
ANSWERS_WITHIN = timedelta(hours=24)  # a patient's text so soon after ours takes the talk up again


def open_talk(session: Session, patient_id: int, *, by: str, now: datetime) -> None:
    """The patient, whose row is locked, is in talk with the team until two hours from now."""
    lasting = _lasting(session, patient_id, now)
    if lasting is None:
        lasting = Spell(patient_id=patient_id, kind=SpellKind.TALK, starts_at=now, opened_by=by)
    lasting.ends_at = now + TALK_LASTS
    session.add(lasting)


def heard_in_talk(session: Session, patient: Patient, *, now: datetime) -> None:
    """A text of the patient, whose row is locked, keeps a talk going, or takes up one of the last day."""
    assert patient.id is not None
    if is_talked_to(session, patient.id, now=now):
        open_talk(session, patient.id, by="patient", now=now)


def is_talked_to(session: Session, patient_id: int, *, now: datetime) -> bool:
    """Whether a text of the patient belongs to a talk with the team: one lasts, or began within the last day."""
    newest = select(func.max(col(Message.left_at))).where(
        col(Message.patient_id) == patient_id,
        col(Message.purpose) == Purpose.STAFF,
        col(Message.written_by).is_not(None),
        col(Message.left_at) > now - ANSWERS_WITHIN,
    )
    return _lasting(session, patient_id, now) is not None or session.execute(newest).scalar_one() is not None


def end_talk(sessions: Sessions, patient_id: int, *, by: str, now: datetime) -> None:
    """What is automatic goes on at once. Raises CareError: no such patient, withdrawn, or nobody is talking."""
    with sessions.write() as session:
        patient = lock_active(session, patient_id)
        lasting = _lasting(session, patient_id, now)
        if lasting is None:
            raise CareError(f"nobody is in talk with {patient.name}: automatic texts go on already")
        lasting.ends_at, lasting.closed_by = now, by
        session.add(lasting)
        wake = update(Message).where(col(Message.patient_id) == patient_id, col(Message.reason) == Reason.TALKING)
        session.execute(wake.where(col(Message.state) == IS_PLANNED).values(next_at=now))


def _lasting(session: Session, patient_id: int, now: datetime) -> Spell | None:
    talks = [one for one in patients.spells(session, patient_id) if one.kind is SpellKind.TALK]
    return next((one for one in talks if one.ends_at is not None and one.ends_at > now), None)
