"""One person at a glance: how they stand, what is going on, and what the team's page of them needs at its top."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from coach.domain.consent import Consent
from coach.services.roster import NoSuchPatientError
from coach.storage import cases, enrollments, ledger, patients
from coach.storage.database import Sessions
from coach.storage.tables import Case, ConsentEntry, Enrollment, Message, Patient, Spell
from coach.storage.tables.enrollment import EnrollmentState
from coach.storage.tables.patient import PatientState, SpellKind


@dataclass(frozen=True)
class Person:
    """How a patient stands at one moment. Times are UTC."""

    patient: Patient
    consent: Consent
    spells: Sequence[Spell]  # those that last now
    enrollments: Sequence[Enrollment]  # all of them, oldest first
    cases: Sequence[Case]  # those that nobody has closed

    @property
    def is_active(self) -> bool:
        """Whether they are a patient still."""
        return self.patient.state is PatientState.ACTIVE

    @property
    def active(self) -> list[Enrollment]:
        """The programs that they are in."""
        return [one for one in self.enrollments if one.state is EnrollmentState.ACTIVE]

    def spell(self, kind: str) -> Spell | None:
        """Their spell of that kind, where one lasts now."""
        return next((one for one in self.spells if one.kind == SpellKind(kind)), None)


def person(sessions: Sessions, patient_id: int, *, now: datetime) -> Person:
    """How the patient stands at `now`. Raises NoSuchPatientError."""
    with sessions.read() as session:
        return _person(session, _found(session, patient_id), now)


def consent_lines(sessions: Sessions, patient_id: int) -> list[ConsentEntry]:
    """The patient's lines on the ledger, oldest first."""
    with sessions.read() as session:
        return ledger.lines(session, patient_id)


def _found(session: Session, patient_id: int) -> Patient:
    patient = session.get(Patient, patient_id)
    if patient is None:
        raise NoSuchPatientError(f"there is no patient {patient_id}")
    return patient


def _person(session: Session, patient: Patient, now: datetime) -> Person:
    assert patient.id is not None
    return Person(
        patient,
        ledger.standing(session, patient.phone),
        [
            one
            for one in patients.spells(session, patient.id)
            if one.starts_at <= now and (one.ends_at is None or one.ends_at > now)
        ],
        enrollments.of_patient(session, patient.id),
        cases.unresolved_of(session, patient.id),
    )


def message_of(sessions: Sessions, patient_id: int, message_id: int) -> str | None:
    """Why that text of the patient was sent outside the usual rules, empty where it was not; None: not theirs."""
    with sessions.read() as session:
        message = session.get(Message, message_id)
        return None if message is None or message.patient_id != patient_id else message.override or ""
