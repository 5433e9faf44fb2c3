"""LATER: what a person was just asked comes back in two hours, or the next text of today waits; once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col

from coach.domain import calendar, dial
from coach.domain.delivery import PRIORITY, MessageState, Purpose, Reason
from coach.domain.program import Hours
from coach.storage import messages
from coach.storage.questions import open_of
from coach.storage.tables import Message, Patient, Question, Reply

WHY = "the person asked for it later"


def put_off(session: Session, patient: Patient, reply: Reply, *, hours: Hours, now: datetime) -> str | None:
    """What comes later now, in the care team's words; None where nothing can. The patient's row is locked.

    The newest open question is asked again in two hours, in place of its one reminder; where none is open, the next
    text of today waits for two hours. Either way inside its time and the hours of its day, and once.
    """
    assert patient.id is not None
    asked = [one for one in open_of(session, patient.id) if one.opened_at <= reply.received_at]
    if asked:
        question = max(asked, key=lambda one: one.opened_at)
        return question.name if _remind(session, patient, question, hours, now) else None
    today = _end_of_day(patient, hours, now)
    planned = messages.planned(session, patient.id, col(Message.purpose).in_((Purpose.NUDGE, Purpose.CHECK_IN)))
    coming = next((one for one in planned if one.due_at < today), None)
    return coming.name if coming is not None and _wait(session, coming, today, now) else None


def later_at(session: Session, patient_id: int) -> datetime | None:
    """When what was put off comes (UTC); None where nothing was."""
    waiting = messages.planned(session, patient_id, col(Message.reason) == Reason.LATER)
    return max((one.next_at for one in waiting), default=None)


def _remind(session: Session, patient: Patient, question: Question, hours: Hours, now: datetime) -> bool:
    assert question.id is not None
    reminders = messages.of_question(session, question.id, Purpose.REMINDER)
    planned = next((one for one in reminders if one.state is MessageState.PLANNED), None)
    at = dial.later(now, min(question.answer_by, _end_of_day(patient, hours, now)), now)
    if at is None or (reminders and planned is None) or (planned is not None and planned.reason == Reason.LATER):
        return False
    if planned is None:
        planned = _reminder(session, question, at, now)
    planned.send_by = max(planned.send_by, min(question.answer_by, _end_of_day(patient, hours, now)))
    messages.wait(session, planned, at, why=Reason.LATER)
    session.flush()
    return True


def _reminder(session: Session, question: Question, at: datetime, now: datetime) -> Message:
    message = Message(
        patient_id=question.patient_id,
        enrollment_id=question.enrollment_id,
        question_id=question.id,
        purpose=Purpose.REMINDER,
        priority=PRIORITY[Purpose.REMINDER],
        name=question.name,
        item=question.item,
        due_at=at,
        next_at=at,
        send_by=at,
        created_at=now,
    )
    session.add(message)
    session.flush()
    assert message.id is not None
    messages.log_born(session, [message.id], MessageState.PLANNED, at=now, why=WHY)
    return message


def _wait(session: Session, coming: Message, today: datetime, now: datetime) -> bool:
    at = dial.later(coming.due_at, min(coming.send_by, today), now)
    if at is None or coming.next_at > coming.due_at:
        return False  # it waits already
    messages.wait(session, coming, at, why=Reason.LATER)
    session.flush()
    return True


def _end_of_day(patient: Patient, hours: Hours, now: datetime) -> datetime:
    """When the hours of the patient's local day end, UTC."""
    zone = ZoneInfo(patient.zone)
    return calendar.to_utc(calendar.local_day(now, zone), hours.end, zone)
