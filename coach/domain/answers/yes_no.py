"""Yes or no."""

from coach.domain.answers.marks import asks_back
from coach.domain.answers.polarity import Evidence, Sign, evidence
from coach.domain.answers.result import UNCLEAR, Answer, understood
from coach.domain.normal import Line

AGREES = frozenset({Sign.YES, Sign.DONE})


def read_yes_no(line: Line, language: str) -> Answer:
    """Yes or no, when `line` says one of them and nothing against it."""
    if asks_back(line.words):
        return UNCLEAR
    signs = evidence(line, language)
    kinds = {one.sign for one in signs}
    if not signs or Sign.UNSURE in kinds:
        return UNCLEAR
    if Sign.NO in kinds:
        return _if(signs, Sign.NO, "no") if not kinds & (AGREES | {Sign.PARTLY}) else UNCLEAR
    if Sign.LATER in kinds:
        return UNCLEAR
    if Sign.PARTLY in kinds and signs[0].sign not in AGREES:
        return UNCLEAR
    return understood("yes", signs[0].quote)


def _if(signs: list[Evidence], sign: Sign, value: str) -> Answer:
    return understood(value, next(one.quote for one in signs if one.sign == sign))
