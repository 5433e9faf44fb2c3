"""How much a program asks a person to bear: its own plan, counted, before anything else of their day."""

from collections.abc import Iterator
from datetime import time
from itertools import pairwise

from coach.domain.program import WEEKDAYS, CheckIn, Nudge, Program, Weekday

DAYS = 7


def busiest_day(program: Program) -> tuple[int, Weekday, int]:
    """The week and weekday with most nudges and check-ins, and how many; the first of equals."""
    days = ((week, day) for week in range(1, program.weeks + 1) for day in WEEKDAYS)
    counted = [(week, day, len(owed(program, week, day))) for week, day in days]
    return max(counted, key=lambda entry: entry[2])


def busiest_week(program: Program) -> tuple[int, int]:
    """The most texts, check-in items included, in seven days running, and the program week they begin in.

    Looks at a start on each weekday, since a program's week begins on the person's own start date.
    """
    return max((found for start in range(DAYS) for found in _running(program, start)), key=lambda found: found[0])


def crowded(program: Program) -> Iterator[tuple[str, str, Weekday, int]]:
    """Pairs of texts of one day due closer than minutes_between: earlier, later, weekday, minutes; each pair once."""
    found: set[tuple[str, str]] = set()
    for week in range(1, program.weeks + 1):
        for day in WEEKDAYS:
            texts = sorted(owed(program, week, day), key=lambda text: _minutes(getattr(program.slots, text.slot)))
            for earlier, later in pairwise(texts):
                minutes = _between(program, earlier, later)
                if minutes < program.limits.minutes_between and (earlier.name, later.name) not in found:
                    found.add((earlier.name, later.name))
                    yield earlier.name, later.name, day, minutes


def owed(program: Program, week: int, day: Weekday) -> list[Nudge | CheckIn]:
    """The nudges and check-ins of one weekday of a program week, in the program's order."""
    texts: list[Nudge | CheckIn] = [*program.nudges, *program.check_ins]
    return [text for text in texts if week in text.weeks and day in text.days]


def _running(program: Program, start: int) -> Iterator[tuple[int, int]]:
    """For a start on weekday `start`: the texts of each seven days running, and their program week."""
    days = [
        sum(_texts(text, number // DAYS + 1) for text in owed(program, number // DAYS + 1, weekday))
        for number in range(program.weeks * DAYS)
        for weekday in [WEEKDAYS[(start + number) % DAYS]]
    ]
    for number in range(len(days) - DAYS + 1):
        yield sum(days[number : number + DAYS]), number // DAYS + 1


def _texts(text: Nudge | CheckIn, week: int) -> int:
    return len(text.asked(week)) if isinstance(text, CheckIn) else 1


def _between(program: Program, earlier: Nudge | CheckIn, later: Nudge | CheckIn) -> int:
    return _minutes(getattr(program.slots, later.slot)) - _minutes(getattr(program.slots, earlier.slot))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
