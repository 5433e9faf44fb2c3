"""Histories of one person, written short: values week by week, days counted from the first."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from pydantic import TypeAdapter

from coach.domain.alerts.evaluate import evaluate
from coach.domain.alerts.history import Failure, Finding, History, Measured
from coach.domain.alerts.rules import AlertRule
from coach.domain.measures import Measure

DAY_0 = date(2026, 11, 1)
RULE: TypeAdapter[AlertRule] = TypeAdapter(AlertRule)


def rule(kind: str, **numbers: object) -> AlertRule:
    """A rule of that kind, named after it."""
    return RULE.validate_python({"name": kind.replace("_", "-"), "kind": kind, **numbers})


def day(number: int) -> date:
    return DAY_0 + timedelta(days=number)


def weekly(values: Sequence[int | None], *, every: int = 7) -> tuple[Measured, ...]:
    """The values, one a week from day 0; None where nothing came."""
    return tuple(Measured(day(every * number), value) for number, value in enumerate(values))


def measured(**values: Sequence[int | None]) -> History:
    """A past of these measures, asked weekly."""
    return History({Measure(name): weekly(series) for name, series in values.items()})


def failed(*hours: float) -> tuple[Failure, ...]:
    """Texts that did not arrive, by the hours since day 0 began (UTC is local here)."""
    start = datetime(2026, 11, 1, tzinfo=UTC)
    moments = [start + timedelta(hours=number) for number in hours]
    return tuple(Failure(at, at.date()) for at in moments)


def found(kind: str, history: History, *, today: int = 60, **numbers: object) -> list[Finding]:
    """What one rule finds on that day."""
    return list(evaluate([rule(kind, **numbers)], history, day(today)))
