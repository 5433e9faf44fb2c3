"""Who is texted, and one person's whole story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain.consent import Consent
from coach.domain.delivery import ARRIVED
from coach.domain.errors import CoachError
from coach.domain.reasons import STATES
from coach.storage import enrollments, ledger, patients, replies
from coach.storage.database import Sessions
from coach.storage.tables import Case, ConsentEntry, Enrollment, Message, Patient, Reply, Spell


class NoSuchPatientError(CoachError):
    """No patient has that id."""


@dataclass(frozen=True)
class Line:
    """One person of the roster."""

    id: int
    name: str
    zone: str
    language: str
    consent: Consent
    programs: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """One text of a conversation, UTC; `note` says how it stands where that is not plain."""

    at: datetime
    inbound: bool
    text: str
    note: str


@dataclass(frozen=True)
class Portrait:
    """One person's whole story."""

    patient: Patient
    consent: Sequence[ConsentEntry]
    enrollments: Sequence[Enrollment]
    spells: Sequence[Spell]
    cases: Sequence[Case]
    conversation: Sequence[Said]


def roster(sessions: Sessions) -> list[Line]:
    """Everybody, by id."""
    with sessions.read() as session:
        everyone = session.execute(select(Patient).order_by(col(Patient.id))).scalars().all()
        return [_line(session, patient) for patient in everyone]


def portrait(sessions: Sessions, patient_id: int) -> Portrait:
    """One person's story so far.

    Raises:
        NoSuchPatientError: there is no such patient.
    """
    with sessions.read() as session:
        patient = session.get(Patient, patient_id)
        if patient is None:
            raise NoSuchPatientError(f"there is no patient {patient_id}; `coach patient list` shows them")
        cases = (
            session.execute(select(Case).where(col(Case.patient_id) == patient_id).order_by(col(Case.id)))
            .scalars()
            .all()
        )
        return Portrait(
            patient,
            ledger.lines(session, patient_id),
            enrollments.of_patient(session, patient_id),
            patients.spells(session, patient_id),
            cases,
            conversation(session, patient),
        )


def conversation(session: Session, patient: Patient) -> list[Said]:
    """Every text that left or came, in order of time."""
    left = select(Message).where(col(Message.patient_id) == patient.id, col(Message.left_at).is_not(None))
    came = select(Reply).where(replies.of(patient))
    said = [
        Said(
            message.left_at or message.due_at,
            inbound=False,
            text=message.text or "",
            note="" if message.state in ARRIVED else STATES[message.state],
        )
        for message in session.execute(left).scalars()
    ]
    said += [
        Said(reply.received_at, inbound=True, text=reply.body, note="for the team to read" if reply.is_note else "")
        for reply in session.execute(came).scalars()
    ]
    return sorted(said, key=lambda one: one.at)


def _line(session: Session, patient: Patient) -> Line:
    assert patient.id is not None
    programs = tuple(row.program_name for row in enrollments.active_of(session, patient.id))
    return Line(
        patient.id, patient.name, patient.zone, patient.language, ledger.standing(session, patient.phone), programs
    )
