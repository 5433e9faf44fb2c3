"""In the second week of a flare the person is asked once how it goes; nobody has to answer."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col

from coach.domain.calendar import day_bounds, local_day, to_utc
from coach.domain.delivery import PRIORITY, MessageState, Purpose
from coach.domain.dial import FLARE_ASKED_AFTER, FLARE_ASKED_AT
from coach.storage import messages
from coach.storage.tables import Message, Patient

NAME = "flare_ask"  # messages/<language>/shared/flare_ask.txt


def ask_later(session: Session, patient: Patient, *, now: datetime) -> None:
    """The question is planned for the patient's midday a week from now, in place of one that was planned before."""
    ask_no_more(session, patient, now=now)
    zone = ZoneInfo(patient.zone)
    day = local_day(now, zone) + timedelta(days=FLARE_ASKED_AFTER)
    at = to_utc(day, patient.slot_times().get("midday", FLARE_ASKED_AT), zone)
    message = Message(
        patient_id=patient.id,
        purpose=Purpose.FOLLOW_UP,
        priority=PRIORITY[Purpose.NUDGE],  # it is in no hurry
        name=NAME,
        due_at=at,
        next_at=at,
        send_by=day_bounds(day, zone)[1],
        created_at=now,
    )
    session.add(message)
    session.flush()
    assert message.id is not None
    messages.log_born(session, [message.id], MessageState.PLANNED, at=now, why="a week of the flare has gone by then")


def ask_no_more(session: Session, patient: Patient, *, now: datetime) -> None:
    """What was planned to be asked is not: the flare is over, or goes on from now."""
    assert patient.id is not None
    for message in messages.planned(session, patient.id, col(Message.name) == NAME):
        messages.move(session, message, MessageState.CANCELLED, at=now, why="the flare is over, or goes on from now")
