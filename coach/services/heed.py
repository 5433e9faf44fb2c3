"""What follows where a text of safety, or a page, did not arrive: somebody is told at once."""

from datetime import datetime

from sqlmodel import Session

from coach.domain.case import CaseCategory, Tier
from coach.domain.delivery import Purpose
from coach.services.page import page_failed
from coach.services.triage import open_case
from coach.storage import attempts
from coach.storage.tables import CaseEntry, Message, Patient


def heed(session: Session, message: Message, why: str, *, now: datetime) -> None:
    """The case that `message` belongs to says that it did not arrive, and somebody is paged. Other texts: nothing."""
    if message.purpose is Purpose.SAFETY:
        _heed_safety(session, message, why, now)
    elif message.purpose is Purpose.PAGE:
        page_failed(session, message, why, now)


def heed_delay(session: Session, message: Message, why: str, *, now: datetime) -> None:
    """Where a text of safety has not left at its first try, its case says so, and somebody is paged."""
    assert message.id is not None
    if message.purpose is Purpose.SAFETY and attempts.tries(session, message.id) == 1:
        _say(session, message, f"our answer has not left yet ({why}). coach goes on trying; please call them", now)


def heed_leaving(session: Session, message: Message, *, now: datetime) -> None:
    """Where a text of safety that was late has left, its case says so."""
    assert message.id is not None
    if message.purpose is Purpose.SAFETY and message.case_id is not None and attempts.tries(session, message.id) > 1:
        session.add(CaseEntry(case_id=message.case_id, at=now, by="coach", what="our answer has left now"))


def _heed_safety(session: Session, message: Message, why: str, now: datetime) -> None:
    _say(session, message, f"our answer did not arrive: {why}. Please call them", now)


def _say(session: Session, message: Message, what: str, now: datetime) -> None:
    patient = None if message.patient_id is None else session.get_one(Patient, message.patient_id)
    open_case(
        session,
        CaseCategory(message.name),
        patient=patient,
        phone=message.phone or (patient.phone if patient else ""),
        what=what,
        now=now,
        tier=Tier.NOW,
    )
