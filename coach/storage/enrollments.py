"""Enrollments."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, literal_column, or_, select
from sqlmodel import Session, col

from coach.storage.messages import Shard
from coach.storage.tables import Enrollment

_IS_ACTIVE: Any = literal_column("'active'")  # written out, so that the partial index is seen to fit
_ALL_ACTIVE_OF = select(Enrollment).where(  # delivery asks it for every text: it is built once
    or_(
        and_(
            col(Enrollment.patient_id).in_(bindparam("patient_ids", expanding=True)),
            col(Enrollment.state) == _IS_ACTIVE,
        ),
        col(Enrollment.id).in_(bindparam("also", expanding=True)),
    )
)


def active_of(session: Session, patient_id: int) -> Sequence[Enrollment]:
    """The patient's active enrollments."""
    query = select(Enrollment).where(col(Enrollment.patient_id) == patient_id, col(Enrollment.state) == _IS_ACTIVE)
    return session.execute(query.order_by(col(Enrollment.id))).scalars().all()


def all_active_of(session: Session, patient_ids: Collection[int], also: Collection[int]) -> Sequence[Enrollment]:
    """The active enrollments of these patients, and those with an id in `also`, whatever their state."""
    return session.execute(_ALL_ACTIVE_OF, {"patient_ids": list(patient_ids), "also": list(also)}).scalars().all()


def of_patient(session: Session, patient_id: int) -> Sequence[Enrollment]:
    """All of the patient's enrollments, oldest first."""
    query = select(Enrollment).where(col(Enrollment.patient_id) == patient_id).order_by(col(Enrollment.id))
    return session.execute(query).scalars().all()


def everyone(session: Session) -> Sequence[Enrollment]:
    """Every enrollment, oldest first."""
    return session.execute(select(Enrollment).order_by(col(Enrollment.id))).scalars().all()


def count_active(session: Session) -> int:
    """How many enrollments are active."""
    query = select(func.count()).select_from(Enrollment).where(col(Enrollment.state) == _IS_ACTIVE)
    count: int = session.execute(query).scalar_one()
    return count


def to_plan(session: Session, now: datetime, *, shard: Shard, after: int, limit: int) -> list[int]:
    """The ids over `after` of active enrollments for which a new day wants planning, in order."""
    query = select(col(Enrollment.id)).where(
        col(Enrollment.state) == _IS_ACTIVE,
        col(Enrollment.plan_at) <= now,
        col(Enrollment.id) > after,
        col(Enrollment.patient_id) % shard.of == shard.index,
    )
    return [id_ for id_ in session.execute(query.order_by(col(Enrollment.id)).limit(limit)).scalars() if id_]


def patients_of(session: Session, ids: Collection[int]) -> set[int]:
    """Whose enrollments these are."""
    return set(session.execute(select(col(Enrollment.patient_id)).where(col(Enrollment.id).in_(ids))).scalars())


def active(session: Session, ids: Collection[int]) -> Sequence[Enrollment]:
    """Those of these enrollments that are active, as they stand in the database now, in order."""
    query = select(Enrollment).where(col(Enrollment.id).in_(ids), col(Enrollment.state) == _IS_ACTIVE)
    query = query.order_by(col(Enrollment.id)).execution_options(populate_existing=True)
    return session.execute(query).scalars().all()
