"""What was measured, walked and answered over time, as pages show it: series, tables, and the same in words.

Nobody is compared with anybody but themselves, earlier. Days are local to the person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coach.domain.adherence import Figures
from coach.domain.alerts.history import shown
from coach.domain.goal import overshot
from coach.domain.measures import LOWER_IS_WORSE, RANGES, Measure
from coach.domain.text_words import ENDS, MEASURES, left_out_words

FEWEST = 4  # values, for a newer and an older half to say something
SAME = 0.5  # points between the halves that nobody would feel
NO_ANSWER = "no answer"


@dataclass(frozen=True)
class Point:
    """A measure, or a score, asked on `day`; `value` is None where no number came of it."""

    day: date
    value: float | None


@dataclass(frozen=True)
class Series:
    """One measure over time, earliest first."""

    measure: Measure
    points: tuple[Point, ...]

    @property
    def name(self) -> str:
        return MEASURES[self.measure]

    @property
    def bounds(self) -> tuple[int, int]:
        return RANGES[self.measure]

    @property
    def cut_off(self) -> None:
        """A single answer has none."""

    @property
    def answered(self) -> tuple[tuple[date, float], ...]:
        """The days on which a value came."""
        return tuple((one.day, one.value) for one in self.points if one.value is not None)

    @property
    def scale(self) -> str:
        """What its ends say: "0 none, 10 worst"."""
        (least, greatest), (low, high) = self.bounds, ENDS[self.measure]
        return f"{least} {low}, {greatest} {high}"


@dataclass(frozen=True)
class Walk:
    """A day on which minutes were asked for. `quota` is what the text named, `why` how it came about; or none yet."""

    day: date
    minutes: int | None
    quota: int | None = None
    why: str = ""

    @property
    def over(self) -> bool:
        """Whether the day went well over its quota."""
        return self.minutes is not None and self.quota is not None and overshot(self.minutes, self.quota)


@dataclass(frozen=True)
class Counted:
    """Questions answered of those that could be, under a heading; what does not count is named.

    `late` are among the answered; `done` (half a point for partly) is of the `doable`, what asks for something done.
    """

    heading: str
    answered: int
    eligible: int
    left_out: tuple[str, ...] = ()
    late: int = 0
    done: float = 0
    doable: int = 0

    @property
    def of(self) -> str:
        return f"{self.answered} of {self.eligible}" if self.eligible else "none to answer"


@dataclass(frozen=True)
class Table:
    """The same as a chart, in rows of words."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def counted(heading: str, figures: Figures) -> Counted:
    """What these figures say of answers."""
    response, action = figures.response, figures.action
    return Counted(
        heading=heading,
        answered=int(response.numerator),
        eligible=response.denominator,
        left_out=left_out_words(figures.excluded),
        late=int(figures.late.numerator),
        done=action.numerator,
        doable=action.denominator,
    )


def series_words(series: Series) -> str:
    """A measure in a sentence: its scale, latest, lowest, highest, direction, and how often it was answered."""
    answered = series.answered
    if not answered:
        return f"{series.name}: nothing yet."
    day, latest = answered[-1]
    values = [value for _, value in answered]
    return (
        f"{series.name} ({series.scale}): latest {latest} on {shown(day)}; lowest {min(values)}, highest {max(values)};"
        f" {_direction(series.measure, values)}. {len(answered)} of {len(series.points)} answered."
    )


def _direction(measure: Measure, values: Sequence[float]) -> str:
    """How the newer half stands to the older one."""
    if len(values) < FEWEST:
        return "too few answers yet for a direction"
    half = len(values) // 2
    older, newer = sum(values[:half]) / half, sum(values[-half:]) / half
    means = f"{newer:.1f} on average in the newer half, {older:.1f} in the older"
    if abs(newer - older) < SAME:
        return f"about the same as before ({means})"
    better = (newer > older) == (measure in LOWER_IS_WORSE)
    return f"{'higher' if newer > older else 'lower'} than before, which is {'better' if better else 'worse'} ({means})"


def walks_words(walks: Sequence[Walk]) -> str:
    """The minutes in a sentence: latest, least, most, the quota, and the days well over it."""
    said = [(one.day, one.minutes) for one in walks if one.minutes is not None]
    if not said:
        return "Minutes in one go: nothing yet."
    day, latest = said[-1]
    minutes = [value for _, value in said]
    quotas = [one.quota for one in walks if one.quota is not None]
    goal = f"quota {quotas[0]} at first, {quotas[-1]} now" if quotas else "no quota yet"
    over = [shown(one.day) for one in walks if one.over]
    days = f"well over it on {', '.join(over)}" if over else "no day well over it"
    return (
        f"Minutes in one go: latest {latest} on {shown(day)}; least {min(minutes)}, most {max(minutes)}; {goal}"
        f"{'; ' + days if quotas else ''}. {len(said)} of {len(walks)} answered."
    )


def counted_words(rows: Sequence[Counted]) -> str:
    """The bars in a sentence: each heading with its numerator and denominator."""
    return "; ".join(f"{row.heading}: {row.of}" for row in rows) + "." if rows else "Nothing asked yet."


def series_table(series: Sequence[Series]) -> Table:
    """A row a day, newest first, a column a measure; empty where it was not asked."""
    columns = [{point.day: point.value for point in one.points} for one in series]
    days = sorted({day for column in columns for day in column}, reverse=True)
    rows = tuple((shown(day), *(_cell(column, day) for column in columns)) for day in days)
    return Table(("Day", *(f"{one.name} ({one.scale})" for one in series)), rows)


def _cell(column: dict[date, float | None], day: date) -> str:
    if day not in column:
        return ""
    value = column[day]
    return NO_ANSWER if value is None else str(value)


def walks_table(walks: Sequence[Walk]) -> Table:
    """A row a day, newest first: the minutes, the quota, how it came about, and whether the day went well over."""
    rows = tuple(
        (
            shown(one.day),
            NO_ANSWER if one.minutes is None else str(one.minutes),
            "baseline" if one.quota is None else str(one.quota),
            one.why,
            "well over" if one.over else "",
        )
        for one in reversed(walks)
    )
    return Table(("Day", "Minutes", "Quota", "How the quota came about", "Over"), rows)


def counted_table(first: str, rows: Sequence[Counted]) -> Table:
    """A row a heading: answered, how many of them late, eligible, what was done, and what does not count, named."""
    body = tuple(
        (
            row.heading,
            str(row.answered),
            str(row.late),
            str(row.eligible),
            f"{row.done:g} of {row.doable}" if row.doable else "",
            ", ".join(row.left_out),
        )
        for row in rows
    )
    return Table((first, "Answered", "Of them late", "Could be answered", "Done", "Not counted"), body)
