"""What a preview comes to: texts, segments, cost, burden by week, and the text that is hardest to read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coach.content.preview import Row
from coach.content.reading import reading_score
from coach.domain.calendar import program_week
from coach.domain.program import Language, NudgeKind, Program

CENTS = Decimal("0.01")


@dataclass(frozen=True)
class WeekBurden:
    """A week of the program: texts in all, the most on one day (the first question of a check-in counts), reminders.

    `reminders`: how many more texts there could be at most for somebody who does not answer.
    """

    week: int
    texts: int
    busiest_day: int
    reminders: int


def burden_by_week(rows: Sequence[Row], program: Program, start: date) -> list[WeekBurden]:
    """Each program week that has texts, in order."""
    weeks: dict[int, list[Row]] = {}
    for row in rows:
        weeks.setdefault(program_week(start, date.fromisoformat(row.local[:10])), []).append(row)
    return [
        WeekBurden(week, len(found), max(_openers(found).values(), default=0), _reminders(found, program))
        for week, found in sorted(weeks.items())
    ]


def _openers(rows: Sequence[Row]) -> Counter[str]:
    """How many texts count towards the limit of each local date."""
    openers = {(row.nudge, row.local[:10]) for row in rows if row.kind == NudgeKind.CHECK_IN}
    days = [day for _, day in openers] + [row.local[:10] for row in rows if row.kind != NudgeKind.CHECK_IN]
    return Counter(days)


def _reminders(rows: Sequence[Row], program: Program) -> int:
    """One for each nudge that has one, and one for a check-in: its first question is reminded of, and then let go."""
    asked = {(row.nudge, row.local[:10]) for row in rows}
    return sum(_has_reminder(program, name) for name, _ in asked)


def _has_reminder(program: Program, name: str) -> bool:
    nudge, check_in = program.nudge(name), program.check_in(name)
    answer = nudge.answer if nudge else check_in.items[0].answer if check_in else None
    return answer is not None and answer.reminder is not None


def summary(
    rows: Sequence[Row], program: Program, start: date, language: Language, price: Decimal | None = None
) -> Iterator[str]:
    """The lines below a preview; `price` is that of one segment, in whatever money."""
    segments = sum(row.segments for row in rows)
    distinct = len({row.text for row in rows})
    cost = "" if price is None else f", {(price * segments).quantize(CENTS)} at {price} a segment"
    yield f"{len(rows)} texts, {distinct} of them different, {segments} segments{cost}"
    if hardest := _hardest(rows, language):
        yield hardest
    limits = program.limits
    yield f"week by week, of {limits.per_week} a week and {limits.per_day} a day:"
    for one in burden_by_week(rows, program, start):
        theme = f" {program.themes[one.week - 1]}:" if one.week <= len(program.themes) else ""
        left = limits.per_week - one.texts
        more = f", and up to {min(one.reminders, left)} reminders" if one.reminders and left > 0 else ""
        busiest = f"{one.busiest_day} on the busiest day"
        yield f"  week {one.week}:{theme} {one.texts} texts, {busiest}, room for {left}{more}"


def _hardest(rows: Sequence[Row], language: Language) -> str | None:
    """English is hardest where the grade is highest, Spanish where the ease is lowest."""
    scored = [(score, row) for row in rows if (score := reading_score(row.text, language)) is not None]
    if not scored:
        return None
    pick = max if language == "en" else min
    score, row = pick(scored, key=lambda one: one[0])
    scale = "grade {:.1f} (Flesch-Kincaid)" if language == "en" else "ease {:.1f} (Fernández-Huerta)"
    return f"hardest to read: {row.nudge} of {row.local[:10]}, {scale.format(score)}"


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def calendar_weeks(rows: Sequence[Row], start: date) -> list[tuple[int, list[list[str]]]]:
    """For a grid: each program week with its seven days from the start's weekday on, each with its lines.

    A line is the local time and the nudge's name; a check-in stands once, with how many questions it has.
    """
    cells: dict[tuple[int, int], dict[tuple[str, str], list[str]]] = {}
    for row in rows:
        day = (date.fromisoformat(row.local[:10]) - start).days
        cells.setdefault((day // 7 + 1, day % 7), {}).setdefault((row.nudge, row.kind), []).append(row.local[11:16])
    last = max((week for week, _ in cells), default=0)
    return [
        (week, [[_line(key, times) for key, times in cells.get((week, day), {}).items()] for day in range(7)])
        for week in range(1, last + 1)
    ]


def _line(key: tuple[str, str], times: Sequence[str]) -> str:
    name, kind = key
    asked = f" ({len(times)})" if kind == NudgeKind.CHECK_IN else ""
    return f"{times[0]} {name}{asked}"
