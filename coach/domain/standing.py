"""How a person stands, in one word: what a nurse needs to know of them first."""

from collections.abc import Mapping
from enum import StrEnum


class Stands(StrEnum):
    """The gravest first."""

    NEEDS_YOU = "needs_you"  # a case of theirs is not closed
    HELD = "held"
    TALKING = "talking"
    FLARE = "flare"
    PAUSED = "paused"
    STOPPED = "stopped"
    WAITING = "waiting"  # for their yes
    ACTIVE = "active"
    OVER = "over"  # in no program now
    WITHDRAWN = "withdrawn"


WORDS: Mapping[Stands, str] = {
    Stands.NEEDS_YOU: "needs somebody",
    Stands.HELD: "held",
    Stands.TALKING: "in talk with the team",
    Stands.FLARE: "in a flare",
    Stands.PAUSED: "paused",
    Stands.STOPPED: "said STOP",
    Stands.WAITING: "has not said yes yet",
    Stands.ACTIVE: "under way",
    Stands.OVER: "in no program",
    Stands.WITHDRAWN: "withdrawn",
}
