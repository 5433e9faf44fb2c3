"""Rules about what people report of themselves: each compares a person with their own past, or with a fixed figure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from coach.domain.alerts.history import Finding, History, Points, askings_of, scores_of, shown, values_of
from coach.domain.alerts.rules import (
    ConfidenceFall,
    InterferenceWorse,
    PainHigh,
    PgicWorse,
    Phq2High,
    Phq2Urgent,
    SleepPoor,
)
from coach.domain.measures import PEG_SCALE, PGIC, PHQ2, PHQ_2, RANGES, Measure

USUAL = timedelta(weeks=4)  # what pain is compared with
ENOUGH = 2  # values that make something usual
_, MOST = PHQ_2.bounds
_, ITEM_MOST = RANGES[PHQ2[1]]


def phq2_high(rule: Phq2High, history: History) -> Iterator[Finding]:
    """The newest complete PHQ-2 has reached the cut-off."""
    for day, total in scores_of(history, PHQ_2)[-1:]:
        if total >= rule.at_least:
            words = f"PHQ-2 is {total} of {MOST} ({shown(day)}); {rule.at_least} or more asks for a closer look"
            yield Finding(rule.name, rule.kind, rule.tier, day, {"phq2": int(total)}, words)


def phq2_urgent(rule: Phq2Urgent, history: History) -> Iterator[Finding]:
    """The newest PHQ-2, or its second item alone, asks for a call the same day."""
    sums, second = scores_of(history, PHQ_2), values_of(history, PHQ2[1])
    found: list[tuple[date, str]] = []
    figures: dict[str, int | float | str] = {}
    for day, total in sums[-1:]:
        figures["phq2"] = int(total)
        if total >= rule.at_least:
            found.append((day, f"PHQ-2 is {total} of {MOST} ({shown(day)})"))
        for before, was in sums[-2:-1]:
            figures["before"] = int(was)
            if total - was >= rule.rise:
                found.append((day, f"PHQ-2 went from {was} ({shown(before)}) to {total} ({shown(day)})"))
    for day, value in second[-1:]:
        figures["second_item"] = value
        if value >= rule.second_item:
            found.append((day, f"the PHQ-2's second item is {value} of {ITEM_MOST} ({shown(day)})"))
    if found:
        words = "; ".join(said for _, said in found)
        yield Finding(rule.name, rule.kind, rule.tier, max(day for day, _ in found), figures, words)


def pain_high(rule: PainHigh, history: History) -> Iterator[Finding]:
    """Pain is high and stays so, or is well over the person's usual of the four weeks before."""
    row = _running(askings_of(history, Measure.PAIN), rule.times)
    values = values_of(history, Measure.PAIN)
    found: list[str] = []
    if row and all(value >= rule.at_least for _, value in row):
        found.append(f"pain was {_listed(row)}: {rule.at_least} or more each time")
    for day, value in values[-1:]:
        usual = [was for before, was in values[:-1] if day - before <= USUAL]
        mean = Fraction(sum(usual), len(usual)) if len(usual) >= ENOUGH else None
        if mean is not None and _well_over(value, mean, rule):
            found.append(f"pain is {value} ({shown(day)}), and was {float(mean):.1f} in the four weeks before")
        if found:
            figures: dict[str, int | float | str] = {"pain": value}
            if mean is not None:
                figures["mean_before"] = round(float(mean), 2)
            yield Finding(rule.name, rule.kind, rule.tier, day, figures, "; ".join(found))


def _well_over(value: int, mean: Fraction, rule: PainHigh) -> bool:
    return value - mean >= Fraction(rule.rise) and value * 100 >= mean * (100 + rule.rise_percent)


def interference_worse(rule: InterferenceWorse, history: History) -> Iterator[Finding]:
    """The newest complete PEG is well over the last one, or over the first."""
    means = scores_of(history, PEG_SCALE)
    for day, mean in means[-1:]:
        earlier = {*means[:1], *means[-2:-1]} - {(day, mean)}
        before, was = min(earlier, key=lambda one: (one[1], one[0]), default=(day, mean))
        if mean - was >= Fraction(rule.rise):
            now, then, most = round(float(mean), 1), round(float(was), 1), PEG_SCALE.bounds[1]
            words = f"interference by pain (PEG) went from {then} ({shown(before)}) to {now} of {most} ({shown(day)})"
            yield Finding(rule.name, rule.kind, rule.tier, day, {"peg": now, "before": then}, words)


def sleep_poor(rule: SleepPoor, history: History) -> Iterator[Finding]:
    """Sleep was rated low at check-ins running."""
    row = _running(askings_of(history, Measure.SLEEP), rule.times)
    if row and all(value <= rule.at_most for _, value in row):
        words = f"sleep was {_listed(row)}: {rule.at_most} or less each time, 10 being best"
        day, value = row[-1]
        yield Finding(rule.name, rule.kind, rule.tier, day, {"sleep": value}, words)


def confidence_fall(rule: ConfidenceFall, history: History) -> Iterator[Finding]:
    """Confidence is well under what it was last time."""
    values = values_of(history, Measure.CONFIDENCE)
    for (before, was), (day, value) in zip(values[-2:-1], values[-1:], strict=True) if len(values) > 1 else ():
        if was - value >= rule.fall:
            words = f"confidence went from {was} ({shown(before)}) to {value} of 10 ({shown(day)})"
            yield Finding(rule.name, rule.kind, rule.tier, day, {"confidence": value, "before": was}, words)


def pgic_worse(rule: PgicWorse, history: History) -> Iterator[Finding]:
    """The person's own verdict is that they are worse than at the start."""
    for day, value in values_of(history, Measure.PGIC)[-1:]:
        if value >= rule.at_least:
            words = (
                f"asked how they are since the start, they chose {value} of {PGIC.bounds[1]} ({shown(day)}):"
                " 4 is no change, 7 worst"
            )
            yield Finding(rule.name, rule.kind, rule.tier, day, {"pgic": value}, words)


def _running(asked: Sequence[tuple[date, int | None]], times: int) -> list[Points]:
    """The newest value with those of the askings just before it, `times` in all; none where one of them is missing."""
    answered = [number for number, (_, value) in enumerate(asked) if value is not None]
    last = answered[-1] + 1 if answered else 0
    row = [(day, value) for day, value in asked[max(0, last - times) : last] if value is not None]
    return row if len(row) == times else []


def _listed(row: Sequence[Points]) -> str:
    return ", ".join(f"{value} ({shown(day)})" for day, value in row)
