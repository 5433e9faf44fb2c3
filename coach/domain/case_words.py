"""What a case is about and how soon it wants somebody, in the care team's words."""

from collections.abc import Mapping

from coach.domain.case import CaseCategory, CaseState, Tier

ABOUT: Mapping[CaseCategory, str] = {
    CaseCategory.CRISIS_SUICIDE: "May be thinking of suicide or self-harm",
    CaseCategory.CRISIS_OVERDOSE: "May have taken too much",
    CaseCategory.RED_FLAG_SPINE: "May need help at once for the spine",
    CaseCategory.RED_FLAG_OTHER: "May be seriously ill",
    CaseCategory.SAFEGUARDING: "May not be safe from somebody",
    CaseCategory.WORSENING: "May be getting worse",
    CaseCategory.SILENCE: "Has gone quiet",
    CaseCategory.DELIVERY: "Texts do not arrive",
    CaseCategory.SYSTEM: "coach itself needs a look",
}

TO_DO: Mapping[CaseCategory, str] = {
    CaseCategory.CRISIS_SUICIDE: "Call them now. A voice, not a text. Then do what your clinic does in a crisis.",
    CaseCategory.CRISIS_OVERDOSE: "Call them now; if they cannot speak, send the emergency services.",
    CaseCategory.RED_FLAG_SPINE: "Call them now and ask about numbness, bladder, bowels and strength in the legs.",
    CaseCategory.RED_FLAG_OTHER: "Call them now and ask how they are; send help where they need it.",
    CaseCategory.SAFEGUARDING: "Call when it is safe for them to talk; follow your clinic's safeguarding rules.",
    CaseCategory.WORSENING: "Look at their weeks, and call them about what would help.",
    CaseCategory.SILENCE: "A short call: ask how they are, not why they did not write.",
    CaseCategory.DELIVERY: "Ask for a number that takes texts.",
    CaseCategory.SYSTEM: "Read the lines below; whoever keeps coach up may have to help.",
}

HOW_SOON: Mapping[Tier, str] = {
    Tier.NOW: "now",
    Tier.TODAY: "today",
    Tier.ROUTINE: "within two working days",
}

STANDS: Mapping[CaseState, str] = {
    CaseState.OPEN: "nobody has it",
    CaseState.ACKNOWLEDGED: "taken",
    CaseState.RESOLVED: "closed",
}
