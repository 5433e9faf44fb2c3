"""A patient in a program version: from a start date, by their own times, and with weeks that begin again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from coach.domain.calendar import program_week
from coach.domain.program import Weekday

REOPENS_AFTER = 7
"""Days: a pause so long, or longer, lets the program week in which it began come again, whole."""


@dataclass(frozen=True)
class Pause:
    """Local dates: paused from `first` until just before `back`."""

    first: date
    back: date


@dataclass(frozen=True)
class Anew:
    """From local date `day` on, the program goes on with the first day of `week`."""

    day: date
    week: int


@dataclass(frozen=True)
class Enrollment:
    """What the planner must know of one enrollment: `start` is a local date, `slots` are the patient's own times."""

    id: int
    start: date
    zone: ZoneInfo
    preset: str = "standard"
    slots: Mapping[str, time] = field(default_factory=dict)
    weekdays_off: frozenset[Weekday] = frozenset()
    seed: int = 0
    anew: tuple[Anew, ...] = ()  # earliest first

    def week(self, day: date) -> int:
        """The program week of local date `day`: 1 in the seven days from the start on, 0 and less before."""
        return _week(self.start, self.anew, day)

    def last_day(self, weeks: int) -> date:
        """The last local date of a program of so many weeks."""
        last = self.anew[-1] if self.anew else Anew(self.start, 1)
        return last.day + timedelta(weeks=weeks - last.week + 1) - timedelta(days=1)


def weeks_anew(start: date, weeks: int, pauses: Iterable[Pause]) -> tuple[Anew, ...]:
    """Where the weeks of a program begun on `start` come again after long pauses, earliest first.

    Program days are calendar days, and a short pause shifts nothing. One that begins before the start and reaches
    beyond it lets week 1 come whole; one that begins after the last week changes nothing.
    """
    anew: tuple[Anew, ...] = ()
    for pause in sorted(pauses, key=lambda one: one.first):
        week = max(1, _week(start, anew, pause.first))
        if (pause.back - pause.first).days >= REOPENS_AFTER and pause.back > start and week <= weeks:
            anew = (*(one for one in anew if one.day < pause.back), Anew(pause.back, week))
    return anew


def _week(start: date, anew: Iterable[Anew], day: date) -> int:
    begun = [one for one in anew if one.day <= day]
    return program_week(begun[-1].day, day) + begun[-1].week - 1 if begun else program_week(start, day)
