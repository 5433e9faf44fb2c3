"""Transaction B: what the provider's answer to a call means for its message."""

import random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import assert_never

from sqlmodel import Session, col

from coach.domain.case import CaseCategory
from coach.domain.consent import Consent
from coach.domain.delivery import ASKS, MessageState, Purpose, backoff, is_final, may_move, rank, state_of
from coach.domain.doubt import FIRST_LOOK_AFTER, REMEDIES, Remedy, next_ask
from coach.gateway.base import Accepted, Outcome, Rejected, RejectionKind, Unknown, Unsent
from coach.services.begin import Call
from coach.services.consent import stop
from coach.services.heed import heed, heed_delay, heed_leaving
from coach.services.triage import open_case
from coach.storage import attempts, ledger, messages, patients
from coach.storage.messages import Move
from coach.storage.tables import Attempt, Message, Patient, Question
from coach.storage.tables.attempt import AttemptOutcome
from coach.storage.tables.patient import PatientState
from coach.storage.tables.question import QuestionState

_S = MessageState
OVER = frozenset({Consent.STOPPED, Consent.WITHDRAWN})
PASSING = frozenset({RejectionKind.TRY_LATER, RejectionKind.ACCOUNT})
"""Refusals that say nothing against the text: it leaves when the trouble is over."""


def settle(session: Session, landed: Sequence[tuple[Call, Outcome]], *, now: datetime) -> None:
    """Each attempt has its outcome, and its message the state that follows; a receipt that came first is not undone.

    The patients' rows are locked until the transaction ends.
    """
    patients.lock_rows(session, {call.patient_id for call, _ in landed if call.patient_id is not None})
    messages.lock_all(session, [call.message_id for call, _ in landed if call.patient_id is None])
    texts = messages.by_ids(session, [call.message_id for call, _ in landed])
    made = attempts.by_tokens(session, [call.token for call, _ in landed])
    taken = [outcome.provider_id for _, outcome in landed if isinstance(outcome, Accepted)]
    owned = attempts.owned(session, taken)
    moves: list[Move] = []
    for call, outcome in landed:
        attempt, message = made[call.token], texts[call.message_id]
        attempt.settled_at = now
        session.add(attempt)
        if isinstance(outcome, Accepted):
            moves += _accepted(session, attempt, message, outcome, owned, now)
        else:
            _not_accepted(session, attempt, message, outcome, now)
    messages.move_all(session, moves, at=now)


def _accepted(
    session: Session, attempt: Attempt, message: Message, outcome: Accepted, owned: Collection[str], now: datetime
) -> list[Move]:
    """The attempt has the provider's id and status; what follows for its message, if anything."""
    attempt.outcome = AttemptOutcome.ACCEPTED
    if outcome.provider_id in owned:
        attempts.own(session, attempt, outcome.provider_id)
    else:
        attempt.provider_id = outcome.provider_id
    if rank(outcome.status) > attempt.rank:
        attempt.provider_status, attempt.rank = outcome.status, rank(outcome.status)
    attempt.look_at = None if is_final(attempt.rank) else next_ask(attempt.begun_at, now)
    heed_leaving(session, message, now=now)
    after = state_of(outcome.status)
    return [Move(message, after, f"the provider took it ({outcome.status})")] if may_move(message.state, after) else []


def _not_accepted(
    session: Session, attempt: Attempt, message: Message, outcome: Unsent | Rejected | Unknown, now: datetime
) -> None:
    match outcome:
        case Unsent(words, retry_after):
            attempt.outcome, attempt.error_words = AttemptOutcome.UNSENT, words
            again(session, attempt, message, now, f"it did not leave: {words}", retry_after=retry_after)
        case Rejected(code, kind, words):
            attempt.outcome, attempt.error_code, attempt.error_words = AttemptOutcome.REJECTED, code, words
            if kind in PASSING:
                again(session, attempt, message, now, f"it did not leave: {code} {words}")
            else:
                _refused(session, message, attempt, kind, now)
        case Unknown(words):
            attempt.outcome, attempt.error_words = AttemptOutcome.UNKNOWN, words
            doubt(session, attempt, message, now, f"no clear answer from the provider: {words}")
        case _:
            assert_never(outcome)


def doubt(session: Session, attempt: Attempt, message: Message, now: datetime, why: str) -> None:
    """Nobody can say whether it left: the provider is asked. A text of safety does not wait for that."""
    if attempt.rank >= 0:
        return  # a receipt was quicker
    attempt.look_at = max(now, attempt.begun_at + FIRST_LOOK_AFTER)
    session.add(attempt)
    if not attempts.is_latest(session, attempt) or not may_move(message.state, _S.UNKNOWN):
        return
    messages.move(session, message, _S.UNKNOWN, at=now, why=why)
    if REMEDIES[message.purpose] is Remedy.AT_ONCE and now < message.send_by:
        again(session, attempt, message, now, "rather twice than never: it is about somebody's safety")


def again(
    session: Session,
    attempt: Attempt,
    message: Message,
    now: datetime,
    why: str,
    *,
    retry_after: int | None = None,
    at_once: bool = False,
) -> None:
    """Back to planned: it leaves again after a while, or past its send_by expires. Under the patient's lock."""
    if attempt.rank >= 0 or not attempts.is_latest(session, attempt) or not may_move(message.state, _S.PLANNED):
        return
    messages.move(session, message, _S.PLANNED, at=now, why=why)
    heed_delay(session, message, why, now=now)
    take_back_question(session, message, now=now)
    message.left_at = None
    if _is_over(session, message):
        messages.move(session, message, _S.CANCELLED, at=now, why="the person said stop, or start, or is withdrawn")
        return
    assert message.id is not None
    session.flush()
    tries = max(1, attempts.tries(session, message.id))
    jitter = random.Random(f"{message.id}:{tries}").random()  # noqa: S311 (spreads retries, the same way each time)
    wait = timedelta(0) if at_once else backoff(tries, jitter=jitter, retry_after=retry_after)
    messages.wait(session, message, min(now + wait, message.send_by), why=why)


def take_back_question(session: Session, message: Message, *, now: datetime) -> None:
    """The question that never left is cancelled, and its reminder with it."""
    if message.question_id is None or message.purpose not in ASKS:
        return  # a reminder that did not leave leaves its question as it is
    _end_question(session, message, QuestionState.CANCELLED, "its question never left", now)
    message.question_id = None


def close_question(session: Session, message: Message, *, now: datetime) -> None:
    """The question that did not arrive is closed, and its reminder cancelled; an answer that comes still counts."""
    if message.question_id is not None:
        _end_question(session, message, QuestionState.CLOSED, "its question did not arrive", now)


def _end_question(session: Session, message: Message, state: QuestionState, why: str, now: datetime) -> None:
    question = session.get_one(Question, message.question_id)
    if question.state is not QuestionState.OPEN:
        return
    question.state, question.closed_at = state, now
    session.add(question)
    assert message.patient_id is not None
    for waiting in messages.planned(session, message.patient_id, col(Message.question_id) == question.id):
        if waiting.id != message.id:
            messages.move(session, waiting, _S.CANCELLED, at=now, why=why)


def _is_over(session: Session, message: Message) -> bool:
    """Whether it may not leave again: the person is withdrawn, or said something else since it was to answer a keyword.

    Answers to keywords and texts of safety pass the last look by themselves.
    """
    if message.patient_id is None:
        return False
    patient = session.get_one(Patient, message.patient_id)
    if patient.state is PatientState.WITHDRAWN:
        return True
    if message.purpose is not Purpose.KEYWORD:
        return False
    standing = ledger.standing(session, patient.phone)
    return standing is not Consent.STOPPED if message.name == "stop" else standing in OVER


def _refused(session: Session, message: Message, attempt: Attempt, kind: RejectionKind, now: datetime) -> None:
    if attempt.rank >= 0 or not attempts.is_latest(session, attempt) or not may_move(message.state, _S.FAILED):
        return
    why = f"the provider refused it: {attempt.error_code} {attempt.error_words}"
    messages.move(session, message, _S.FAILED, at=now, why=why)
    take_back_question(session, message, now=now)
    message.left_at = None
    after_refusal(session, message, kind, now, how=f"refused with {attempt.error_code}")


def after_refusal(session: Session, message: Message, kind: RejectionKind | None, now: datetime, *, how: str) -> None:
    """What a refused text means for its person: an opt-out is a STOP, and a number that takes no texts is a case."""
    heed(session, message, how, now=now)
    if message.patient_id is None:
        return
    patient = patients.lock(session, message.patient_id)
    if kind is RejectionKind.OPTED_OUT:
        stop(session, patient, at=now, by="provider", how=how)
    elif kind is RejectionKind.BAD_NUMBER:
        what = f"texts do not reach this number ({how}); please check it with the person"
        open_case(session, CaseCategory.DELIVERY, patient=patient, phone=patient.phone, what=what, now=now)


def locked(session: Session, message_id: int) -> Message:
    """The message as it stands, with its patient's row locked; its own where it has no patient."""
    message = session.get_one(Message, message_id)
    if message.patient_id is None:
        messages.lock_all(session, [message_id])
    else:
        patients.lock(session, message.patient_id)
    session.refresh(message)
    return message
