"""Our answer to words of danger: at any hour, to any number, once an hour for each kind of danger."""

from dataclasses import dataclass
from datetime import datetime

import phonenumbers
from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain import segment
from coach.domain.case import CaseCategory
from coach.domain.clinic import Clinic
from coach.domain.delivery import PRIORITY, MessageState, Purpose
from coach.domain.normal import bare
from coach.domain.safety import Category
from coach.domain.safety_answers import ANSWERED_ONCE_IN, WORTH_SENDING, SafetyAnswers, is_watched, language_of
from coach.storage import messages
from coach.storage.tables import Case, Message, Patient, Reply

GONE = (MessageState.FAILED, MessageState.UNDELIVERED, MessageState.EXPIRED, MessageState.CANCELLED)
"""An answer in one of these did not arrive: the next text is answered again."""


@dataclass(frozen=True)
class Answering:
    """What answering needs: the reviewed sentences, and the clinic that they speak of."""

    answers: SafetyAnswers
    clinic: Clinic


def answer_danger(
    session: Session,
    answering: Answering,
    category: Category,
    case: Case,
    reply: Reply,
    patient: Patient | None,
    *,
    now: datetime,
) -> bool:
    """The answer is planned for now. False where this kind of danger was answered within the hour, or it is a test."""
    if case.is_test or _is_answered(session, category, reply.phone, patient, now - ANSWERED_ONCE_IN):
        return False
    language = patient.language if patient else language_of(bare(reply.body))
    country = patient.country if patient else country_of(reply.phone, answering.clinic.country)
    watched = is_watched(answering.clinic, now)
    text = answering.answers.text(
        category, country=country, language=language, clinic=answering.clinic, watched=watched
    )
    size = segment.count(text)
    message = Message(
        patient_id=patient.id if patient else None,
        phone=None if patient else reply.phone,
        reply_id=reply.id,
        case_id=case.id,
        purpose=Purpose.SAFETY,
        priority=PRIORITY[Purpose.SAFETY],
        name=CaseCategory(category),
        due_at=now,
        next_at=now,
        send_by=now + WORTH_SENDING,
        created_at=now,
        text=text,
        language=language,
        encoding=size.encoding,
        segments=size.segments,
    )
    session.add(message)
    session.flush()
    assert message.id is not None
    messages.log_born(
        session, [message.id], MessageState.PLANNED, at=now, why=f"answers words of danger in reply {reply.id}"
    )
    return True


def _is_answered(session: Session, category: Category, phone: str, patient: Patient | None, since: datetime) -> bool:
    whose = col(Message.phone) == phone if patient is None else col(Message.patient_id) == patient.id
    query = select(col(Message.id)).where(
        whose,
        col(Message.purpose) == Purpose.SAFETY,
        col(Message.name) == category,
        col(Message.created_at) > since,
        col(Message.state).not_in(GONE),
    )
    return session.execute(query.limit(1)).first() is not None


def country_of(phone: str, otherwise: str) -> str:
    """The country (ISO 3166-1 alpha-2) that an E.164 number belongs to; `otherwise` where nobody can say."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(phone)) or otherwise
    except phonenumbers.NumberParseException:
        return otherwise
