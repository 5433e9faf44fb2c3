"""Virtual time that all processes of a run share, so that hours pass in minutes."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from coach.services.duties import DUTIES, Duty

BASE = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)  # Monday, 09:05 in New York: until 20:00 anything may leave
LEAST = 0.05  # seconds between two runs of a duty
CALL_TIMEOUT = 2.0  # seconds; far below the five minutes, virtual, after which a call counts as lost


@dataclass(frozen=True)
class VirtualClock:
    """`BASE` at `started` (this machine's monotonic clock, the same for all processes), and `speed` times as fast."""

    started: float
    speed: float

    def __call__(self) -> datetime:
        return BASE + timedelta(seconds=(time.monotonic() - self.started) * self.speed)


def hurried(speed: float, duties: Iterable[Duty] = DUTIES) -> tuple[Duty, ...]:
    """The same duties, as often as before by virtual time."""
    return tuple(replace(duty, every=max(LEAST, duty.every / speed)) for duty in duties)
