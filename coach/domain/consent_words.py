"""What a person wants of the texts themselves, in any wording: none, all again, help, or that it must be asked."""

import re
from dataclasses import dataclass
from typing import Literal, cast

from coach.domain import consent_keywords, consent_people, consent_return, consent_sentences
from coach.domain.consent_choices import CHOICES
from coach.domain.consent_limits import NOT_MEANT, UNSURE, UNSURE_UNLESS_ASKED
from coach.domain.consent_line import read_consent_line
from coach.domain.likeness import UNTAUGHT, Likeness, liken
from coach.domain.normal import Line
from coach.domain.phrases import compile_phrases

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


def _compiled(*phrases: tuple[str, ...]) -> re.Pattern[str]:
    return compile_phrases([phrase for group in phrases for phrase in group], CHOICES)


SURELY, PERHAPS = 0.9, 0.5
"""How like a stop a text must be to be one, or to be asked; chosen on texts that nothing was learnt from."""

LIMITS = _compiled(NOT_MEANT)
SLIPS = _compiled(consent_return.SLIP)
STOPS = _compiled(consent_sentences.STOP)
STRANGERS = _compiled(consent_people.WRONG_NUMBER)
DEATHS = _compiled(consent_people.DIED)
GRIEF = _compiled(consent_people.GRIEF)
OF_ANOTHER = _compiled(consent_people.OF_ANOTHER, consent_people.DEATH)
NOT_ME = _compiled(consent_people.NOT_ME)
HOUSEHOLD = _compiled(consent_people.HOUSEHOLD)
SMALLER: tuple[tuple[Wish, re.Pattern[str]], ...] = (
    ("unsure", _compiled(UNSURE)),
    ("start", _compiled(consent_return.START)),
    ("help", _compiled(consent_return.HELP)),
)
UNLESS_ASKED: tuple[tuple[Wish, re.Pattern[str]], ...] = (
    ("unsure", _compiled(UNSURE_UNLESS_ASKED)),
    ("help", _compiled(consent_return.PUZZLED)),
)


def read_wish(text: str, *, opted_out: bool, asked: bool, taught: Likeness = UNTAUGHT) -> Wanted | None:
    """The stop, start or help that `text` asks for, or that it is unsure which; raises nothing, whatever the text.

    YES starts only who has `opted_out`; "I'm done" and a puzzled "what is this?" count only when nothing was `asked`.
    What no phrase says may be like a stop, as examples have `taught`: very like one it is one, else it is asked.
    """
    line = read_consent_line(text)
    keyword = consent_keywords.whole(line, opted_out=opted_out)
    if keyword:
        return Wanted(cast("Wish", keyword), (text.strip(),))
    slip = SLIPS.search(line.words)
    if slip:
        return Wanted("start", (line.quote(*slip.span()),))
    words = LIMITS.sub(lambda match: "~" * (len(match[0]) - 1) + " ", line.words)
    return _stop(line, words) or _smaller(line, words, asked=asked) or _like_stop(line, taught, asked=asked)


def _like_stop(line: Line, taught: Likeness, *, asked: bool) -> Wanted | None:
    alike = liken(line.tokens, taught)
    if alike is None or alike.kind != "stop" or alike.own < (SURELY if asked else PERHAPS):
        return None
    because = (line.raw[line.tokens[alike.places[0]].start : line.tokens[alike.places[-1]].end],)
    return Wanted("stop" if alike.own >= SURELY else "unsure", because)


def _stop(line: Line, words: str) -> Wanted | None:
    """A stop, and whether it is somebody else's: who asks for the texts of another to end tells of a wrong number."""
    stranger = _stranger(line, words)
    if stranger:
        return Wanted("stop", (stranger,), wrong_person=True)
    match = STOPS.search(words)
    because = (
        consent_keywords.said_first(line)
        or consent_keywords.said_last(line)
        or (line.quote(*match.span()) if match else "")
    )
    if not because:
        return None
    return Wanted("stop", (because,), wrong_person=OF_ANOTHER.search(words) is not None)


def _stranger(line: Line, words: str) -> str:
    """The words that say that the number is not the patient's, or no longer."""
    match = STRANGERS.search(words)
    if match is None and not GRIEF.search(words):
        match = DEATHS.search(words)
    if match is None and not HOUSEHOLD.search(words):
        match = NOT_ME.search(words)
    return line.quote(*match.span()) if match else ""


def _smaller(line: Line, words: str, *, asked: bool) -> Wanted | None:
    for wish, pattern in SMALLER if asked else (*SMALLER, *UNLESS_ASKED):
        match = pattern.search(words)
        if match:
            return Wanted(wish, (line.quote(*match.span()),))
    return None
