"""What alert rules need to know of many enrollments at once, and which rules have spoken up."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, literal_column, select
from sqlmodel import Session, col

from coach.domain.delivery import ASKS, MessageState, Purpose
from coach.storage.messages import IS_PLANNED, Shard
from coach.storage.tables import (
    Alert,
    Answer,
    Attempt,
    ConsentEntry,
    Enrollment,
    Message,
    Patient,
    Question,
    Reply,
    Spell,
)
from coach.storage.tables.patient import PatientState
from coach.storage.tables.question import QuestionState

PAGE = 500
FAILED = (MessageState.UNDELIVERED, MessageState.FAILED)
_IS_ACTIVE: Any = literal_column("'active'")  # written out, so that the partial index is seen to fit
_IS_CANCELLED: Any = literal_column("'cancelled'")  # likewise


def programs(session: Session) -> set[int]:
    """The ids of the program versions that somebody is actively enrolled in."""
    query = select(col(Enrollment.program_id)).where(col(Enrollment.state) == _IS_ACTIVE).distinct()
    return set(session.execute(query).scalars())


def zones(session: Session) -> set[str]:
    """The time zones that active patients live in."""
    query = select(col(Patient.zone)).where(col(Patient.state) == PatientState.ACTIVE).distinct()
    return set(session.execute(query).scalars())


def living_in(
    session: Session, zone_names: Collection[str], program_ids: Collection[int], *, shard: Shard
) -> list[int]:
    """The ids of active enrollments in these program versions, of patients who live in these zones."""
    query = (
        select(col(Enrollment.id))
        .join(Patient, col(Patient.id) == col(Enrollment.patient_id))
        .where(
            col(Enrollment.state) == _IS_ACTIVE,
            col(Enrollment.program_id).in_(program_ids),
            col(Enrollment.patient_id) % shard.of == shard.index,
            col(Patient.zone).in_(zone_names),
        )
    )
    return [id_ for id_ in session.execute(query).scalars() if id_ is not None]


def answered_since(session: Session, since: datetime, *, shard: Shard) -> set[int]:
    """The ids of enrollments whose check-in questions had an answer that was read at `since` (UTC) or later.

    Walks back from the newest answer: it needs no index, and reads a page more than there is new.
    """
    found: set[int] = set()
    query = (
        select(Answer.id, Question.enrollment_id, Question.patient_id, Question.item, Reply.read_at)  # type: ignore[call-overload]  # columns
        .join(Question, col(Question.id) == col(Answer.question_id))
        .join(Reply, col(Reply.id) == col(Answer.reply_id))
        .order_by(col(Answer.id).desc())
        .limit(PAGE)
    )
    page = session.execute(query).all()
    while new := [row for row in page if row.read_at is not None and row.read_at >= since]:
        ours = (row for row in new if row.item is not None and row.patient_id % shard.of == shard.index)
        found |= {row.enrollment_id for row in ours}
        page = session.execute(query.where(col(Answer.id) < page[-1].id)).all()
    return found


def these(session: Session, ids: Collection[int]) -> list[Enrollment]:
    """These enrollments, in order."""
    query = select(Enrollment).where(col(Enrollment.id).in_(ids)).order_by(col(Enrollment.id))
    return list(session.execute(query).scalars())


def people(session: Session, ids: Collection[int]) -> dict[int, Patient]:
    """These patients by id."""
    rows = session.execute(select(Patient).where(col(Patient.id).in_(ids))).scalars()
    return {patient.id: patient for patient in rows if patient.id is not None}


def questions_of(
    session: Session, ids: Collection[int], *, since: datetime | None = None
) -> dict[int, list[tuple[Question, Answer | None]]]:
    """By enrollment, the questions that were not taken back, each with the answer that stands; opened `since` (UTC)."""
    query = (
        select(Question, Answer)
        .outerjoin(Answer, (col(Answer.question_id) == col(Question.id)) & col(Answer.superseded_at).is_(None))
        .where(col(Question.enrollment_id).in_(ids), col(Question.state) != QuestionState.CANCELLED)
    )
    if since is not None:
        query = query.where(col(Question.opened_at) >= since)
    found: defaultdict[int, list[tuple[Question, Answer | None]]] = defaultdict(list)
    for question, answer in session.execute(query):
        found[question.enrollment_id].append((question, answer))
    return found


def asking_states(
    session: Session, ids: Collection[int], *, since: datetime | None = None
) -> dict[int, set[MessageState]]:
    """By question of these enrollments, the states of the texts that put it first; those due `since` (UTC)."""
    query = select(col(Message.question_id), col(Message.state)).where(
        col(Message.enrollment_id).in_(ids),
        col(Message.state) != _IS_CANCELLED,
        col(Message.question_id).is_not(None),
        col(Message.purpose).in_(ASKS),
    )
    if since is not None:
        query = query.where(col(Message.due_at) >= since)
    found: defaultdict[int, set[MessageState]] = defaultdict(set)
    for question_id, state in session.execute(query):
        found[question_id].add(state)
    return found


def failures(
    session: Session, patient_ids: Collection[int], since: datetime
) -> dict[int, list[tuple[datetime, str | None]]]:
    """By patient, the moments (UTC) of texts due since `since` that did not arrive, each with its last error's code."""
    code = (
        select(col(Attempt.error_code))
        .where(col(Attempt.message_id) == Message.id)
        .order_by(col(Attempt.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    at = func.coalesce(col(Message.left_at), col(Message.due_at))
    query = select(col(Message.patient_id), at, code).where(
        col(Message.patient_id).in_(patient_ids), col(Message.due_at) >= since, col(Message.state).in_(FAILED)
    )
    return _gathered((who, (moment, error)) for who, moment, error in session.execute(query))


def last_heard(session: Session, patient_ids: Collection[int]) -> dict[int, datetime]:
    """By patient, when (UTC) the newest text of theirs came."""
    query = select(col(Reply.patient_id), func.max(col(Reply.received_at))).where(
        col(Reply.patient_id).in_(patient_ids)
    )
    return {who: at for who, at in session.execute(query.group_by(col(Reply.patient_id))) if who is not None}


def spells(session: Session, patient_ids: Collection[int]) -> dict[int, list[Spell]]:
    """By patient, all stretches of pause, flare and hold."""
    rows = session.execute(select(Spell).where(col(Spell.patient_id).in_(patient_ids))).scalars()
    return _gathered((one.patient_id, one) for one in rows)


def ledger_lines(session: Session, patient_ids: Collection[int]) -> dict[int, list[ConsentEntry]]:
    """By patient, the lines of the consent ledger, oldest first."""
    query = select(ConsentEntry).where(col(ConsentEntry.patient_id).in_(patient_ids)).order_by(col(ConsentEntry.id))
    return _gathered((one.patient_id, one) for one in session.execute(query).scalars())


def _gathered(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for who, what in rows:
        found[who].append(what)
    return found


def told(session: Session, ids: Collection[int]) -> set[tuple[int, str, date]]:
    """Enrollment, rule and last day of what these enrollments' rules have said."""
    query = select(col(Alert.enrollment_id), col(Alert.rule), col(Alert.until)).where(col(Alert.enrollment_id).in_(ids))
    return {(enrollment_id, rule, until) for enrollment_id, rule, until in session.execute(query)}


def planned_of_name(session: Session, purpose: Purpose, name: str) -> list[Message]:
    """All planned messages for that purpose with that name."""
    query = select(Message).where(
        col(Message.state) == IS_PLANNED, col(Message.purpose) == purpose, col(Message.name) == name
    )
    return list(session.execute(query).scalars())


def was_written(session: Session, patient_id: int, purpose: Purpose, name: str, *, since: datetime) -> bool:
    """Whether the patient was owed such a text, due at `since` (UTC) or later, that was not cancelled."""
    query = exists().where(
        col(Message.patient_id) == patient_id,
        col(Message.due_at) >= since,
        col(Message.purpose) == purpose,
        col(Message.name) == name,
        col(Message.state) != _IS_CANCELLED,
    )
    return bool(session.execute(select(query)).scalar_one())
