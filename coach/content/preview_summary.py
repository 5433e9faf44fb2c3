"""What a preview comes to: texts, segments, cost, burden by week, and the text that is hardest to read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from textwrap import wrap

from coach.content.preview import Row
from coach.content.reading import reading_score
from coach.domain.calendar import program_week
from coach.domain.program import Answer, Language, NudgeKind, Program

CENTS = Decimal("0.01")


@dataclass(frozen=True)
class WeekBurden:
    """A week of the program: texts in all, the most on one day (the first question of a check-in counts), reminders.

    Follow-ups count in the week and not in the day, as in delivery. `reminders`: how many more texts there could be at
    most for somebody who answers late, or not.
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
        WeekBurden(week, len(found), max(_openers(found).values(), default=0), _reminders(found, program, week))
        for week, found in sorted(weeks.items())
    ]


def _openers(rows: Sequence[Row]) -> Counter[str]:
    """How many texts count towards the limit of each local date: the first of each nudge, and of each check-in."""
    return Counter(day for _, day in {(row.nudge, row.local[:10]) for row in rows})


def _reminders(rows: Sequence[Row], program: Program, week: int) -> int:
    """One for each question that has one and time for it on its own day, as far as the limits leave room."""
    seen: Counter[tuple[str, str]] = Counter()
    reminded: Counter[str] = Counter()
    for row in rows:
        day = row.local[:10]
        answer = _asked(program, row.nudge, seen[row.nudge, day], week)
        seen[row.nudge, day] += 1
        if answer and _has_time(program, answer, datetime.fromisoformat(row.local)):
            reminded[day] += 1
    openers, limits = _openers(rows), program.limits
    a_day = (min(count, max(limits.per_day - openers[day], 0)) for day, count in reminded.items())
    return min(sum(a_day), max(limits.per_week - len(rows), 0))


def _asked(program: Program, name: str, number: int, week: int) -> Answer | None:
    """What the text of that name asks, `number` texts of that name having come before it on its day."""
    nudge, check_in = program.nudge(name), program.check_in(name)
    if nudge is not None:
        return nudge.answer if number == 0 else None  # its follow-up asks nothing
    return check_in.asked(week)[number].answer if check_in else None


def _has_time(program: Program, answer: Answer, at: datetime) -> bool:
    """Whether the reminder of what is asked at local time `at` comes before the answer is due and the hours end."""
    if answer.reminder is None or answer.reminder >= answer.within:
        return False
    due = at + timedelta(minutes=answer.reminder)
    return due < datetime.combine(at.date(), program.hours.end)


def summary(
    rows: Sequence[Row], program: Program, start: date, language: Language, price: Decimal | None = None
) -> Iterator[str]:
    """The lines below a preview; `price` is that of one segment, in whatever money."""
    segments = sum(row.segments for row in rows)
    weeks = burden_by_week(rows, program, start)
    distinct = len({row.text for row in rows})
    cost = "" if price is None else f", {(price * segments).quantize(CENTS)} at {price} a segment"
    yield f"{_many(len(rows), 'text')}, {distinct} of them different, {_many(segments, 'segment')}{cost}"
    if hardest := _hardest(rows, language):
        yield hardest
    limits = program.limits
    yield f"week by week, of {limits.per_week} a week and {limits.per_day} a day:"
    for one in weeks:
        theme = f" {program.themes[one.week - 1]}:" if one.week <= len(program.themes) else ""
        busiest = f"{one.busiest_day} on the busiest day"
        left = max(limits.per_week - one.texts, 0)
        more = f", and up to {_many(one.reminders, 'reminder')}" if one.reminders else ""
        yield f"  week {one.week}:{theme} {_many(one.texts, 'text')}, {busiest}, room for {left}{more}"
    if len(weeks) > 1:
        fullest = max(weeks, key=lambda one: one.texts)
        late = f"; whoever does not answer in time gets up to {fullest.texts + fullest.reminders}"
        more = late if fullest.reminders else ""
        yield f"the fullest is week {fullest.week}, with {_many(fullest.texts, 'text')}{more}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _hardest(rows: Sequence[Row], language: Language) -> str | None:
    """English is hardest where the grade is highest, Spanish where the ease is lowest."""
    scored = [(score, row) for row in rows if (score := reading_score(row.text, language)) is not None]
    if not scored:
        return None
    pick = max if language == "en" else min
    score, row = pick(scored, key=lambda one: one[0])
    scale = "grade {:.1f} (Flesch-Kincaid)" if language == "en" else "ease {:.1f} (Fernández-Huerta)"
    return f"hardest to read: {row.nudge} of {row.local[:10]}, {scale.format(score)}"


def of_week(rows: Sequence[Row], start: date, week: int) -> list[Row]:
    """The texts of one week of the program begun on local date `start`."""
    return [row for row in rows if program_week(start, date.fromisoformat(row.local[:10])) == week]


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def calendar_weeks(rows: Sequence[Row], start: date) -> list[tuple[int, list[list[str]]]]:
    """For a grid: each program week with its seven days from the start's weekday on, each with its lines.

    A line is the local time and the nudge's name; a check-in stands once, with how many questions it has, and so does
    a nudge with its follow-up.
    """
    cells: dict[tuple[int, int], dict[tuple[str, str], list[str]]] = {}
    for row in rows:
        day = (date.fromisoformat(row.local[:10]) - start).days
        cells.setdefault((day // 7 + 1, day % 7), {}).setdefault((row.nudge, row.kind), []).append(row.local[11:16])
    weeks = [week for week, _ in cells]
    return [
        (week, [[_line(key, times) for key, times in cells.get((week, day), {}).items()] for day in range(7)])
        for week in range(min(weeks, default=1), max(weeks, default=0) + 1)
    ]


def _line(key: tuple[str, str], times: Sequence[str]) -> str:
    name, kind = key
    asked = f" ({len(times)})" if kind == NudgeKind.CHECK_IN or len(times) > 1 else ""
    return f"{times[0]} {name}{asked}"


def in_cell(lines: Sequence[str], width: int) -> str:
    """The lines broken at spaces and hyphens, so that a grid's column needs no more than `width`."""
    return "\n".join(piece for line in lines for piece in wrap(line, width))
