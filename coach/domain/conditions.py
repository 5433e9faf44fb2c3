"""Conditions on a person's own record: a closed vocabulary, and what each word means. Pure.

They are looked at when a text is about to leave. A condition about a goal holds for nobody while there is none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.domain.goal import Report
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


def reached_days(reports: Iterable[Report], goal: int | None, day: date) -> int:
    """On how many of the seven local days before `day` the person reported `goal` minutes or more.

    `reports` are those of questions that named the goal.
    """
    if goal is None:
        return 0
    return len(
        {
            one.day
            for one in reports
            if day - LOOK_BACK <= one.day < day and one.minutes is not None and one.minutes >= goal
        }
    )


def holds(when: When | None, record: Record) -> bool:
    """Whether all that `when` asks is so; nothing asked is always so."""
    return when is None or unmet(when, record) is None


def unmet(when: When, record: Record) -> str | None:
    """The first condition that is not so, in words for the care team; None where all are."""
    has_goal = record.goal is not None and record.began is not None
    grown = record.goal is not None and record.began is not None and record.goal > record.began
    checks = (
        (when.in_flare, record.in_flare, "in a flare"),
        (when.answered_last_week, record.answers > 0, "who answered in the last seven days"),
        (when.goal_reached, record.reached > 0 if has_goal else None, "who reached their goal in the last seven days"),
        (when.goal_grown, grown if has_goal else None, "whose goal has grown since it began"),
    )
    for wanted, so, words in checks:
        if wanted is not None and so is not wanted:
            return f"it is for people {words}" if wanted else f"it is not for people {words}"
    if when.language is not None and when.language != record.language:
        return f"it is for people who are texted in {when.language!r}"
    if when.weeks is not None and record.week not in when.weeks:
        return f"it is for weeks {', '.join(str(week) for week in when.weeks)}"
    return None


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
