"""A patient in a program version, from a start date."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from zoneinfo import ZoneInfo

from coach.domain.program import Weekday


@dataclass(frozen=True)
class Enrollment:
    """What the planner must know of one enrollment: `start` is a local date, `slots` are the patient's own times."""

    id: int
    start: date
    zone: ZoneInfo
    preset: str = "standard"
    slots: Mapping[str, time] = field(default_factory=dict)
    weekdays_off: frozenset[Weekday] = frozenset()
    seed: int = 0
