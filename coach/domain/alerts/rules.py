"""The alert rules that a program may hold: a closed vocabulary, each kind with its numbers and how soon a human acts.

Defaults are of published figures where there is one; docs/care-team/alerts.md names the source of each.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from coach.domain.case import Tier
from coach.domain.measures import (
    IMPORTANT_PERCENT,
    PAIN_IMPORTANT,
    PEG,
    PEG_IMPORTANT,
    PGIC_MUCH_WORSE,
    PHQ2,
    PHQ2_CUT_OFF,
    PHQ_2,
    RANGES,
    Measure,
)
from coach.domain.part import Misfit, Name, Part

Points = Annotated[float, Field(ge=0.5, le=10)]  # of a scale of 0 to 10
Times = Annotated[int, Field(ge=1, le=6)]  # check-ins running
OfTen = Annotated[int, Field(ge=0, le=10)]
_, MOST = PHQ_2.bounds
_, ITEM_MOST = RANGES[PHQ2[1]]


class Phq2High(Part):
    """The PHQ-2's sum is 3 or more: the screen's usual cut-off (Arroll 2010, PMC2906530)."""

    name: Name
    kind: Literal["phq2_high"]
    tier: Tier = Tier.ROUTINE
    at_least: Annotated[int, Field(ge=1, le=MOST)] = PHQ2_CUT_OFF


class Phq2Urgent(Part):
    """The PHQ-2's sum is 6, or 2 up from the last, or "down or hopeless" nearly every day. coach's own figures."""

    name: Name
    kind: Literal["phq2_urgent"]
    tier: Tier = Tier.TODAY
    at_least: Annotated[int, Field(ge=1, le=MOST)] = MOST
    rise: Annotated[int, Field(ge=1, le=MOST)] = 2
    second_item: Annotated[int, Field(ge=1, le=ITEM_MOST)] = ITEM_MOST


class PainHigh(Part):
    """Pain is 8 or more twice running, or 2 points and 30% over the four weeks before.

    Two points or 30% is an important change (Farrar 2001, doi 10.1016/S0304-3959(01)00349-9); 8 is coach's own figure.
    """

    name: Name
    kind: Literal["pain_high"]
    tier: Tier = Tier.ROUTINE
    at_least: OfTen = 8
    times: Times = 2
    rise: Points = PAIN_IMPORTANT
    rise_percent: Annotated[int, Field(ge=0, le=300)] = IMPORTANT_PERCENT


class InterferenceWorse(Part):
    """The PEG's mean is 1.75 up: the upper end of its important differences (Reed 2024)."""

    name: Name
    kind: Literal["interference_worse"]
    tier: Tier = Tier.ROUTINE
    rise: Points = float(PEG_IMPORTANT)  # doi 10.1016/j.jpain.2023.07.028


class SleepPoor(Part):
    """Sleep is 3 or less at two check-ins running. coach's own figure."""

    name: Name
    kind: Literal["sleep_poor"]
    tier: Tier = Tier.ROUTINE
    at_most: OfTen = 3
    times: Times = 2


class ConfidenceFall(Part):
    """Confidence is 2 points down; the nearest published figure is 1.5, of the PSEQ's short forms (Chiarotto 2016)."""

    name: Name
    kind: Literal["confidence_fall"]
    tier: Tier = Tier.ROUTINE
    fall: Points = 2


class PgicWorse(Part):
    """The person says that they are much or very much worse: 6 or 7 of 7 (IMMPACT)."""

    name: Name
    kind: Literal["pgic_worse"]
    tier: Tier = Tier.ROUTINE
    at_least: Annotated[int, Field(ge=5, le=7)] = PGIC_MUCH_WORSE


class BoomAndBust(Part):
    """Over 150% of the quota, then under half of it on the next two reported days. coach's own figures."""

    name: Name
    kind: Literal["boom_and_bust"]
    tier: Tier = Tier.ROUTINE
    over_percent: Annotated[int, Field(ge=110, le=500)] = 150
    under_percent: Annotated[int, Field(ge=10, le=90)] = 50


class ExerciseTrouble(Part):
    """Exercise partly or not done three times running, and pain 2 points up meanwhile (2 points: Farrar 2001)."""

    name: Name
    kind: Literal["exercise_trouble"]
    tier: Tier = Tier.ROUTINE
    times: Annotated[int, Field(ge=2, le=6)] = 3
    rise: Points = PAIN_IMPORTANT


class Silence(Part):
    """Nothing heard for 14 days; after 7 a friendly text may go. Macedo 2012: a call brings back whom texts do not.

    doi 10.1097/BRS.0b013e3182422df0. The days are coach's own figures.
    """

    name: Name
    kind: Literal["silence"]
    tier: Tier = Tier.ROUTINE
    days: Annotated[int, Field(ge=5, le=60)] = 14
    text_after: Annotated[int, Field(ge=3, le=30)] = 7  # days
    questions: Annotated[int, Field(ge=1, le=20)] = 3  # that could have been answered meanwhile

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.text_after >= self.days:
            what = "the friendly text comes before the case; write text_after smaller than days"
            raise Misfit("silence-too-late", what)
        return self


class Delivery(Part):
    """Three texts within 72 hours did not arrive: the number may have changed hands. coach's own figures."""

    name: Name
    kind: Literal["delivery"]
    tier: Tier = Tier.ROUTINE
    failures: Annotated[int, Field(ge=2, le=10)] = 3
    hours: Annotated[int, Field(ge=1, le=336)] = 72


class Spiral(Part):
    """Pain up, mood down and adherence down together, two weeks against the two before.

    One point is a least important change of a 0-10 scale (IMMPACT: 10 to 20%); the rest is coach's own figures.
    """

    name: Name
    kind: Literal["spiral"]
    tier: Tier = Tier.TODAY
    pain_rise: Points = 1
    mood_fall: Points = 1
    adherence_fall: Annotated[int, Field(ge=5, le=100)] = 20  # percentage points
    days: Annotated[int, Field(ge=7, le=28)] = 14


SymptomRule: TypeAlias = Phq2High | Phq2Urgent | PainHigh | InterferenceWorse | SleepPoor | ConfidenceFall | PgicWorse
ConductRule: TypeAlias = BoomAndBust | ExerciseTrouble | Silence | Delivery | Spiral
AlertRule: TypeAlias = SymptomRule | ConductRule

NEEDS: Mapping[str, tuple[Measure, ...]] = {
    "phq2_high": PHQ2,
    "phq2_urgent": PHQ2,
    "pain_high": (Measure.PAIN,),
    "interference_worse": PEG,
    "sleep_poor": (Measure.SLEEP,),
    "confidence_fall": (Measure.CONFIDENCE,),
    "pgic_worse": (Measure.PGIC,),
    "exercise_trouble": (Measure.PAIN,),
    "spiral": (Measure.PAIN, Measure.MOOD),
}
"""The measures that a rule reads; without all of them it never speaks up."""
