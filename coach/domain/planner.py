"""What an enrollment is owed on a local day. Pure: the day is an argument, and yes and no are answered alike."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from coach.domain.enrollment import Enrollment
from coach.domain.program import Program


class NotPlanned(StrEnum):
    """Why an occurrence is withheld as soon as it is planned."""

    PRESET = "preset"  # the person's preset leaves this nudge out
    WEEKDAY_OFF = "weekday_off"  # the person takes no texts on this weekday
    OUTSIDE_HOURS = "outside_hours"  # the person's slot lies outside the program's hours
    MOVED_PAST = "moved_past"  # an edit would have made it due in the past


@dataclass(frozen=True)
class Occurrence:
    """One text owed: unique within an enrollment. `name` is a nudge's or a check-in's; `day` is a local date."""

    name: str
    day: date
    number: int = 1


@dataclass(frozen=True)
class Due:
    """To be sent at `at`, and no later than `send_by`; both UTC."""

    occurrence: Occurrence
    at: datetime
    send_by: datetime


@dataclass(frozen=True)
class Withheld:
    """Not to be sent, and why. `at` is when it would have been due, UTC."""

    occurrence: Occurrence
    at: datetime
    reason: NotPlanned


def decide(program: Program, enrollment: Enrollment, day: date, *, not_before: datetime | None = None) -> list[Due | Withheld]:
    """What `enrollment` is owed on its local date `day`, earliest first, and what it is not, with the reason.

    What would be due before `not_before` (UTC) is withheld as moved_past.
    """
    raise NotImplementedError
