"""Our answers to a patient's own words: planned at once, few in a row, and never past their hour."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from coach.domain.case import CaseCategory
from coach.domain.delivery import PRIORITY, MessageState, Purpose
from coach.services.triage import is_open, open_case
from coach.storage import messages
from coach.storage.tables import Message, Patient, Reply

STILL_AN_ANSWER = timedelta(hours=1)
LOOP_WINDOW = timedelta(minutes=10)
LOOPING = (
    "three automatic answers in ten minutes, and more texts: perhaps a machine writes. coach answers less for a while"
)
LOOP_LIMIT = 3  # automatic answers in the window; two machines texting each other stop here


def answer_with(
    session: Session,
    patient: Patient,
    reply: Reply,
    *,
    purpose: Purpose,
    name: str,
    now: datetime,
    send_by: datetime | None = None,
    **columns: Any,  # noqa: ANN401 (columns of the message)
) -> bool:
    """A text in answer to `reply` is planned for now. False after three in ten minutes, and a case says so.

    A STOP always gets its one, also where it was found late in the provider's list.
    """
    if name != "stop" and _in_a_row(session, patient, now) >= LOOP_LIMIT:
        if not is_open(session, CaseCategory.SYSTEM, patient.phone):
            open_case(session, CaseCategory.SYSTEM, patient=patient, phone=patient.phone, what=LOOPING, now=now)
        return False
    message = Message(
        patient_id=patient.id,
        reply_id=reply.id,
        purpose=purpose,
        priority=PRIORITY[purpose],
        name=name,
        due_at=now,
        next_at=now,
        send_by=send_by or (now if name == "stop" else reply.received_at) + STILL_AN_ANSWER,
        created_at=now,
        **columns,
    )
    session.add(message)
    session.flush()
    assert message.id is not None
    messages.log_born(session, [message.id], MessageState.PLANNED, at=now, why=f"answers reply {reply.id}")
    return True


def _in_a_row(session: Session, patient: Patient, now: datetime) -> int:
    query = (
        select(func.count())
        .select_from(Message)
        .where(
            col(Message.patient_id) == patient.id,
            col(Message.purpose).in_((Purpose.KEYWORD, Purpose.RE_ASK, Purpose.DIAL)),
            col(Message.due_at) > now - LOOP_WINDOW,
        )
    )
    count: int = session.execute(query).scalar_one()
    return count
