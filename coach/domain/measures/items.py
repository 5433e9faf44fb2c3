"""The single questions of measures: each one's range, and which way is worse."""

from collections.abc import Mapping
from enum import StrEnum


class Measure(StrEnum):
    """One item of a patient-reported measure. The items' words are the program's own, or the clinic's."""

    PAIN = "pain"  # 0 no pain, 10 the worst
    PEG_1 = "peg_1"  # pain on average
    PEG_2 = "peg_2"  # how much it kept from enjoying life
    PEG_3 = "peg_3"  # how much it kept from general activity
    PHQ2_1 = "phq2_1"  # little interest; 0 not at all, 3 nearly every day
    PHQ2_2 = "phq2_2"  # down or hopeless, likewise
    MOOD = "mood"  # 0 low, 10 good
    SLEEP = "sleep"  # 0 bad, 10 very good
    CONFIDENCE = "confidence"  # 0 not at all, 10 wholly
    PGIC = "pgic"  # global change: 1 very much better, 4 no change, 7 very much worse


PEG = (Measure.PEG_1, Measure.PEG_2, Measure.PEG_3)
PHQ2 = (Measure.PHQ2_1, Measure.PHQ2_2)

RANGES: Mapping[Measure, tuple[int, int]] = {
    **dict.fromkeys(Measure, (0, 10)),
    **dict.fromkeys(PHQ2, (0, 3)),
    Measure.PGIC: (1, 7),
}
"""The least and the greatest value of each; an answer outside is not counted."""

LOWER_IS_WORSE = frozenset({Measure.MOOD, Measure.SLEEP, Measure.CONFIDENCE})


def counts(measure: Measure, value: int | None) -> bool:
    """Whether that is a value of the measure."""
    least, greatest = RANGES[measure]
    return value is not None and least <= value <= greatest


def scale_of(measure: Measure) -> str:
    """The answer kind that takes all values of the measure and no other: "scale_0_3"."""
    least, greatest = RANGES[measure]
    return f"scale_{least}_{greatest}"
