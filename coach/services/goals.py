"""How a patient's pacing quota came about: the baseline, what each week decided, and what is in force today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.calendar import local_day
from coach.domain.goal import BASELINE_REPORTS, Decision, Report, Review, baseline_overdue, reviews
from coach.domain.owed_words import title_of
from coach.services.editions import Editions
from coach.services.reported_minutes import Pace, pace_of
from coach.services.roster import NoSuchPatientError
from coach.storage import enrollments
from coach.storage.database import Sessions
from coach.storage.tables import Enrollment, Patient
from coach.storage.tables.enrollment import EnrollmentState

GOES_ON = "the baseline goes on: {came} of {wanted} answers so far"


@dataclass(frozen=True)
class Week:
    """A program week, its first local date, the quota (minutes) it began with, and what was decided then, in words."""

    number: int
    begins: date
    quota: int | None
    words: str
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class GoalStory:
    """The pacing goal of one enrollment. `today` is the quota in force and why; None while the baseline goes on.

    `ask` says that two weeks have gone by without enough answers for a quota, and a clinician is to decide.
    """

    enrollment_id: int
    title: str
    cap: int
    today: Decision | None
    baseline: tuple[Report, ...]
    weeks: tuple[Week, ...]
    ask: bool
    ended: bool


def goal_story(sessions: Sessions, editions: Editions, patient_id: int, *, now: datetime) -> list[GoalStory]:
    """The goal of each of the patient's programs that has one, the newest program first; dates are the patient's.

    Raises:
        NoSuchPatientError: there is no such patient.
    """
    with sessions.read() as session:
        patient = session.get(Patient, patient_id)
        if patient is None:
            raise NoSuchPatientError(f"there is no patient {patient_id}; `coach patient list` shows them")
        today = local_day(now, ZoneInfo(patient.zone))
        rows = enrollments.of_patient(session, patient_id)
        told = [_story(session, editions, row, patient, today) for row in reversed(rows)]
    return [one for one in told if one is not None]


def _story(
    session: Session, editions: Editions, enrollment: Enrollment, patient: Patient, today: date
) -> GoalStory | None:
    program = editions.get(session, enrollment.program_id).program
    pace = pace_of(session, program, enrollment, patient)
    if pace is None:
        return None
    assert enrollment.id is not None
    last = min(today, pace.last)
    reviewed = reviews(pace.goal, pace.start, pace.reports, last, pace.flares)
    ended = enrollment.state is EnrollmentState.ENDED or last < today
    return GoalStory(
        enrollment_id=enrollment.id,
        title=title_of(program),
        cap=pace.goal.cap,
        today=None if ended else pace.on(today),
        baseline=_baseline(pace, reviewed),
        weeks=tuple(_weeks(pace, reviewed, last)),
        ask=not ended and baseline_overdue(pace.goal, pace.start, pace.reports, today),
        ended=ended,
    )


def _of_goal(pace: Pace) -> tuple[Report, ...]:
    names = {pace.goal.baseline, *pace.goal.nudges}
    return tuple(one for one in pace.reports if one.nudge in names)


def _baseline(pace: Pace, reviewed: list[Review]) -> tuple[Report, ...]:
    """What was asked before there was a quota: the unit is the same, so that goal questions tell of it too."""
    begun = next((one.begins for one in reviewed if one.decision is not None), date.max)
    return tuple(one for one in _of_goal(pace) if one.day < begun)


def _weeks(pace: Pace, reviewed: list[Review], last: date) -> list[Week]:
    """Every week that has begun, the first included, with what it asked."""
    every = [Review(1, pace.start, None), *reviewed] if pace.start <= last else []
    return [Week(one.week, one.begins, *_decided(one, pace), _asked_in(one, pace, last)) for one in every]


def _decided(review: Review, pace: Pace) -> tuple[int | None, str]:
    if review.decision is not None:
        return review.decision.quota, review.decision.reason
    came = sum(one.minutes is not None and (one.came or one.day) < review.begins for one in _of_goal(pace))
    begins = "the baseline begins" if review.week == 1 else GOES_ON.format(came=came, wanted=BASELINE_REPORTS)
    return None, begins


def _asked_in(review: Review, pace: Pace, last: date) -> tuple[Report, ...]:
    ends = min(review.begins + timedelta(days=7), last + timedelta(days=1))
    return tuple(one for one in _of_goal(pace) if review.begins <= one.day < ends)
