"""A program as one made-up person would live through it: every text in its time, and in its wording."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coach.domain.calendar import local_day
from coach.domain.conditions import (
    LOOK_BACK,
    Record,
    facts_of,
    follow_up_for,
    holds,
    over_days,
    reached_days,
    variants_for,
)
from coach.domain.dial import FLARE_LASTS
from coach.domain.enrollment import Enrollment
from coach.domain.goal import Flare, Report, quota_on, reviews
from coach.domain.planner import STANDARD, Due, decide, last_day
from coach.domain.program import AnswerKind, CheckIn, Language, Nudge, NudgeKind, Program
from coach.domain.variant import choose_fresh, choose_variant, draw_key

BASELINE = 15  # minutes: what the made-up person reports before there is a quota; then exactly the quota
TO_ANSWER = timedelta(minutes=1)  # how long they take, so that a check-in's next question follows a minute later
SAID: Mapping[AnswerKind, str] = {
    AnswerKind.YES_NO: "yes",
    AnswerKind.DONE: "done",
    AnswerKind.SCALE_0_10: "5",
    AnswerKind.SCALE_0_3: "1",
    AnswerKind.SCALE_1_7: "4",
}
"""What they answer, as follow-ups see it; minutes are those of their goal, and free words and times have none."""


@dataclass(frozen=True)
class Person:
    """Who is made up: where and since which local date, in which language and preset.

    They answer everything on time, report `baseline` minutes until there is a goal, and keep to it afterwards. In a
    flare from local date `flare` on, if one is given, until it lapses. With `follow_ups` the program's own texts in
    return for their answers are shown too.
    """

    start: date
    zone: ZoneInfo
    language: Language = "en"
    preset: str = STANDARD
    baseline: int = BASELINE
    flare: date | None = None
    follow_ups: bool = False


@dataclass(frozen=True)
class Step:
    """One text of a preview: `at` is UTC, `key` its template ("steady-steps/exercise/1"), `goal` in minutes.

    `facts` are what its words may name beside name, clinic and phone.
    """

    name: str
    kind: NudgeKind
    at: datetime
    key: str
    goal: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    week: int = 1  # of the program


@dataclass
class _Life:
    """What the made-up person has had and said so far."""

    program: Program
    person: Person
    enrollment: Enrollment
    used: list[str] = field(default_factory=list)  # keys
    reports: list[Report] = field(default_factory=list)
    answered: list[date] = field(default_factory=list)

    @property
    def flares(self) -> tuple[Flare, ...]:
        """Their bad spell, in local dates."""
        began = self.person.flare
        return () if began is None else (Flare(began, began + FLARE_LASTS),)


def preview(program: Program, person: Person) -> list[Step]:
    """Every text of the program for that person, in order of time; of what answers their replies, follow-ups at most.

    Raises UnknownPresetError.
    """
    life = _Life(program, person, Enrollment(id=0, start=person.start, zone=person.zone, preset=person.preset))
    span = (last_day(program, life.enrollment) - person.start).days + 1
    days = (person.start + timedelta(days=number) for number in range(span))
    due = [decision for day in days for decision in decide(program, life.enrollment, day) if isinstance(decision, Due)]
    return sorted((step for owed in due for step in _steps(life, owed)), key=lambda step: step.at)


def _steps(life: _Life, due: Due) -> Iterator[Step]:
    nudge = life.program.nudge(due.occurrence.name)
    check_in = life.program.check_in(due.occurrence.name)
    record = _record(life, due.occurrence.day)
    written = nudge or check_in
    if written is None or not holds(written.when, record):
        return
    if nudge is not None:
        yield from _nudge(life, nudge, due, record)
    if check_in is not None:
        yield from _items(life, check_in, due, record)


def _record(life: _Life, day: date) -> Record:
    """What conditions look at on local date `day`."""
    goal, start = life.program.goal, life.person.start
    quota = quota_on(goal, start, life.reports, day, life.flares) if goal else None
    decided = (one.decision for one in reviews(goal, start, life.reports, day, life.flares)) if goal else ()
    named = [one for one in life.reports if goal and one.nudge in goal.nudges]
    minutes = None if quota is None else quota.quota
    return Record(
        week=life.enrollment.week(day),
        language=life.person.language,
        in_flare=any(flare.covers(day) for flare in life.flares),
        answers=sum(day - LOOK_BACK <= one < day for one in life.answered),
        goal=minutes,
        began=next((one.quota for one in decided if one is not None), None),
        reached=reached_days(named, minutes, day),
        over=over_days(named, minutes, day),
    )


def _nudge(life: _Life, nudge: Nudge, due: Due, record: Record) -> Iterator[Step]:
    goal, day = life.program.goal, due.occurrence.day
    names_goal = goal is not None and nudge.name in goal.nudges
    if goal and names_goal and record.goal is None:
        nudge = life.program.nudge(goal.baseline) or nudge  # the baseline goes on until there is a goal to name
    key = choose_fresh(
        life.program.text_key(nudge.name, ""),
        variants_for(nudge.variants, nudge.instead, record),
        life.used,
        nudge.rotation,
        _draw(life, nudge.name, due),
    )
    if key is None:
        return  # delivery withholds it: no text repeats to one person
    life.used.append(key)
    named = record.goal if names_goal else None
    yield Step(nudge.name, nudge.kind, due.at, key, named, facts_of(record), record.week)
    if nudge.answer is None:
        return
    life.answered.append(day)
    minutes = life.person.baseline if record.goal is None else record.goal
    if nudge.answer.kind is AnswerKind.MINUTES:
        life.reports.append(Report(local_day(due.at, life.person.zone), nudge.name, minutes))
    if life.person.follow_ups:
        said = str(minutes) if nudge.answer.kind is AnswerKind.MINUTES else SAID.get(nudge.answer.kind, "")
        yield from _follow_up(life, nudge, said, due, record)


def _follow_up(life: _Life, nudge: Nudge, said: str, due: Due, record: Record) -> Iterator[Step]:
    """The program's own text in return for an answer, while it has words that the person has not had."""
    chosen = follow_up_for(nudge.follow_ups, said, record)
    if chosen is None:
        return
    folder = life.program.text_key(nudge.name, "")
    key = choose_fresh(folder, [chosen.variants], life.used, "in_order", _draw(life, nudge.name, due))
    if key is not None:
        life.used.append(key)
        yield Step(nudge.name, nudge.kind, due.at + TO_ANSWER, key, facts=facts_of(record), week=record.week)


def _items(life: _Life, check_in: CheckIn, due: Due, record: Record) -> Iterator[Step]:
    """A check-in's questions, each as soon as the one before is answered."""
    for number, item in enumerate(check_in.asked(record.week)):
        folder = life.program.text_key(item.name, "")
        seen = [key.removeprefix(folder) for key in life.used if key.startswith(folder)]
        variant = choose_variant(item.variants, seen, "in_order", _draw(life, item.name, due), repeat=True)
        assert variant is not None  # items repeat, and have at least one
        life.used.append(folder + variant)
        life.answered.append(due.occurrence.day)
        at = due.at + number * TO_ANSWER
        yield Step(check_in.name, NudgeKind.CHECK_IN, at, folder + variant, week=record.week)


def _draw(life: _Life, name: str, due: Due) -> str:
    """The key of the draw, as delivery makes it."""
    which = due.occurrence
    return draw_key(life.enrollment.seed, life.enrollment.id, name, which.day.isoformat(), which.number)
