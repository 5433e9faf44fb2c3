"""Claims: due rows leased to a worker. They stay planned, so that a lapsed lease needs no repair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, literal_column, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from coach.domain.delivery import PRIORITY, MessageState, Reason
from coach.domain.rate import admitted
from coach.storage.messages import EVERYONE, IS_PLANNED, Shard
from coach.storage.tables import Message, MessageEvent

PRIORITIES = sorted(set(PRIORITY.values()))
SAFETY = PRIORITIES[:1]
URGENT = 1
"""Texts of this priority and before wait for no bucket: safety, and answers to somebody who has just written."""

ANSWERS = [priority for priority in PRIORITIES if priority <= URGENT]

QUIETLY = {"synchronize_session": False}


@dataclass(frozen=True)
class Claim:
    """One planned row, leased to whoever holds the token. `segments`: the most that it may take."""

    message_id: int
    token: str
    segments: int = 1
    patient_id: int | None = None


def claim(
    session: Session,
    *,
    now: datetime,
    token: str,
    lease: timedelta,
    limit: int,
    level: float = float("inf"),
    priorities: Sequence[int] = PRIORITIES,
    shard: Shard = EVERYONE,
) -> list[Claim]:
    """Leases up to `limit` rows that are due at `now`, one a patient, safety and answers first.

    `level` is what the sender's bucket holds; only texts of these `priorities` are taken. The sender's row is locked,
    so that no two claims run at once: "one a patient" hangs on that.
    """
    due = _due(session, now, limit, shard, priorities)
    sizes = [row.segments or 1 for row in due]
    due = due[: admitted(sizes, [row.priority <= URGENT for row in due], level)]
    if not due:
        return []
    leased = (
        update(Message)
        .where(col(Message.id).in_(_at_hand(now, [row.id for row in due])))
        .values(lease_token=token, lease_until=now + lease)
        .returning(col(Message.id))
    )
    mine = set(session.execute(leased, execution_options=QUIETLY).scalars())
    return [Claim(row.id, token, row.segments or 1, row.patient_id) for row in due if row.id in mine]


def _due(session: Session, now: datetime, limit: int, shard: Shard, priorities: Sequence[int]) -> list[Any]:
    """Rows that nobody has, in the order in which they leave; a patient comes once."""
    rows: list[Any] = []
    patients: set[int] = set()
    for priority in priorities:
        # Twice as many as are wanted, since some are of the same patient.
        facts = {"now": now, "most": limit * 2, "index": shard.index, "of": shard.of}
        for row in session.execute(_query(priority, sharded=shard.of > 1), facts):
            if row.patient_id not in patients and len(rows) < limit:
                rows.append(row)
                patients.update([] if row.patient_id is None else [row.patient_id])
        if len(rows) == limit:
            break
    return rows


def give_back(session: Session, token: str) -> None:
    """The rows that are still planned under this lease are free for anyone."""
    leased = update(Message).where(col(Message.state) == IS_PLANNED, col(Message.lease_token) == token)
    session.execute(leased.values(lease_token=None, lease_until=None), execution_options=QUIETLY)


def overdue(session: Session, *, now: datetime, limit: int, shard: Shard = EVERYONE) -> list[int]:
    """Rows that nobody has and that can no longer leave in time, at most `limit`."""
    query = select(col(Message.id)).where(
        col(Message.state) == IS_PLANNED, col(Message.send_by) <= now, _free(now), *_of(shard)
    )
    return [id_ for id_ in session.execute(query.order_by(col(Message.send_by)).limit(limit)).scalars() if id_]


def expire(session: Session, ids: Sequence[int], *, now: datetime) -> list[int]:
    """Which of these rows expired: all that are still planned, and leased to nobody. Each has its event."""
    late = update(Message).where(col(Message.id).in_(_at_hand(now, ids)))
    late = late.values(state=MessageState.EXPIRED, reason=Reason.PAST_SEND_BY).returning(col(Message.id))
    expired = [id_ for id_ in session.execute(late, execution_options=QUIETLY).scalars() if id_ is not None]
    session.add_all(
        MessageEvent(
            message_id=id_, before=MessageState.PLANNED, after=MessageState.EXPIRED, at=now, why=Reason.PAST_SEND_BY
        )
        for id_ in expired
    )
    return expired


def _at_hand(now: datetime, ids: Sequence[int]) -> Any:  # noqa: ANN401 (SQL)
    """Those of the rows that are still planned, leased to nobody, and in no other transaction's hands."""
    still = (col(Message.id).in_(ids), col(Message.state) == IS_PLANNED, _free(now))
    return select(col(Message.id)).where(*still).order_by(col(Message.id)).with_for_update(skip_locked=True)


def _free(now: Any) -> ColumnElement[bool]:  # noqa: ANN401 (a time, or its place in a statement)
    return or_(col(Message.lease_until).is_(None), col(Message.lease_until) < now)


@cache
def _query(priority: int, *, sharded: bool) -> Any:  # noqa: ANN401 (SQL)
    """What each claim asks, built once."""
    now: Any = bindparam("now")
    other = aliased(Message)
    busy = exists().where(
        col(other.patient_id) == col(Message.patient_id), col(other.state) == IS_PLANNED, col(other.lease_until) >= now
    )
    mine = func.coalesce(col(Message.patient_id), 0) % bindparam("of") == bindparam("index")
    return (
        select(col(Message.id), col(Message.patient_id), col(Message.priority), col(Message.segments))
        .where(
            col(Message.state) == IS_PLANNED,
            col(Message.priority) == literal_column(str(priority)),
            col(Message.next_at) <= now,
            _free(now),
            *([] if priority in SAFETY else [~busy]),  # it waits for nobody's lease
            *([mine] if sharded else []),
        )
        .order_by(col(Message.next_at), col(Message.id))
        .limit(bindparam("most"))
    )


def _of(shard: Shard) -> list[ColumnElement[bool]]:
    if shard.of == 1:
        return []
    return [func.coalesce(col(Message.patient_id), 0) % shard.of == shard.index]
