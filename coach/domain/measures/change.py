"""How much a person's score has changed against their own earlier one, by published figures. Pure.

The sources speak of people who got better. Worse is the same way walked back: what is a moderate improvement from 8 to
5 is a moderate worsening from 5 to 8. A percentage is therefore of the worse of the two scores.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from coach.domain.measures.instruments import NPRS, PEG_SCALE, PGIC, Instrument


class Degree(StrEnum):
    NONE = "none"
    MINIMAL = "minimal"
    MODERATE = "moderate"
    SUBSTANTIAL = "substantial"


Way = Literal["better", "same", "worse"]


@dataclass(frozen=True)
class Change:
    """Which way, and by how many points (0 or more); `degree` is None where nobody has published how much matters."""

    way: Way
    points: Fraction
    degree: Degree | None


@dataclass(frozen=True)
class Step:
    """What is at least of this degree: so many points, or so many percent of the worse score; None: not by that."""

    degree: Degree
    points: Fraction | int | None = None
    percent: int | None = None


PEG_SMALLEST = Fraction(6, 10)
PEG_IMPORTANT = Fraction(7, 4)
PAIN_IMPORTANT = 2
IMPORTANT_PERCENT = 30

STEPS: Mapping[str, tuple[Step, ...]] = {
    NPRS.name: (
        Step(Degree.SUBSTANTIAL, percent=50),
        Step(Degree.MODERATE, points=PAIN_IMPORTANT, percent=IMPORTANT_PERCENT),
        Step(Degree.MINIMAL, percent=10),
    ),
    PEG_SCALE.name: (
        Step(Degree.MODERATE, points=PEG_IMPORTANT, percent=IMPORTANT_PERCENT),
        Step(Degree.MINIMAL, points=PEG_SMALLEST),
    ),
}
"""The greatest degree first, by instrument.

NPRS: IMMPACT (10 to 20% minimal, from 30% moderate, from 50% substantial); 2 points or 30%: Farrar 2001, doi
10.1016/S0304-3959(01)00349-9. PEG: 0.6 to 1.2 by distribution, most anchors 1.0 to 1.75, or 30%: Reed 2024, doi
10.1016/j.jpain.2023.07.028; no figure for substantial. For PHQ-2, sleep, mood and confidence none was found.
"""

PGIC_DEGREES = {0: Degree.NONE, 1: Degree.MINIMAL, 2: Degree.MODERATE, 3: Degree.SUBSTANTIAL}
"""By steps from "no change" (IMMPACT: minimally, much and very much improved)."""
PGIC_NO_CHANGE = 4


def change(instrument: Instrument, before: Fraction | int | None, after: Fraction | int | None) -> Change | None:
    """How `after` stands to `before`; None where one of them is not known. PGIC says it alone, whatever was before."""
    if instrument is PGIC:
        before = PGIC_NO_CHANGE
    if before is None or after is None:
        return None
    points = abs(Fraction(after) - before)
    if points == 0:
        return Change("same", points, Degree.NONE)
    way: Way = "worse" if (after > before) == instrument.higher_is_worse else "better"
    if instrument is PGIC:
        return Change(way, points, PGIC_DEGREES[int(points)])
    return Change(way, points, _degree(instrument, points, Fraction(max(before, after))))


def _degree(instrument: Instrument, points: Fraction, worse: Fraction) -> Degree | None:
    """The first step that is reached; a percentage of little is nothing where the smallest difference has points."""
    steps = STEPS.get(instrument.name)
    if steps is None:
        return None
    least = steps[-1].points or Fraction(0)
    if points < least:
        return Degree.NONE
    return next((step.degree for step in steps if _reached(step, points, worse)), Degree.NONE)


def _reached(step: Step, points: Fraction, worse: Fraction) -> bool:
    by_points = step.points is not None and points >= step.points
    return by_points or (step.percent is not None and points * 100 >= worse * step.percent)
