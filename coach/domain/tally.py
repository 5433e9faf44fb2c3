"""What a roster shows of one person's last weeks: shares by week, and how the last compare with their own before.

A week is a calendar week from Monday, local to the person, so that the weeks of many people stand side by side.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from coach.domain.adherence import Asked, Exclusion, exclusion

WEEKS = 12
SPAN = 4  # weeks that are compared with as many before
FEWEST = 6  # questions that count in each, or nothing is said of a direction: one answer is a sixth at most
CLEARLY = 0.15  # how far apart two shares are, at least, to be called more or less: about one answer in seven


class Trend(StrEnum):
    """The person's last four weeks beside their own four before."""

    UP = "up"
    STEADY = "steady"
    DOWN = "down"
    UNKNOWN = "unknown"  # too few questions to say


@dataclass(frozen=True)
class WeekTally:
    """One week: how many questions counted, and how many of these were answered; what did not count, by its reason."""

    starts: date
    answered: int = 0
    eligible: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        return self.answered / self.eligible if self.eligible else None


@dataclass(frozen=True)
class Tallied:
    """The last twelve weeks, the newest last; the running one is among them."""

    weeks: Sequence[WeekTally]

    @property
    def last(self) -> tuple[int, int]:
        """Answered, and counting, in the last four weeks."""
        return _sum(self.weeks[-SPAN:])

    @property
    def before(self) -> tuple[int, int]:
        """The same of the four weeks before."""
        return _sum(self.weeks[-2 * SPAN : -SPAN])

    @property
    def does_well(self) -> bool:
        """Whether they answer more than before, or have answered everything of the last four weeks."""
        answered, eligible = self.last
        return eligible >= FEWEST and (self.trend is Trend.UP or answered == eligible)

    @property
    def trend(self) -> Trend:
        (answered, eligible), (answered_before, eligible_before) = self.last, self.before
        if min(eligible, eligible_before) < FEWEST:
            return Trend.UNKNOWN
        moved = answered / eligible - answered_before / eligible_before
        return Trend.UP if moved >= CLEARLY else Trend.DOWN if moved <= -CLEARLY else Trend.STEADY


def tally(asked: Iterable[Asked], *, today: date, now: datetime) -> Tallied:
    """The person's weeks up to their local date `today`. Flare days are left out, and named, as in adherence."""
    running = today - timedelta(days=today.weekday())
    starts = [running - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    by_week: dict[date, list[Asked]] = {start: [] for start in starts}
    for one in asked:
        week = by_week.get(one.day - timedelta(days=one.day.weekday()))
        if week is not None:
            week.append(one)
    return Tallied([_week(start, by_week[start], now) for start in starts])


def trend_words(trend: Trend, last: tuple[int, int], before: tuple[int, int]) -> str:
    """The trend as the team reads it, with its figures."""
    figures = f"{last[0]} of {last[1]} answered in the last four weeks, {before[0]} of {before[1]} in the four before"
    match trend:
        case Trend.UP:
            return f"answers more than before: {figures}"
        case Trend.DOWN:
            return f"answers less than before: {figures}"
        case Trend.STEADY:
            return f"answers as before: {figures}"
        case Trend.UNKNOWN:
            return "too few questions yet to compare with before"


def _week(start: date, asked: Sequence[Asked], now: datetime) -> WeekTally:
    why = [(one, Exclusion.FLARE if one.flare else exclusion(one, now)) for one in asked]
    counts = [one for one, reason in why if reason is None]
    left_out = Counter(str(reason) for _, reason in why if reason is not None)
    return WeekTally(start, sum(one.answered_at is not None for one in counts), len(counts), dict(left_out))


def _sum(weeks: Sequence[WeekTally]) -> tuple[int, int]:
    return sum(week.answered for week in weeks), sum(week.eligible for week in weeks)
