"""Moves people who are in a program to another version of it: nothing twice, and nothing from the past."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain.errors import CoachError
from coach.services.audit import Deed, add_line
from coach.services.clock import Clock
from coach.services.edit import cancel_later
from coach.services.editions import Edition, Editions
from coach.services.enroll import BUILT_IN_PRESETS
from coach.services.fast_forward import Step, rename_waiting, write_not_again
from coach.services.plan import plan_enrollments
from coach.services.turns import VERSION, note_turn
from coach.services.versions import SHORT, version_for
from coach.storage import messages, patients
from coach.storage.database import Sessions
from coach.storage.tables import Enrollment, Message, Patient, PublishedProgram
from coach.storage.tables.enrollment import EnrollmentState
from coach.storage.tables.patient import PatientState


class MoveError(CoachError):
    """Somebody who was named is not in the program."""


@dataclass(frozen=True)
class Stays:
    """Somebody who is not moved, and why."""

    patient_id: int
    name: str
    why: str


@dataclass
class Moved:
    """What a move did, or would do: who is in the version now, and who stays in an earlier one.

    `undisturbed` of those moved only get other words: what was planned for them stays. `planned` texts are new.
    """

    program: str
    hash: str
    moved: list[int] = field(default_factory=list)
    there_already: int = 0
    undisturbed: int = 0
    planned: int = 0
    stay: list[Stays] = field(default_factory=list)


def move(
    sessions: Sessions,
    editions: Editions,
    program: str,
    *,
    to: str | None = None,
    people: Collection[int] | None = None,
    by: str,
    dry_run: bool = False,
    now: Clock,
) -> Moved:
    """Every active enrollment of the program, or those of these patients, is in its newest version, or that of a hash.

    Each goes in a transaction of its own, under the patient's lock. What stands stays: nothing is owed again that was
    sent, withheld or is over, no words come twice, open questions and their reminders go on. With `dry_run` nothing is
    written.

    Raises:
        NotPublishedError: there is no such version.
        NotApprovedError: only approved versions are used, and it is not.
        MoveError: somebody named is not in the program.
    """
    with sessions.read() as session:
        row = version_for(session, editions, program, to)
        ids = _enrollments(session, program, people)
    assert row.id is not None
    found, steps = Moved(program, row.hash), dict[int, Step]()
    for id_ in ids:
        with sessions.write() as session, session.begin_nested() as undo:
            _move(session, editions, id_, row, steps, found, by=by, now=now())
            if dry_run:
                session.flush()
                undo.rollback()
    return found


def _enrollments(session: Session, program: str, people: Collection[int] | None) -> list[int]:
    query = select(col(Enrollment.patient_id), col(Enrollment.id)).where(
        col(Enrollment.program_name) == program, col(Enrollment.state) == EnrollmentState.ACTIVE
    )
    by_patient = {row[0]: row[1] for row in session.execute(query.order_by(col(Enrollment.id)))}
    if people is None:
        return list(by_patient.values())
    absent = sorted(set(people) - by_patient.keys())
    if absent:
        raise MoveError(f"patient {absent[0]} is not in {program}; `coach patient list` shows who is")
    return [by_patient[one] for one in dict.fromkeys(people)]


def _move(
    session: Session,
    editions: Editions,
    enrollment_id: int,
    row: PublishedProgram,
    steps: dict[int, Step],
    found: Moved,
    *,
    by: str,
    now: datetime,
) -> None:
    enrollment = session.get_one(Enrollment, enrollment_id)
    patient = patients.lock(session, enrollment.patient_id)
    session.refresh(enrollment)  # who waited for the lock may find it changed
    if enrollment.state is not EnrollmentState.ACTIVE or patient.state is not PatientState.ACTIVE:
        return
    if enrollment.program_id == row.id:
        found.there_already += 1
        return
    assert row.id is not None
    after = editions.get(session, row.id)
    why_not = next(stays_because(after, patient, enrollment), None)
    if why_not is not None:
        found.stay.append(Stays(enrollment.patient_id, patient.name, why_not))
        return
    if enrollment.program_id not in steps:
        steps[enrollment.program_id] = Step(editions.get(session, enrollment.program_id), after)
    step = steps[enrollment.program_id]
    words = f"moved to version {row.hash[:SHORT]}"
    _go_over(session, patient, enrollment, step, found, editions, why=words, now=now)
    note_turn(session, patient, VERSION, f"{row.name}: {words}", by=by, now=now)
    add_line(
        session, by, Deed.MOVED, now=now, patients=[enrollment.patient_id], detail=f"{row.name} {row.hash[:SHORT]}"
    )
    found.moved.append(enrollment.patient_id)


def stays_because(after: Edition, patient: Patient, enrollment: Enrollment) -> Iterator[str]:
    """Why this person cannot be in that version."""
    program = after.program
    if enrollment.preset not in BUILT_IN_PRESETS | set(program.presets):
        yield f"their preset {enrollment.preset!r} is not in the new version; change it first, or put it back"
    if patient.language not in program.languages:
        yield f"the new version is not written in their language, {patient.language!r}"


def _go_over(
    session: Session,
    patient: Patient,
    enrollment: Enrollment,
    step: Step,
    found: Moved,
    editions: Editions,
    *,
    why: str,
    now: datetime,
) -> None:
    """The enrollment is in the new version, its words of before are known, and what is to come is planned by it."""
    assert enrollment.id is not None
    used = messages.used_variants(session, [enrollment.id])[enrollment.id]
    enrollment.words_seen = sorted(step.before.words_of(used).union(enrollment.words_seen))
    enrollment.program_id = step.after.id
    session.add(enrollment)
    session.flush()
    if step.only_words:
        found.undisturbed += 1
        return
    mine = col(Message.enrollment_id) == enrollment.id
    since = cancel_later(session, patient, now, why, mine)
    rename_waiting(session, patient, enrollment, step, why=why, now=now)
    write_not_again(session, patient, enrollment, step, now=now)
    enrollment.planned_through = min(enrollment.planned_through, since - timedelta(days=1))
    enrollment.plan_at = now
    session.add(enrollment)
    session.flush()
    found.planned += plan_enrollments(session, editions, [enrollment.id], now).new
