"""Yes or no."""

from coach.domain.answers.done import BUT
from coach.domain.answers.marks import asks_in_words
from coach.domain.answers.polarity import Evidence, Sign, evidence, moves_on
from coach.domain.answers.result import UNCLEAR, Answer, understood
from coach.domain.normal import Line

AGREES = frozenset({Sign.YES, Sign.DONE})


def read_yes_no(line: Line, language: str) -> Answer:
    """Yes or no, when `line` says one of them and nothing against it."""
    if asks_in_words(line.words):
        return UNCLEAR
    signs = evidence(line, language)
    kinds = {one.sign for one in signs}
    if not signs or Sign.UNSURE in kinds:
        return UNCLEAR
    if Sign.NO in kinds:
        return _against(line, signs, kinds)
    if Sign.LATER in kinds:
        return UNCLEAR
    if Sign.PARTLY in kinds and signs[0].sign not in AGREES:
        return UNCLEAR
    return understood("yes", signs[0].quote)


def _against(line: Line, signs: list[Evidence], kinds: set[Sign]) -> Answer:
    """What a no means beside a yes: "did not think I would, but I did" is a yes."""
    if not kinds & (AGREES | {Sign.PARTLY}):
        return _if(signs, Sign.NO, "no")
    but = BUT.search(line.words)
    if but is None:
        return _if(signs, Sign.NO, "no") if moves_on(line, signs) else UNCLEAR
    before = {one.sign for one in signs if one.start < but.start()}
    after = {one.sign for one in signs if one.start >= but.start()}
    if Sign.NO in after and Sign.LATER in before and not after & AGREES:  # yesterday yes, but today no
        return understood("no", next(one.quote for one in signs if one.start >= but.start() and one.sign is Sign.NO))
    is_yes = after & AGREES and not after - AGREES and not before & (AGREES | {Sign.PARTLY})
    return understood("yes", next(one.quote for one in signs if one.start >= but.start())) if is_yes else UNCLEAR


def _if(signs: list[Evidence], sign: Sign, value: str) -> Answer:
    return understood(value, next(one.quote for one in signs if one.sign == sign))
