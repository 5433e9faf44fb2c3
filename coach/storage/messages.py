"""Messages: planned in batches, moved by one door."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, literal_column, select
from sqlmodel import Session, col

from coach.domain.delivery import ASKS, MAY_HAVE_ARRIVED, PER_WEEK, MessageState, Purpose, may_move
from coach.domain.giving_way import Left
from coach.storage.insert import insert_all
from coach.storage.tables import Message, MessageEvent

AFRESH = {"populate_existing": True}
IS_PLANNED: Any = literal_column("'planned'")  # written out, so that the partial indexes are seen to fit
IS_LIVE: Any = literal_column("state <> 'cancelled'")  # likewise; only what never left is cancelled


# Delivery asks these for every text: they are built once.
_BY_IDS = select(Message).where(col(Message.id).in_(bindparam("ids", expanding=True)))
_LOCKED = _BY_IDS.order_by(col(Message.id)).with_for_update()
_LEFT_SINCE = select(col(Message.patient_id), col(Message.left_at), col(Message.purpose)).where(
    col(Message.patient_id).in_(bindparam("patient_ids", expanding=True)),
    col(Message.left_at) >= bindparam("since"),
    col(Message.purpose).in_(PER_WEEK),
)
_USED_VARIANTS = select(col(Message.enrollment_id), col(Message.variant)).where(
    col(Message.enrollment_id).in_(bindparam("enrollment_ids", expanding=True)),
    col(Message.left_at).is_not(None),
    col(Message.variant).is_not(None),
    IS_LIVE,
)


class IllegalMove(Exception):  # noqa: N818 (it is a fault of ours, named for what it is)
    """A move that is not in the table of moves: a fault in the code, never in the data."""


@dataclass(frozen=True)
class Shard:
    """The patients whose id leaves `index` when divided by `of`."""

    index: int = 0
    of: int = 1


EVERYONE = Shard()


@dataclass(frozen=True)
class Move:
    """Where a message goes, and why."""

    message: Message
    after: MessageState
    why: str


def move(session: Session, message: Message, after: MessageState, *, at: datetime, why: str) -> None:
    """The one door, for one message; raises as `move_all` does."""
    move_all(session, [Move(message, after, why)], at=at)


def move_all(session: Session, moves: Sequence[Move], *, at: datetime) -> None:
    """The one door: each message is in its new state, its lease is given back, and its event is written.

    Raises:
        IllegalMove: the table of moves does not have one of them.
    """
    events = []
    for move in moves:
        message, before = move.message, MessageState(move.message.state)
        if not may_move(before, move.after):
            raise IllegalMove(f"message {message.id}: {before} -> {move.after} ({move.why})")
        message.state, message.reason = move.after, move.why
        message.lease_token = message.lease_until = None
        session.add(message)
        events.append({"message_id": _id(message), "before": before, "after": move.after, "at": at, "why": move.why})
    insert_all(session, MessageEvent, events)


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Message]:
    """These messages as they stand, by id."""
    return {_id(message): message for message in session.execute(_BY_IDS, {"ids": list(ids)}).scalars()}


def lock_all(session: Session, ids: Collection[int]) -> list[Message]:
    """These messages, their rows locked until the transaction ends: what has no patient has no other row to lock."""
    return list(session.execute(_LOCKED, {"ids": sorted(ids)}, execution_options=AFRESH).scalars()) if ids else []


def wait(session: Session, message: Message, until: datetime, *, why: str) -> None:
    """`message` stays planned and is looked at again at `until`."""
    message.next_at, message.reason = until, why
    message.lease_token = message.lease_until = None
    session.add(message)


def log_born(session: Session, ids: Iterable[int], after: MessageState, *, at: datetime, why: str) -> None:
    """The first event of new rows."""
    born = [{"message_id": id_, "before": None, "after": after, "at": at, "why": why} for id_ in ids]
    insert_all(session, MessageEvent, born)


def planned(session: Session, patient_id: int, *conditions: Any) -> list[Message]:  # noqa: ANN401 (SQL conditions)
    """The patient's messages that are still planned, under further conditions, earliest first."""
    where = and_(col(Message.patient_id) == patient_id, col(Message.state) == IS_PLANNED, *conditions)
    return list(session.execute(select(Message).where(where).order_by(col(Message.due_at))).scalars())


def occurrences_after(session: Session, patient_id: int, moment: datetime, condition: Any) -> list[Message]:  # noqa: ANN401 (SQL)
    """The patient's occurrences of a program that are due after `moment`, under a further condition."""
    query = select(Message).where(
        col(Message.patient_id) == patient_id,
        col(Message.occurrence).is_not(None),
        col(Message.due_at) > moment,
        col(Message.state).in_((MessageState.PLANNED, MessageState.WITHHELD)),
        condition,
    )
    return list(session.execute(query).scalars())


def left_since(session: Session, patient_ids: Collection[int], since: datetime) -> dict[int, list[Left]]:
    """By patient, the burdening texts that left, or may have, since `since` (UTC)."""
    rows = session.execute(_LEFT_SINCE, {"patient_ids": list(patient_ids), "since": since})
    left: dict[int, list[Left]] = {patient_id: [] for patient_id in patient_ids}
    for patient_id, at, purpose in rows:
        left[patient_id].append(Left(at, purpose))
    return left


def used_variants(session: Session, enrollment_ids: Collection[int]) -> dict[int, list[str]]:
    """By enrollment, the texts, by their path, that it may have seen: one entry a sending."""
    rows = session.execute(_USED_VARIANTS, {"enrollment_ids": list(enrollment_ids)})
    used: dict[int, list[str]] = {enrollment_id: [] for enrollment_id in enrollment_ids}
    for enrollment_id, variant in rows:
        used[enrollment_id].append(variant)
    return used


def recent_variants(session: Session, patient_id: int, purpose: Purpose, limit: int = 12) -> list[str]:
    """The wordings of that purpose that the patient had, newest first."""
    query = select(col(Message.variant)).where(
        col(Message.patient_id) == patient_id, col(Message.purpose) == purpose, col(Message.variant).is_not(None)
    )
    return list(session.execute(query.order_by(col(Message.id).desc()).limit(limit)).scalars())


def askings(session: Session, question_id: int) -> list[Message]:
    """The messages that put the question first, not its reminder or re-ask."""
    query = select(Message).where(col(Message.question_id) == question_id, col(Message.purpose).in_(ASKS))
    return list(session.execute(query).scalars())


def of_question(session: Session, question_id: int, purpose: Purpose) -> list[Message]:
    """The question's messages of that purpose that were not cancelled."""
    query = select(Message).where(
        col(Message.question_id) == question_id,
        col(Message.purpose) == purpose,
        col(Message.state) != MessageState.CANCELLED,
    )
    return list(session.execute(query).scalars())


def was_asked_again(session: Session, question_id: int | None) -> bool:
    """Whether the question has had its one re-ask."""
    query = exists().where(
        col(Message.question_id) == question_id,
        col(Message.purpose) == Purpose.RE_ASK,
        col(Message.state) != MessageState.CANCELLED,
    )
    return bool(session.execute(select(query)).scalar_one())


def has_occurrence(session: Session, enrollment_id: int | None, name: str, day: date, number: int) -> bool:
    """Whether that occurrence stands in any state but cancelled."""
    query = exists().where(
        col(Message.enrollment_id) == enrollment_id,
        col(Message.name) == name,
        col(Message.local_date) == day,
        col(Message.occurrence) == number,
        col(Message.state) != MessageState.CANCELLED,
    )
    return bool(session.execute(select(query)).scalar_one())


def is_invited(session: Session, patient_id: int) -> bool:
    """Whether an invitation of the patient is on its way, or may have arrived."""
    query = exists().where(
        col(Message.patient_id) == patient_id,
        col(Message.purpose) == Purpose.INVITATION,
        col(Message.state).in_((MessageState.PLANNED, *MAY_HAVE_ARRIVED)),
    )
    return bool(session.execute(select(query)).scalar_one())


def _id(message: Message) -> int:
    assert message.id is not None
    return message.id
