"""STOP, START and the invitation: lines on the ledger, and what follows at once."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col

from coach.domain.consent import Consent, may_move
from coach.domain.delivery import MessageState, Purpose
from coach.services.plan import plan_again
from coach.storage import ledger, messages
from coach.storage.questions import open_of
from coach.storage.tables import Message, Patient
from coach.storage.tables.question import QuestionState


def stop(session: Session, patient: Patient, *, at: datetime, by: str, how: str, reply_id: int | None = None) -> bool:
    """Nothing planned is left, and the ledger says stopped. False where it said so before. Under the patient's lock.

    An earlier STOP's confirmation still goes out: the one that a person gets however often they write it.
    """
    assert patient.id is not None
    for message in messages.planned(session, patient.id, ~_stays()):
        messages.move(session, message, MessageState.CANCELLED, at=at, why="the person said stop")
    for question in open_of(session, patient.id):
        question.state, question.closed_at = QuestionState.CLOSED, at
        session.add(question)
    if not may_move(ledger.standing(session, patient.phone), Consent.STOPPED):
        return False
    ledger.add(session, patient, Consent.STOPPED, at=at, by=by, how=how, reply_id=reply_id)
    return True


def _stays() -> ColumnElement[bool]:
    """What STOP leaves planned: its own confirmation, and answers to words of danger."""
    confirmation = and_(col(Message.purpose) == Purpose.KEYWORD, col(Message.name) == "stop")
    return or_(confirmation, col(Message.purpose) == Purpose.SAFETY)


def start(session: Session, patient: Patient, *, at: datetime, how: str, reply_id: int) -> Consent | None:
    """The ledger says confirmed, and the plan resumes today; what it said before, or None where nothing changed.

    A START that is read only after a later STOP changes nothing.
    """
    line = ledger.last(session, patient.phone)
    before = Consent.NONE if line is None else line.state
    if not may_move(before, Consent.CONFIRMED):
        return None
    if line is not None and before is Consent.STOPPED and (line.reply_id or 0) > reply_id:
        return None
    ledger.add(session, patient, Consent.CONFIRMED, at=at, by="patient", how=how, reply_id=reply_id)
    assert patient.id is not None
    goodbye = (col(Message.purpose) == Purpose.KEYWORD, col(Message.name) == "stop")
    for message in messages.planned(session, patient.id, *goodbye):
        messages.move(session, message, MessageState.CANCELLED, at=at, why="the person said start")
    if before is Consent.STOPPED:
        plan_again(session, patient, at=at)
    return before
