"""Words that call for a person at once: which category they fall in, and which words decided."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from coach.domain.normal import Line, Token, read_line
from coach.domain.phrases import Choices, compile_phrases, words_of
from coach.domain.spelling import Speller

Category = Literal["crisis_overdose", "crisis_suicide", "red_flag_spine", "red_flag_other", "safeguarding"]
CATEGORIES: tuple[Category, ...] = get_args(Category)  # the order in which they are looked for

LEET = str.maketrans("013457@$", "oieastas")
# A "no," that answers is no denial of what comes after it: "no, I want to die".
ANSWERED = re.compile(r"(?<!\S)(no|nope|nah|nop) , ")
MENDED_FROM = 5  # letters; shorter words are not mended where so much hangs on them


@dataclass(frozen=True)
class Finding:
    """One category, and the raw words that speak for it."""

    category: Category
    because: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """Reviewed phrases, ready to be read with: what never counts, and what counts for each category."""

    left_out: re.Pattern[str]
    found: tuple[tuple[Category, re.Pattern[str]], ...]
    speller: Speller


def build_rules(left_out: Sequence[str], phrases: Mapping[Category, Sequence[str]], choices: Choices) -> Rules:
    """Rules of `phrases` by category, without the idioms and denials `left_out`. Raises PhraseError."""
    everything = [*left_out, *(phrase for group in phrases.values() for phrase in group)]
    everything += [phrase for group in choices.values() for phrase in group]
    words = {word for word in words_of(tuple(everything)) if len(word) >= MENDED_FROM}
    found = tuple((name, compile_phrases(phrases[name], choices)) for name in CATEGORIES if name in phrases)
    return Rules(compile_phrases(left_out, choices), found, Speller(words))


def read(text: str, rules: Rules) -> Finding | None:
    """The gravest category that `text` speaks of, or None.

    An idiom or a denial takes only its own words out: what else the text says still counts.
    """
    line = rules.speller.mend(_letters_for_digits(read_line(text, glued=True)))
    words = rules.left_out.sub(_blot, ANSWERED.sub(r"\1 . ", line.words))
    for category, pattern in rules.found:
        match = pattern.search(words)
        if match:
            return Finding(category, (line.quote(*match.span()),))
    return None


def _letters_for_digits(line: Line) -> Line:
    """`line` with digits that stand for letters inside a word (su1c1de) read as those letters."""
    return Line(line.raw, tuple(Token(_plain(token.word), token.start, token.end) for token in line.tokens))


def _plain(word: str) -> str:
    mixed = word[0].isalpha() and any(char.isdigit() for char in word)
    return word.translate(LEET) if mixed else word


def _blot(match: re.Match[str]) -> str:
    return "#" * (len(match[0]) - 1) + " " if match[0] else ""
