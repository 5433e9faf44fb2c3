"""STOP, START and the invitation: lines on the ledger, and what follows at once."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col

from coach.domain.consent import Consent, may_move
from coach.domain.delivery import MessageState, Purpose
from coach.services.plan import plan_again
from coach.storage import ledger, messages
from coach.storage.questions import open_of
from coach.storage.tables import ConsentEntry, Message, Patient, Reply
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
    return or_(_is_goodbye(), col(Message.purpose) == Purpose.SAFETY)


def start(session: Session, patient: Patient, reply: Reply, *, at: datetime, how: str) -> Consent | None:
    """The ledger says confirmed, and the plan resumes today; what it said before, or None where nothing changed.

    A START that came before the last STOP, and is read only now, changes nothing.
    """
    line = ledger.last(session, patient.phone)
    before = Consent.NONE if line is None else line.state
    if not may_move(before, Consent.CONFIRMED) or (line is not None and _overtaken(session, reply, line)):
        return None
    ledger.add(session, patient, Consent.CONFIRMED, at=at, by="patient", how=how, reply_id=reply.id)
    assert patient.id is not None
    for message in messages.planned(session, patient.id, _is_answered_by_start()):
        why = "the person said yes before" if message.purpose is Purpose.INVITATION else "the person said start"
        messages.move(session, message, MessageState.CANCELLED, at=at, why=why)
    if before is Consent.STOPPED:
        plan_again(session, patient, at=at)
    return before


def _overtaken(session: Session, start_: Reply, line: ConsentEntry) -> bool:
    """Whether `line` is a STOP that came after this START: by whichever text, or by the provider's word."""
    if line.state is not Consent.STOPPED:
        return False
    if line.reply_id is None:
        return line.at >= start_.received_at
    stop_ = session.get_one(Reply, line.reply_id)
    return (stop_.received_at, stop_.id or 0) > (start_.received_at, start_.id or 0)


def _is_answered_by_start() -> ColumnElement[bool]:
    """What a START leaves no use for: the goodbye, and the invitation that has not left."""
    return or_(_is_goodbye(), col(Message.purpose) == Purpose.INVITATION)


def _is_goodbye() -> ColumnElement[bool]:
    return and_(col(Message.purpose) == Purpose.KEYWORD, col(Message.name) == "stop")
