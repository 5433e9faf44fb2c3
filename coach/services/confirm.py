"""Takes a provider's receipt: by rank, never back; a repeated or late one is harmless."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from coach.domain.delivery import MessageState, may_move, rank, state_of
from coach.gateway.base import Receipt as News
from coach.services.consent import stop
from coach.storage import messages, patients
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Message, Receipt

OPTED_OUT = "21610"


def confirm(sessions: Sessions, token: str | None, news: News, *, now: datetime) -> bool:
    """The receipt is stored, and its message stands where the news puts it. False: repeated, or of no known attempt."""
    try:
        with sessions.write() as session:
            attempt = _attempt(session, token, news.provider_id)
            if attempt is None:
                return False
            session.add(
                Receipt(
                    attempt_id=attempt.id,
                    provider_id=news.provider_id,
                    status=news.status,
                    error_code=news.error_code or "",
                    received_at=now,
                )
            )
            session.flush()
            _apply(session, attempt, news, now)
    except IntegrityError:
        return False  # stored before: the provider repeats itself
    return True


def _attempt(session: Session, token: str | None, provider_id: str) -> Attempt | None:
    """By the token in the address, so that a receipt which beats our write finds its row; else by the provider's id."""
    by = col(Attempt.token) == token if token else col(Attempt.provider_id) == provider_id
    return session.execute(select(Attempt).where(by)).scalar_one_or_none()


def _apply(session: Session, attempt: Attempt, news: News, now: datetime) -> None:
    message = session.get_one(Message, attempt.message_id)
    patient = None if message.patient_id is None else patients.lock(session, message.patient_id)
    session.refresh(message)
    session.refresh(attempt)
    if attempt.provider_id is None:
        attempt.provider_id = news.provider_id
    if rank(news.status) <= attempt.rank:
        return  # late news
    attempt.provider_status, attempt.rank = news.status, rank(news.status)
    attempt.error_code = news.error_code or attempt.error_code
    session.add(attempt)
    after = state_of(news.status)
    if may_move(message.state, after):
        why = f"the provider says {news.status}" + (f" ({news.error_code})" if news.error_code else "")
        messages.move(session, message, after, at=now, why=why)
    if (
        news.error_code == OPTED_OUT
        and after in {MessageState.FAILED, MessageState.UNDELIVERED}
        and patient is not None
    ):
        stop(session, patient, at=now, by="provider", how="a receipt said that the number has opted out")
