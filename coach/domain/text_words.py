"""What texts, measures and reasons not to count are called in front of the care team."""

from collections.abc import Mapping

from coach.domain.adherence import Exclusion
from coach.domain.delivery import Purpose
from coach.domain.measures import Measure
from coach.domain.program import NudgeKind

KINDS: Mapping[NudgeKind, str] = {
    NudgeKind.PACING: "Pacing",
    NudgeKind.EXERCISE: "Exercise",
    NudgeKind.JOURNALING: "Journal",
    NudgeKind.SELF_COMPASSION: "Self-compassion",
    NudgeKind.REFRAME: "Another way to see it",
    NudgeKind.PLEASANT: "Something pleasant",
    NudgeKind.SLEEP: "Sleep",
    NudgeKind.MEDICATION: "Medicines",
    NudgeKind.BREATHING: "Breathing",
    NudgeKind.EDUCATION: "Good to know",
    NudgeKind.CHECK_IN: "Check-in",
}

MEASURES: Mapping[Measure, str] = {
    Measure.PAIN: "Pain",
    Measure.PEG_1: "Pain on average",
    Measure.PEG_2: "Pain and enjoying life",
    Measure.PEG_3: "Pain and activity",
    Measure.PHQ2_1: "Little interest",
    Measure.PHQ2_2: "Feeling down",
    Measure.MOOD: "Mood",
    Measure.SLEEP: "Sleep",
    Measure.CONFIDENCE: "Confidence",
    Measure.PGIC: "Change overall",
}

ENDS: Mapping[Measure, tuple[str, str]] = {
    Measure.PAIN: ("none", "worst"),
    Measure.PEG_1: ("none", "worst"),
    Measure.PEG_2: ("not in the way", "wholly in the way"),
    Measure.PEG_3: ("not in the way", "wholly in the way"),
    Measure.PHQ2_1: ("not at all", "nearly every day"),
    Measure.PHQ2_2: ("not at all", "nearly every day"),
    Measure.MOOD: ("low", "good"),
    Measure.SLEEP: ("bad", "very good"),
    Measure.CONFIDENCE: ("not at all", "wholly"),
    Measure.PGIC: ("very much better", "very much worse"),
}
"""What the least and the greatest value of each measure say."""

EXCLUSIONS: Mapping[Exclusion, str] = {
    Exclusion.NOT_SENT: "never left",
    Exclusion.UNDELIVERED: "did not arrive",
    Exclusion.PAUSED: "in a pause",
    Exclusion.HELD: "on hold",
    Exclusion.STOPPED: "after STOP",
    Exclusion.STILL_OPEN: "still open",
    Exclusion.FLARE: "in a flare, counted apart",
}

_BESIDES: Mapping[Purpose, str] = {
    Purpose.REMINDER: "reminder",
    Purpose.RE_ASK: "asked once more",
}
_SHARED: Mapping[Purpose, str] = {
    Purpose.INVITATION: "Invitation",
    Purpose.SAFETY: "Safety answer",
    Purpose.STAFF: "From the team",
    Purpose.DIAL: "Answer to the dial",
}
_KEYWORDS: Mapping[str, str] = {
    "confirmed": "Answer to their yes",
    "stop": "Answer to STOP",
    "start": "Answer to START",
    "help": "Answer to HELP",
    "unsure": "Question about STOP",
    "quiet": "Kind word after a silence",
    "feedback": "Kind line after an answer",
    "follow_up": "The program's follow-up to an answer",
    "flare_ask": "Question how a flare goes",
}


def text_name(name: str, item: str | None = None, purpose: Purpose = Purpose.NUDGE) -> str:
    """What a text is called: "Pacing goal", "Sunday: pain", "Exercise (reminder)", "Answer to STOP"."""
    if name in _KEYWORDS and purpose in {Purpose.KEYWORD, Purpose.STAFF, Purpose.FOLLOW_UP}:
        return _KEYWORDS[name]
    if purpose in _SHARED:
        return _SHARED[purpose]
    plain = name.replace("-", " ").replace("_", " ")
    whole = plain[:1].upper() + plain[1:] + ("" if item is None else f": {item.replace('-', ' ')}")
    return f"{whole} ({_BESIDES[purpose]})" if purpose in _BESIDES else whole


def left_out_words(excluded: Mapping[Exclusion, int]) -> tuple[str, ...]:
    """Each reason not to count, with how many: "2 in a pause"."""
    return tuple(f"{count} {EXCLUSIONS[why]}" for why, count in excluded.items())
