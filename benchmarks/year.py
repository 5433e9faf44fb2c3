"""A made-up clinic with a year behind it: each person three texts a week, two of which asked something."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import SQLModel

from benchmarks.clinic import ROWS_AT_ONCE, phone
from coach.content import folders
from coach.content.publication import compile_program
from coach.domain.case import CaseCategory, CaseState, Tier
from coach.domain.consent import Consent
from coach.domain.delivery import PRIORITY, MessageState, Purpose
from coach.domain.program import AnswerKind, NudgeKind
from coach.services.publish import publish
from coach.storage.database import Sessions
from coach.storage.tables import (
    Answer,
    Case,
    CaseEntry,
    ConsentEntry,
    Enrollment,
    Message,
    Patient,
    Question,
    Reply,
)
from coach.storage.tables.answer import AnswerStatus
from coach.storage.tables.enrollment import EnrollmentState
from coach.storage.tables.question import QuestionState
from coach.storage.tables.reply import ReplyState

TODAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday, 10:00 in New York
WEEKS, TEXTS = 52, 3  # a week
BEGAN = date(2025, 11, 24)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
OPEN_CASES = 200  # one case in so many people is open


def fill_year(sessions: Sessions, people: int) -> None:
    """`people` have lived with coach for a year; tallies are still to be made."""
    config = folders.config_folder()
    program = config / "programs" / "steady-steps.yaml"
    published = publish(sessions, compile_program(program, folders.messages_folder(program)), author="Bo", now=TODAY)
    numbers = range(1, people + 1)
    _insert(sessions, Patient, (_patient(number) for number in numbers))
    _insert(sessions, ConsentEntry, (line for number in numbers for line in _consent(number)))
    _insert(sessions, Enrollment, (_enrollment(number, published.id) for number in numbers))
    for table, make in _TEXTS.items():
        _insert(sessions, table, (row for number in numbers for row in _each(number, make)))
    cases = range(1, people // OPEN_CASES + 2)
    _insert(sessions, Case, (_case(number) for number in cases))
    _insert(
        sessions, CaseEntry, ({"case_id": number, "at": TODAY, "by": "coach", "what": "pain is 8"} for number in cases)
    )


def _insert(sessions: Sessions, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    with sessions.write() as session:
        for row in rows:
            batch.append(row)
            if len(batch) == ROWS_AT_ONCE:
                session.connection().execute(insert(table), batch)
                batch.clear()
        if batch:
            session.connection().execute(insert(table), batch)


def _patient(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "name": f"{'ABCDEFGHIJKLMNOPRSTVWZ'[number * 7 % 22]}{'na' if number % 3 else 'ína'} Reyes {number}",
        "phone": phone(number),
        "country": "US",
        "zone": "America/New_York",
        "language": "en",
        "state": "active",
        "slots": {},
        "weekdays_off": [],
        "created_at": TODAY - 53 * WEEK,
    }


def _consent(number: int) -> Iterator[dict[str, Any]]:
    for state in (Consent.RECORDED, Consent.CONFIRMED):
        yield {
            "patient_id": number,
            "phone": phone(number),
            "state": state,
            "at": TODAY - 53 * WEEK,
            "by": "staff",
            "how": "made up",
        }


def _enrollment(number: int, program_id: int) -> dict[str, Any]:
    return {
        "id": number,
        "patient_id": number,
        "program_id": program_id,
        "program_name": "steady-steps",
        "start_date": BEGAN,
        "preset": "standard",
        "seed": number,
        "state": EnrollmentState.ACTIVE,
        "planned_through": TODAY.date(),
        "plan_at": TODAY + DAY,
        "created_at": TODAY - 53 * WEEK,
    }


def _each(number: int, make: Callable[[int, int, int, datetime], dict[str, Any] | None]) -> Iterator[dict[str, Any]]:
    """A row for each text of a person's year, with a number of its own that tells the texts of all apart."""
    for place in range(WEEKS * TEXTS):
        text = (number - 1) * WEEKS * TEXTS + place + 1
        at = TODAY - 52 * WEEK + (place // TEXTS) * WEEK + (2 * (place % TEXTS)) * DAY
        row = make(number, text, place, at)
        if row is not None:
            yield row


def _asks(place: int) -> bool:
    return place % TEXTS != 1


def _is_answered(number: int, text: int) -> bool:
    return _asks((text - 1) % (WEEKS * TEXTS)) and (text * 7 + number) % 10 < 3 + number % 7


def _question(number: int, text: int, place: int, at: datetime) -> dict[str, Any] | None:
    if not _asks(place):
        return None
    answered = _is_answered(number, text)
    return {
        "id": text,
        "patient_id": number,
        "enrollment_id": number,
        "name": "pacing-steady",
        "kind": NudgeKind.PACING,
        "expects": AnswerKind.MINUTES,
        "action": False,
        "quota": 12,
        "local_date": at.date(),
        "week": place // TEXTS + 1,
        "opened_at": at,
        "answer_by": at + timedelta(hours=12),
        "state": QuestionState.ANSWERED if answered else QuestionState.CLOSED,
        "closed_at": at + timedelta(hours=1 if answered else 12),
    }


def _message(number: int, text: int, place: int, at: datetime) -> dict[str, Any]:
    lost = text % 997 == 0
    return {
        "patient_id": number,
        "enrollment_id": number,
        "question_id": text if _asks(place) else None,
        "purpose": Purpose.NUDGE,
        "priority": PRIORITY[Purpose.NUDGE],
        "name": "pacing-steady",
        "local_date": at.date(),
        "occurrence": 1,
        "due_at": at,
        "next_at": at,
        "send_by": at + timedelta(hours=2),
        "state": MessageState.UNDELIVERED if lost else MessageState.DELIVERED,
        "reason": "30006" if lost else "delivered",
        "variant": f"steady-steps/pacing-steady/{place}",
        "language": "en",
        "text": "How many minutes in one go today? Reply with a number.",
        "segments": 1,
        "left_at": at,
        "created_at": at,
    }


def _reply(number: int, text: int, place: int, at: datetime) -> dict[str, Any] | None:  # noqa: ARG001 (as all of them)
    if not _is_answered(number, text):
        return None
    return {
        "id": text,
        "provider_id": f"SM{text:032x}",
        "phone": phone(number),
        "to": "+12025550100",
        "body": "12",
        "media": 0,
        "received_at": at + timedelta(hours=1),
        "stored_at": at + timedelta(hours=1),
        "state": ReplyState.READ,
        "patient_id": number,
        "reading": {"because": ["12"]},
        "read_at": at + timedelta(hours=1),
        "faults": 0,
        "is_note": text % 4999 == 0,
    }


def _answer(number: int, text: int, place: int, at: datetime) -> dict[str, Any] | None:  # noqa: ARG001 (likewise)
    if not _is_answered(number, text):
        return None
    return {
        "question_id": text,
        "reply_id": text,
        "status": AnswerStatus.UNDERSTOOD,
        "value": "12",
        "late": False,
        "at": at + timedelta(hours=1),
    }


_TEXTS: dict[type[SQLModel], Callable[[int, int, int, datetime], dict[str, Any] | None]] = {
    Question: _question,
    Message: _message,
    Reply: _reply,
    Answer: _answer,
}


def _case(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "patient_id": number,
        "phone": phone(number),
        "category": CaseCategory.WORSENING,
        "state": CaseState.OPEN,
        "tier": Tier.ROUTINE,
        "is_test": False,
        "opened_at": TODAY - DAY,
    }
