"""What the care team does with a person's texts: lifts a hold, withdraws them, invites them once more."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain.consent import Consent, Departure
from coach.domain.delivery import MessageState, Purpose
from coach.domain.errors import CoachError
from coach.services.enroll import WAITING_FOR_YES, plan_invitation
from coach.storage import cases, enrollments, ledger, messages, patients
from coach.storage.database import Sessions
from coach.storage.questions import open_of
from coach.storage.tables import Message, Patient, Spell
from coach.storage.tables.enrollment import EnrollmentState
from coach.storage.tables.patient import PatientState, SpellKind
from coach.storage.tables.question import QuestionState

TIME_TO_ANSWER = timedelta(days=1)  # how long nobody is invited again
ON_ITS_WAY = frozenset({MessageState.PLANNED, MessageState.SENDING, MessageState.UNKNOWN})
NOT_NOW = {
    Consent.CONFIRMED: "has said yes already; no invitation is needed",
    Consent.STOPPED: "has said STOP; only their own START opens it again",
    Consent.WITHDRAWN: "is withdrawn; add them again first",
    Consent.NONE: "has no consent on the ledger",
}


class CareError(CoachError):
    """It cannot be done for this patient as they stand."""


def lift_hold(sessions: Sessions, patient_id: int, *, by: str, now: datetime) -> None:
    """Nudges may leave again from `now` on; what was withheld meanwhile stays withheld. Cases stay as they are.

    Raises:
        CareError: no such patient, a case of danger is not closed, or nothing is held.
    """
    with sessions.write() as session:
        lock_active(session, patient_id)
        if danger := cases.dangers_of(session, patient_id):
            raise CareError(
                f"case {danger[0].id} ({danger[0].category}) of patient {patient_id} is not closed;"
                f" `coach case close {danger[0].id} --lift-hold` closes it and lifts the hold"
            )
        if not end_holds(session, patient_id, by=by, now=now):
            raise CareError(f"nothing is held for patient {patient_id}")


def end_holds(session: Session, patient_id: int, *, by: str, now: datetime) -> int:
    """How many holds of the patient, whose row is locked, ended at `now`."""
    held = holds(session, patient_id, now)
    for spell in held:
        spell.ends_at, spell.closed_by = now, by
        session.add(spell)
    return len(held)


def holds(session: Session, patient_id: int, now: datetime) -> list[Spell]:
    """The patient's holds that have not ended by `now`, earliest first."""
    return [
        spell
        for spell in patients.spells(session, patient_id)
        if spell.kind is SpellKind.HOLD and (spell.ends_at is None or spell.ends_at > now)
    ]


def withdraw(sessions: Sessions, patient_id: int, reason: Departure, *, by: str, now: datetime) -> int:
    """How many texts were cancelled: all that were planned. Nothing is sent, enrollments end, the number is free.

    Raises:
        CareError: no such patient, or withdrawn before.
    """
    with sessions.write() as session:
        patient = lock_active(session, patient_id)
        ledger.add(session, patient, Consent.WITHDRAWN, at=now, by="staff", how=f"withdrawn by {by}: {reason}")
        planned = messages.planned(session, patient_id)
        for message in planned:
            messages.move(session, message, MessageState.CANCELLED, at=now, why=f"the person was withdrawn: {reason}")
        for question in open_of(session, patient_id):
            question.state, question.closed_at = QuestionState.CLOSED, now
            session.add(question)
        for enrollment in enrollments.active_of(session, patient_id):
            enrollment.state = EnrollmentState.ENDED
            session.add(enrollment)
        patient.state = PatientState.WITHDRAWN
        session.add(patient)
        return len(planned)


def invite(sessions: Sessions, patient_id: int, *, now: datetime) -> None:
    """One more invitation is planned for now, and leaves in the person's hours.

    Raises:
        CareError: no such patient, no program, an answer is here already, or the last one is less than a day old.
    """
    with sessions.write() as session:
        patient = lock_active(session, patient_id)
        standing = ledger.standing(session, patient.phone)
        if standing not in WAITING_FOR_YES:
            raise CareError(f"patient {patient_id} {NOT_NOW[standing]}")
        active = enrollments.active_of(session, patient_id)
        if not active:
            raise CareError(f"patient {patient_id} is in no program; `coach enroll {patient_id} PROGRAM` comes first")
        if _is_invited(session, patient_id, now):
            raise CareError(f"patient {patient_id} has an invitation on its way, or not yet a day old; give them time")
        plan_invitation(session, patient, active[0], now)


def lock_active(session: Session, patient_id: int) -> Patient:
    """The patient, whose row is locked. Raises CareError where there is no such patient, or they are withdrawn."""
    if session.get(Patient, patient_id) is None:
        raise CareError(f"there is no patient {patient_id}; `coach patient list` shows them")
    patient = patients.lock(session, patient_id)
    if patient.state is not PatientState.ACTIVE:
        raise CareError(f"patient {patient_id} is withdrawn")
    return patient


def _is_invited(session: Session, patient_id: int, now: datetime) -> bool:
    query = select(Message).where(col(Message.patient_id) == patient_id, col(Message.purpose) == Purpose.INVITATION)
    return any(
        one.state in ON_ITS_WAY or (one.left_at is not None and one.left_at > now - TIME_TO_ANSWER)
        for one in session.execute(query).scalars()
    )
