"""Transaction B: what the provider's answer to a call means for its message."""

import random
from datetime import datetime
from typing import assert_never

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain.consent import Consent
from coach.domain.delivery import ASKS, MessageState, Purpose, backoff, may_move, rank, state_of
from coach.gateway.base import Accepted, Outcome, Rejected, RejectionKind, Unknown, Unsent
from coach.services.consent import stop
from coach.storage import ledger, messages, patients
from coach.storage.tables import Attempt, Message, Patient, Question
from coach.storage.tables.attempt import AttemptOutcome
from coach.storage.tables.question import QuestionState


def settle(session: Session, token: str, outcome: Outcome, *, now: datetime) -> None:
    """The attempt has its outcome, and its message the state that follows; a receipt that came first is not undone."""
    attempt = session.execute(select(Attempt).where(col(Attempt.token) == token)).scalar_one()
    message = _locked(session, attempt.message_id)
    attempt.settled_at = now
    match outcome:
        case Accepted(provider_id, status):
            attempt.outcome, attempt.provider_id = AttemptOutcome.ACCEPTED, provider_id
            if rank(status) > attempt.rank:
                attempt.provider_status, attempt.rank = status, rank(status)
            _move_if_it_may(session, message, state_of(status), now, f"the provider took it ({status})")
        case Unsent(words, retry_after):
            attempt.outcome, attempt.error_words = AttemptOutcome.UNSENT, words
            _again(session, message, now, words, retry_after)
        case Rejected(code, kind, words):
            attempt.outcome, attempt.error_code, attempt.error_words = AttemptOutcome.REJECTED, code, words
            if kind is RejectionKind.TRY_LATER:
                attempt.outcome = AttemptOutcome.UNSENT
                _again(session, message, now, words, None)
            else:
                _refused(session, message, attempt, kind, now)
        case Unknown(words):
            attempt.outcome, attempt.error_words = AttemptOutcome.UNKNOWN, words
            _move_if_it_may(session, message, MessageState.UNKNOWN, now, f"no clear answer from the provider: {words}")
        case _:
            assert_never(outcome)
    session.add(attempt)


def take_back_question(session: Session, message: Message, *, now: datetime) -> None:
    """The question that never left is cancelled, and its reminder with it."""
    if message.question_id is None or message.purpose not in ASKS:
        return  # a reminder that did not leave leaves its question as it is
    question = session.get_one(Question, message.question_id)
    question.state, question.closed_at = QuestionState.CANCELLED, now
    session.add(question)
    assert message.patient_id is not None
    for waiting in messages.planned(session, message.patient_id, col(Message.question_id) == question.id):
        if waiting.id != message.id:
            messages.move(session, waiting, MessageState.CANCELLED, at=now, why="its question never left")
    message.question_id = None


def _again(session: Session, message: Message, now: datetime, words: str, retry_after: int | None) -> None:
    """Back to planned, later: it provably never left. Past send_by it will expire."""
    if not may_move(message.state, MessageState.PLANNED):
        return
    messages.move(session, message, MessageState.PLANNED, at=now, why=f"it did not leave: {words}")
    take_back_question(session, message, now=now)
    message.left_at = None
    if _stopped_meanwhile(session, message):
        messages.move(session, message, MessageState.CANCELLED, at=now, why="the person said stop")
        return
    assert message.id is not None
    session.flush()
    tries = messages.tries(session, message.id)
    jitter = random.Random(f"{message.id}:{tries}").random()  # noqa: S311 (spreads retries, the same way each time)
    wait = backoff(tries, jitter=jitter, retry_after=retry_after)
    messages.wait(session, message, now + wait, why=f"it did not leave: {words}")


def _stopped_meanwhile(session: Session, message: Message) -> bool:
    """Whether this answer to a keyword, which passes the last look by itself, was overtaken by a STOP in its call."""
    if message.purpose is not Purpose.KEYWORD or message.patient_id is None:
        return False
    line = ledger.last(session, session.get_one(Patient, message.patient_id).phone)
    return line is not None and line.state is Consent.STOPPED and line.at > message.created_at


def _refused(session: Session, message: Message, attempt: Attempt, kind: RejectionKind, now: datetime) -> None:
    if not may_move(message.state, MessageState.FAILED):
        return
    messages.move(
        session,
        message,
        MessageState.FAILED,
        at=now,
        why=f"the provider refused it: {attempt.error_code} {attempt.error_words}",
    )
    take_back_question(session, message, now=now)
    message.left_at = None
    if kind is RejectionKind.OPTED_OUT and message.patient_id is not None:
        patient = patients.lock(session, message.patient_id)
        stop(session, patient, at=now, by="provider", how=f"refused with {attempt.error_code}")


def _move_if_it_may(session: Session, message: Message, after: MessageState, now: datetime, why: str) -> None:
    if may_move(message.state, after):
        messages.move(session, message, after, at=now, why=why)


def _locked(session: Session, message_id: int) -> Message:
    message = session.get_one(Message, message_id)
    if message.patient_id is not None:
        patients.lock(session, message.patient_id)
    session.refresh(message)
    return message
