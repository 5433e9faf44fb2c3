"""Adds patients with their consent on the ledger, and enrolls them: the invitation goes out, the plan begins."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from coach.domain.calendar import local_day
from coach.domain.consent import Consent
from coach.domain.delivery import PRIORITY, MessageState, Purpose
from coach.domain.errors import CoachError
from coach.domain.names import LONGEST, tidy_name
from coach.domain.program import LANGUAGES, Program
from coach.services import phones
from coach.services.editions import Editions
from coach.services.erase import is_barred, unbar
from coach.storage import ledger, messages, patients
from coach.storage.database import Sessions
from coach.storage.tables import Enrollment, Message, Patient
from coach.storage.tables.patient import PatientState

INVITATION_GOOD_FOR = timedelta(days=2)
WAITING_FOR_YES = frozenset({Consent.RECORDED, Consent.INVITED})
BUILT_IN_PRESETS = {"standard", "check_ins_only"}


class EnrollError(CoachError):
    """The patient cannot be added or enrolled so."""


@dataclass(frozen=True)
class Begins:
    """The program that somebody begins, on their local date `start`."""

    editions: Editions
    program: str
    start: date
    preset: str


def add_patient(
    sessions: Sessions,
    *,
    name: str,
    phone: str,
    zone: str,
    language: str,
    country: str,
    consent: str,
    key: bytes = b"",
    again: bool = False,
    begins: Begins | None = None,
    now: datetime,
) -> int:
    """The new patient's id; the ledger holds how consent was given (`consent`: how, and the words shown).

    `key`: that of erased people's numbers. `again`: somebody who was erased has asked to come back. `begins`: the
    program that they begin at once; where that cannot be, nobody is added.

    Raises:
        NotPublishedError: no program of that name is published.
        PhoneError: the number cannot be one.
        EnrollError: no such zone or language, an empty name, or the number belongs to an active patient or to somebody
            who was erased.
    """
    patient = _new(name, phone, zone, language, country, now)
    try:
        with sessions.write() as session:
            _let_in(session, patient, key, again=again)
            patient_id = add_in(session, patient, consent, now)
            if begins is not None:
                enroll_in(session, begins.editions, patient_id, begins.program, begins.start, begins.preset, now)
            return patient_id
    except IntegrityError:
        raise EnrollError(
            f"the number of {name!r} belongs to an active patient already; withdraw that one first"
        ) from None


def _new(name: str, phone: str, zone: str, language: str, country: str, now: datetime) -> Patient:
    number, found = phones.parse(phone, country)
    if zone not in available_timezones():
        raise EnrollError(f"there is no time zone {zone!r}; write one of the tz database, such as America/New_York")
    if language not in LANGUAGES:
        raise EnrollError(f"there are no texts in {language!r}; write one of: {', '.join(LANGUAGES)}")
    called = tidy_name(name)
    if called is None:
        raise EnrollError(
            f"the name is empty or too long; write what they want to be called, in 1 to {LONGEST} letters"
        )
    return Patient(name=called, phone=number, country=found, zone=zone, language=language, created_at=now)


def _let_in(session: Session, patient: Patient, key: bytes, *, again: bool) -> None:
    """Nobody who was erased is added by mistake; whoever asked to come back is one of the others again."""
    if again:
        unbar(session, patient.phone, key)
    elif is_barred(session, patient.phone, key):
        raise EnrollError(
            f"the number of {patient.name!r} is that of somebody who was erased, and is not texted;"
            " say so if they asked to come back (--again)"
        )


def add_in(session: Session, patient: Patient, consent: str, now: datetime) -> int:
    """The id of the new row, with consent on its ledger, in a transaction that is open already.

    Raises:
        IntegrityError: the number belongs to an active patient.
    """
    session.add(patient)
    session.flush()
    _record(session, patient, consent, now)
    assert patient.id is not None
    return patient.id


def _record(session: Session, patient: Patient, how: str, now: datetime) -> None:
    """The number's ledger says recorded; where a STOP stands it says so, and only the person's own START opens it."""
    if not ledger.has_said_stop(session, patient.phone):
        ledger.add(session, patient, Consent.RECORDED, at=now, by="staff", how=how)
    elif ledger.standing(session, patient.phone) is not Consent.STOPPED:
        ledger.add(session, patient, Consent.STOPPED, at=now, by="coach", how="their STOP from before stands")


def enroll(
    sessions: Sessions,
    editions: Editions,
    *,
    patient_id: int,
    program: str,
    start: date,
    preset: str,
    seed: int | None = None,
    now: datetime,
) -> int:
    """The new enrollment's id, in the newest version to use; where consent is only recorded, the invitation is planned.

    Raises:
        EnrollError: no such patient, preset or language, the start is past, or the patient is in it already.
        NotPublishedError: no program of that name is published.
        NotApprovedError: only approved versions are used, and there is none.
    """
    try:
        with sessions.write() as session:
            return enroll_in(session, editions, patient_id, program, start, preset, now, seed=seed)
    except IntegrityError:
        raise EnrollError(f"patient {patient_id} is in {program} already") from None


def enroll_in(
    session: Session,
    editions: Editions,
    patient_id: int,
    program: str,
    start: date,
    preset: str,
    now: datetime,
    *,
    seed: int | None = None,
) -> int:
    """The same in a transaction that is open already; raises as `enroll` does."""
    if session.get(Patient, patient_id) is None:
        raise EnrollError(f"there is no patient {patient_id}; `coach patient list` shows them")
    patient = patients.lock(session, patient_id)
    if patient.state is PatientState.WITHDRAWN:
        raise EnrollError(f"patient {patient_id} is withdrawn; `coach patient add` begins again with their consent")
    edition = editions.newest_to_use(session, program)
    _check(edition.program, patient, start, preset, now)
    enrollment = Enrollment(
        patient_id=patient_id,
        program_id=edition.id,
        program_name=program,
        start_date=start,
        preset=preset,
        seed=secrets.randbits(31) if seed is None else seed,
        planned_through=start - timedelta(days=1),
        plan_at=now,
        created_at=now,
    )
    session.add(enrollment)
    session.flush()
    if ledger.standing(session, patient.phone) in WAITING_FOR_YES and not messages.is_invited(session, patient_id):
        plan_invitation(session, patient, enrollment, now)
    assert enrollment.id is not None
    return enrollment.id


def _check(program: Program, patient: Patient, start: date, preset: str, now: datetime) -> None:
    if start < local_day(now, ZoneInfo(patient.zone)):
        raise EnrollError(f"the start {start} is past where the patient lives; begin today or later")
    presets = BUILT_IN_PRESETS | set(program.presets)
    if preset not in presets:
        raise EnrollError(f"{program.name} has no preset {preset!r}; it has {', '.join(sorted(presets))}")
    if patient.language not in program.languages:
        raise EnrollError(
            f"{program.name} is not written in {patient.language!r}; it is in {', '.join(program.languages)}"
        )


def plan_invitation(session: Session, patient: Patient, enrollment: Enrollment, now: datetime) -> None:
    """The one text that asks for a yes is due now."""
    invitation = Message(
        patient_id=patient.id,
        enrollment_id=enrollment.id,
        purpose=Purpose.INVITATION,
        priority=PRIORITY[Purpose.INVITATION],
        name="invitation",
        due_at=now,
        next_at=now,
        send_by=now + INVITATION_GOOD_FOR,
        created_at=now,
    )
    session.add(invitation)
    session.flush()
    assert invitation.id is not None
    messages.log_born(
        session,
        [invitation.id],
        MessageState.PLANNED,
        at=now,
        why="consent is recorded; the one invitation asks for a yes",
    )
