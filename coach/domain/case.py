"""Cases: what a human must act on, how soon, and how a case moves."""

from collections.abc import Mapping
from enum import StrEnum


class CaseCategory(StrEnum):
    CRISIS_SUICIDE = "crisis_suicide"
    CRISIS_OVERDOSE = "crisis_overdose"
    RED_FLAG_SPINE = "red_flag_spine"
    RED_FLAG_OTHER = "red_flag_other"
    SAFEGUARDING = "safeguarding"
    WORSENING = "worsening"
    SILENCE = "silence"
    DELIVERY = "delivery"
    SYSTEM = "system"


class CaseState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class Tier(StrEnum):
    """How soon a human must act."""

    NOW = "now"  # somebody is paged
    TODAY = "today"  # the same day
    ROUTINE = "routine"  # within two working days


MOVES: Mapping[CaseState, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset({CaseState.ACKNOWLEDGED, CaseState.RESOLVED}),
    CaseState.ACKNOWLEDGED: frozenset({CaseState.RESOLVED, CaseState.OPEN}),  # open again: a further text came
    CaseState.RESOLVED: frozenset(),
}

DANGERS = frozenset(
    {
        CaseCategory.CRISIS_SUICIDE,
        CaseCategory.CRISIS_OVERDOSE,
        CaseCategory.RED_FLAG_SPINE,
        CaseCategory.RED_FLAG_OTHER,
        CaseCategory.SAFEGUARDING,
    }
)
"""Cases about somebody's safety: they are paged, and hold the nudges."""


def may_move(before: CaseState, after: CaseState) -> bool:
    """Whether a case may go from one state to the other."""
    return after in MOVES[before]


def tier_of(category: CaseCategory) -> Tier:
    """How soon a case of that category asks for a human, where whoever opens it says nothing else."""
    return Tier.NOW if category in DANGERS else Tier.ROUTINE


def graver(one: Tier, other: Tier) -> Tier:
    """The one of the two that asks for a human sooner."""
    order = tuple(Tier)
    return min(one, other, key=order.index)
