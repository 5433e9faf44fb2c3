"""Done, partial or not done."""

import re

from coach.domain.answers.marks import asks_in_words
from coach.domain.answers.polarity import Evidence, Sign, evidence
from coach.domain.answers.result import UNCLEAR, Answer, understood
from coach.domain.normal import Line

DOUBTS = frozenset({Sign.UNSURE, Sign.LATER})
DID = frozenset({Sign.YES, Sign.DONE})
STRONG = re.compile(r"(?<!\S)(?:💪|🏆|🥇|🏁|🙌) ")
INSTEAD = re.compile(r"(?<!\S)(?:instead|en vez|en su lugar|en lugar) ")
BUT = re.compile(r"(?<!\S)(?:but|pero|although|though|aunque|still|anyway|sin embargo|luego si) ")


def read_done(line: Line, language: str) -> Answer:
    """Done, partial or not_done, when `line` says one of them; of two clauses with a "but", the second decides."""
    if asks_in_words(line.words):
        return UNCLEAR
    signs = evidence(line, language)
    kinds = {one.sign for one in signs}
    if Sign.PARTLY in kinds:
        sure = signs[0].sign in {Sign.PARTLY, *DID}  # whatever is hoped or wondered after it
        return _because(signs, {Sign.PARTLY}, "partial") if sure or not kinds & DOUBTS else UNCLEAR
    if Sign.UNSURE in kinds:
        return UNCLEAR
    if Sign.NO in kinds:
        return _against(line, signs, kinds)
    if kinds & DID and Sign.LATER not in kinds:
        return _because(signs, DID, "done")
    strong = STRONG.search(line.words)
    return understood("done", line.quote(*strong.span())) if strong and not kinds else UNCLEAR


def _against(line: Line, signs: list[Evidence], kinds: set[Sign]) -> Answer:
    """What a no means beside what else was said: wanted not to but did, did one but not the other."""
    if not kinds & DID:
        return _because(signs, {Sign.NO}, "not_done")
    if signs[0].sign is Sign.NO and INSTEAD.search(line.words):
        return _because(signs, {Sign.NO}, "not_done")  # something else was done
    but = BUT.search(line.words)
    if but is None:
        return UNCLEAR
    before = {one.sign for one in signs if one.start < but.start()}
    after = {one.sign for one in signs if one.start >= but.start()}
    if after & DID and Sign.NO not in after and not before & DID:
        return _because(signs, DID, "done")
    if Sign.NO in after and (Sign.LATER in before or Sign.NO not in before):  # did it yesterday, but not today
        return _because(signs, {Sign.NO}, "not_done" if Sign.LATER in before else "partial")
    return UNCLEAR


def _because(signs: list[Evidence], deciding: set[Sign] | frozenset[Sign], value: str) -> Answer:
    return understood(value, next(one.quote for one in signs if one.sign in deciding))
