"""Stop, start and help, in any wording: keywords when they are the whole text, and sentences that mean the same."""

import re
from dataclasses import dataclass
from typing import Literal

from coach.domain import consent_return
from coach.domain import consent_sentences as sentences
from coach.domain.normal import bare, read_line
from coach.domain.phrases import compile_phrases
from coach.domain.spelling import Speller

Wish = Literal["stop", "start", "help"]


def _keywords(listed: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in listed.split(","))


# The provider's and carriers' words first, then those of other languages and what people write for them.
STOP_WORDS = _keywords(
    """
    alto, anular, arret, baja, basta, borrame, borrar, cancel, cancel all, cancela, cancelar, cancelen, cease,
    dar de baja, darme de baja, darse de baja, deja, dejen, desinscribir, desist, desuscribir, detener,
    detenga, detengan, end, end all, no mas, no more, opt out, optar, optout, para todo, parar, pare, paren,
    quit, quitar, remove, remove me, revoke, salir, stop, stop all, stop it, stopall, stp, un subscribe,
    unenroll, unsub, unsubscribe, ya basta
    """
)
START_WORDS = _keywords(
    """
    alta, begin, comenzar, comienza, dar de alta, darme de alta, empezar, empieza, iniciar, inicio, opt in,
    optin, reanudar, reiniciar, rejoin, restart, resubscribe, resume, resuscribir, start, start again, start
    please, subscribe, suscribir, suscribirme, unstop, unsuspend, volver
    """
)
HELP_WORDS = _keywords(
    """
    auxilio con esto, ayuda, ayudame, ayudeme, help, help info, help me, i need help, info, informacion,
    information, mas informacion, more info, more information, necesito ayuda, need help
    """
)
YES_WORDS = frozenset(
    {"yes", "si", "y", "s", "yeah", "yep", "yup"}
)  # opt a stopped person in again; otherwise an answer
POLITE = re.compile(
    r"\b(?:please|pls|plz|plse|por favor|porfa|porfavor|thanks|thank you|thx|gracias|now|ya|ahora|omg|ok|"
    r"okay|just|immediately|right)\b"
)
SENTENCE_END = re.compile(r"[.!?\n]")
FIRST_ALONE = frozenset({"stop", "stopall", "unsubscribe", "baja", "optout", "opt out"})
SPELLER = Speller(
    {"stop", "unsubscribe", "cancelar", "start", "unstop", "ayuda", "cancel", "revoke", "remove"} | {"stopall"}
)
WHOLE: tuple[tuple[Wish, frozenset[str]], ...] = (("stop", STOP_WORDS), ("start", START_WORDS), ("help", HELP_WORDS))


@dataclass(frozen=True)
class Wanted:
    """What a person wants of the texts themselves, and the raw words that say so."""

    wish: Wish
    because: tuple[str, ...]


NOT_MEANT = compile_phrases(sentences.NOT_MEANT, sentences.CHOICES)
PATTERNS: tuple[tuple[Wish, re.Pattern[str]], ...] = (
    ("stop", compile_phrases(sentences.STOP, sentences.CHOICES)),
    ("start", compile_phrases(consent_return.START, sentences.CHOICES)),
    ("help", compile_phrases(consent_return.HELP, sentences.CHOICES)),
)
PUZZLED = compile_phrases(consent_return.PUZZLED)


def read_wish(text: str, *, opted_out: bool, asked: bool) -> Wanted | None:
    """The stop, start or help that `text` asks for.

    YES starts only who has `opted_out`; a puzzled "¿qué es esto?" is a call for help only when nothing was `asked`.
    """
    keyword = _keyword(text, opted_out=opted_out)
    if keyword:
        return Wanted(keyword, (text.strip(),))
    return _sentence(text, asked=asked)


def _keyword(text: str, *, opted_out: bool) -> Wish | None:
    words = bare(text)
    if re.fullmatch(r"\w(?: \w){2,}", words):  # s t o p
        words = words.replace(" ", "")
    short = " ".join(POLITE.sub(" ", words).split())
    mended = " ".join(SPELLER.word(word) for word in short.split())
    if opted_out and {words, short} & YES_WORDS:
        return "start"
    once = " ".join(dict.fromkeys(mended.split()))  # STOP STOP STOP
    for wish, keywords in WHOLE:
        if keywords & {words, short, mended, once}:
            return wish
    first = SENTENCE_END.split(text.strip(), maxsplit=1)
    return "stop" if len(first) > 1 and bare(first[0]) in FIRST_ALONE else None


def _sentence(text: str, *, asked: bool) -> Wanted | None:
    line = read_line(text)
    words = NOT_MEANT.sub(lambda match: "#" * (len(match[0]) - 1) + " ", line.words)
    for wish, pattern in PATTERNS:
        match = pattern.search(words)
        if match:
            return Wanted(wish, (line.quote(*match.span()),))
    puzzled = None if asked else PUZZLED.search(words)
    return Wanted("help", (line.quote(*puzzled.span()),)) if puzzled else None
