"""Number words, English and Spanish, put as digits."""

import re
from itertools import pairwise

from coach.domain.normal import Line, Token

_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen "
    "nineteen"
)
_ES = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
    "diecisiete dieciocho "
    "diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
    "veintiocho veintinueve"
)
SMALL = {word: value for words in (_EN, _ES) for value, word in enumerate(words.split())} | {
    "fourty": 40,
    "veintiun": 21,
}
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ES_TENS = "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"
TENS = {word: (place + 2) * 10 for words in (_EN_TENS, _ES_TENS) for place, word in enumerate(words.split())}
TENS["fourty"] = 40
SMALL |= {  # treintaycinco
    f"{ten}{joiner}{unit}": TENS[ten] + SMALL[unit]
    for ten in _ES_TENS.split()[1:]
    for joiner in "yi"
    for unit in _ES.split()[1:10]
}
_ES_HUNDREDS = "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
HUNDREDS = {"hundred": 100, "cien": 100, "ciento": 100} | {
    word: (place + 2) * 100 for place, word in enumerate(_ES_HUNDREDS.split())
}
BIG = {"thousand": 1000, "mil": 1000, "million": 10**6, "millon": 10**6, "dozen": 12, "docena": 12}
NUMBER_WORDS = frozenset(SMALL) | frozenset(TENS) | frozenset(HUNDREDS) | frozenset(BIG)
JOINERS = frozenset({"-", "y", "and"})
TEN, TWENTY, HUNDRED, THOUSAND = 10, 20, 100, 1000
MOST_DIGITS = 9

# "one" and "once" say no number in "no one", "one of those days", "once more"
NOT_BEFORE_ONE = frozenset({"no", "any", "every", "some", "each", "that", "this", "which", "the", "another"})
NOT_AFTER_ONE = frozenset(
    """of at day more thing by foot side another off way time must mustnt should shouldnt can cant does has gets feels
    might would could wants needs""".split()  # noqa: SIM905 - shorter so
)
MINUTE_UNITS = frozenset({"min", "mins", "minutos", "minuto", "minutes"})


CHAT = {
    ("b", "4"): "before",
    ("gr", "8"): "great",
    ("l", "8"): "late",
    ("l", "8", "r"): "later",
    ("m", "8"): "mate",
    ("w", "8"): "wait",
    ("2", "day"): "today",
    ("2", "nite"): "tonight",
    ("2", "night"): "tonight",
    ("2", "moro"): "tomorrow",
    ("2", "morrow"): "tomorrow",
    ("any", "1"): "anyone",
    ("some", "1"): "someone",
    ("every", "1"): "everyone",
    ("no", "1"): "nobody",
    ("salu", "2"): "saludos",
}
"""Words that texters write with a number, whose parts stand together: b4, gr8, 2day."""


def numerals(line: Line, language: str) -> Line:
    """`line` with number words put as digits; `language` only decides "once", which is 11 in Spanish."""
    line = _chat_written_out(line if language == "es" else _zeros(line))
    tokens: list[Token] = []
    place = 0
    while place < len(line.tokens):
        value, after = _spelt(line.tokens, place, language)
        if after == place:
            tokens.append(line.tokens[place])
            place += 1
        else:
            tokens.append(Token(str(value), line.tokens[place].start, line.tokens[after - 1].end))
            place = after
    return Line(line.raw, tuple(tokens))


def _chat_written_out(line: Line) -> Line:
    tokens: list[Token] = []
    for token in line.tokens:
        tokens.append(token)
        for size in (3, 2):
            last = tokens[-size:]
            word = CHAT.get(tuple(one.word for one in last))
            if word and all(one.end == following.start for one, following in pairwise(last)):
                tokens[-size:] = [Token(word, last[0].start, last[-1].end)]
    return Line(line.raw, tuple(tokens))


def _zeros(line: Line) -> Line:
    """`line` with the letter o behind a digit as the nought that it stands for: 2o. In Spanish 2o is an ordinal."""
    tokens: list[Token] = []
    for token in line.tokens:
        last = tokens[-1] if tokens else None
        if last and token.word in {"o", "oo"} and last.word.isdecimal() and last.end == token.start:
            tokens[-1] = Token(last.word + "0" * len(token.word), last.start, token.end)
        else:
            tokens.append(token)
    return Line(line.raw, tuple(tokens))


def _spelt(tokens: tuple[Token, ...], start: int, language: str) -> tuple[int, int]:
    """The number spelt at `start`, and the place after it; that place is `start` when there is none."""
    value: int | None = None
    place = after = start
    while place < len(tokens):
        word = tokens[place].word
        if value is not None and place == after and (word in JOINERS or (language == "es" and word == "i")):
            place += 1
            continue
        word = word.removesuffix("ish") if word.removesuffix("ish") in NUMBER_WORDS else word  # elevenish
        word = BY_EAR.get(_sound(word), word) if language == "es" and word not in NUMBER_WORDS else word
        grown = None if _says_no_number(tokens, place, language) else _grown(value, word, joined=place > after)
        if grown is None:
            break
        value, place = grown, place + 1
        after = place
    return value or 0, after


def _sound(word: str) -> str:
    """How a Spanish word sounds, so that dies, sinco and beinte are numbers too."""
    soft = re.sub(r"c(?=[ei])|z", "s", word).replace("v", "b").replace("qu", "k").replace("c", "k").replace("y", "i")
    return soft.removeprefix("h")


BY_EAR = {_sound(word): word for word in (*_ES.split(), *_ES_TENS.split(), *_ES_HUNDREDS.split(), "cien", "ciento")}
"""Spanish number words by their sound."""


def _grown(value: int | None, word: str, *, joined: bool) -> int | None:
    """`value` with `word` said after it, or None when the two are two numbers."""
    if value is None:
        return next((words[word] for words in (HUNDREDS, BIG, TENS, SMALL) if word in words), None)
    if word in BIG:
        return value * BIG[word] if not joined and value < BIG[word] else None
    if word in HUNDREDS:
        return _hundreds(value, word, joined=joined)
    part = TENS.get(word) or SMALL.get(word)
    if part is None:
        return None
    fits_hundred = value % HUNDRED == 0 and value >= HUNDRED and part < HUNDRED
    least = TEN if joined else TWENTY
    fits_ten = value % TEN == 0 and value % HUNDRED >= least and 0 < part < TEN
    return value + part if fits_hundred or fits_ten else None


def _hundreds(value: int, word: str, *, joined: bool) -> int | None:
    """Two hundred, twelve hundred; and after thousands: one thousand two hundred, mil doscientos."""
    tail = value % THOUSAND
    if word == "hundred" and not joined and 0 < tail < HUNDRED:
        return value - tail + tail * HUNDRED
    return value + HUNDREDS[word] if value >= THOUSAND and tail == 0 else None


def _says_no_number(tokens: tuple[Token, ...], place: int, language: str) -> bool:
    word = tokens[place].word
    before = tokens[place - 1].word if place else ""
    after = tokens[place + 1].word if place + 1 < len(tokens) else ""
    if word == "once":
        return language != "es" and after not in MINUTE_UNITS
    if word == "siento":  # me siento, which sounds like ciento
        return True
    return word in {"one", "uno"} and (before in NOT_BEFORE_ONE or after in NOT_AFTER_ONE)


def whole(digits: str) -> int:
    """The number that plain `digits` say; beyond nine digits all are one, for no answer is that great."""
    if len(digits.lstrip("-")) <= MOST_DIGITS:
        return int(digits)
    return -1_000_000_000 if digits.startswith("-") else 1_000_000_000
