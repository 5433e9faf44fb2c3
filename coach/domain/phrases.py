"""Phrases that a reader can review, and what they match in a line of words.

A phrase is words as people say them. `(a|b c)` is a choice, `x?` may be left out, `suicid*` is any ending, `...` is up
to four more words of the same sentence, `#` is a number, `^` and `$` are the first and the last word of a text, and
`{name}` is a choice named elsewhere. Accents, case, apostrophes and commas do not matter.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import re2  # type: ignore[import-untyped]  # the package has no types

from coach.domain.errors import CoachError
from coach.domain.normal import Line, fold

PIECE = re.compile(r"\.\.\.|\{\w+\}|[()|?^$#]|[^\s()|?^$#{}]+|\S")
PAUSE = r"(?:[,\"'()*:~_=-] )*"
SIGNS = {
    "...": r"(?:[^\s.!?;]+ ){0,4}?",
    "#": rf"\d\S* {PAUSE}",
    "^": r"(?:(?<![\s\S])(?:[^\w\s] )*)",
    "$": r"(?:[^\w\s] )*\Z",
}
START_OF_TEXT = {**SIGNS, "^": r"\A(?:[^\w\s] )*", "$": r"(?:[^\w\s] )*\z"}  # in the dialect of RE2
Choices = Mapping[str, Sequence[str]]
Shorthand = Mapping[str, tuple[str, ...]]
"""Words of shorthand and contractions, folded and without apostrophes, and the words that each stands for."""

AS_WRITTEN: Shorthand = {}


PAGES = re2.Options()
PAGES.max_mem = 64 << 20  # bytes for each set of phrases: thousands of wordings make a large automaton
PAGES.log_errors = False


class PhraseError(CoachError):
    """A phrase that cannot be read; names the phrase and what is wrong with it."""


def compile_phrases(
    phrases: Iterable[str], choices: Choices | None = None, shorthand: Shorthand = AS_WRITTEN
) -> re.Pattern[str]:
    """What finds any of `phrases` in `Line.words`, the first written first. Raises PhraseError.

    Where the line's `shorthand` was written out, so is that of the phrases.
    """
    patterns = [_Phrase(phrase, choices or {}, shorthand).pattern() for phrase in phrases]
    return re.compile(r"(?<!\S)(?:" + "|".join(patterns or [r"(?!)"]) + ")")


class Finder:
    """Finds the first of many phrases in `Line.words`, in a time that grows with the text's length alone.

    No text can be written that makes it slow, and ten thousand wordings are ready in a fraction of a second: both
    Python's own engine cannot promise.
    """

    def __init__(self, phrases: Iterable[str], choices: Choices, shorthand: Shorthand = AS_WRITTEN) -> None:
        """Raises PhraseError."""
        patterns = [_Phrase(phrase, choices, shorthand, START_OF_TEXT).pattern() for phrase in phrases]
        self._pattern = re2.compile("(?:^|[ ])(?:" + "|".join(patterns or [r"[^\s\S]"]) + ")", PAGES)

    def first(self, words: str) -> tuple[int, int] | None:
        """Where the first phrase stands in `words`, from and to; None: nowhere."""
        match = self._pattern.search(words)
        return None if match is None else _without_space(match)

    def blot(self, words: str) -> str:
        """`words` with # for every letter of each phrase that stands in it."""
        return str(self._pattern.sub(_blot, words))


def _without_space(match: Any) -> tuple[int, int]:  # noqa: ANN401 (the package has no types)
    start, end = match.span()
    return (start + 1 if match[0].startswith(" ") else start), end


def _blot(match: Any) -> str:  # noqa: ANN401 (likewise)
    start = " " if match[0].startswith(" ") else ""
    return start + "#" * (len(match[0]) - len(start) - 1) + " " if match[0].strip() else str(match[0])


def quotes(line: Line, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """The raw texts in `line` that `pattern` finds, in order."""
    return tuple(line.quote(*match.span()) for match in pattern.finditer(line.words))


class _Phrase:
    """One phrase read by recursive descent."""

    def __init__(self, phrase: str, choices: Choices, shorthand: Shorthand, signs: Mapping[str, str] = SIGNS) -> None:
        self.phrase = phrase
        self.signs = signs
        self.choices = choices
        self.shorthand = shorthand
        self.pieces = PIECE.findall(phrase)
        self.place = 0

    def pattern(self) -> str:
        pattern = self._choice()
        if self.place < len(self.pieces) or not self.pieces:
            raise self._error("write each bracket as a pair, and at least one word")
        return pattern

    def _choice(self) -> str:
        ways = [self._sequence()]
        while self._next() == "|":
            self.place += 1
            ways.append(self._sequence())
        return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"

    def _sequence(self) -> str:
        items = []
        while self._next() not in {"", ")", "|"}:
            item = self._item()
            if self._next() == "?":
                self.place += 1
                item = f"(?:{item})?"
            items.append(item)
        return "".join(items)

    def _item(self) -> str:
        piece = self._next()
        self.place += 1
        if piece == "(":
            inside = self._choice()
            if self._next() != ")":
                raise self._error("a bracket is never closed")
            self.place += 1
            return f"(?:{inside})"
        if piece in self.signs:
            return self.signs[piece]
        if piece.startswith("{"):
            return self._named(piece.strip("{}"))
        return self._word(piece)

    def _named(self, name: str) -> str:
        if name not in self.choices:
            raise self._error(
                f"{{{name}}} is not a named choice; known are: {', '.join(sorted(self.choices)) or 'none'}"
            )
        rest = {key: value for key, value in self.choices.items() if key != name}
        named = (_Phrase(phrase, rest, self.shorthand, self.signs).pattern() for phrase in self.choices[name])
        return f"(?:{'|'.join(named)})"

    def _word(self, piece: str) -> str:
        folded = fold(piece)[0].replace("'", "")
        if folded.endswith("*"):
            return f"{re.escape(folded.rstrip('*'))}\\S* {PAUSE}"
        return "".join(f"{re.escape(word)} {PAUSE}" for word in self.shorthand.get(folded, (folded,)))

    def _next(self) -> str:
        return self.pieces[self.place] if self.place < len(self.pieces) else ""

    def _error(self, what: str) -> PhraseError:
        return PhraseError(f"the phrase {self.phrase!r} cannot be read: {what}")


def words_of(phrases: Iterable[str], shorthand: Shorthand = AS_WRITTEN) -> frozenset[str]:
    """The plain words that `phrases` are made of: the vocabulary that a slip of the thumb is mended with."""
    pieces = (piece for phrase in phrases for piece in PIECE.findall(fold(phrase)[0].replace("'", "")))
    return frozenset(word for piece in pieces if piece.isalpha() for word in shorthand.get(piece, (piece,)))
