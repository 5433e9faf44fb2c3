"""Done, partial or not done."""

from coach.domain.answers.marks import asks_in_words
from coach.domain.answers.polarity import Evidence, Sign, evidence, moves_on
from coach.domain.answers.result import UNCLEAR, Answer, understood
from coach.domain.late import late_pattern
from coach.domain.normal import Line

DOUBTS = frozenset({Sign.UNSURE, Sign.LATER})
DID = frozenset({Sign.YES, Sign.DONE})
STRONG = late_pattern(r"(?<!\S)(?:💪|🏆|🥇|🏁|🙌) ")
INSTEAD = late_pattern(r"(?<!\S)(?:instead|en vez|en su lugar|en lugar) ")
SOME_NOT = late_pattern(  # did the stretches, not the bridges; los de la tarde ya no
    r"(?<!\S)no (?:stretch|exercis|walk|bridge|weights|ejercicio|estiramiento|caminata)|"
    r"(?<!\S)(?:but |and |pero |y )?(?:not|no) (?:the|my|all the|los|las|el|la) (?!other |same |otro |otra )[a-z]|"
    r"(?<!\S)(?:los|las|el|la|lo|the|my) (?:de |del |otros |otras |otro |otra |other |last |rest |ultimos |ultimas )+"
    r"(?:[a-z]+ ){0,4}(?:ya )?(?:no|not|didnt|couldnt) "
)
NOT_YET = late_pattern(r"(?<!\S)(?:not yet|todavia no|aun no) ")  # beside a wish, the day is not over
BUT = late_pattern(r"(?<!\S)(?:but|pero|although|though|aunque|still|anyway|sin embargo|luego si) ")


def read_done(line: Line, language: str) -> Answer:
    """Done, partial or not_done, when `line` says one of them; of two clauses with a "but", the second decides."""
    if asks_in_words(line.words):
        return UNCLEAR
    signs = evidence(line, language)
    kinds = {one.sign for one in signs}
    if _is_some_of_it(line, signs, kinds):
        return _because(signs, {Sign.PARTLY} if Sign.PARTLY in kinds else DID, "partial")
    still_to_come = Sign.LATER in kinds and NOT_YET.search(line.words)
    if kinds & {Sign.PARTLY, Sign.UNSURE} or still_to_come:
        return UNCLEAR
    if Sign.NO in kinds:
        return _against(line, signs, kinds)
    if kinds & DID and Sign.LATER not in kinds:
        return _because(signs, DID, "done")
    strong = STRONG.search(line.words)
    return understood("done", line.quote(*strong.span())) if strong and not kinds else UNCLEAR


def _is_some_of_it(line: Line, signs: list[Evidence], kinds: set[Sign]) -> bool:
    """Whether a part was surely done, whatever is hoped or wondered after it."""
    if Sign.PARTLY in kinds:
        return signs[0].sign in {Sign.PARTLY, *DID} or not kinds & DOUBTS
    did = bool(signs) and signs[0].sign in DID and not kinds & DOUBTS
    return did and SOME_NOT.search(line.words, signs[0].start) is not None


def _against(line: Line, signs: list[Evidence], kinds: set[Sign]) -> Answer:
    """What a no means beside what else was said: wanted not to but did, did one but not the other."""
    if not kinds & DID:
        return _because(signs, {Sign.NO}, "not_done")
    if signs[0].sign is Sign.NO and INSTEAD.search(line.words):
        return _because(signs, {Sign.NO}, "not_done")  # something else was done
    but = BUT.search(line.words)
    if but is None:
        return _because(signs, {Sign.NO}, "not_done") if moves_on(line, signs) else UNCLEAR
    before = {one.sign for one in signs if one.start < but.start()}
    after = {one.sign for one in signs if one.start >= but.start()}
    if after & DID and Sign.NO not in after and not before & DID:
        return _because(signs, DID, "done")
    if Sign.NO in after and (Sign.LATER in before or Sign.NO not in before):  # did it yesterday, but not today
        return _because(signs, {Sign.NO}, "not_done" if Sign.LATER in before else "partial")
    return UNCLEAR


def _because(signs: list[Evidence], deciding: set[Sign] | frozenset[Sign], value: str) -> Answer:
    return understood(value, next(one.quote for one in signs if one.sign in deciding))
