"""Enrollments."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import literal_column, select
from sqlmodel import Session, col

from coach.storage.messages import Shard
from coach.storage.tables import Enrollment

_IS_ACTIVE: Any = literal_column("'active'")  # written out, so that the partial index is seen to fit


def active_of(session: Session, patient_id: int) -> Sequence[Enrollment]:
    """The patient's active enrollments."""
    query = select(Enrollment).where(col(Enrollment.patient_id) == patient_id, col(Enrollment.state) == _IS_ACTIVE)
    return session.execute(query.order_by(col(Enrollment.id))).scalars().all()


def of_patient(session: Session, patient_id: int) -> Sequence[Enrollment]:
    """All of the patient's enrollments, oldest first."""
    query = select(Enrollment).where(col(Enrollment.patient_id) == patient_id).order_by(col(Enrollment.id))
    return session.execute(query).scalars().all()


def everyone(session: Session) -> Sequence[Enrollment]:
    """Every enrollment, oldest first."""
    return session.execute(select(Enrollment).order_by(col(Enrollment.id))).scalars().all()


def to_plan(session: Session, now: datetime, *, shard: Shard, after: int, limit: int) -> Sequence[Enrollment]:
    """Active enrollments with an id over `after` for which a new day wants planning."""
    query = select(Enrollment).where(
        col(Enrollment.state) == _IS_ACTIVE,
        col(Enrollment.plan_at) <= now,
        col(Enrollment.id) > after,
        col(Enrollment.patient_id) % shard.of == shard.index,
    )
    return session.execute(query.order_by(col(Enrollment.id)).limit(limit)).scalars().all()
