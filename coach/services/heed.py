"""What follows where a text of safety, or a page, did not arrive: somebody is told at once."""

from datetime import datetime

from sqlmodel import Session

from coach.domain.case import CaseCategory, Tier
from coach.domain.delivery import Purpose
from coach.services.page import page_failed
from coach.services.triage import open_case
from coach.storage.tables import Message, Patient


def heed(session: Session, message: Message, why: str, *, now: datetime) -> None:
    """The case that `message` belongs to says that it did not arrive, and somebody is paged. Other texts: nothing."""
    if message.purpose is Purpose.SAFETY:
        _heed_safety(session, message, why, now)
    elif message.purpose is Purpose.PAGE:
        page_failed(session, message, why, now)


def _heed_safety(session: Session, message: Message, why: str, now: datetime) -> None:
    patient = None if message.patient_id is None else session.get_one(Patient, message.patient_id)
    open_case(
        session,
        CaseCategory(message.name),
        patient=patient,
        phone=message.phone or (patient.phone if patient else ""),
        what=f"our answer to them did not arrive: {why}. Please call them",
        now=now,
        tier=Tier.NOW,
    )
