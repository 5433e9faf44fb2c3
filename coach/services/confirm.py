"""Takes a provider's news of a text: by rank, never back; repeated or late news is harmless."""

from datetime import datetime

from sqlmodel import Session

from coach.domain.delivery import ASKS, MessageState, is_final, may_move, rank, state_of
from coach.domain.doubt import next_ask
from coach.gateway.base import Receipt as News
from coach.gateway.base import RejectionKind
from coach.services.breaker import trip
from coach.services.settle import after_refusal, close_question, locked
from coach.storage import attempts, messages, questions
from coach.storage.database import Sessions
from coach.storage.insert import insert_new
from coach.storage.tables import Attempt, Message, Receipt
from coach.storage.tables.question import QuestionState

UNDONE = frozenset({MessageState.FAILED, MessageState.UNDELIVERED})


def confirm(sessions: Sessions, sender: str, token: str | None, news: News, *, now: datetime) -> bool:
    """The receipt is stored, and its message stands where the news puts it. False: repeated, or of no known attempt.

    `sender`: whose breaker opens, where the news is that the account is blocked.
    """
    with sessions.write() as session:
        attempt = attempts.by_token(session, token) if token else attempts.by_provider_id(session, news.provider_id)
        if attempt is None:
            return False
        locked(session, attempt.message_id)  # before the receipt refers to the attempt: whoever settles it locks so too
        if not _is_new(session, attempt, news, now):
            return False
        apply_news(session, attempt, news, now)
    if is_account_blocked(news):
        trip(sessions, sender, why=f"a receipt said {news.error_code}", now=now)
    return True


def is_account_blocked(news: News) -> bool:
    """Whether a text did not arrive since the account, or its sender, may send nothing."""
    return news.kind is RejectionKind.ACCOUNT and state_of(news.status) in UNDONE


def _is_new(session: Session, attempt: Attempt, news: News, now: datetime) -> bool:
    row = {
        "attempt_id": attempt.id,
        "provider_id": news.provider_id,
        "status": news.status,
        "error_code": news.error_code or "",
        "received_at": now,
    }
    return bool(insert_new(session, Receipt, [row]))


def apply_news(session: Session, attempt: Attempt, news: News, now: datetime) -> None:
    """The attempt and its message stand where the news puts them; the patient's row is locked."""
    message = locked(session, attempt.message_id)
    session.refresh(attempt)
    attempts.own(session, attempt, news.provider_id)
    if rank(news.status) <= attempt.rank:
        return  # late news
    attempt.provider_status, attempt.rank = news.status, rank(news.status)
    attempt.error_code = news.error_code or attempt.error_code
    attempt.look_at = None if is_final(attempt.rank) else next_ask(attempt.begun_at, now)
    session.add(attempt)
    after = state_of(news.status)
    if not may_move(message.state, after) or (after in UNDONE and not attempts.is_latest(session, attempt)):
        return  # it stands better already, or another attempt is on its way
    why = f"the provider says {news.status}" + (f" ({news.error_code})" if news.error_code else "")
    messages.move(session, message, after, at=now, why=why)
    if after in UNDONE:
        _undo(session, message, news, now)
    elif message.left_at is None:  # it had been taken for lost
        message.left_at = attempt.begun_at
        _reopen(session, message, now)


def _reopen(session: Session, message: Message, now: datetime) -> None:
    """The question that was taken back with its text stands again: the person has it, and may answer."""
    question = questions.taken_back(session, message) if message.purpose in ASKS else None
    if question is not None and message.question_id is None and now < question.answer_by:
        question.state, question.closed_at, message.question_id = QuestionState.OPEN, None, question.id
        session.add_all([question, message])


def _undo(session: Session, message: Message, news: News, now: datetime) -> None:
    """It did not arrive: nobody is waited for to answer it, and what it says of the number is acted on."""
    if message.purpose in ASKS:
        close_question(session, message, now=now)
    after_refusal(session, message, news.kind, now, how=f"a receipt said {news.error_code}")
