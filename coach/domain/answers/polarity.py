"""Yes, no, partly, done: the words for them, English and Spanish, and which of them a reply holds, in order."""

from dataclasses import dataclass
from enum import Enum

from coach.domain.answers.lexicon import AGREED, BLURRED, DONE, LATER, UNSURE, YES
from coach.domain.answers.lexicon_no import CUT_SHORT, NO, PARTLY, REFUTED, STAYED
from coach.domain.answers.marks import masked
from coach.domain.answers.neutral import NEUTRAL
from coach.domain.answers.numbers import numerals, whole
from coach.domain.answers.others import without_others_doings
from coach.domain.late import late_pattern
from coach.domain.normal import Line, Token
from coach.domain.phrases import late_phrases, words_of
from coach.domain.spelling import Speller


class Sign(Enum):
    """What a word of the reply points to."""

    UNSURE = "unsure"
    LATER = "later"
    PARTLY = "partly"
    NO = "no"
    YES = "yes"  # a plain yes
    DONE = "done"  # something was done


@dataclass(frozen=True)
class Evidence:
    """One sign, the place it has in the line's words, and the raw words."""

    sign: Sign
    start: int
    quote: str


NEUTRALS = late_phrases(NEUTRAL)
SIGNS = tuple(
    (sign, late_phrases(phrases))
    for sign, phrases in (
        (Sign.YES, AGREED),
        (Sign.PARTLY, CUT_SHORT),
        (Sign.NO, REFUTED),
        (Sign.UNSURE, UNSURE),
        (Sign.LATER, LATER),
        (Sign.PARTLY, PARTLY),
        (Sign.NO, NO),
        (Sign.YES, YES),
        (Sign.DONE, DONE),
    )
)
STAYED_IN = late_phrases(STAYED)
DAY_BEFORE = late_pattern(  # yesterday yes, today not yet
    r"(?<!\S)(?:yesterday|ayer|last night|anoche) (?:, )?(?:yes|si|yeah|no|i did|i didnt|did|did them|los hice|"
    r"lo hice) "
    r"(?:[,;.] )?(?:but |pero |and |y )?(?=(?:today|hoy|not today|now) )"
)
_NEXT = r"(?=(?: [,.])* (?:yes|no|si|i did|i didnt|era|es) )"
_SLIP = (
    r"(?:me equivoque|wrong|hit the wrong|pressed the wrong|typo|autocorrect|autocorrector|fat fingers?)"
    r"(?: (?:de|al|el|la|with|key|one|button|letter|tecla|boton|letra|dedo|escribir|teclear|apretar))*"
)
PUT_RIGHT = late_pattern(
    r"(?<!\S)(?:i mean|(?:i )?meant(?! to )|no wait|(?:hang|hold) on|wait(?= no )|wait|oh actually|actually|"
    r"bueno(?= si )|well(?= (?:, )?(?:yes|yeah|i did) )|"
    r"scratch that|scrap that|strike that|correction|make that|digo|"
    r"quise decir|quiero decir|mejor dicho|correccion|no espera|espera|al final|"
    rf"(?:perdon|sorry|ay no perdon|(?:(?:perdon|sorry|oops|ups)(?: [,.])* )?{_SLIP}){_NEXT})(?: [,.:!-])* "
)
SHARE = late_pattern(r"(?<!\S)(\d+) (?:of|out of|de|/) (?:the |los |las |my |mis )?(\d+) ")
HALF_SHARE = late_pattern(r"(?<!\S)(\d+) (?:%|percent|por ciento) ")
SENTENCE_END = late_pattern(r"(?<!\S)[.!;]+ ")
OTHER_DOING = late_pattern(  # finished nights, walked to church; not: finished them, walked 10
    r"(?!done|complete)[a-z]+ (?!(?:it|them|em|all|both|everything|mine|that|this|those|these|the|my|some|half|part|"
    r"lo|los|las|la|mis|todo|todos|todas|un|una)\b|\d)[a-z]"
)
SHORT = 6  # words: in a longer reply, what is a letter away from a yes is most often a word of its own
SPELLER = Speller(
    frozenset().union(*(words_of(words) for words in (NEUTRAL, UNSURE, LATER, PARTLY, NO, YES, DONE))) - BLURRED
)


def evidence(line: Line, language: str) -> list[Evidence]:
    """The signs in `line` in the order they stand; words that a longer phrase took count only in it."""
    line = _whole_si(line) if language == "es" else line
    line = numerals(SPELLER.mend(line) if len(line.tokens) <= SHORT else line, language)
    words = _put_right(masked(without_others_doings(line.words), DAY_BEFORE))
    found = [*_shares(line, words)]
    words = masked(masked(masked(words, SHARE), HALF_SHARE), NEUTRALS)
    for sign, pattern in SIGNS:
        found += [Evidence(sign, match.start(), line.quote(*match.span())) for match in pattern.finditer(words)]
        words = masked(words, pattern)
    if not found:
        found = [Evidence(Sign.NO, match.start(), line.quote(*match.span())) for match in STAYED_IN.finditer(words)]
    return sorted(found, key=lambda one: one.start)


def moves_on(line: Line, signs: list[Evidence]) -> bool:
    """Whether after a no and its full stop something else is told: "Not today. Finished nights at 7"."""
    end = SENTENCE_END.search(line.words, signs[0].start)
    return (
        signs[0].sign is Sign.NO
        and end is not None
        and all(
            one.start > end.start()
            and (one.sign is Sign.NO or (one.sign is Sign.DONE and OTHER_DOING.match(line.words, one.start)))
            for one in signs[1:]
        )
    )


def _put_right(words: str) -> str:
    """`words` with all before a correction blotted out, where what follows says something: "no wait, yes"."""
    for match in reversed([*PUT_RIGHT.finditer(words)]):
        rest = masked(words[match.end() :], NEUTRALS)
        if any(pattern.search(rest) for _, pattern in SIGNS):
            return "#" * (match.end() - 1) + " " + words[match.end() :]
    return words


def _whole_si(line: Line) -> Line:
    """`line` with a lone s read as the sí that Spanish texters shorten to it."""
    return Line(
        line.raw, tuple(Token("si" if one.word == "s" else one.word, one.start, one.end) for one in line.tokens)
    )


def _shares(line: Line, words: str) -> list[Evidence]:
    """Shares like 5 of 10 and 50%: all of them is done, none is no, what lies between is partly."""
    shares = [(match, whole(match[1]), whole(match[2])) for match in SHARE.finditer(words)]
    shares += [(match, whole(match[1]), 100) for match in HALF_SHARE.finditer(words)]
    found = []
    for match, part, all_of_it in shares:
        sign = Sign.NO if part == 0 else Sign.DONE if part >= all_of_it else Sign.PARTLY
        found.append(Evidence(sign, match.start(), line.quote(*match.span())))
    return found
