"""Conditions on a person's own record: a closed vocabulary, and what each word means. Pure.

They are looked at when a text is about to leave. A condition about a goal holds for nobody while there is none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.domain.goal import Report, overshot
from coach.domain.program import FollowUp, Instead, When

LOOK_BACK = timedelta(days=7)
"""How far back "last week" reaches: the seven local days before the one on which the text is due."""


@dataclass(frozen=True)
class Record:
    """What conditions look at: one person in one program, on one local day. Minutes, and counts over seven days."""

    week: int  # of the program
    language: str
    in_flare: bool = False
    answers: int = 0  # understood, in the seven local days before
    goal: int | None = None  # in force on the day
    began: int | None = None  # the goal they began with
    reached: int = 0  # days of the seven on which they reported as much as today's goal, or more
    over: int = 0  # days of the seven on which they went well over it


def reached_days(reports: Iterable[Report], goal: int | None, day: date) -> int:
    """On how many of the seven local days before `day` the person reported `goal` minutes or more.

    `reports` are those of questions that named the goal.
    """
    return 0 if goal is None else _days(reports, day, lambda minutes: minutes >= goal)


def over_days(reports: Iterable[Report], goal: int | None, day: date) -> int:
    """On how many of the same days they went well over `goal`, as `coach.domain.goal` has it; `reports` likewise."""
    return 0 if goal is None else _days(reports, day, lambda minutes: overshot(minutes, goal))


def _days(reports: Iterable[Report], day: date, fits: Callable[[int], bool]) -> int:
    week = (one for one in reports if day - LOOK_BACK <= one.day < day)
    return len({one.day for one in week if one.minutes is not None and fits(one.minutes)})


def holds(when: When | None, record: Record) -> bool:
    """Whether all that `when` asks is so; nothing asked is always so."""
    return when is None or unmet(when, record) is None


def unmet(when: When, record: Record) -> str | None:
    """The first condition that is not so, in words for the care team; None where all are."""
    return next((f"it is {words}" for words, so in _asked(when, record) if not so), None)


def words_of(when: When) -> tuple[str, ...]:
    """All that is asked, in words for the care team: "for people in a flare", "for weeks 2, 4"."""
    return tuple(words for words, _ in _asked(when, _NOBODY))


_NOBODY = Record(week=0, language="")


def _asked(when: When, record: Record) -> Iterator[tuple[str, bool]]:
    """Each condition in words, and whether it is so."""
    grown = None if record.goal is None or record.began is None else record.goal > record.began
    reached = None if record.goal is None else record.reached > 0
    over = None if record.goal is None else record.over > 0
    checks = (
        (when.in_flare, record.in_flare, "in a flare"),
        (when.answered_last_week, record.answers > 0, "who answered in the last seven days"),
        (when.goal_reached, reached, "who reached their goal in the last seven days"),
        (when.goal_grown, grown, "whose goal has grown since it began"),
        (when.went_over, over, "who went well over their goal in the last seven days"),
    )
    for wanted, so, words in checks:
        if wanted is not None:
            yield f"{'' if wanted else 'not '}for people {words}", so is wanted
    if when.language is not None:
        yield f"for people who are texted in {when.language!r}", when.language == record.language
    if when.weeks is not None:
        yield f"for weeks {', '.join(str(week) for week in when.weeks)}", record.week in when.weeks


def variants_for(variants: Sequence[str], instead: Sequence[Instead], record: Record) -> list[Sequence[str]]:
    """The sets of wordings to choose from, best first: those whose condition holds, then the plain ones."""
    return [*(one.variants for one in instead if holds(one.when, record)), variants]


def follow_up_for(follow_ups: Sequence[FollowUp], value: str, record: Record) -> FollowUp | None:
    """The first follow-up that is for this answer (a word, or a whole number) and this record; None where none is."""
    return next((one for one in follow_ups if _fits(one, value) and holds(one.when, record)), None)


def _fits(follow_up: FollowUp, value: str) -> bool:
    if follow_up.answers is not None:
        return value in follow_up.answers
    if not value.isdecimal():
        return False
    least, most = follow_up.at_least, follow_up.at_most
    return (least is None or int(value) >= least) and (most is None or int(value) <= most)


FACTS: Mapping[str, frozenset[str]] = {
    "answered_last_week": frozenset({"answers"}),
    "goal_reached": frozenset({"goal", "times"}),
    "goal_grown": frozenset({"goal", "began"}),
}
"""What a text may name beside the usual, where its condition is written as true: minutes, and counts over a week."""


def facts_named(*conditions: When | None) -> frozenset[str]:
    """The variables that a text under these conditions may name."""
    given = {word for when in conditions if when for word in FACTS if getattr(when, word) is True}
    return frozenset().union(*(FACTS[word] for word in given))


def facts_of(record: Record) -> dict[str, object]:
    """The values of all that such a text may name, as far as there are any."""
    facts: dict[str, object] = {"answers": record.answers, "times": record.reached}
    if record.goal is not None:
        facts["goal"] = record.goal
    if record.began is not None:
        facts["began"] = record.began
    return facts
