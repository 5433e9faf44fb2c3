"""Scored instruments over time: the score, its cut-off, and in words how it stands to the person's own first one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coach.domain.alerts.history import History, askings_of, scores_of, shown
from coach.domain.measures import OF_MANY, Change, Degree, Instrument, change
from coach.domain.text_words import ENDS
from coach.domain.trend import Point, Series, Table, series_words

NOT_COMPLETE = "not complete"
DEGREES: Mapping[Degree | None, str] = {
    Degree.NONE: "less than the smallest difference people notice",
    Degree.MINIMAL: "about the smallest difference people notice",
    Degree.MODERATE: "more than the smallest difference people notice",
    Degree.SUBSTANTIAL: "much more than the smallest difference people notice",
    None: "no published figure says how much matters",
}


@dataclass(frozen=True)
class ScoreSeries:
    """One instrument over time, earliest first; None on days on which not all of it was answered."""

    instrument: Instrument
    scores: tuple[tuple[date, Fraction | None], ...]

    @property
    def name(self) -> str:
        return self.instrument.title

    @property
    def bounds(self) -> tuple[int, int]:
        return self.instrument.bounds

    @property
    def scale(self) -> str:
        """What its ends say."""
        (least, greatest), (low, high) = self.bounds, ENDS[self.instrument.items[0]]
        return f"{least} {low}, {greatest} {high}"

    @property
    def cut_off(self) -> int | None:
        """The score from which it asks for a closer look."""
        return self.instrument.cut_offs[0].at_least if self.instrument.cut_offs else None

    @property
    def points(self) -> tuple[Point, ...]:
        """As shown: sums whole, means to a tenth."""
        return tuple(Point(day, None if score is None else self.rounded(score)) for day, score in self.scores)

    @property
    def answered(self) -> tuple[tuple[date, float], ...]:
        """The days on which a score came."""
        return tuple((one.day, one.value) for one in self.points if one.value is not None)

    def rounded(self, score: Fraction) -> float:
        return round(float(score), 1) if self.instrument.scoring == "mean" else int(score)


OverTime = Series | ScoreSeries


def score_series(history: History) -> tuple[ScoreSeries, ...]:
    """The instruments of several questions that were asked, each day that any of its questions was."""
    found = []
    for instrument in OF_MANY:
        days = sorted({day for item in instrument.items for day, _ in askings_of(history, item)})
        scores = dict(scores_of(history, instrument))
        if days:
            found.append(ScoreSeries(instrument, tuple((day, scores.get(day)) for day in days)))
    return tuple(found)


def over_time_words(one: OverTime) -> str:
    """A measure or an instrument in a sentence."""
    return series_words(one) if isinstance(one, Series) else _score_words(one)


def _score_words(series: ScoreSeries) -> str:
    """The scale, the latest score, the cut-off, how it stands to the first, and how often it was complete."""
    scores = [(day, score) for day, score in series.scores if score is not None]
    count = f"{len(scores)} of {len(series.scores)} complete."
    if not scores:
        return f"{series.name}: nothing complete yet. {count}"
    (_, first), (day, latest) = scores[0], scores[-1]
    parts = [f"latest {series.rounded(latest)} on {shown(day)}"]
    if series.cut_off is not None:
        reached = "and has been reached" if latest >= series.cut_off else "and is not reached"
        parts.append(f"{series.cut_off} or more asks for a closer look, {reached}")
    found = change(series.instrument, first, latest)
    if found is not None and len(scores) > 1:
        parts.append(_against_start(series, found, higher=latest > first))
    return f"{series.name} ({series.scale}): {'; '.join(parts)}. {count}"


def _against_start(series: ScoreSeries, found: Change, *, higher: bool) -> str:
    """How far and which way: 1.8 lower than at the start, which is better, and what published figures say of that."""
    if found.way == "same":
        return "the same as at the start"
    way = f"{series.rounded(found.points)} {'higher' if higher else 'lower'} than at the start"
    return f"{way}, which is {found.way}: {DEGREES[found.degree]}"


def score_table(series: Sequence[ScoreSeries]) -> Table:
    """A row a day, newest first, a column an instrument; empty where it was not asked."""
    columns = [{point.day: point.value for point in one.points} for one in series]
    days = sorted({day for column in columns for day in column}, reverse=True)
    rows = tuple((shown(day), *(_cell(column, day) for column in columns)) for day in days)
    return Table(("Day", *(f"{one.name} ({one.scale})" for one in series)), rows)


def _cell(column: Mapping[date, float | None], day: date) -> str:
    if day not in column:
        return ""
    value = column[day]
    return NOT_COMPLETE if value is None else str(value)
