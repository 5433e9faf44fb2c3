"""STOP, START and the invitation: lines on the ledger, and what follows at once."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col

from coach.domain.consent import Consent, may_move
from coach.domain.delivery import MessageState
from coach.storage import ledger, messages
from coach.storage.questions import open_of
from coach.storage.tables import Enrollment, Patient
from coach.storage.tables.enrollment import EnrollmentState
from coach.storage.tables.question import QuestionState


def stop(session: Session, patient: Patient, *, at: datetime, by: str, how: str, reply_id: int | None = None) -> bool:
    """Nothing planned is left, and the ledger says stopped. False where it said so before. Under the patient's lock."""
    assert patient.id is not None
    for message in messages.planned(session, patient.id):
        messages.move(session, message, MessageState.CANCELLED, at=at, why="the person said stop")
    for question in open_of(session, patient.id):
        question.state, question.closed_at = QuestionState.CLOSED, at
        session.add(question)
    if not may_move(ledger.standing(session, patient.phone), Consent.STOPPED):
        return False
    ledger.add(session, patient, Consent.STOPPED, at=at, by=by, how=how, reply_id=reply_id)
    return True


def start(session: Session, patient: Patient, *, at: datetime, how: str, reply_id: int) -> Consent | None:
    """The ledger says confirmed, and the plan resumes today; what it said before, or None where nothing changed."""
    before = ledger.standing(session, patient.phone)
    if not may_move(before, Consent.CONFIRMED):
        return None
    ledger.add(session, patient, Consent.CONFIRMED, at=at, by="patient", how=how, reply_id=reply_id)
    if before is Consent.STOPPED:
        plan_again(session, patient, at=at)
    return before


def plan_again(session: Session, patient: Patient, *, at: datetime) -> None:
    """The next planning looks at today and the coming days afresh; what is past stays as it is."""
    yesterday = at.date() - timedelta(days=2)  # early enough in every time zone
    session.execute(
        update(Enrollment)
        .where(col(Enrollment.patient_id) == patient.id, col(Enrollment.state) == EnrollmentState.ACTIVE)
        .values(planned_through=yesterday)
        .execution_options(synchronize_session="fetch")
    )
