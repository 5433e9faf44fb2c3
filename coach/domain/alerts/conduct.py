"""Rules about what people do, and whether texts and answers pass between them and the clinic."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from coach.domain.alerts.history import Asking, Effort, Finding, History, Points, Reported, shown, values_of
from coach.domain.alerts.rules import BoomAndBust, Delivery, ExerciseTrouble, Silence, Spiral
from coach.domain.measures import Measure

BUST_DAYS = 2  # reported days after the boom
FEWEST_ASKINGS = 3  # of a stretch, for its share to say something
FEWEST_VALUES = 2  # of a stretch, for its mean to say something


def boom_and_bust(rule: BoomAndBust, history: History) -> Iterator[Finding]:
    """The three newest reported days, flare days left out, are one far over the quota and two far under."""
    days: dict[date, Reported] = {}
    for one in sorted(history.reports, key=lambda one: (one.day, one.minutes, one.quota or 0)):
        if one.quota and not one.flare:
            days[one.day] = one
    row = [days[day] for day in sorted(days)][-1 - BUST_DAYS :]
    if len(row) > BUST_DAYS and _over(row[0], rule) and all(_under(one, rule) for one in row[1:]):
        told = ", ".join(f"{one.minutes} min on {shown(one.day)} (goal {one.quota})" for one in row)
        figures = {"minutes": ", ".join(str(one.minutes) for one in row)}
        yield Finding(rule.name, rule.kind, rule.tier, row[-1].day, figures, f"much on one day, then little: {told}")


def _over(one: Reported, rule: BoomAndBust) -> bool:
    return one.minutes * 100 > (one.quota or 0) * rule.over_percent


def _under(one: Reported, rule: BoomAndBust) -> bool:
    return one.minutes * 100 < (one.quota or 0) * rule.under_percent


def exercise_trouble(rule: ExerciseTrouble, history: History) -> Iterator[Finding]:
    """Exercise was hard each of the last times that it was asked about, and pain is up since before them."""
    row = _last_hard(history.efforts, rule.times)
    pain = values_of(history, Measure.PAIN)
    earlier = [point for point in pain if row and point[0] < row[0].day]
    if not row or not earlier or pain[-1][0] < row[0].day:
        return
    (before, was), (day, value) = earlier[-1], pain[-1]
    if value - was >= rule.rise:
        words = (
            f"exercise was hard {rule.times} times running (since {shown(row[0].day)}), and pain went from {was}"
            f" ({shown(before)}) to {value} ({shown(day)})"
        )
        until = max(day, row[-1].day)
        yield Finding(
            rule.name, rule.kind, rule.tier, until, {"times": rule.times, "pain": value, "before": was}, words
        )


def _last_hard(efforts: Sequence[Effort], times: int) -> list[Effort]:
    """The newest `times` askings up to the last answered one, where each was answered and none wholly done."""
    days: dict[date, Effort] = {}
    for one in sorted(efforts, key=lambda one: (one.day, one.outcome is not None, one.outcome == "done")):
        days[one.day] = one  # of two on one day the known, and the done, stands
    ordered = [days[day] for day in sorted(days)]
    while ordered and ordered[-1].outcome is None:
        ordered.pop()
    row = ordered[-times:]
    return row if len(row) == times and all(one.outcome in {"partial", "not_done"} for one in row) else []


def silence(rule: Silence, history: History, today: date) -> Iterator[Finding]:
    """Nothing was heard, though there was something to answer: first a finding without a tier, then a case."""
    since = history.quiet_since
    if since is None:
        return
    asked = sum(since < one.day <= today and not one.answered for one in history.askings)
    days = (today - since).days
    for least, tier in ((rule.days, rule.tier), (rule.text_after, None)):
        if days >= least and asked >= rule.questions:
            until = since + timedelta(days=least)  # the same however late it is noticed
            words = f"nothing heard since {shown(since)}: {days} days, and {asked} questions that could be answered"
            yield Finding(rule.name, rule.kind, tier, until, {"days": days, "questions": asked}, words)
            return


def delivery(rule: Delivery, history: History) -> Iterator[Finding]:
    """The newest failures lie close together."""
    failures = sorted(set(history.failures), key=lambda one: one.at)
    newest = [one for one in failures if failures[-1].at - one.at <= timedelta(hours=rule.hours)]
    if len(newest) >= rule.failures:
        words = (
            f"{len(newest)} texts within {rule.hours} hours did not arrive (the last on {shown(newest[-1].day)}):"
            " is the number still theirs?"
        )
        yield Finding(rule.name, rule.kind, rule.tier, newest[-1].day, {"failures": len(newest)}, words)


def spiral(rule: Spiral, history: History) -> Iterator[Finding]:
    """Pain up, mood down and adherence down, in one stretch against the one before. Each must be there in both."""
    pain, mood = values_of(history, Measure.PAIN), values_of(history, Measure.MOOD)
    until = max((day for day, _ in (*pain, *mood)), default=date.min)
    if until - date.min < timedelta(days=2 * rule.days):
        return
    span = timedelta(days=rule.days)
    now, before = (until - span, until), (until - 2 * span, until - span)
    pain_was, pain_is = _mean(pain, before), _mean(pain, now)
    mood_was, mood_is = _mean(mood, before), _mean(mood, now)
    fall = _fall(history.askings, before, now)
    if pain_was is None or pain_is is None or mood_was is None or mood_is is None or fall is None:
        return
    worse = pain_is - pain_was >= Fraction(rule.pain_rise) and mood_was - mood_is >= Fraction(rule.mood_fall)
    if worse and fall * 100 >= rule.adherence_fall:
        figures = {
            "pain": _tenth(pain_is),
            "pain_before": _tenth(pain_was),
            "mood": _tenth(mood_is),
            "mood_before": _tenth(mood_was),
            "adherence_fall": round(float(fall * 100)),
        }
        words = (
            f"{rule.days} days to {shown(until)}, against as many before:"
            " pain {pain_before} to {pain}, mood {mood_before} to {mood}, adherence {adherence_fall} points down"
        ).format(**figures)
        yield Finding(rule.name, rule.kind, rule.tier, until, figures, words)


Stretch = tuple[date, date]  # after the first date, until the second


def _inside(day: date, stretch: Stretch) -> bool:
    return stretch[0] < day <= stretch[1]


def _mean(points: Sequence[Points], stretch: Stretch) -> Fraction | None:
    values = [value for day, value in points if _inside(day, stretch)]
    return Fraction(sum(values), len(values)) if len(values) >= FEWEST_VALUES else None


def _fall(askings: Sequence[Asking], before: Stretch, now: Stretch) -> Fraction | None:
    """How far the share answered fell, or the share of actions done where that fell further; flare days left out."""
    usual = [one for one in askings if not one.flare]
    answered = [(one.day, Fraction(one.answered)) for one in usual]
    done = [(one.day, Fraction(one.credit)) for one in usual if one.credit is not None]
    shares = [[_share(part, stretch) for stretch in (before, now)] for part in (answered, done)]
    falls = [was - is_ for was, is_ in shares if was is not None and is_ is not None]
    return max(falls, default=None)


def _share(credits_: Sequence[tuple[date, Fraction]], stretch: Stretch) -> Fraction | None:
    inside = [credit for day, credit in credits_ if _inside(day, stretch)]
    return sum(inside, Fraction()) / len(inside) if len(inside) >= FEWEST_ASKINGS else None


def _tenth(mean: Fraction) -> float:
    return round(float(mean), 1)
