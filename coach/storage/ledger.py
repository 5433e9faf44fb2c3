"""The consent ledger: lines are added, never changed."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from coach.domain.consent import Consent, may_move
from coach.domain.errors import CoachError
from coach.storage.tables import ConsentEntry, Patient

# Delivery asks this for every text: it is built once.
_NEWEST = select(func.max(col(ConsentEntry.id))).group_by(col(ConsentEntry.phone))
_STANDINGS = select(col(ConsentEntry.phone), col(ConsentEntry.state)).where(
    col(ConsentEntry.id).in_(_NEWEST.where(col(ConsentEntry.phone).in_(bindparam("phones", expanding=True))))
)


class ConsentError(CoachError):
    """The ledger cannot take that line after the one before it."""


def last(session: Session, phone: str) -> ConsentEntry | None:
    """The last line of that number."""
    query = select(ConsentEntry).where(col(ConsentEntry.phone) == phone).order_by(col(ConsentEntry.id).desc()).limit(1)
    return session.execute(query).scalar_one_or_none()


def standing(session: Session, phone: str) -> Consent:
    """What the last line of that number says."""
    line = last(session, phone)
    return Consent.NONE if line is None else line.state


def has_said_stop(session: Session, phone: str) -> bool:
    """Whether a STOP of that number stands, whatever staff wrote since: only the person's own word takes it back."""
    query = select(col(ConsentEntry.state)).where(
        col(ConsentEntry.phone) == phone, col(ConsentEntry.state).in_((Consent.STOPPED, Consent.CONFIRMED))
    )
    said = session.execute(query.order_by(col(ConsentEntry.id).desc()).limit(1)).scalar_one_or_none()
    return said is Consent.STOPPED


def add(
    session: Session, patient: Patient, state: Consent, *, at: datetime, by: str, how: str, reply_id: int | None = None
) -> None:
    """The ledger of the patient's number has one line more.

    Raises:
        ConsentError: the line does not follow from the one before.
    """
    before = standing(session, patient.phone)
    if not may_move(before, state):
        raise ConsentError(f"patient {patient.id}: consent is {before}, and cannot become {state}")
    session.add(
        ConsentEntry(patient_id=patient.id, phone=patient.phone, state=state, at=at, by=by, how=how, reply_id=reply_id)
    )
    session.flush()


def stop_of_stranger(session: Session, phone: str, *, at: datetime, how: str, reply_id: int | None) -> None:
    """The number of nobody we know has said stop: it holds for whoever is added with it."""
    if may_move(standing(session, phone), Consent.STOPPED):
        session.add(ConsentEntry(phone=phone, state=Consent.STOPPED, at=at, by="patient", how=how, reply_id=reply_id))
        session.flush()


def standings(session: Session, phones: Collection[str]) -> dict[str, Consent]:
    """What the last line of each of these numbers says."""
    said = {row.phone: row.state for row in session.execute(_STANDINGS, {"phones": list(phones)})}
    return {phone: said.get(phone, Consent.NONE) for phone in phones}


def lines(session: Session, patient_id: int) -> list[ConsentEntry]:
    """The patient's lines, oldest first."""
    query = select(ConsentEntry).where(col(ConsentEntry.patient_id) == patient_id).order_by(col(ConsentEntry.id))
    return list(session.execute(query).scalars())
