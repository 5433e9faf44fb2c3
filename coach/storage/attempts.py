"""Attempts: found by their token or the provider's id, and due to be looked up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, literal_column, select, update
from sqlmodel import Session, col

from coach.storage.tables import Attempt, Message

# Delivery asks these for every text: they are built once.
_BY_TOKENS = select(Attempt).where(col(Attempt.token).in_(bindparam("tokens", expanding=True)))
_OWNED = select(col(Attempt.provider_id)).where(col(Attempt.provider_id).in_(bindparam("provider_ids", expanding=True)))


@dataclass(frozen=True)
class Doubtful:
    """An attempt that the provider is to be asked about."""

    id: int
    phone: str
    text: str
    begun_at: datetime
    provider_id: str | None


def by_token(session: Session, token: str) -> Attempt | None:
    return session.execute(select(Attempt).where(col(Attempt.token) == token)).scalar_one_or_none()


def by_tokens(session: Session, tokens: Collection[str]) -> dict[str, Attempt]:
    """The attempts by their tokens."""
    return {attempt.token: attempt for attempt in session.execute(_BY_TOKENS, {"tokens": list(tokens)}).scalars()}


def by_provider_id(session: Session, provider_id: str) -> Attempt | None:
    return session.execute(select(Attempt).where(col(Attempt.provider_id) == provider_id)).scalar_one_or_none()


def tries(session: Session, message_id: int) -> int:
    """How many attempts of the message were made so far."""
    of = select(func.count()).select_from(Attempt).where(col(Attempt.message_id) == message_id)
    count: int = session.execute(of).scalar_one()
    return count


def is_latest(session: Session, attempt: Attempt) -> bool:
    """Whether no attempt of the same message was begun after it."""
    newest = select(func.max(col(Attempt.id))).where(col(Attempt.message_id) == attempt.message_id)
    return bool(session.execute(newest).scalar_one() == attempt.id)


def latest(session: Session, message_id: int) -> Attempt | None:
    """The message's newest attempt."""
    query = select(Attempt).where(col(Attempt.message_id) == message_id).order_by(col(Attempt.id).desc()).limit(1)
    return session.execute(query).scalar_one_or_none()


def owned(session: Session, provider_ids: Sequence[str]) -> set[str]:
    """Those of the provider's ids that an attempt has already."""
    return set(session.execute(_OWNED, {"provider_ids": list(provider_ids)}).scalars())


def own(session: Session, attempt: Attempt, provider_id: str) -> None:
    """The attempt has the provider's id; one that had it by a look-up's guess must be looked up again."""
    if attempt.provider_id == provider_id:
        return
    other = by_provider_id(session, provider_id)
    if other is not None:
        other.provider_id, other.provider_status, other.rank = None, None, -1
        other.look_at = attempt.begun_at
        session.add(other)
        session.flush()
    attempt.provider_id = provider_id
    session.add(attempt)


def remember(session: Session, *, now: datetime) -> None:
    """Attempts in doubt that no look-up is set for are due: an older version of coach has left them so."""
    in_doubt = (
        select(func.max(col(Attempt.id)))
        .join(Message, col(Message.id) == col(Attempt.message_id))
        .where(
            literal_column("message.state IN ('sending', 'unknown')"),  # as the index of texts in the air has it
            col(Message.state) == literal_column("'unknown'"),
        )
        .group_by(col(Attempt.message_id))
    )
    forgotten = update(Attempt).where(
        col(Attempt.id).in_(in_doubt),
        col(Attempt.look_at).is_(None),
        col(Attempt.absent_at).is_(None),
        col(Attempt.rank) < 0,
    )
    session.execute(forgotten.values(look_at=now), execution_options={"synchronize_session": False})


def take_due(session: Session, *, now: datetime, lease: timedelta, limit: int) -> list[Doubtful]:
    """The attempts whose look-up is due at `now`, earliest first; for others they are due again after `lease`."""
    due = select(col(Attempt.id)).where(col(Attempt.look_at) <= now).order_by(col(Attempt.look_at)).limit(limit)
    ids = list(session.execute(due).scalars())
    if not ids:
        return []
    taken = update(Attempt).where(col(Attempt.id).in_(ids), col(Attempt.look_at) <= now)
    mine = taken.values(look_at=now + lease).returning(col(Attempt.id))
    taken_ids = list(session.execute(mine, execution_options={"synchronize_session": False}).scalars())
    rows = session.execute(
        select(col(Attempt.id), col(Attempt.phone), col(Message.text), col(Attempt.begun_at), col(Attempt.provider_id))
        .join(Message, col(Message.id) == col(Attempt.message_id))
        .where(col(Attempt.id).in_(taken_ids))
        .order_by(col(Attempt.begun_at))
    )
    return [Doubtful(row.id, row.phone, row.text or "", row.begun_at, row.provider_id) for row in rows]
