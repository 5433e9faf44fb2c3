"""Writes what each enrollment is owed, two days ahead; a second run writes nothing."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain import enrollment as facts
from coach.domain.calendar import day_bounds, local_day
from coach.domain.delivery import PRIORITY, MessageState, Purpose
from coach.domain.dial import pauses_from
from coach.domain.planner import Due, Withheld, decide, last_day, over_on
from coach.domain.program import Program
from coach.domain.rate import Rate
from coach.domain.spread import ALONE, Crowd, first_look
from coach.domain.variant import draw_key
from coach.services.editions import Editions
from coach.storage import enrollments, messages, patients
from coach.storage.database import Sessions
from coach.storage.insert import insert_new
from coach.storage.messages import EVERYONE, Shard
from coach.storage.tables import Enrollment, Message, Patient, Spell
from coach.storage.tables.enrollment import EnrollmentState
from coach.storage.tables.patient import SpellKind

log = logging.getLogger(__name__)

AHEAD = timedelta(days=2)
BATCH = 50  # enrollments a transaction
ROWS = 400  # texts and their events a transaction: with a day more, and the enrollments, it stays under 500
WHY_BORN = {
    MessageState.PLANNED: "the program owes it on this day",
    MessageState.WITHHELD: "found when the day was planned",
}


@dataclass(frozen=True)
class Planned:
    """`new` occurrences; all enrollments up to the id `through` are planned to the end."""

    new: int
    through: int


def plan(
    sessions: Sessions,
    editions: Editions,
    *,
    now: datetime,
    shard: Shard = EVERYONE,
    segments_per_second: float = float("inf"),
) -> int:
    """How many occurrences were new. All in `shard` are planned through their local day after tomorrow, or are over.

    What many are owed at one moment is first looked at bit by bit, as a sender of that rate can carry it.
    """
    with sessions.read() as session:
        crowd = Crowd(enrollments.count_active(session), Rate(segments_per_second))
    new, after, limit = 0, 0, BATCH
    while True:
        with sessions.write() as session:
            ids = enrollments.to_plan(session, now, shard=shard, after=after, limit=limit)
            planned = _try_to_plan(session, editions, ids, now, crowd)
        if not ids:
            return new
        if planned is not None:
            new, after, limit = new + planned.new, planned.through, BATCH
        elif len(ids) > 1:
            limit = len(ids) // 2  # one of them is the trouble: the others are planned without it
        else:
            after, limit = ids[0], BATCH


def _try_to_plan(
    session: Session, editions: Editions, ids: Sequence[int], now: datetime, crowd: Crowd
) -> Planned | None:
    """None where planning these raised, and nothing of it was written."""
    try:
        with session.begin_nested():
            return plan_enrollments(session, editions, ids, now, crowd)
    except Exception:  # one person's trouble holds nobody else up; theirs is planned again next time
        if len(ids) == 1:
            log.exception("enrollment %s could not be planned", ids[0])
        return None


def plan_enrollments(
    session: Session, editions: Editions, ids: Sequence[int], now: datetime, crowd: Crowd = ALONE
) -> Planned:
    """What is new of these enrollments, at most some 500 rows of it; their patients' rows are locked."""
    people = patients.lock_all(session, enrollments.patients_of(session, ids))
    pauses = patients.pauses_of(session, people)
    rows: list[dict[str, Any]] = []
    through = 0
    for enrollment in enrollments.active(session, ids):  # read only now: who waited for a lock may find them changed
        assert enrollment.id is not None
        through = enrollment.id - 1
        if len(rows) * 2 >= ROWS:
            break
        program = editions.get(session, enrollment.program_id).program
        values = enrollment_facts(enrollment, people[enrollment.patient_id], program, pauses[enrollment.patient_id])
        segments = program.limits.segments.get(people[enrollment.patient_id].language, 1)  # type: ignore[call-overload]  # checked at enrolling
        _plan_ahead(rows, enrollment, values, program, now, crowd, segments)
        if enrollment.plan_at <= now:
            break  # it goes on in the next transaction
    else:
        through = max(ids, default=0)
    return Planned(_insert(session, rows, now), through)


def _insert(session: Session, rows: Sequence[dict[str, Any]], now: datetime) -> int:
    born = 0
    for state, why in WHY_BORN.items():
        new = insert_new(session, Message, [row for row in rows if row["state"] is state])
        messages.log_born(session, new, state, at=now, why=why)
        born += len(new)
    return born


def _plan_ahead(
    rows: list[dict[str, Any]],
    enrollment: Enrollment,
    values: facts.Enrollment,
    program: Program,
    now: datetime,
    crowd: Crowd,
    segments: int,
) -> None:
    """`rows` has those of the days that want planning too, which are noted as planned; as many as there is room for."""
    today = local_day(now, values.zone)
    through = enrollment.planned_through
    for day in _days(max(enrollment.start_date, through + timedelta(days=1)), today + AHEAD):
        if len(rows) * 2 >= ROWS:
            enrollment.planned_through = through
            return  # weeks behind: the rest is for the next transaction
        decided = decide(program, values, day, not_before=now)
        rows += [_row(enrollment, program, one, crowd, segments, now) for one in decided]
        through = day
    enrollment.planned_through, enrollment.plan_at = through, day_bounds(today, values.zone)[1]
    if today > last_day(program, values) and today >= over_on(program, values):
        enrollment.state = EnrollmentState.ENDED


def plan_again(session: Session, patient: Patient, *, at: datetime, since: date | None = None) -> None:
    """The next planning looks at the patient's days from today (or `since`) on afresh; what is past stays as it is."""
    assert patient.id is not None
    first = since or local_day(at, ZoneInfo(patient.zone))
    for enrollment in enrollments.active_of(session, patient.id):
        enrollment.planned_through = min(enrollment.planned_through, first - timedelta(days=1))
        enrollment.plan_at = at
        session.add(enrollment)


def enrollment_facts(
    enrollment: Enrollment, patient: Patient, program: Program, spells: Sequence[Spell]
) -> facts.Enrollment:
    """What the planner must know; `spells` are all of the patient's, or their pauses."""
    assert enrollment.id is not None
    zone = ZoneInfo(patient.zone)
    breaks = (
        facts.Pause(pauses_from(one.starts_at, zone), local_day(one.ends_at, zone))
        for one in spells
        if one.kind is SpellKind.PAUSE and one.ends_at
    )
    return facts.Enrollment(
        id=enrollment.id,
        start=enrollment.start_date,
        zone=zone,
        preset=enrollment.preset,
        slots=patient.slot_times(),
        weekdays_off=frozenset(patient.weekdays_off),  # type: ignore[arg-type]  # checked when it was written
        seed=enrollment.seed,
        anew=facts.weeks_anew(enrollment.start_date, program.weeks, breaks),
    )


def week_of(session: Session, program: Program, enrollment: Enrollment, patient: Patient, day: date) -> int:
    """The program week of the patient's local date `day`, counted with the weeks that long pauses opened again."""
    assert patient.id is not None
    pauses = patients.pauses_of(session, [patient.id])[patient.id]
    return enrollment_facts(enrollment, patient, program, pauses).week(day)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _row(
    enrollment: Enrollment, program: Program, one: Due | Withheld, crowd: Crowd, segments: int, now: datetime
) -> dict[str, Any]:
    check_in = program.check_in(one.occurrence.name)
    purpose = Purpose.NUDGE if check_in is None else Purpose.CHECK_IN
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
        **_way(enrollment, one, crowd, segments),
        "created_at": now,
    }


def _way(enrollment: Enrollment, one: Due | Withheld, crowd: Crowd, segments: int) -> dict[str, Any]:
    """When it is first looked at and may leave at the latest, and what it may cost; or why it will not leave."""
    if isinstance(one, Withheld):
        born = {"state": MessageState.WITHHELD, "reason": one.reason, "segments": None}
        return born | {"next_at": one.at, "send_by": one.at}
    assert enrollment.id is not None
    which = one.occurrence
    key = draw_key(enrollment.seed, enrollment.id, which.name, which.day.isoformat(), which.number)
    return {
        "state": MessageState.PLANNED,
        "reason": None,
        "segments": segments,
        "next_at": first_look(one.at, one.send_by, crowd, segments=segments, key=key),
        "send_by": one.send_by,
    }
