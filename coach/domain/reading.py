"""How hard a text is to read, by two published formulas over words, sentences and syllables. Pure.

English: Flesch-Kincaid grade, the school year that understands it (Kincaid 1975, Navy RBR 8-75).
Spanish: Fernández-Huerta, 0 hard to 100 easy (Consigna 1959, 214), with F as words a sentence, which is how Gwillim Law
(2011, "Error in the Fernandez Huerta Readability Formula") shows the first print was meant.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from coach.domain.late import late_pattern

Language = Literal["en", "es"]

_OTHERWISE = late_pattern(r"\{%-? *else *-?%\}.*?\{%-? *endif *-?%\}", re.DOTALL)
_FILLED = late_pattern(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_FIGURE = late_pattern(r"\d[\d:.,/-]*(?<=\d)(?: ?[ap]\.? ?m\b\.?)?", re.IGNORECASE)
_STOP = late_pattern(r"[.!?\n]+")
_STOP_ES = late_pattern(r"[.;!?\n]+")  # Fernández-Huerta counts what a semicolon ends as well
_WORD = late_pattern(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_OPENING = late_pattern(r"[:\u00bf\u00a1\"(]\s*$")
_LONE = {"en": "IA", "es": "AEOUY"}  # single capital letters that are words and no answers


@dataclass(frozen=True)
class Counted:
    """What the formulas look at."""

    words: int
    sentences: int
    syllables: int


def flesch_kincaid(counted: Counted) -> float:
    """The grade of an English text; less is easier."""
    return 0.39 * counted.words / counted.sentences + 11.8 * counted.syllables / counted.words - 15.59


def fernandez_huerta(counted: Counted) -> float:
    """The ease of a Spanish text; more is easier."""
    return 206.84 - 60 * counted.syllables / counted.words - 1.02 * counted.words / counted.sentences


def sentences_of(text: str, language: Language) -> list[list[str]]:
    """The words of each sentence of a template; figures, values, names and answer words (DONE, Y) are left out.

    All that stands under an `if` is read, and nothing that stands under an `else`.
    """
    plain = _FIGURE.sub(" ", _FILLED.sub("", _OTHERWISE.sub("", text)))
    parts = (_STOP_ES if language == "es" else _STOP).split(plain)
    found = [[word[0] for word in _WORD.finditer(part) if _is_read(part, word, language)] for part in parts]
    return [words for words in found if words]


def _is_read(part: str, found: re.Match[str], language: Language) -> bool:
    """Whether a word is one of the sentence: no answer word in capitals, and no name in its midst."""
    word = found[0]
    if len(word) == 1 and word.isupper():
        return word in _LONE[language]
    if word.isupper():
        return False
    if not word[0].isupper() or word.startswith(("I'", "I\u2019")):
        return True
    before = part[: found.start()]
    return not _WORD.search(before) or _OPENING.search(before) is not None


def counted(text: str, language: Language, syllables: Callable[[str], int]) -> Counted:
    """The words, sentences and syllables of a template; `syllables` counts those of one word."""
    sentences = sentences_of(text, language)
    words = [word for sentence in sentences for word in sentence]
    return Counted(len(words), len(sentences), sum(syllables(word.lower()) for word in words))


_VOWELS = late_pattern(r"[aeiouáéíóúü]+")
_STRONG = late_pattern(r"[aeoáéó]")
_SILENT_U = late_pattern(r"(?<=[qg])u(?=[eiéí])")
_SILENT_H = late_pattern(r"(?<=[aeiouáéíóúü])h(?=[aeiouáéíóúü])")
_VOWEL_Y = late_pattern(r"y(?![aeiouáéíóúü])")
_TWICE = late_pattern(r"ii|uu|ií|uú")


def spanish_syllables(word: str) -> int:
    """How many syllables a Spanish word has, in lower case, by the rules of diphthong and hiatus.

    Two strong vowels (a, e, o) are two syllables, a weak one (i, u) leans on its neighbour, and an accent on a weak one
    beside a strong one parts them. An h between vowels is silent and parts nothing (prohi-bir). Hyphenation, such as
    pyphen's, is no help: it never leaves a vowel alone at a line's end, and so makes one of dí-a and two of a-ho-ra.
    """
    heard = _SILENT_H.sub("", _SILENT_U.sub("", _VOWEL_Y.sub("i", word)))
    return max(sum(_nuclei(group[0]) for group in _VOWELS.finditer(heard)), 1)


def _nuclei(vowels: str) -> int:
    strong = len(_STRONG.findall(vowels))
    if not strong:
        return 2 if _TWICE.search(vowels) else 1
    return strong + vowels.count("í") + vowels.count("ú")


_GROUPS = late_pattern(r"[aeiouy]+")
_SILENT_E = late_pattern(r"(?<![aeiouyl])e$|(?<=[aeiouyr])le$")
_SILENT_ED = late_pattern(r"(?<![aeiouytd])ed$")
_SILENT_ES = late_pattern(r"(?<![aeiouyscxzgl])(?<![cs]h)es$|(?<=[aeiouyr])les$")
_SILENT_WITHIN = late_pattern(r"(?<=[^aeiouy])e(?=(?:ly|ment|less|ness|ful)s?$)")
_PARTED = late_pattern(r"(?<![tsc])i[ao]|(?<=[^aeiouy])ism$")


def english_guess(word: str) -> int:
    """How many syllables an English word seems to have, in lower case: for words that no dictionary has.

    Over the commonest words that CMU's dictionary has, this is right for 93 in 100; pyphen's hyphenation for 82.
    """
    silent = (_SILENT_E, _SILENT_ED, _SILENT_ES, _SILENT_WITHIN)
    less = sum(pattern.search(word) is not None for pattern in silent)
    return max(len(_GROUPS.findall(word)) - less + len(_PARTED.findall(word)), 1)
