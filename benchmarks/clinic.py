"""A made-up clinic: people in the shipped program for two weeks, with what they were sent so far."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select
from sqlmodel import SQLModel, col

from coach.content import folders
from coach.content.publication import compile_program
from coach.domain.clinic import Clinic
from coach.domain.consent import Consent
from coach.domain.delivery import PRIORITY, MessageState, Purpose
from coach.gateway.base import Accepted, FormPairs, Heard, Outbound, Outcome, Receipt, SentList
from coach.services.editions import Editions
from coach.services.plan import plan
from coach.services.publish import publish
from coach.storage.database import Sessions
from coach.storage.tables import ConsentEntry, Enrollment, Message, Patient

CLINIC = Clinic(name="Riverside Back Clinic", phone="202-555-0100", country="US")
ZONE = "America/New_York"
START, TODAY = date(2026, 11, 10), date(2026, 11, 24)  # Tuesdays, in November: no clock changes between
MORNING = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)  # 06:00 there
SOON = timedelta(seconds=1)
BEFORE = ("exercise/1", "pacing-baseline/1", "pacing-baseline/2", "exercise/2", "pacing-baseline/3", "journaling/1")
ROWS_AT_ONCE = 2_000


def fill(sessions: Sessions, people: int) -> None:
    """The shipped program is published, and `people` have been in it for two weeks; today wants planning."""
    config = folders.config_folder()
    program = config / "programs" / "steady-steps.yaml"
    published = publish(
        sessions, compile_program(program, folders.messages_folder(program)), author="Dr. Kim", now=MORNING
    )
    numbers = range(1, people + 1)
    _insert(sessions, Patient, (_person(number) for number in numbers))
    _insert(sessions, ConsentEntry, (_consent(number) for number in numbers))
    _insert(sessions, Enrollment, (_enrollment(number, published.id) for number in numbers))
    _insert(sessions, Message, (_sent(number, place) for number in numbers for place in range(len(BEFORE))))


def fill_planned(sessions: Sessions, people: int) -> None:
    """Besides, today is planned: each person is owed one text, which asks something."""
    fill(sessions, people)
    plan(sessions, Editions(), now=MORNING)


def all_due(sessions: Sessions) -> datetime:
    """When the last of today's texts is due (UTC)."""
    with sessions.read() as session:
        query = select(func.max(Message.due_at)).where(col(Message.local_date) == TODAY)
        last: datetime = session.execute(query).scalar_one()
        return last + SOON


def phone(number: int) -> str:
    """A made-up number of the range that is kept for them, another one for each `number` from 1 to 79,900."""
    area, line = divmod(number, 100)
    return f"+1{201 + area}55501{line:02d}"


class FreeGateway:
    """Takes every text at once."""

    sender = "MG-free"

    def send(self, outbound: Outbound) -> Outcome:  # noqa: ARG002 (the gateway's signature, as below)
        return Accepted(f"SM{uuid4().hex}", "accepted")

    def sent_to(self, phone: str, since: datetime) -> SentList:  # noqa: ARG002
        return SentList((), whole=True)

    def status_of(self, provider_id: str) -> Receipt | None:  # noqa: ARG002
        return None

    def heard_since(self, since: datetime) -> Heard:  # noqa: ARG002
        return Heard((), whole=True)

    def verify(self, url: str, form: FormPairs, signature: str | None) -> bool:  # noqa: ARG002
        return True


def _insert(sessions: Sessions, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    every = list(rows)
    for first in range(0, len(every), ROWS_AT_ONCE):
        with sessions.write() as session:
            session.execute(insert(table), every[first : first + ROWS_AT_ONCE])


def _person(number: int) -> dict[str, Any]:
    return {
        "name": f"Ana {number}",
        "phone": phone(number),
        "country": "US",
        "zone": ZONE,
        "language": "en" if number % 2 else "es",
        "slots": {},
        "weekdays_off": [],
        "created_at": MORNING,
    }


def _consent(number: int) -> dict[str, Any]:
    said = {"by": "patient", "how": "said yes", "at": MORNING - timedelta(days=15)}
    return {"patient_id": number, "phone": phone(number), "state": Consent.CONFIRMED, **said}


def _enrollment(number: int, program_id: int) -> dict[str, Any]:
    return {
        "patient_id": number,
        "program_id": program_id,
        "program_name": "steady-steps",
        "start_date": START,
        "seed": number,
        "planned_through": TODAY - timedelta(days=1),
        "plan_at": MORNING,
        "created_at": MORNING,
    }


def _sent(number: int, place: int) -> dict[str, Any]:
    at = MORNING - timedelta(days=2 * (len(BEFORE) - place)) + timedelta(hours=6)
    return {
        "patient_id": number,
        "enrollment_id": number,
        "purpose": Purpose.NUDGE,
        "priority": PRIORITY[Purpose.NUDGE],
        "name": BEFORE[place].partition("/")[0],
        "local_date": at.date(),
        "occurrence": 1,
        "due_at": at,
        "next_at": at,
        "send_by": at + timedelta(hours=3),
        "state": MessageState.DELIVERED,
        "variant": f"steady-steps/{BEFORE[place]}",
        "left_at": at,
        "created_at": at,
    }
