"""Writes what each enrollment is owed, two days ahead; a second run writes nothing."""

import logging
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain import enrollment as facts
from coach.domain.calendar import day_bounds, local_day
from coach.domain.delivery import PRIORITY, MessageState, Purpose
from coach.domain.planner import Due, Withheld, decide
from coach.domain.program import Program
from coach.services.editions import Editions
from coach.storage import enrollments, messages, patients
from coach.storage.database import Sessions
from coach.storage.insert import insert_new
from coach.storage.messages import Shard
from coach.storage.tables import Enrollment, Message, Patient

log = logging.getLogger(__name__)

AHEAD = timedelta(days=2)
BATCH = 50  # enrollments a transaction: some hundred rows, so that no webhook waits long
EVERYONE = Shard()
WHY_BORN = {
    MessageState.PLANNED: "the program owes it on this day",
    MessageState.WITHHELD: "found when the day was planned",
}


def plan(sessions: Sessions, editions: Editions, *, now: datetime, shard: Shard = EVERYONE) -> int:
    """How many occurrences were new. All in `shard` are planned through their local day after tomorrow."""
    new, after = 0, 0
    while True:
        with sessions.write() as session:
            due = enrollments.to_plan(session, now, shard=shard, after=after, limit=BATCH)
            new += _plan_together(session, editions, due, now)
        if not due:
            return new
        assert due[-1].id is not None
        after = due[-1].id


def _plan_together(session: Session, editions: Editions, due: Sequence[Enrollment], now: datetime) -> int:
    try:
        with session.begin_nested():
            return plan_enrollments(session, editions, due, now)
    except Exception:  # one person's trouble holds nobody else up: it is found when each is planned alone
        log.exception("%s enrollments could not be planned together", len(due))
        return sum(_plan_alone(session, editions, enrollment, now) for enrollment in due)


def _plan_alone(session: Session, editions: Editions, enrollment: Enrollment, now: datetime) -> int:
    enrollment_id = enrollment.id
    try:
        with session.begin_nested():
            return plan_enrollments(session, editions, [enrollment], now)
    except Exception:  # one person's trouble holds nobody else up; this one is planned again next time
        log.exception("enrollment %s could not be planned", enrollment_id)
        return 0


def plan_enrollments(session: Session, editions: Editions, due: Sequence[Enrollment], now: datetime) -> int:
    """How many occurrences of these enrollments were new; their patients' rows are locked."""
    people = patients.lock_all(session, {enrollment.patient_id for enrollment in due})
    rows = [
        row
        for enrollment in due
        for row in _plan_ahead(
            enrollment, people[enrollment.patient_id], editions.get(session, enrollment.program_id).program, now
        )
    ]
    born = 0
    for state, why in WHY_BORN.items():
        new = insert_new(session, Message, [row for row in rows if row["state"] is state])
        messages.log_born(session, new, state, at=now, why=why)
        born += len(new)
    return born


def _plan_ahead(enrollment: Enrollment, patient: Patient, program: Program, now: datetime) -> list[dict[str, Any]]:
    """The rows of the days that want planning, which are noted as planned."""
    values = enrollment_facts(enrollment, patient)
    today = local_day(now, values.zone)
    through = today + AHEAD
    enrollment.plan_at = day_bounds(today, values.zone)[1]
    first = max(enrollment.start_date, enrollment.planned_through + timedelta(days=1))
    if first > through:
        return []
    enrollment.planned_through = through
    return [
        _row(enrollment, program, one, now)
        for day in _days(first, through)
        for one in decide(program, values, day, not_before=now)
    ]


def enrollment_facts(enrollment: Enrollment, patient: Patient) -> facts.Enrollment:
    """What the planner must know."""
    assert enrollment.id is not None
    return facts.Enrollment(
        id=enrollment.id,
        start=enrollment.start_date,
        zone=ZoneInfo(patient.zone),
        preset=enrollment.preset,
        slots=patient.slot_times(),
        weekdays_off=frozenset(patient.weekdays_off),  # type: ignore[arg-type]  # checked when it was written
        seed=enrollment.seed,
    )


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _row(enrollment: Enrollment, program: Program, one: Due | Withheld, now: datetime) -> dict[str, Any]:
    check_in = program.check_in(one.occurrence.name)
    purpose = Purpose.NUDGE if check_in is None else Purpose.CHECK_IN
    withheld = isinstance(one, Withheld)
    return {
        "patient_id": enrollment.patient_id,
        "enrollment_id": enrollment.id,
        "purpose": purpose,
        "priority": PRIORITY[purpose],
        "name": one.occurrence.name,
        "item": None if check_in is None else check_in.items[0].name,
        "local_date": one.occurrence.day,
        "occurrence": one.occurrence.number,
        "due_at": one.at,
        "next_at": one.at,
        "send_by": one.at if isinstance(one, Withheld) else one.send_by,
        "state": MessageState.WITHHELD if withheld else MessageState.PLANNED,
        "reason": one.reason if isinstance(one, Withheld) else None,
        "created_at": now,
    }
