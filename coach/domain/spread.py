"""When each of many texts that are due at one moment is first looked at, so that a morning peak is no jam.

Pure, and drawn by a key, so that it can be repeated and explained.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from coach.domain.rate import UNLIMITED, Rate

SHARE = 0.5
"""How much of the time in which a text may leave is used for spreading: the rest is for what goes wrong."""


@dataclass(frozen=True)
class Crowd:
    """`people` who may all be owed a text at one moment, and the rate of the sender that carries them."""

    people: int
    rate: Rate


ALONE = Crowd(1, UNLIMITED)


def spread(crowd: Crowd, window: timedelta, *, segments: int) -> timedelta:
    """How long the sender takes over a text of `segments` for each of the crowd, beyond what a full bucket holds.

    At most half of `window`, the time in which each may leave.
    """
    over = crowd.people * segments - crowd.rate.most
    if over <= 0:
        return timedelta(0)
    return timedelta(seconds=min(over / crowd.rate.per_second, window.total_seconds() * SHARE))


def first_look(due_at: datetime, send_by: datetime, crowd: Crowd, *, segments: int, key: str) -> datetime:
    """When a text that is due at `due_at` is first looked at, UTC: somewhere in the spread, where `key` draws it."""
    return due_at + spread(crowd, send_by - due_at, segments=segments) * _draw(key)


def _draw(key: str) -> float:
    """A number in [0, 1), each as likely as the other."""
    return int.from_bytes(sha256(f"first look|{key}".encode()).digest()[:6]) / 2.0**48
