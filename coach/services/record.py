"""A person's own record in one program, as conditions look at it: gathered only where a text has conditions."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import Session, col

from coach.domain.calendar import day_bounds
from coach.domain.conditions import LOOK_BACK, Record, over_days, reached_days
from coach.domain.goal import Report, reviews
from coach.domain.program import Program
from coach.services.plan import enrollment_facts
from coach.services.reported_minutes import Pace, flares_of, pace_of
from coach.storage import patients
from coach.storage.tables import Answer, Enrollment, Patient, Question
from coach.storage.tables.answer import AnswerStatus


def record_of(session: Session, program: Program, enrollment: Enrollment, patient: Patient, day: date) -> Record:
    """What conditions look at on the patient's local date `day`."""
    assert patient.id is not None
    facts = enrollment_facts(enrollment, patient, program, patients.spells(session, patient.id))
    pace = pace_of(session, program, enrollment, patient)
    decision = None if pace is None else pace.on(day)
    goal = None if decision is None else decision.quota
    return Record(
        week=facts.week(day),
        language=patient.language,
        in_flare=any(flare.covers(day) for flare in flares_of(session, patient)),
        answers=_answers(session, patient, day),
        goal=goal,
        began=None if pace is None else _began(pace, day),
        reached=0 if pace is None else reached_days(_with_goal(pace), goal, day),
        over=0 if pace is None else over_days(_with_goal(pace), goal, day),
    )


def _began(pace: Pace, day: date) -> int | None:
    """The first goal that they had, in minutes."""
    decided = (one.decision for one in reviews(pace.goal, pace.start, pace.reports, day, pace.flares))
    return next((one.quota for one in decided if one is not None), None)


def _with_goal(pace: Pace) -> list[Report]:
    """What was asked with a goal: whoever moved as long before there was one has not reached it yet."""
    return [one for one in pace.reports if one.nudge in pace.goal.nudges]


def _answers(session: Session, patient: Patient, day: date) -> int:
    """How many questions were answered on the seven local days before `day`, in all their programs."""
    zone = ZoneInfo(patient.zone)
    start, end = day_bounds(day - LOOK_BACK, zone)[0], day_bounds(day - timedelta(days=1), zone)[1]
    query = (
        select(func.count())
        .select_from(Answer)
        .join(Question, col(Question.id) == col(Answer.question_id))
        .where(
            col(Question.patient_id) == patient.id,
            col(Answer.superseded_at).is_(None),
            col(Answer.status) == AnswerStatus.UNDERSTOOD,
            col(Answer.at) >= start,
            col(Answer.at) < end,
        )
    )
    count: int = session.execute(query).scalar_one()
    return count
