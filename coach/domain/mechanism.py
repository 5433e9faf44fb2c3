"""What keeps pain and low mood feeding each other, or loosens their hold: the vocabulary that a nudge's reason uses."""

from collections.abc import Mapping
from enum import StrEnum


class Mechanism(StrEnum):
    """One way by which a nudge is to help."""

    OVERACTIVITY = "overactivity"
    DECONDITIONING = "deconditioning"
    FEAR_OF_HARM = "fear_of_harm"
    CATASTROPHIZING = "catastrophizing"
    LOST_PLEASURE = "lost_pleasure"
    POOR_SLEEP = "poor_sleep"
    STRESS = "stress"
    SELF_JUDGEMENT = "self_judgement"
    LOW_CONFIDENCE = "low_confidence"
    UNSEEN_PROGRESS = "unseen_progress"
    MEDICATION_RISK = "medication_risk"
    LOST_HOPE = "lost_hope"


WORDS: Mapping[Mechanism, str] = {
    Mechanism.OVERACTIVITY: "too much on good days, too little on bad ones",
    Mechanism.DECONDITIONING: "a body that moves less and less",
    Mechanism.FEAR_OF_HARM: "fear that moving does harm",
    Mechanism.CATASTROPHIZING: "thoughts that race to the worst",
    Mechanism.LOST_PLEASURE: "what was enjoyed has gone",
    Mechanism.POOR_SLEEP: "poor sleep",
    Mechanism.STRESS: "tension and exhaustion",
    Mechanism.SELF_JUDGEMENT: "harsh judgement of oneself",
    Mechanism.LOW_CONFIDENCE: "little trust in what one can do",
    Mechanism.UNSEEN_PROGRESS: "progress that nobody notices",
    Mechanism.MEDICATION_RISK: "risks of prescribed medicines",
    Mechanism.LOST_HOPE: "hope lost after setbacks",
}
"""Each in words for the care team."""
