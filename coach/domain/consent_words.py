"""What a person wants of the texts themselves, in any wording: none, all again, help, or that it must be asked."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, cast

from coach.domain import consent_keywords, consent_people, consent_return
from coach.domain.consent_choices import CHOICES
from coach.domain.consent_limits import NOT_MEANT, UNSURE, UNSURE_UNLESS_ASKED
from coach.domain.consent_line import MENDED, SPELLER, read_consent_line
from coach.domain.consent_sentences_en import ENGLISH
from coach.domain.consent_sentences_es import SPANISH
from coach.domain.late import late
from coach.domain.likeness import UNTAUGHT, Likeness, liken
from coach.domain.normal import Line
from coach.domain.phrases import Finder, words_of
from coach.domain.spelling import Speller

Wish = Literal["stop", "start", "help", "unsure"]


@dataclass(frozen=True)
class Wanted:
    """What a person wants of the texts themselves, and the raw words that say so.

    `unsure` may be all texts or only something smaller: it is asked, and nothing changes until it is answered.
    `wrong_person`: the number is said to belong to somebody else, or to somebody who has died; the wish is stop.
    """

    wish: Wish
    because: tuple[str, ...]
    wrong_person: bool = False
    keyword: bool = False  # nothing else was said


def _finder(*phrases: tuple[str, ...]) -> Finder:
    return late(lambda: Finder([phrase for group in phrases for phrase in group], CHOICES))


SURELY, PERHAPS = 0.9, 0.5
"""How like a stop a text must be to be one, or to be asked; chosen on texts that nothing was learnt from."""

MENDED_FROM = 5  # letters

LIMITS = _finder(NOT_MEANT)
SLIPS = _finder(consent_return.SLIP)
STOPS = _finder(ENGLISH, SPANISH)
STRANGERS = _finder(consent_people.WRONG_NUMBER)
DEATHS = _finder(consent_people.DIED)
GRIEF = _finder(consent_people.GRIEF)
OF_ANOTHER = _finder(consent_people.OF_ANOTHER, consent_people.DEATH)
NOT_ME = _finder(consent_people.NOT_ME)
HOUSEHOLD = _finder(consent_people.HOUSEHOLD)
SMALLER: tuple[tuple[Wish, Finder], ...] = (
    ("unsure", _finder(UNSURE)),
    ("start", _finder(consent_return.START)),
    ("help", _finder(consent_return.HELP)),
)
UNLESS_ASKED: tuple[tuple[Wish, Finder], ...] = (
    ("unsure", _finder(UNSURE_UNLESS_ASKED)),
    ("help", _finder(consent_return.PUZZLED)),
)


def wish_speller(known: Collection[str]) -> Speller:
    """Mends slips in every word that a wish is said with; what is `known`, folded, is none."""
    pages = (NOT_MEANT, UNSURE, UNSURE_UNLESS_ASKED, ENGLISH, SPANISH, consent_return.SLIP, consent_return.START)
    others = (consent_return.HELP, consent_return.PUZZLED, consent_people.WRONG_NUMBER, consent_people.NOT_ME)
    said = [phrase for page in (*pages, *others, *CHOICES.values()) for phrase in page]
    return Speller(words_of(said) | MENDED, mendable=MENDED_FROM, known=known)


def read_wish(
    text: str, *, opted_out: bool, asked: bool, taught: Likeness = UNTAUGHT, speller: Speller = SPELLER
) -> Wanted | None:
    """The stop, start or help that `text` asks for, or that it is unsure which; raises nothing, whatever the text.

    YES starts only who has `opted_out`; "I'm done" and a puzzled "what is this?" count only when nothing was `asked`.
    What no phrase says may be like a stop, as examples have `taught`: very like one it is one, else it is asked.
    """
    line = read_consent_line(text, speller)
    keyword = consent_keywords.whole(line, opted_out=opted_out)
    if keyword:
        return Wanted(cast("Wish", keyword), (text.strip(),), keyword=True)
    slip = SLIPS.first(line.words)
    if slip:
        return Wanted("start", (line.quote(*slip),))
    words = LIMITS.blot(line.words)
    said = _stop(line, words) or _smaller(line, words, asked=asked)
    # What is said not to be meant is like what is: it is not weighed.
    return said if said or words != line.words else _alike(line, taught, asked=asked)


def _alike(line: Line, taught: Likeness, *, asked: bool) -> Wanted | None:
    """What no phrase says; where something was asked, only what surely is a stop."""
    alike = liken(line.tokens, taught)
    if (
        alike is None
        or alike.kind == "start"
        or alike.own < (PERHAPS if alike.kind == "stop" and not asked else SURELY)
    ):
        return None
    because = (line.raw[line.tokens[alike.places[0]].start : line.tokens[alike.places[-1]].end],)
    if alike.kind == "help":
        return None if asked else Wanted("help", because)
    return Wanted("stop" if alike.own >= SURELY else "unsure", because)


def _stop(line: Line, words: str) -> Wanted | None:
    """A stop, and whether it is somebody else's: who asks for the texts of another to end tells of a wrong number."""
    stranger = _stranger(line, words)
    if stranger:
        return Wanted("stop", (stranger,), wrong_person=True)
    place = STOPS.first(words)
    because = (
        consent_keywords.said_first(line) or consent_keywords.said_last(line) or (line.quote(*place) if place else "")
    )
    if not because:
        return None
    return Wanted("stop", (because,), wrong_person=OF_ANOTHER.first(words) is not None)


def _stranger(line: Line, words: str) -> str:
    """The words that say that the number is not the patient's, or no longer."""
    place = STRANGERS.first(words)
    if place is None and not GRIEF.first(words):
        place = DEATHS.first(words)
    if place is None and not HOUSEHOLD.first(words):
        place = NOT_ME.first(words)
    return line.quote(*place) if place else ""


def _smaller(line: Line, words: str, *, asked: bool) -> Wanted | None:
    for wish, finder in SMALLER if asked else (*SMALLER, *UNLESS_ASKED):
        place = finder.first(words)
        if place:
            return Wanted(wish, (line.quote(*place),))
    return None
