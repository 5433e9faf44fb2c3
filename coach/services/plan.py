"""Writes what each enrollment is owed, two days ahead; a second run writes nothing."""

import logging
from collections.abc import Iterator
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


def plan(sessions: Sessions, editions: Editions, *, now: datetime, shard: Shard = EVERYONE) -> int:
    """How many occurrences were new. All in `shard` are planned through their local day after tomorrow."""
    new, after = 0, 0
    while True:
        with sessions.write() as session:
            due = enrollments.to_plan(session, now, shard=shard, after=after, limit=BATCH)
            new += sum(_plan_alone(session, editions, enrollment, now) for enrollment in due)
        if not due:
            return new
        assert due[-1].id is not None
        after = due[-1].id


def _plan_alone(session: Session, editions: Editions, enrollment: Enrollment, now: datetime) -> int:
    enrollment_id = enrollment.id
    try:
        with session.begin_nested():
            return plan_enrollment(session, editions, enrollment, now)
    except Exception:  # one person's trouble holds nobody else up; this one is planned again next time
        log.exception("enrollment %s could not be planned", enrollment_id)
        return 0


def plan_enrollment(session: Session, editions: Editions, enrollment: Enrollment, now: datetime) -> int:
    """How many occurrences of one enrollment were new; the patient's row is locked."""
    patient = patients.lock(session, enrollment.patient_id)
    edition = editions.get(session, enrollment.program_id)
    values = enrollment_facts(enrollment, patient)
    today = local_day(now, values.zone)
    through = today + AHEAD
    enrollment.plan_at = day_bounds(today, values.zone)[1]
    session.add(enrollment)
    first = max(enrollment.start_date, enrollment.planned_through + timedelta(days=1))
    if first > through:
        return 0
    rows = [
        _row(enrollment, edition.program, one, now)
        for day in _days(first, through)
        for one in decide(edition.program, values, day, not_before=now)
    ]
    born = 0
    for state in (MessageState.PLANNED, MessageState.WITHHELD):
        new = insert_new(session, Message, [row for row in rows if row["state"] is state])
        messages.log_born(
            session,
            new,
            state,
            at=now,
            why="the program owes it on this day"
            if state is MessageState.PLANNED
            else "found when the day was planned",
        )
        born += len(new)
    enrollment.planned_through = through
    return born


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
