"""How a patient has been over time: what was measured, walked and answered, in their own local dates."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.adherence import Asked, by_kind, of_person
from coach.domain.alerts.history import History, Measured, askings_of
from coach.domain.calendar import local_day
from coach.domain.goal import Decision, Flare, eased, reviews
from coach.domain.measures import Measure
from coach.domain.owed_words import title_of
from coach.domain.program import AnswerKind, Program
from coach.domain.score_trend import ScoreSeries, score_series
from coach.domain.text_words import KINDS
from coach.domain.trend import Counted, Point, Series, Walk, counted
from coach.services.adherence_report import as_asked
from coach.services.alert_history import measures_of
from coach.services.editions import Editions
from coach.services.reported_minutes import Pace, flares_of, pace_of
from coach.services.roster import NoSuchPatientError
from coach.storage import alerts, enrollments, ledger, patients
from coach.storage.database import Sessions
from coach.storage.tables import Answer, Enrollment, Patient, Question

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ProgramTrend:
    """One enrollment over time. `quotas` has each local date from which another quota, in minutes, is in force."""

    enrollment_id: int
    title: str
    start: date
    minutes: tuple[Walk, ...]
    quotas: tuple[tuple[date, int], ...]
    kinds: tuple[Counted, ...]
    weeks: tuple[Counted, ...]
    flare: Counted


@dataclass(frozen=True)
class Trends:
    """A patient over time, over all programs; `today` is their local date."""

    measures: tuple[Series, ...]
    scores: tuple[ScoreSeries, ...]
    flares: tuple[Flare, ...]
    programs: tuple[ProgramTrend, ...]
    today: date


@dataclass(frozen=True)
class _Lived:
    """One enrollment with what was asked in it, in order."""

    enrollment: Enrollment
    program: Program
    asked: Sequence[tuple[Question, Answer | None]]
    counts: Sequence[Asked]
    pace: Pace | None


def trends(sessions: Sessions, editions: Editions, patient_id: int, *, now: datetime) -> Trends:
    """How the patient has been until `now`; a program begun twice shows twice, the newest first.

    Raises:
        NoSuchPatientError: there is no such patient.
    """
    with sessions.read() as session:
        patient = session.get(Patient, patient_id)
        if patient is None:
            raise NoSuchPatientError(f"there is no patient {patient_id}; `coach patient list` shows them")
        lived = _lived(session, editions, patient)
        flares = flares_of(session, patient)
    today = local_day(now, ZoneInfo(patient.zone))
    programs = tuple(_program(one, today, now) for one in reversed(lived))
    history = _history(lived)
    return Trends(_measures(history), score_series(history), flares, programs, today)


def _lived(session: Session, editions: Editions, patient: Patient) -> list[_Lived]:
    assert patient.id is not None
    rows = enrollments.of_patient(session, patient.id)
    ids = [row.id for row in rows if row.id is not None]
    asked, states = alerts.questions_of(session, ids), alerts.asking_states(session, ids)
    spells, lines = patients.spells(session, patient.id), ledger.lines(session, patient.id)
    found = []
    for row in rows:
        program = editions.get(session, row.program_id).program
        pairs = sorted(asked.get(row.id or 0, []), key=lambda pair: (pair[0].opened_at, pair[0].id))
        counts = [
            as_asked(question, answer, states.get(question.id or 0, set()), spells, lines) for question, answer in pairs
        ]
        found.append(_Lived(row, program, pairs, counts, pace_of(session, program, row, patient)))
    return found


def _history(lived: Sequence[_Lived]) -> History:
    """All that was measured, over all programs."""
    asked: defaultdict[Measure, tuple[Measured, ...]] = defaultdict(tuple)
    for one in lived:
        for measure, values in measures_of(one.program, one.asked).items():
            asked[measure] += values
    return History(measures=asked)


def _measures(history: History) -> tuple[Series, ...]:
    """Each measure that was asked, in the order of the measures; of two values of one day the worse stands."""
    days = {measure: askings_of(history, measure) for measure in Measure if measure in history.measures}
    return tuple(Series(measure, tuple(Point(*day) for day in found)) for measure, found in days.items())


def _program(lived: _Lived, today: date, now: datetime) -> ProgramTrend:
    enrollment, program = lived.enrollment, lived.program
    assert enrollment.id is not None
    figures = of_person(lived.counts, replies=0, stopped=False, now=now)
    decisions = _decisions(lived.pace, today)
    return ProgramTrend(
        enrollment_id=enrollment.id,
        title=title_of(program),
        start=enrollment.start_date,
        minutes=_walks(lived, decisions),
        quotas=_steps(decisions),
        kinds=tuple(counted(KINDS[kind], one) for kind, one in by_kind(lived.counts, now=now).items()),
        weeks=tuple(counted(f"Week {week}", one) for week, one in figures.weeks.items()),
        flare=counted("In flares", figures.flare),
    )


def _decisions(pace: Pace | None, today: date) -> dict[date, Decision]:
    """The quota in force on each local date through `today`, as flares leave it; none while the baseline goes on."""
    if pace is None:
        return {}
    last = min(today, pace.last)
    reviewed = reviews(pace.goal, pace.start, pace.reports, last, pace.flares)
    weeks = [(one.begins, one.decision) for one in reviewed if one.decision is not None]
    days = ((begins + number * _DAY, decision) for begins, decision in weeks for number in range(7))
    return {day: eased(decision, day, pace.flares) for day, decision in days if day <= last}


def _steps(decisions: dict[date, Decision]) -> tuple[tuple[date, int], ...]:
    days = sorted(decisions)
    changes = [
        day for day in days if day - _DAY not in decisions or decisions[day - _DAY].quota != decisions[day].quota
    ]
    return tuple((day, decisions[day].quota) for day in changes)


def _walks(lived: _Lived, decisions: dict[date, Decision]) -> tuple[Walk, ...]:
    """The days on which the goal's texts asked for minutes, in order."""
    goal = lived.program.goal
    names = {goal.baseline, *goal.nudges} if goal else set()
    return tuple(
        Walk(one.day, one.value if isinstance(one.value, int) and one.status == "understood" else None, one.quota, why)
        for one in lived.counts
        if one.expects is AnswerKind.MINUTES and one.nudge in names
        for why in [_why(one, decisions)]
    )


def _why(one: Asked, decisions: dict[date, Decision]) -> str:
    return decisions[one.day].reason if one.quota is not None and one.day in decisions else ""
