"""What a reply turned out to say to one question."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["understood", "skip", "unclear", "invalid"]
Value = str | int


@dataclass(frozen=True)
class Answer:
    """A reply's answer to one question; `value` only when understood, `because` the raw words that decided."""

    status: Status
    value: Value | None = None
    because: tuple[str, ...] = ()


UNCLEAR = Answer("unclear")


def understood(value: Value, *because: str) -> Answer:
    return Answer("understood", value, because)


def invalid(*because: str) -> Answer:
    return Answer("invalid", None, because)
