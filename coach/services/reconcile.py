"""Ends doubt: calls that nobody settled, outcomes that nobody knows, texts whose end was never told."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import literal_column, select
from sqlmodel import Session, col

from coach.domain.delivery import MessageState, Purpose
from coach.domain.doubt import (
    LOOK_BACK,
    LOST_SAFETY_AFTER,
    Absence,
    Verdict,
    lost_after,
    next_ask,
    next_look,
    verdict,
)
from coach.gateway.base import Gateway, Receipt, SentList
from coach.services.breaker import trip
from coach.services.clock import Clock
from coach.services.confirm import apply_news, is_account_blocked
from coach.services.heed import heed
from coach.services.settle import again, doubt, locked
from coach.storage import attempts, messages
from coach.storage.attempts import Doubtful
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Message, Question
from coach.storage.tables.question import QuestionState

log = logging.getLogger(__name__)

BATCH = 200
LOOK = timedelta(minutes=2)  # how long one look-up may take before another worker does it


def reconcile(sessions: Sessions, gateway: Gateway, *, now: Clock, parallel: int = 4) -> int:
    """How many attempts were looked at: calls without an end, and all whose look-up is due.

    A text that may have left is sent again only as `coach.domain.doubt` says.
    """

    def one(found: Doubtful) -> None:
        try:
            _look_up(sessions, gateway, found, now)
        except Exception:  # one attempt's trouble holds no other up; it is due again soon
            log.exception("attempt %s could not be looked up", found.id)

    lost = _lose(sessions, now())
    with sessions.write() as session:
        attempts.remember(session, now=now())
        due = attempts.take_due(session, now=now(), lease=LOOK, limit=BATCH)
    if due:
        with ThreadPoolExecutor(min(parallel, len(due)), thread_name_prefix="look-up") as pool:
            list(pool.map(one, due))
    return lost + len(due)


def _lose(sessions: Sessions, now: datetime) -> int:
    """Calls whose process is gone come into doubt."""
    with sessions.read() as session:
        calls = _in_call(session, now - LOST_SAFETY_AFTER)
    gone = [id_ for id_, since, purpose in calls if since is None or since < now - lost_after(purpose)]
    for message_id in gone:
        try:
            _lose_one(sessions, message_id, now)
        except Exception:  # likewise
            log.exception("message %s could not be brought into doubt", message_id)
    return len(gone)


def _lose_one(sessions: Sessions, message_id: int, now: datetime) -> None:
    with sessions.write() as session:
        message = locked(session, message_id)
        attempt = attempts.latest(session, message_id)
        if message.state is MessageState.SENDING and attempt is not None:
            doubt(session, attempt, message, now, "the call has no end: the process that made it is gone")


def _in_call(session: Session, before: datetime) -> list[tuple[int, datetime | None, Purpose]]:
    query = select(col(Message.id), col(Message.left_at), col(Message.purpose)).where(
        col(Message.state) == literal_column("'sending'"), col(Message.left_at) < before
    )
    return [tuple(row) for row in session.execute(query.order_by(col(Message.id)).limit(BATCH))]


def _look_up(sessions: Sessions, gateway: Gateway, found: Doubtful, now: Clock) -> None:
    """The provider is asked, without a transaction; what it says is acted on in one."""
    if found.provider_id is not None:
        news = gateway.status_of(found.provider_id)
        _change(sessions, found.id, lambda session, attempt: _hear(session, attempt, news, now()))
        if news is not None and is_account_blocked(news):
            trip(sessions, gateway.sender, why=f"a text's status said {news.error_code}", now=now())
        return
    asked_at = now()  # the call may be slow, and the list is no younger than this
    listed = gateway.sent_to(found.phone, found.begun_at - LOOK_BACK)
    looked = Looked(found.text, listed, asked_at)
    _change(sessions, found.id, lambda session, attempt: _compare(session, attempt, looked, now()))


def _change(sessions: Sessions, attempt_id: int, act: Callable[[Session, Attempt], None]) -> None:
    """`act` under the patient's lock, where the look-up is still wanted."""
    with sessions.write() as session:
        attempt = session.get_one(Attempt, attempt_id)
        locked(session, attempt.message_id)
        session.refresh(attempt)
        if attempt.look_at is not None:
            act(session, attempt)


def _hear(session: Session, attempt: Attempt, news: Receipt | None, now: datetime) -> None:
    if news is not None:
        apply_news(session, attempt, news, now)
    if attempt.look_at is not None:
        attempt.look_at = next_ask(attempt.begun_at, now)
        session.add(attempt)


@dataclass(frozen=True)
class Looked:
    """The words that were looked for, and the list in which, as it was asked for at `at` (UTC)."""

    text: str
    listed: SentList
    at: datetime


def _compare(session: Session, attempt: Attempt, looked: Looked, now: datetime) -> None:
    if attempt.rank >= 0:  # a receipt has come meanwhile
        attempt.look_at = next_ask(attempt.begun_at, now)
        session.add(attempt)
        return
    taken = attempts.owned(session, [one.provider_id for one in looked.listed.texts])
    nobodys = [one for one in looked.listed.texts if one.provider_id not in taken]
    ours = [one for one in nobodys if one.body == looked.text]
    if ours:
        first = min(ours, key=lambda one: one.created_at)
        apply_news(session, attempt, Receipt(first.provider_id, first.status, first.error_code, first.kind), now)
        return
    # A text that no attempt of ours owns may be this one, its words redacted or re-encoded by the provider.
    whole = looked.listed.whole and not nobodys
    _absent(session, attempt, Absence(attempt.begun_at, looked.at, whole), now)


def _absent(session: Session, attempt: Attempt, absence: Absence, now: datetime) -> None:
    message = locked(session, attempt.message_id)
    said = verdict(message.purpose, absence, message.send_by)
    if said is Verdict.LOOK_AGAIN:
        attempt.look_at = next_look(attempt.begun_at, now)
        session.add(attempt)
        return
    attempt.look_at = None
    if absence.whole:
        attempt.absent_at = absence.looked_at
    session.add(attempt)
    why = "the provider's list does not have it" if absence.whole else "the provider's list says nothing for sure"
    if message.state is not MessageState.UNKNOWN or not attempts.is_latest(session, attempt):
        return
    if said is Verdict.SEND_AGAIN and not _is_answered(session, message):
        again(session, attempt, message, now, f"it did not leave: {why}", at_once=True)
    else:
        messages.move(session, message, MessageState.MISSED, at=now, why=why)
        heed(session, message, why, now=now)


def _is_answered(session: Session, message: Message) -> bool:
    if message.question_id is None:
        return False
    return session.get_one(Question, message.question_id).state is QuestionState.ANSWERED
