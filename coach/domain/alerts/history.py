"""What alert rules look at: one enrollment's own past, in the patient's local dates; and what they find in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from coach.domain.case import Tier
from coach.domain.measures import LOWER_IS_WORSE, Instrument, Measure, counts

Outcome = Literal["done", "partial", "not_done"]


@dataclass(frozen=True)
class Measured:
    """A measure asked on a local date; `value` is None where no number came of it."""

    day: date
    value: int | None


@dataclass(frozen=True)
class Reported:
    """Minutes that were reported for a local date, and the quota (minutes) that was in force, if any."""

    day: date
    minutes: int
    quota: int | None
    flare: bool = False


@dataclass(frozen=True)
class Effort:
    """Exercise asked about on a local date; `outcome` is None where nobody knows."""

    day: date
    outcome: Outcome | None


@dataclass(frozen=True)
class Asking:
    """A question of a local date that could be answered (`coach.domain.adherence` says which).

    `credit` is None where the question is about no action; otherwise 0 to 1, and 0 where no answer came.
    """

    day: date
    answered: bool
    credit: float | None = None
    flare: bool = False


@dataclass(frozen=True)
class Failure:
    """A text that did not arrive: its UTC moment, and the local date of it."""

    at: datetime
    day: date


@dataclass(frozen=True)
class History:
    """One enrollment's past. The order of what is in it says nothing.

    `quiet_since` is the last local date on which the person was heard, or could not be expected to write; None while
    nobody expects them to: paused, held, in flare, stopped.
    """

    measures: Mapping[Measure, tuple[Measured, ...]] = field(default_factory=dict)
    reports: tuple[Reported, ...] = ()
    efforts: tuple[Effort, ...] = ()
    askings: tuple[Asking, ...] = ()
    failures: tuple[Failure, ...] = ()
    quiet_since: date | None = None


@dataclass(frozen=True)
class Finding:
    """A rule spoke up: `until` is the last local date of its figures, so that the same figures are told once.

    `tier` is None where no case is due: then a friendly text may go to the patient.
    """

    rule: str
    kind: str
    tier: Tier | None
    until: date
    figures: Mapping[str, int | float | str]
    words: str


Points = tuple[date, int]


def askings_of(history: History, measure: Measure) -> list[tuple[date, int | None]]:
    """The measure day by day, earliest first; None where it was asked and no value of it came.

    Of two values of one day the worse stands.
    """
    days: dict[date, int | None] = {}
    worse = min if measure in LOWER_IS_WORSE else max
    for one in history.measures.get(measure, ()):
        value, before = one.value if counts(measure, one.value) else None, days.get(one.day)
        days[one.day] = worse(value, before) if value is not None and before is not None else _either(value, before)
    return sorted(days.items())


def _either(one: int | None, other: int | None) -> int | None:
    return other if one is None else one


def values_of(history: History, measure: Measure) -> list[Points]:
    """The measure's values, earliest first."""
    return [(day, value) for day, value in askings_of(history, measure) if value is not None]


def scores_of(history: History, instrument: Instrument) -> list[tuple[date, Fraction]]:
    """The instrument's score on each day that has all its items, earliest first."""
    columns = {item: dict(values_of(history, item)) for item in instrument.items}
    days = sorted({day for column in columns.values() for day in column})
    scored = [(day, instrument.score({item: column.get(day) for item, column in columns.items()})) for day in days]
    return [(day, score) for day, score in scored if score is not None]


def shown(day: date) -> str:
    """A date as clinics write it: 7 Dec 2026."""
    return f"{day.day} {day:%b %Y}"
