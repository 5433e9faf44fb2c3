"""Everything about one person, to be handed over: times in UTC, days local to them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, SQLModel, col

from coach.services.adherence_report import adherence
from coach.services.export import figures_row, in_utc
from coach.services.roster import NoSuchPatientError, portrait
from coach.storage import replies
from coach.storage.database import Sessions
from coach.storage.tables import (
    Alert,
    Answer,
    Attempt,
    Case,
    CaseEntry,
    ConsentEntry,
    Enrollment,
    Message,
    MessageEvent,
    Patient,
    Question,
    Reply,
    Spell,
    Turn,
)

CONVERSATION = ("at", "local", "from", "text", "note")
OURS_ALONE = {"lease_token", "lease_until", "token", "next_at", "look_at", "absent_at", "seed", "plan_at", "retry_at"}
"""Columns by which coach works; they say nothing of the person."""


def export_patient(sessions: Sessions, patient_id: int, *, now: datetime) -> dict[str, Any]:
    """What coach holds about the patient, ready for JSON. Raises NoSuchPatientError."""
    with sessions.read() as session:
        patient = session.get(Patient, patient_id)
        if patient is None:
            raise NoSuchPatientError(f"there is no patient {patient_id}; `coach patient list` shows them")
        found = {"exported_at": in_utc(now), "patient": _plain(patient)} | _tables(session, patient)
    reports = adherence(sessions, now=now, patient_id=patient_id)
    weeks = [
        {"program": one.program, "over": f"week {week}", **figures_row(figures)}
        for one in reports
        for week, figures in one.adherence.weeks.items()
    ]
    return found | {"adherence": weeks}


def conversation_rows(sessions: Sessions, patient_id: int) -> Iterator[dict[str, Any]]:
    """Every text that left or came, in order of time, as columns of CONVERSATION. Raises NoSuchPatientError."""
    found = portrait(sessions, patient_id)
    zone = ZoneInfo(found.patient.zone)
    for said in found.conversation:
        yield {
            "at": said.at,
            "local": f"{said.at.astimezone(zone):%Y-%m-%d %H:%M}",
            "from": "patient" if said.inbound else "clinic",
            "text": said.text,
            "note": said.note,
        }


def _tables(session: Session, patient: Patient) -> dict[str, Any]:
    who = patient.id
    messages = _all(session, Message, col(Message.patient_id) == who)
    questions = _all(session, Question, col(Question.patient_id) == who)
    enrollments = _all(session, Enrollment, col(Enrollment.patient_id) == who)
    cases = _all(session, Case, col(Case.patient_id) == who)
    parts: dict[str, Sequence[SQLModel]] = {
        "consent": _all(session, ConsentEntry, col(ConsentEntry.patient_id) == who),
        "enrollments": enrollments,
        "spells": _all(session, Spell, col(Spell.patient_id) == who),
        "turns": _all(session, Turn, col(Turn.patient_id) == who),
        "messages": messages,
        "message_events": _all(session, MessageEvent, col(MessageEvent.message_id).in_(_ids(messages))),
        "attempts": _all(session, Attempt, col(Attempt.message_id).in_(_ids(messages))),
        "replies": _all(session, Reply, replies.of(patient)),
        "questions": questions,
        "answers": _all(session, Answer, col(Answer.question_id).in_(_ids(questions))),
        "alerts": _all(session, Alert, col(Alert.enrollment_id).in_(_ids(enrollments))),
        "cases": cases,
        "case_entries": _all(session, CaseEntry, col(CaseEntry.case_id).in_(_ids(cases))),
    }
    return {name: [_plain(row) for row in rows] for name, rows in parts.items()}


def _all(session: Session, table: Any, condition: ColumnElement[bool]) -> list[Any]:  # noqa: ANN401 (any table)
    return list(session.execute(select(table).where(condition).order_by(col(table.id))).scalars())


def _ids(rows: Sequence[Any]) -> list[int]:
    return [row.id for row in rows]


def _plain(row: SQLModel) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.model_dump().items() if name not in OURS_ALONE}


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return in_utc(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
