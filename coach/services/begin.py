"""Transaction A: the last look, and the attempt that is about to be made."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from coach.domain.calendar import program_week
from coach.domain.clinic import Clinic
from coach.domain.consent import Consent
from coach.domain.delivery import PRIORITY, MessageState, Purpose, Reason
from coach.domain.last_look import Expire, Look, Verdict, Wait, Withhold, last_look
from coach.services.compose import Asking, Draft, compose
from coach.services.editions import Edition, Editions
from coach.services.look import asks_number, gather
from coach.storage import ledger, messages, patients
from coach.storage.claims import Claim
from coach.storage.tables import Attempt, Enrollment, Message, Patient, Question


@dataclass(frozen=True)
class Call:
    """A call to the provider that is to be made now. `token` is the attempt's; times are UTC."""

    token: str
    phone: str
    text: str
    segments: int
    begun_at: datetime
    send_by: datetime


def begin(session: Session, editions: Editions, clinic: Clinic, claim: Claim, *, now: datetime) -> Call | None:
    """The attempt is written and its message is sending; or None, and the message says why it did not leave.

    The patient's row is locked until the transaction ends.
    """
    claimed = session.get_one(Message, claim.message_id)
    if claimed.patient_id is None:
        return None  # texts to numbers that nobody knows are planned from the crisis path on
    patient = patients.lock(session, claimed.patient_id)
    message = session.get_one(Message, claim.message_id, populate_existing=True)
    if not _is_ours(message, claim, now) or _too_late(session, message, now):
        return None
    enrollment = None if message.enrollment_id is None else session.get_one(Enrollment, message.enrollment_id)
    edition = editions.newest(session) if enrollment is None else editions.get(session, enrollment.program_id)
    look = gather(session, editions, message, patient, asks_number=asks_number(edition, message), now=now)
    if _settled_by(session, message, last_look(look), now):
        return None
    if edition is None:  # no program is published yet, so that there are no words
        messages.move(session, message, MessageState.WITHHELD, at=now, why=Reason.TEXT_FAULT)
        return None
    draft = compose(session, edition, clinic, message, patient, enrollment)
    if isinstance(draft, Reason):
        messages.move(session, message, MessageState.WITHHELD, at=now, why=draft)
        return None
    return _call(session, edition, message, patient, enrollment, draft, look)


def _is_ours(message: Message, claim: Claim, now: datetime) -> bool:
    """Not where the lease lapsed, and another worker may have the text, or where it was cancelled."""
    leased = message.lease_until is not None and message.lease_until >= now
    return message.state is MessageState.PLANNED and message.lease_token == claim.token and leased


def _too_late(session: Session, message: Message, now: datetime) -> bool:
    """Looked at before anything that may raise, so that no row stays planned for ever."""
    if now < message.send_by:
        return False
    messages.move(session, message, MessageState.EXPIRED, at=now, why=Reason.PAST_SEND_BY)
    return True


def _settled_by(session: Session, message: Message, verdict: Verdict, now: datetime) -> bool:
    match verdict:
        case Wait(until, reason):
            messages.wait(session, message, until, why=reason)
        case Withhold(reason):
            messages.move(session, message, MessageState.WITHHELD, at=now, why=reason)
        case Expire(reason):
            messages.move(session, message, MessageState.EXPIRED, at=now, why=reason)
        case _:
            return False
    return True


def _call(
    session: Session,
    edition: Edition,
    message: Message,
    patient: Patient,
    enrollment: Enrollment | None,
    draft: Draft,
    look: Look,
) -> Call:
    now = look.now
    if draft.asking is not None:
        assert enrollment is not None
        _ask(session, message, patient, enrollment, draft.asking, now)
    message.text, message.variant, message.language = draft.text, draft.variant, patient.language
    message.encoding, message.segments = draft.size.encoding, draft.size.segments
    message.left_at = now
    if message.purpose is Purpose.INVITATION and ledger.standing(session, patient.phone) is Consent.RECORDED:
        ledger.add(session, patient, Consent.INVITED, at=now, by="coach", how="the invitation leaves")
    messages.move(session, message, MessageState.SENDING, at=now, why=f"{edition.program.name}: last look passed")
    token = secrets.token_urlsafe(18)
    assert message.id is not None
    session.add(Attempt(message_id=message.id, token=token, phone=patient.phone, begun_at=now))
    return Call(token, patient.phone, draft.text, draft.size.segments, now, message.send_by)


def _ask(
    session: Session, message: Message, patient: Patient, enrollment: Enrollment, asking: Asking, now: datetime
) -> None:
    """The question is open, and its one reminder planned."""
    assert patient.id is not None
    assert enrollment.id is not None
    assert message.local_date is not None
    answer_by = now + timedelta(minutes=asking.answer.within)
    question = Question(
        patient_id=patient.id,
        enrollment_id=enrollment.id,
        name=asking.name,
        item=message.item,
        kind=asking.kind,
        expects=asking.answer.kind,
        action=asking.answer.action,
        quota=asking.quota,
        local_date=message.local_date,
        week=program_week(enrollment.start_date, message.local_date),
        opened_at=now,
        answer_by=answer_by,
    )
    session.add(question)
    session.flush()
    message.question_id = question.id
    if asking.answer.reminder is not None:
        _remind(session, message, question, now + timedelta(minutes=asking.answer.reminder), now)


def _remind(session: Session, message: Message, question: Question, due: datetime, now: datetime) -> None:
    reminder = Message(
        patient_id=question.patient_id,
        enrollment_id=question.enrollment_id,
        question_id=question.id,
        purpose=Purpose.REMINDER,
        priority=PRIORITY[Purpose.REMINDER],
        name=message.name,
        item=message.item,
        due_at=due,
        next_at=due,
        send_by=question.answer_by,
        created_at=now,
    )
    session.add(reminder)
    session.flush()
    assert reminder.id is not None
    why = "the one reminder, unless the answer comes first"
    messages.log_born(session, [reminder.id], MessageState.PLANNED, at=now, why=why)
