"""The minutes that a person reported, as the goal's rule reads them: the same for texts that leave and for pages."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.calendar import local_day
from coach.domain.goal import Decision, Flare, Report, quota_on
from coach.domain.program import AnswerKind, PacingGoal, Program
from coach.services.plan import enrollment_facts
from coach.storage import patients, questions
from coach.storage.tables import Enrollment, Patient
from coach.storage.tables.answer import AnswerStatus
from coach.storage.tables.patient import SpellKind
from coach.storage.tables.question import QuestionState


@dataclass(frozen=True)
class Pace:
    """All that the goal's rule reads about one enrollment; dates are local."""

    goal: PacingGoal
    start: date
    reports: tuple[Report, ...]
    flares: tuple[Flare, ...]
    last: date  # of the program, for this person

    def on(self, day: date) -> Decision | None:
        """The quota in force on `day`, and why; None while the baseline goes on."""
        return quota_on(self.goal, self.start, self.reports, day, self.flares)


def pace_of(session: Session, program: Program, enrollment: Enrollment, patient: Patient) -> Pace | None:
    """What the goal's rule reads of this enrollment; None where its program has no goal."""
    if program.goal is None:
        return None
    reports = tuple(reports_of(session, enrollment, patient))
    assert patient.id is not None
    last = enrollment_facts(enrollment, patient, program, patients.spells(session, patient.id)).last_day(program.weeks)
    return Pace(program.goal, enrollment.start_date, reports, flares_of(session, patient), last)


def flares_of(session: Session, patient: Patient) -> tuple[Flare, ...]:
    """The patient's flares in their local dates, earliest first; the day on which one ended is the first after it."""
    assert patient.id is not None
    zone = ZoneInfo(patient.zone)
    return tuple(
        Flare(local_day(one.starts_at, zone), None if one.ends_at is None else local_day(one.ends_at, zone))
        for one in patients.spells(session, patient.id)
        if one.kind is SpellKind.FLARE
    )


def reports_of(session: Session, enrollment: Enrollment, patient: Patient) -> list[Report]:
    """Every question for minutes that the enrollment was asked, in order, answered or not."""
    assert enrollment.id is not None
    asked = [
        question
        for question in questions.of_enrollment(session, enrollment.id)
        if question.expects is AnswerKind.MINUTES and question.state is not QuestionState.CANCELLED
    ]
    answers = questions.current_answers(session, [question.id for question in asked if question.id is not None])
    zone = ZoneInfo(patient.zone)
    reports = []
    for question in asked:
        answer = answers.get(question.id or 0)
        if answer is not None and answer.status is AnswerStatus.UNDERSTOOD and answer.value is not None:
            reports.append(Report(question.local_date, question.name, int(answer.value), local_day(answer.at, zone)))
        else:
            reports.append(Report(question.local_date, question.name, None))
    return reports
