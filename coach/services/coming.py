"""The texts that a patient is to get in the coming days, as their programs and settings stand."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col

from coach.domain.calendar import local_day
from coach.domain.delivery import Purpose
from coach.domain.giving_way import Place
from coach.domain.planner import Due
from coach.domain.program import Program
from coach.services.editions import Editions
from coach.services.flare_ask import NAME as FLARE_ASK
from coach.services.foresee import foresee, standing_of
from coach.services.plan import week_of
from coach.storage import enrollments, messages
from coach.storage.tables import Enrollment, Message, Patient

DAYS = 70  # the longest pause, and a week of a program beyond it
OF_A_PROGRAM = frozenset({Purpose.NUDGE, Purpose.CHECK_IN})


def coming(
    session: Session,
    editions: Editions,
    patient: Patient,
    *,
    now: datetime,
    days: int = DAYS,
    purposes: Collection[Purpose] = OF_A_PROGRAM,
    but: int | None = None,
) -> list[Place]:
    """What nothing is in the way of as things stand, earliest first: planned, and foreseen for `days` local days.

    Of what is planned, those of `purposes`, without the message `but`.
    """
    assert patient.id is not None
    standing = standing_of(session, patient)
    today = local_day(now, ZoneInfo(patient.zone))
    active = enrollments.active_of(session, patient.id)
    programs = {row.id: editions.get(session, row.program_id).program for row in active}
    planned = messages.planned(session, patient.id, col(Message.purpose).in_(purposes))
    by_id = {row.id: row for row in active}
    found = [
        place_of(session, one, programs.get(one.enrollment_id), by_id.get(one.enrollment_id), patient, now=now)
        for one in planned
        if one.id != but and one.send_by > now
    ]
    foreseen = foresee(session, editions, patient, first=today, days=days, settled=(), now=now)
    found += [_place(one.program, one.enrollment_id, one.decided) for one in foreseen if isinstance(one.decided, Due)]
    clear = (one for one in found if one.at >= now and standing.in_the_way(one.at) is None)
    return sorted(clear, key=lambda one: one.at)


def place_of(
    session: Session,
    message: Message,
    program: Program | None,
    enrollment: Enrollment | None,
    patient: Patient,
    *,
    now: datetime,
) -> Place:
    """Where a planned message stands among others; `program` and `enrollment` are its own."""
    place = Place(
        purpose=message.purpose,
        due_at=message.due_at,
        at=max(message.due_at, message.next_at, now),
        send_by=message.send_by,
        asks=message.name == FLARE_ASK,
        enrollment=message.enrollment_id or 0,
    )
    if program is None or enrollment is None or message.purpose not in OF_A_PROGRAM:
        return place
    check_in = program.check_in(message.name)
    if check_in is None:
        return _in_program(place, program, message.name)
    assert message.local_date is not None
    week = week_of(session, program, enrollment, patient, message.local_date)
    return replace(place, asks=True, texts=len(check_in.asked(week)))


def _place(program: Program, enrollment_id: int, due: Due) -> Place:
    is_nudge = program.nudge(due.occurrence.name) is not None
    purpose = Purpose.NUDGE if is_nudge else Purpose.CHECK_IN
    place = Place(purpose, due.at, due.at, due.send_by, texts=due.texts, enrollment=enrollment_id)
    return _in_program(place, program, due.occurrence.name)


def _in_program(place: Place, program: Program, name: str) -> Place:
    """With what the program says of it: whether it asks."""
    nudge = program.nudge(name)
    return replace(place, asks=nudge is None or nudge.answer is not None)
