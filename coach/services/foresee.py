"""What a patient would be sent on days that are not planned yet, as their programs and settings stand."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from coach.domain.consent import Consent
from coach.domain.delivery import Reason
from coach.domain.planner import Due, Occurrence, Withheld, decide
from coach.domain.program import Program
from coach.services.editions import Editions
from coach.services.plan import enrollment_facts
from coach.storage import enrollments, ledger, patients
from coach.storage.tables import Enrollment, Patient, Spell
from coach.storage.tables.patient import SpellKind


@dataclass(frozen=True)
class Foreseen:
    """What an enrollment will owe, or not."""

    enrollment_id: int
    program: Program
    decided: Due | Withheld


@dataclass(frozen=True)
class Standing:
    """What would keep a program's texts back, whoever they are for: consent, holds and pauses."""

    consent: Consent
    spells: Sequence[Spell]

    def in_the_way(self, at: datetime) -> Reason | None:
        """Why a program's text would not leave at `at` (UTC) as things stand; None where nothing is in its way."""
        if self.consent in {Consent.STOPPED, Consent.WITHDRAWN}:
            return Reason.STOPPED
        if self.consent is not Consent.CONFIRMED:
            return Reason.NO_CONSENT
        around = {one.kind for one in self.spells if one.starts_at <= at and (one.ends_at is None or one.ends_at > at)}
        if SpellKind.HOLD in around:
            return Reason.HELD
        if SpellKind.PAUSE in around:
            return Reason.PAUSED
        return Reason.SILENT if SpellKind.SILENCE in around else None


def standing_of(session: Session, patient: Patient) -> Standing:
    """How the patient stands now."""
    assert patient.id is not None
    return Standing(ledger.standing(session, patient.phone), patients.spells(session, patient.id))


def foresee(
    session: Session,
    editions: Editions,
    patient: Patient,
    *,
    first: date,
    days: int,
    settled: Collection[tuple[int, Occurrence]],
    now: datetime,
) -> Iterator[Foreseen]:
    """What the patient's active programs owe on `days` local days from `first`, but for what is written down already.

    `settled` are the occurrences that are, each with its enrollment's id.
    """
    assert patient.id is not None
    pauses = patients.pauses_of(session, [patient.id])[patient.id]
    for enrollment in enrollments.active_of(session, patient.id):
        program = editions.get(session, enrollment.program_id).program
        written = {occurrence for enrollment_id, occurrence in settled if enrollment_id == enrollment.id}
        values = enrollment_facts(enrollment, patient, program, pauses)
        for day in _unplanned(enrollment, first, days):
            decided = decide(program, values, day, not_before=now, settled=written)
            yield from (Foreseen(enrollment.id or 0, program, one) for one in decided)


def _unplanned(enrollment: Enrollment, first: date, days: int) -> Iterator[date]:
    """The days that the planner has not looked at, or will look at again."""
    every = (first + timedelta(days=number) for number in range(days))
    return (day for day in every if day > enrollment.planned_through)
