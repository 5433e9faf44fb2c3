"""Senders: the one row that all workers of a messaging service share."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from coach.storage.insert import insert_new
from coach.storage.tables import Sender


def lock(session: Session, name: str, *, now: datetime, level: float = 0.0) -> Sender:
    """The sender's row, locked until the transaction ends; new, with a bucket of `level` segments, where it was not."""
    query = select(Sender).where(col(Sender.name) == name).with_for_update()
    found: Sender | None = session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if found is None:
        insert_new(session, Sender, [{"name": name, "level": level, "filled_at": now, "probes": 0}])
        found = session.execute(query).scalar_one()
        assert found is not None
    return found


def get(session: Session, name: str) -> Sender | None:
    """The sender's row as it stands; None before the first text."""
    return session.execute(select(Sender).where(col(Sender.name) == name)).scalar_one_or_none()


def heard_through(session: Session) -> datetime | None:
    """Until when what came in was last read whole, by any sender; None: never."""
    newest: datetime | None = session.execute(select(func.max(col(Sender.heard_through)))).scalar_one()
    return newest
