"""The instruments that check-ins ask: how each is scored, its cut-offs, and whether coach may bring its words.

A score is None where an item lacks: nothing is ever filled in. What no source was found for is left empty here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from coach.domain.measures.items import LOWER_IS_WORSE, PEG, PHQ2, RANGES, Measure, counts


@dataclass(frozen=True)
class CutOff:
    """A score from which a screen counts as positive; of those who have, and have not, how many it tells rightly.

    `sensitivity` and `specificity` are the lowest and the highest share that was found.
    """

    at_least: int
    sensitivity: tuple[float, float]
    specificity: tuple[float, float]


@dataclass(frozen=True)
class Band:
    """Scores up to `below` have this name, informally: no source tested it."""

    below: Fraction
    name: str


@dataclass(frozen=True)
class Instrument:
    """A measure as it was published: items in their order, and what their answers make together."""

    name: str
    title: str  # in front of the care team
    items: tuple[Measure, ...]
    scoring: Literal["answer", "mean", "sum"]
    recall: str  # the time that the questions ask about
    sources: tuple[str, ...]
    licence: str
    words: Literal["program", "clinic"] = "program"  # clinic: coach does not bring the questions' words
    cut_offs: tuple[CutOff, ...] = ()
    bands: tuple[Band, ...] = ()

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the greatest score."""
        least, greatest = RANGES[self.items[0]]
        many = len(self.items) if self.scoring == "sum" else 1
        return least * many, greatest * many

    @property
    def higher_is_worse(self) -> bool:
        return self.items[0] not in LOWER_IS_WORSE

    def score(self, answers: Mapping[Measure, int | None]) -> Fraction | None:
        """The exact score; None where an item has no answer, or one outside of its range."""
        values = [answers.get(item) for item in self.items]
        given = [
            value for item, value in zip(self.items, values, strict=True) if value is not None and counts(item, value)
        ]
        if len(given) < len(self.items):
            return None
        return Fraction(sum(given), len(given) if self.scoring == "mean" else 1)

    def band(self, score: Fraction) -> str | None:
        """The informal name of a score; None where there is none."""
        return next((band.name for band in self.bands if score < band.below), None)


OWN_WORDS = "the question is coach's own, in the program's words"

NPRS = Instrument(
    name="nprs",
    title="Pain 0-10",
    items=(Measure.PAIN,),
    scoring="answer",
    recall="as the question says",
    sources=("Farrar 2001, doi 10.1016/S0304-3959(01)00349-9", "IMMPACT, as tabled by Bandolier"),
    licence="a generic scale; no licence was found that forbids its words",
)
"""The numeric pain rating scale (NPRS), 0 no pain, 10 the worst.

Farrar 2001, doi 10.1016/S0304-3959(01)00349-9; IMMPACT. Larger changes may be needed in routine care (PMC9299931).
"""

PEG_SCALE = Instrument(
    name="peg",
    title="PEG",
    items=PEG,
    scoring="mean",
    recall="the past week",
    sources=("Krebs 2009, doi 10.1007/s11606-009-0981-1", "Reed 2024, doi 10.1016/j.jpain.2023.07.028"),
    licence="said to be free to use; no licence text was found, so the clinic enters the words",
    words="clinic",
    bands=(Band(Fraction(4), "mild"), Band(Fraction(7), "moderate"), Band(Fraction(11), "severe")),
)
"""Pain, Enjoyment, General activity: the mean of three answers, 0 to 10, over the past week.

Krebs 2009, doi 10.1007/s11606-009-0981-1; important differences: Reed 2024, doi 10.1016/j.jpain.2023.07.028. The bands
(under 4, under 7, from 7) are informal: a web page has them, no study was found.
"""

PHQ_2 = Instrument(
    name="phq2",
    title="PHQ-2",
    items=PHQ2,
    scoring="sum",
    recall="the past two weeks",
    sources=("Arroll 2010, PMC2906530", "Levis 2020, doi 10.1001/jama.2020.6504"),
    licence="a copyright notice was seen and no permission verified, so the clinic enters the words",
    words="clinic",
    cut_offs=(CutOff(3, (0.61, 0.76), (0.87, 0.92)), CutOff(2, (0.86, 0.91), (0.70, 0.78))),
)
"""The first two questions of the PHQ: their sum, 0 to 6, over the past two weeks. No important change was found.

From 3 (the usual cut-off), sensitivity 0.61 to 0.76 and specificity 0.87 to 0.92; from 2, 0.86 to 0.91 and 0.70 to
0.78. Arroll 2010, PMC2906530; Levis 2020, doi 10.1001/jama.2020.6504. It screens: it is no diagnosis.
"""

SLEEP = Instrument(
    name="sleep",
    title="Sleep 0-10",
    items=(Measure.SLEEP,),
    scoring="answer",
    recall="as the question says",
    sources=("nearest: SQS, Snyder 2018, doi 10.5664/jcsm.7478",),
    licence=OWN_WORDS,
)
"""Sleep, 0 bad, 10 very good, in coach's own words after the single-item SQS (Snyder 2018, doi 10.5664/jcsm.7478).

No important change was found.
"""

MOOD = Instrument(
    name="mood",
    title="Mood 0-10",
    items=(Measure.MOOD,),
    scoring="answer",
    recall="as the question says",
    sources=(),
    licence=OWN_WORDS,
)
"""Mood, 0 low, 10 good: no published instrument, and no cut-off; the PHQ-2 is one."""

CONFIDENCE = Instrument(
    name="confidence",
    title="Confidence 0-10",
    items=(Measure.CONFIDENCE,),
    scoring="answer",
    recall="as the question says",
    sources=("nearest: PSEQ-2 and PSEQ-4, Nicholas 2015, doi 10.1016/j.jpain.2014.11.002",),
    licence=OWN_WORDS,
)
"""Confidence, 0 not at all, 10 wholly, in coach's own words. The PSEQ's short forms are others' and on another scale:

Nicholas 2015, doi 10.1016/j.jpain.2014.11.002; their important change (Chiarotto 2016) is not taken over.
"""

PGIC = Instrument(
    name="pgic",
    title="PGIC",
    items=(Measure.PGIC,),
    scoring="answer",
    recall="since the start",
    sources=("IMMPACT, as tabled by Bandolier", "Farrar 2001, doi 10.1016/S0304-3959(01)00349-9"),
    licence="generic words; no licence was found that forbids them",
)
"""Patient global impression of change: seven words from "very much improved" (1) to "very much worse" (7).

IMMPACT; Farrar 2001, doi 10.1016/S0304-3959(01)00349-9.
"""

INSTRUMENTS = (NPRS, PEG_SCALE, PHQ_2, SLEEP, MOOD, CONFIDENCE, PGIC)
OF_MANY = tuple(one for one in INSTRUMENTS if len(one.items) > 1)
"""Those whose score is made of several answers."""

PGIC_WORDS: Mapping[int, str] = {
    1: "very much improved",
    2: "much improved",
    3: "minimally improved",
    4: "no change",
    5: "minimally worse",
    6: "much worse",
    7: "very much worse",
}

PHQ2_CUT_OFF = PHQ_2.cut_offs[0].at_least
PGIC_MUCH_WORSE = 6


def instrument_of(measure: Measure) -> Instrument:
    """The instrument of which the measure is an item."""
    return next(one for one in INSTRUMENTS if measure in one.items)
