"""Tallies: whose are to be made anew, and kept."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, select, update
from sqlmodel import Session, col

from coach.storage.insert import insert_new
from coach.storage.messages import Shard
from coach.storage.tables import Answer, ConsentEntry, Enrollment, Patient, Question, Reply, Spell, Tally


def to_make(session: Session, *, since: datetime, stale: datetime, now: datetime, shard: Shard) -> set[int]:
    """Patients without a tally, with one made before `stale`, or with news since `since` that it lacks."""
    found: set[int] = set()
    for query, whose in (*_outdated(stale), *_news(since, now)):
        mine = query.where(whose % shard.of == shard.index).distinct()
        found |= set(session.execute(mine).scalars())
    return found


def _outdated(stale: datetime) -> Iterator[tuple[Select[Any], Any]]:
    has_one = exists().where(col(Tally.patient_id) == Patient.id)
    yield select(col(Patient.id)).where(~has_one), col(Patient.id)
    yield select(col(Tally.patient_id)).where(col(Tally.made_at) < stale), col(Tally.patient_id)


def _news(since: datetime, now: datetime) -> Iterator[tuple[Select[Any], Any]]:
    """By patient: an answer, a question that closed, a text that was read, a spell that began or ended, consent."""
    answered = select(col(Question.patient_id)).join(Answer, col(Answer.question_id) == Question.id)
    yield _newer(answered, Question.patient_id, col(Answer.at), since, now)
    for table, at in (
        (Question, col(Question.closed_at)),
        (Reply, col(Reply.read_at)),
        (Spell, col(Spell.starts_at)),
        (Spell, col(Spell.ends_at)),
        (ConsentEntry, col(ConsentEntry.at)),
    ):
        whose: Any = table.patient_id
        yield _newer(select(col(whose)), whose, at, since, now)


def _newer(query: Select[Any], whose: Any, at: Any, since: datetime, now: datetime) -> tuple[Select[Any], Any]:  # noqa: ANN401 (a column)
    joined = query.join(Tally, col(Tally.patient_id) == whose)
    return joined.where(at >= since, at <= now, at >= col(Tally.made_at)), col(whose)


def all_enrollments_of(session: Session, patient_ids: Sequence[int]) -> Sequence[Enrollment]:
    """Every enrollment of these patients, oldest first."""
    query = select(Enrollment).where(col(Enrollment.patient_id).in_(patient_ids)).order_by(col(Enrollment.id))
    return session.execute(query).scalars().all()


def keep(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Each patient's tally is this one now."""
    new = {row["patient_id"] for row in rows}
    ids = insert_new(session, Tally, rows)
    query = select(col(Tally.patient_id)).where(col(Tally.id).in_(ids))
    for patient_id in new - set(session.execute(query).scalars()):
        values = next(row for row in rows if row["patient_id"] == patient_id)
        session.execute(update(Tally).where(col(Tally.patient_id) == patient_id).values(**values))
