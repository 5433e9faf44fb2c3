"""A text that puts right an answer just given: "sorry, 6", "perdón, no". Pure."""

import re

from coach.domain.answers import Answer
from coach.domain.answers.marks import CORRECTION
from coach.domain.late import late_pattern
from coach.domain.normal import read_line

LEAD_IN = late_pattern(r"(?:(?:oh|ah|ay|uy|um|uh|hmm|no|so|im|[.,!:;-]) )*")
ALSO = late_pattern(r"(?:lo siento|disculp[ae]|my bad|my mistake|typo|me equivoque|error) ")
OUT_OF_TEN = late_pattern(r"(?:/|out of|de|sobre) (?:un )?10 ")
BESIDES = late_pattern(
    r"a|an|the|it|its|is|was|be|i|im|me|my|to|about|around|like|more|say|today|now|only|just|rather|should|have|been|"
    r"did|had|put|said|pain|min|mins|minute|minutes|m|"
    r"un|una|el|la|lo|los|mi|es|era|fue|son|eran|queria|decir|puse|hoy|solo|mas|bien|dolor|minuto|minutos"
)
"""Words that may stand beside the answer in a correction; any other may be news that a person should read."""


def puts_right(text: str, answer: Answer) -> bool:
    """Whether `text` begins with a word that takes back ("sorry", "I meant", "digo") and says but `answer` besides."""
    if answer.status != "understood":
        return False
    words = read_line(text).words
    start = begins = _past(LEAD_IN, words, 0)
    while mark := CORRECTION.match(words, start) or ALSO.match(words, start):
        start = _past(LEAD_IN, words, mark.end())
    if start == begins:
        return False
    said = {word for quote in answer.because for word in read_line(quote).words.split()}
    rest = OUT_OF_TEN.sub("", words[start:]).split()
    return all(word in said or BESIDES.fullmatch(word) for word in rest if word[0].isalnum())


def _past(pattern: re.Pattern[str], words: str, start: int) -> int:
    found = pattern.match(words, start)
    return found.end() if found else start
