"""A whole number on a scale: from 0 to 10, or on a shorter one, whose words count too."""

import re
from typing import NamedTuple

from coach.domain.answers.marks import (
    COMPARED,
    COUNTED,
    HALVES,
    NUMBER,
    OTHER_DAY,
    ROUGHLY,
    SECONDS,
    TIME_UNITS,
    after_correction,
    asks_back,
    masked,
    without_earlier,
)
from coach.domain.answers.numbers import NUMBER_WORDS, numerals, whole
from coach.domain.answers.others import without_others_numbers
from coach.domain.answers.result import UNCLEAR, Answer, invalid, understood
from coach.domain.answers.scale_words import HOW_CHANGED, HOW_OFTEN, ScaleWords, Words, says_no_more
from coach.domain.late import late_pattern
from coach.domain.normal import Line
from coach.domain.phrases import late_phrases, words_of
from coach.domain.spelling import Speller

BELOW_ZERO = late_pattern(
    r"\A(?:like |about |a )?(?:minus|negative|negativo) (\d+) |(?<!\S)(?:minus|negative|negativo|"
    r"menos) (\d+) (?:(?:ja|ha)+\w* |lol |[^\w\s] )*\Z"
)
DURATION = late_pattern(rf"(?<!\S)-?\d[\d.,]* (?:{TIME_UNITS}|{SECONDS}) ")
OTHERS = late_pattern(  # pills taken, and hours of what was done
    r"(?<!\S)(?:took|taken|take|taking|tome|tomo|tomando) (?:me )?(?:only |just |solo |my |mis |las )?\d+ (?=[a-z])|"
    r"(?<!\S)(?:pills?|meds?|medicines?|medication|bed|asleep|up|woke|walk|appointment|appt|call|therapy|pastillas?|"
    r"medicinas?|cita|cama|levante|desperte|dormi|acoste)(?: me)? (?:at|a las|@) \d+ "
)
_AS = (
    r"(?:le doy |le pongo |le daria |me da |diria |ando |amaneci |id say |ill say |id give it |id call it |its |it is |"
    r"is |was |a |an |at |at a |un |una |en |es |esta en |down to |up to |like |about |como )*"
)
NOW = late_pattern(
    rf"(?<!\S)(?:(?:now|right now|ahora|ahorita) {_AS}(?=\d)|(?=\d+ (?:right now|now|ahora|ahorita|al momento) ))"
    r"(?P<number>\d+) "
)
PAIN_IS = late_pattern(
    rf"(?<!\S)(?:pain|dolor)(?: level| score| today| hoy)? (?:: |= )?(?:fue |era |was |estuvo |llego |reached |"
    rf"hit )?{_AS}(?P<number>\d+) "
)
GIVEN = late_pattern(  # what it came to, or what is given for it
    r"(?<!\S)(?:le doy|le pongo|le daria|pongale|ponle|digamos|bajo a|subio a|quedo en|id say|ill say|"
    r"id give it|id call it|lets say|call it|put me down for|(?:went|came|got|gone|back|dropped|eased) (?:back )?"
    r"(?:down|up) to|dropped to|eased to) (?:a |an |un )?(?P<number>\d+) "
)
AT = late_pattern(r"(?<!\S)(?:at|a las|las) \d+ ")
FROM_TO = late_pattern(
    r"(?<!\S)(?:between|entre|anywhere from|ranges from|va de|oscila entre) \d+ (?:and|to|y|a|-) \d+ "
)
TODAY = late_pattern(rf"(?<!\S)(?:today|tonight|hoy|esta noche) (?:me |el dolor )?{_AS}(?P<number>\d+) ")
RANGE_ON = late_pattern(r"(?:/|-|to|or|o|a|y|and|&|~|,) (?:a |an |un )?\d")
BETWEEN = late_pattern(r"\d (?:/|-|to|or|o|a|y|and|&|~|,) (?:a |an |un )?\d")

NONE_PHRASES = (
    (
        "^ (none|nowt|nil|zip|nada|ninguno|ninguna|nothing|nought|naught|zilch|painless|pain free) (at all|whatsoever"
        "|today|hoy|right now|"
        "now|thanks|gracias|really)? $"
    ),
    (
        "(no|zero|zip|without|sin|cero|ningun|0) (any|real|more)? (pain|dolor|dolores|hurting|ache|aches|"
        "discomfort|molestias)"
    ),
    "no (me|tengo|siento|hay|tuve) (duele|dolia|dolor|ningun dolor|nada de dolor|nada)",
    "(nada de|libre de|none of the) dolor",
    "(pain free|dont have any pain|do not have any pain|no dolor|nothing hurts|doesnt hurt|not hurting|no hurt)",
    "none (at all|today|now|right now)",
    "nada (hoy|ahora|de nada)",
)
NO_SUCH_NONE = late_phrases(
    (
        (
            "no pain (meds|med|relief|pills|pill|killers|medicine|medication|no gain|gain|like|scale|level|score|"
            "worse|better)"
        ),
        "nada (mal|bien|bueno|que ver)",
        "none of",
        "(not|never) (without|no) pain",
        "sin dolor no hay",
    )
)
NONE = late_phrases(NONE_PHRASES)
TAKEN_BACK = late_pattern(
    r"(?<!\S)(?:but|until|except|unless|till|then|when|if|pero|hasta|excepto|cuando|si|ayer|yesterday|wish) "
)
NUMBERS = NUMBER_WORDS - {"mil"}


class _Scale(NamedTuple):
    """From `least` to `greatest`. Without `words` of its own, no pain at all is 0."""

    least: int
    greatest: int
    out_of: re.Pattern[str]
    speller: Speller
    words: ScaleWords | None = None


def _out_of(greatest: int) -> re.Pattern[str]:
    return late_pattern(rf"(?<=\d )(?:/|\\|out of|of|de|sobre|on|over|outta|entre) (?:un )?{greatest} ")


def _short(least: int, greatest: int, table: Words) -> _Scale:
    words = ScaleWords(table)
    return _Scale(least, greatest, _out_of(greatest), Speller(NUMBERS | words_of(words.phrases)), words)


TO_TEN = _Scale(0, 10, _out_of(10), Speller(NUMBERS | (words_of(NONE_PHRASES) - {"meds", "med"})))
TO_THREE = _short(0, 3, HOW_OFTEN)
TO_SEVEN = _short(1, 7, HOW_CHANGED)


def read_scale(line: Line, language: str) -> Answer:
    """The one whole number from 0 to 10 that `line` gives, whatever else it tells."""
    return _read(line, language, TO_TEN)


def read_how_often(line: Line, language: str) -> Answer:
    """The one whole number from 0 to 3, or words that stand for it: "several days"."""
    return _read(line, language, TO_THREE)


def read_change(line: Line, language: str) -> Answer:
    """The one whole number from 1 to 7, or words that stand for it: "much better"."""
    return _read(line, language, TO_SEVEN)


def _read(line: Line, language: str, scale: _Scale) -> Answer:
    line = numerals(scale.speller.mend(line), language)
    words = without_others_numbers(without_earlier(masked(after_correction(line.words), ROUGHLY)))
    if asks_back(words) or FROM_TO.search(words):
        return UNCLEAR
    return _by_number(line, words, scale) if scale.words is None else _by_words(line, words, scale, scale.words)


def _by_words(line: Line, words: str, scale: _Scale, table: ScaleWords) -> Answer:
    """The value that words stand for, where there are such, alone or beside the same number; or else the number."""
    said = table.find(line, words)
    number = _by_number(line, said.rest, scale)
    if not said.values:
        return number
    value, *others = said.values
    if others or (number.status != "unclear" and number.value != value):
        return UNCLEAR
    alone = says_no_more(masked(said.rest, COUNTED))
    return understood(value, said.because) if alone or number.value == value else UNCLEAR


def _by_number(line: Line, words: str, scale: _Scale) -> Answer:
    plain = masked(masked(words, scale.out_of), DURATION)
    plain = masked(masked(plain, COUNTED), OTHERS)
    below = BELOW_ZERO.search(plain)
    if below:
        return invalid(line.quote(*below.span()))
    plain = _the_one_meant(plain)
    if any(mark.search(plain) for mark in (COMPARED, HALVES, OTHER_DAY, BETWEEN)):
        return UNCLEAR
    numbers = list(NUMBER.finditer(plain))
    if len(numbers) > 1:
        plain = masked(plain, AT)
        numbers = list(NUMBER.finditer(plain))
    none = NONE.search(masked(plain, NO_SUCH_NONE)) if scale.words is None else None
    if not numbers:
        return _none(line, words, none)
    return _one(line, numbers, scale, none=none is not None)


def _the_one_meant(words: str) -> str:
    """`words` with no number but the one that is said to be now's, or the pain's, where there is just one such."""
    for pattern in (NOW, PAIN_IS, TODAY, GIVEN):
        meant = list(pattern.finditer(words))
        if len(meant) == 1 and len(NUMBER.findall(words)) > 1 and not RANGE_ON.match(words, meant[0].end()):
            start, end = meant[0].span("number")
            return re.sub(r"\d", "#", words[:start]) + words[start:end] + re.sub(r"\d", "#", words[end:])
    return words


def _none(line: Line, words: str, none: re.Match[str] | None) -> Answer:
    if none is None or TAKEN_BACK.search(words):
        return UNCLEAR
    return understood(0, line.quote(*none.span()))


def _one(line: Line, numbers: list[re.Match[str]], scale: _Scale, *, none: bool) -> Answer:
    said = {re.sub(r"[.,]0+$", "", match[0].rstrip(".,:")) for match in numbers}
    digits = said.pop()
    because = line.quote(*numbers[0].span())
    if said or not digits.lstrip("-").isdecimal():
        return UNCLEAR
    value = whole(digits)
    if none and value:
        return UNCLEAR
    return understood(value, because) if scale.least <= value <= scale.greatest else invalid(because)
