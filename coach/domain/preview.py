"""A program as one made-up person would live through it: every text in its time, and in its wording."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coach.domain.calendar import local_day
from coach.domain.enrollment import Enrollment
from coach.domain.goal import Report, quota_on
from coach.domain.planner import STANDARD, Due, decide, last_day
from coach.domain.program import AnswerKind, CheckIn, Nudge, NudgeKind, Program
from coach.domain.variant import Rotation, choose_variant, draw_key

BASELINE = 15  # minutes: what the made-up person reports before there is a quota; then exactly the quota
TO_ANSWER = timedelta(minutes=1)  # how long they take, so that a check-in's next question follows a minute later


@dataclass(frozen=True)
class Step:
    """One text of a preview: `at` is UTC, `key` its template ("steady-steps/exercise/1"), `goal` in minutes."""

    name: str
    kind: NudgeKind
    at: datetime
    key: str
    goal: int | None = None


@dataclass
class _Life:
    """What the made-up person has had and said so far."""

    program: Program
    enrollment: Enrollment
    used: dict[str, list[str]] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)


def preview(program: Program, start: date, zone: ZoneInfo, *, preset: str = STANDARD) -> list[Step]:
    """Every text of a program begun on the local date `start`, for a person who answers everything on time.

    They report 15 minutes until there is a goal, and keep to it afterwards. Raises UnknownPresetError.
    """
    life = _Life(program, Enrollment(id=0, start=start, zone=zone, preset=preset))
    days = (start + timedelta(days=number) for number in range((last_day(program, life.enrollment) - start).days + 1))
    due = [decision for day in days for decision in decide(program, life.enrollment, day) if isinstance(decision, Due)]
    return [step for owed in due for step in _steps(life, owed)]


def _steps(life: _Life, due: Due) -> Iterator[Step]:
    nudge = life.program.nudge(due.occurrence.name)
    if nudge is not None:
        yield from _nudge(life, nudge, due)
    check_in = life.program.check_in(due.occurrence.name)
    if check_in is not None:
        yield from _items(life, check_in, due)


def _nudge(life: _Life, nudge: Nudge, due: Due) -> Iterator[Step]:
    goal = life.program.goal
    quota = quota_on(goal, life.enrollment.start, life.reports, due.occurrence.day) if goal else None
    if goal and nudge.name in goal.nudges and quota is None:
        nudge = life.program.nudge(goal.baseline) or nudge  # the baseline goes on until there is a goal to name
    variant = _variant(life, nudge.name, nudge.variants, nudge.rotation, due)
    if variant is None:
        return  # delivery withholds it: no text repeats to one person
    minutes = quota.quota if quota and goal and nudge.name in goal.nudges else None
    yield Step(nudge.name, nudge.kind, due.at, life.program.text_key(nudge.name, variant), minutes)
    if nudge.answer and nudge.answer.kind is AnswerKind.MINUTES:
        said = BASELINE if quota is None else quota.quota
        life.reports.append(Report(local_day(due.at, life.enrollment.zone), nudge.name, said))


def _items(life: _Life, check_in: CheckIn, due: Due) -> Iterator[Step]:
    """A check-in's questions, each as soon as the one before is answered."""
    for number, item in enumerate(check_in.items):
        variant = _variant(life, item.name, item.variants, "in_order", due, repeat=True)
        assert variant is not None  # items repeat, and have at least one
        key = life.program.text_key(item.name, variant)
        yield Step(check_in.name, NudgeKind.CHECK_IN, due.at + number * TO_ANSWER, key)


def _variant(
    life: _Life, name: str, variants: list[str], rotation: Rotation, due: Due, *, repeat: bool = False
) -> str | None:
    """The wording chosen as delivery chooses it, and written down as used."""
    used = life.used.setdefault(name, [])
    occurrence = due.occurrence
    key = draw_key(life.enrollment.seed, life.enrollment.id, name, occurrence.day.isoformat(), occurrence.number)
    variant = choose_variant(variants, used, rotation, key, repeat=repeat)
    if variant is not None:
        used.append(variant)
    return variant
