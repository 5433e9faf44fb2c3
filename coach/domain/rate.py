"""A sender's limit: a bucket of segments that fills at a steady rate. Pure; all workers share one bucket."""

from dataclasses import dataclass
from datetime import datetime, timedelta

BURST = 5.0
"""Seconds' worth of segments that a full bucket holds."""

CLOCKS_DIFFER_BY = timedelta(minutes=5)
"""How far the clocks of two workers may differ: by one that is behind, the bucket fills no second time."""


@dataclass(frozen=True)
class Rate:
    """What a sender carries: `per_second` segments (US: a long code 1, toll-free 3, a short code 10 to 100)."""

    per_second: float

    @property
    def most(self) -> float:
        """What a full bucket holds, in segments: five at least."""
        return max(BURST, self.per_second * BURST)


UNLIMITED = Rate(float("inf"))


@dataclass(frozen=True)
class Bucket:
    """`level` segments could leave at `filled_at` (UTC). Below zero: urgent texts went ahead, and it fills up first."""

    level: float
    filled_at: datetime

    def filled(self, rate: Rate, now: datetime) -> "Bucket":
        """The bucket at `now`; a clock that is behind, or was put back, takes nothing out and gives nothing."""
        if rate == UNLIMITED:
            return Bucket(rate.most, now)
        if now < self.filled_at:
            return self if self.filled_at - now <= CLOCKS_DIFFER_BY else Bucket(self.level, now)
        seconds = (now - self.filled_at).total_seconds()
        return Bucket(min(rate.most, self.level + seconds * rate.per_second), now)


def admitted(sizes: list[int], urgent: list[bool], level: float) -> int:
    """How many of these texts, in this order, may leave from a bucket of `level` segments.

    Urgent ones (safety, answers to somebody who has just written) always may. One text may take more than is left,
    so that a long one is not held up for ever; the next then waits until the bucket is above zero again.
    """
    for place, (size, at_once) in enumerate(zip(sizes, urgent, strict=True)):
        if level <= 0 and not at_once:
            return place
        level -= size
    return len(sizes)
