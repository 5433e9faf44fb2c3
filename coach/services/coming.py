"""The texts that a patient is to get in the coming days, as their programs and settings stand."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col

from coach.domain.calendar import local_day
from coach.domain.delivery import Purpose
from coach.domain.planner import Due
from coach.services.editions import Editions
from coach.services.foresee import foresee, standing_of
from coach.storage import enrollments, messages
from coach.storage.tables import Message, Patient

DAYS = 70  # the longest pause, and a week of a program beyond it


@dataclass(frozen=True)
class Coming:
    """A text that is to come: when (UTC), and how many there are to it, a check-in's further questions included."""

    at: datetime
    texts: int


def coming(session: Session, editions: Editions, patient: Patient, *, now: datetime, days: int = DAYS) -> list[Coming]:
    """What nothing is in the way of as things stand, earliest first: planned, and foreseen for `days` local days."""
    assert patient.id is not None
    standing = standing_of(session, patient)
    today = local_day(now, ZoneInfo(patient.zone))
    programs = {
        row.id: editions.get(session, row.program_id).program for row in enrollments.active_of(session, patient.id)
    }
    found = []
    for one in messages.planned(session, patient.id, col(Message.purpose).in_((Purpose.NUDGE, Purpose.CHECK_IN))):
        if (program := programs.get(one.enrollment_id)) is not None:
            check_in = program.check_in(one.name)
            found.append(Coming(max(one.due_at, one.next_at), 1 if check_in is None else len(check_in.items)))
    foreseen = foresee(session, editions, patient, first=today, days=days, settled=(), now=now)
    for program, decided in foreseen:
        if isinstance(decided, Due):
            check_in = program.check_in(decided.occurrence.name)
            found.append(Coming(decided.at, 1 if check_in is None else len(check_in.items)))
    clear = (one for one in found if one.at >= now and standing.in_the_way(one.at) is None)
    return sorted(clear, key=lambda one: one.at)
