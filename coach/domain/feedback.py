"""One kind line about an answer, out of a person's own record: what there is, never what there is not. Pure.

Reflecting a reply back within a minute is what keeps texts from being one-way (COPES, Heapy 2017; HealthySMS users).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coach.domain.goal import overshot
from coach.domain.measures import Measure
from coach.domain.program import AnswerKind


class Situation(StrEnum):
    """What an answer says, as far as a line can be about it."""

    MINUTES_BASELINE = "minutes_baseline"
    MINUTES_REACHED = "minutes_reached"
    MINUTES_PART = "minutes_part"
    MINUTES_MORE = "minutes_more"  # below the goal, and more than their own last time
    MINUTES_OVER = "minutes_over"  # well over the goal
    MINUTES_NONE = "minutes_none"
    DONE = "done"
    DONE_AGAIN = "done_again"
    DONE_PART = "done_part"
    DONE_NONE = "done_none"
    YES = "yes"
    NO = "no"
    WROTE = "wrote"
    CHECK_IN = "check_in"
    PAIN_LESS = "pain_less"
    NOTED = "noted"
    IN_FLARE = "in_flare"  # something was done in a bad spell


_S = Situation
WORDINGS: Mapping[Situation, int] = {
    _S.MINUTES_BASELINE: 3,
    _S.MINUTES_REACHED: 4,
    _S.MINUTES_PART: 4,
    _S.MINUTES_MORE: 3,
    _S.MINUTES_OVER: 3,
    _S.MINUTES_NONE: 3,
    _S.DONE: 4,
    _S.DONE_AGAIN: 4,
    _S.DONE_PART: 3,
    _S.DONE_NONE: 3,
    _S.YES: 4,
    _S.NO: 3,
    _S.WROTE: 4,
    _S.CHECK_IN: 3,
    _S.PAIN_LESS: 3,
    _S.NOTED: 3,
    _S.IN_FLARE: 3,
}
"""How many wordings each has: messages/<language>/feedback/<situation>/<number>.txt."""


@dataclass(frozen=True)
class Told:
    """An answer that was understood, beside the person's own past.

    `quota`: the goal in force, in minutes. `before`: the value of their last answer to the same question, if any.
    `times`: how often they said done in the last seven local days, this one included.
    """

    expects: AnswerKind
    value: str
    quota: int | None = None
    before: int | None = None
    times: int = 0
    check_in: bool = False
    measure: Measure | None = None
    in_flare: bool = False


@dataclass(frozen=True)
class Line:
    """Which line it is, and what it may name."""

    situation: Situation
    facts: Mapping[str, int]

    def text(self, used: Sequence[str]) -> str:
        """The key of the wording that was used longest ago, or never; `used` are earlier ones, newest first."""
        keys = [f"feedback/{self.situation}/{number}" for number in range(1, WORDINGS[self.situation] + 1)]
        return max(keys, key=lambda key: (used.index(key) if key in used else len(used), -keys.index(key)))


def line_about(told: Told) -> Line:
    """The one line; comparisons are with the person's own past, and only where they are good news."""
    match told.expects:
        case AnswerKind.MINUTES:
            return _about_minutes(told, int(told.value))
        case AnswerKind.DONE:
            return _about_done(told)
        case AnswerKind.YES_NO:
            return Line(_S.YES if told.value == "yes" else _S.NO, {})
        case AnswerKind.TEXT:
            return Line(_S.WROTE, {})
        case _:
            return _about_number(told)


def _about_minutes(told: Told, minutes: int) -> Line:
    if minutes == 0:
        return Line(_S.MINUTES_NONE, {})
    over = told.quota is not None and overshot(minutes, told.quota)
    if told.in_flare and not over:
        return Line(_S.IN_FLARE, {})
    if told.quota is None:
        return Line(_S.MINUTES_BASELINE, {"minutes": minutes})
    return _beside_goal(told, minutes, {"minutes": minutes, "goal": told.quota}, over=over)


def _beside_goal(told: Told, minutes: int, facts: dict[str, int], *, over: bool) -> Line:
    if over:
        return Line(_S.MINUTES_OVER, facts)
    if minutes >= facts["goal"]:
        return Line(_S.MINUTES_REACHED, facts)
    if told.before is not None and 0 < told.before < minutes:
        return Line(_S.MINUTES_MORE, facts | {"before": told.before})
    return Line(_S.MINUTES_PART, facts)


def _about_done(told: Told) -> Line:
    if told.value == "not_done":
        return Line(_S.DONE_NONE, {})
    if told.in_flare:
        return Line(_S.IN_FLARE, {})
    if told.value == "partial":
        return Line(_S.DONE_PART, {})
    return Line(_S.DONE_AGAIN, {"times": told.times}) if told.times > 1 else Line(_S.DONE, {})


def _about_number(told: Told) -> Line:
    if told.measure is Measure.PAIN and told.before is not None and int(told.value) < told.before:
        return Line(_S.PAIN_LESS, {"now": int(told.value), "before": told.before})
    return Line(_S.CHECK_IN if told.check_in else _S.NOTED, {})
