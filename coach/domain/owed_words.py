"""When a program owes a text, why a day has none, and what an answer said: in the care team's words."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from coach.domain.alerts.history import shown
from coach.domain.conditions import words_of
from coach.domain.delivery import Purpose
from coach.domain.enrollment import Enrollment
from coach.domain.planner import decide, last_day
from coach.domain.program import WEEKDAYS, AnswerKind, Program, Weekday

_DAYS: Mapping[Weekday, str] = {
    "mon": "Mondays",
    "tue": "Tuesdays",
    "wed": "Wednesdays",
    "thu": "Thursdays",
    "fri": "Fridays",
    "sat": "Saturdays",
    "sun": "Sundays",
}
_SLOTS: Mapping[str, str] = {
    "morning": "in the morning",
    "midday": "at midday",
    "afternoon": "in the afternoon",
    "evening": "in the evening",
}
_ACTIONS: Mapping[str, str] = {"done": "done", "partial": "partly done", "not_done": "not done"}
_UNANSWERED: Mapping[str, str] = {
    "skip": "they skip this one",
    "unclear": "coach could not tell",
    "invalid": "a number or time that the question does not take",
}


def title_of(program: Program) -> str:
    """What the care team calls the program; their pages are in English."""
    return program.title.get("en", program.name)


def owed_words(program: Program, name: str, own: Mapping[str, time]) -> str:
    """Why the text is owed: "Steady Steps owes it on Tuesdays at midday (12:30), in weeks 1 to 4"; empty if it is not.

    `own` are the person's own local times by slot.
    """
    text = program.nudge(name) or program.check_in(name)
    if text is None:
        return ""
    standard: time = getattr(program.slots, text.slot)
    at = f"{own[text.slot]:%H:%M}, their own time" if text.slot in own else f"{standard:%H:%M}"
    when = f"{days_words(text.days)} {_SLOTS[text.slot]} ({at})"
    conditions = "".join(f", {words}" for words in words_of(text.when)) if text.when else ""
    return f"{title_of(program)} owes it {when}, in {weeks_words(text.weeks)}{conditions}"


def days_words(days: Sequence[Weekday]) -> str:
    """On which days: "every day", "on Tuesdays", "on Mondays, Wednesdays and Fridays"."""
    if len(set(days)) == len(WEEKDAYS):
        return "every day"
    return f"on {_listed([_DAYS[day] for day in WEEKDAYS if day in days])}"


def weeks_words(weeks: Sequence[int]) -> str:
    """In which weeks: "week 1", "weeks 1 to 4", "weeks 1, 3 and 5"."""
    ordered = sorted(set(weeks))
    if len(ordered) == 1:
        return f"week {ordered[0]}"
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:  # noqa: PLR2004 (two are listed)
        return f"weeks {ordered[0]} to {ordered[-1]}"
    return f"weeks {_listed([str(week) for week in ordered])}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def nothing_owed(program: Program, enrollment: Enrollment, day: date, *, ended: bool) -> str:
    """Why no text of the program is written down for that local date; `ended`: whether their time in it is over."""
    title, last = title_of(program), last_day(program, enrollment)
    if day < enrollment.start:
        return f"{title} begins on {shown(enrollment.start)}"
    if day > last:
        return f"{title} was over on {shown(last)}"
    if decide(program, enrollment, day):
        return f"their time in {title} is over" if ended else f"{title} has not been planned for this day"
    weekday = _DAYS[WEEKDAYS[day.weekday()]]
    return f"{title} has no text on {weekday} in week {enrollment.week(day)}"


def meaning(expects: AnswerKind, status: str, value: str | None) -> str:
    """What an answer was understood to say: "6", "12 minutes", "partly done"; or that it was not."""
    if status in _UNANSWERED or value is None:
        return _UNANSWERED.get(status, "")
    match expects:
        case AnswerKind.DONE:
            return _ACTIONS.get(value, value)
        case AnswerKind.MINUTES:
            return f"{value} minute{'' if value == '1' else 's'}"
        case AnswerKind.TEXT:
            return "in their own words"
        case _:
            return value


BESIDES: Mapping[Purpose, str] = {
    Purpose.ITEM: "the next question of the check-in, once the one before was answered",
    Purpose.REMINDER: "the one reminder, unless the answer comes first",
    Purpose.RE_ASK: "asked once more, as the answer was not clear",
    Purpose.KEYWORD: "answers their own text",
    Purpose.SAFETY: "answers words of danger in their text",
}
"""Why texts that no program owes by itself are sent."""
