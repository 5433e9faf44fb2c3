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
from coach.domain.late import late
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
    grammar = _Grammar(choices or {}, shorthand)
    patterns = [_Phrase(phrase, grammar).pattern() for phrase in phrases]
    return re.compile(r"(?<!\S)(?:" + "|".join(patterns or [r"(?!)"]) + ")")


def late_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """The same without named choices, put together when it is first used; raises PhraseError then."""
    return late(lambda: compile_phrases(phrases))


class Finder:
    """Finds the first of many phrases in `Line.words`, in a time that grows with the text's length alone.

    No text can be written that makes it slow, and ten thousand wordings are ready in a fraction of a second: both
    Python's own engine cannot promise.
    """

    def __init__(self, phrases: Iterable[str], choices: Choices, shorthand: Shorthand = AS_WRITTEN) -> None:
        """Raises PhraseError."""
        grammar = _Grammar(choices, shorthand, START_OF_TEXT)
        patterns = [_Phrase(phrase, grammar).pattern() for phrase in phrases]
        self._pattern = re2.compile("(?:^|[ ])(?:" + "|".join(patterns or [r"[^\s\S]"]) + ")", PAGES)

    def first(self, words: str) -> tuple[int, int] | None:
        """Where the first phrase stands in `words`, from and to; None: nowhere."""
        match = self._pattern.search(words)
        return None if match is None else _without_space(match)

    def blot(self, words: str) -> str:
        """`words` with # for every letter of each phrase that stands in it."""
        blotted = str(self._pattern.sub(_blot, words))
        while blotted != words:  # of two that share the blank between them, one is found at a time
            words, blotted = blotted, str(self._pattern.sub(_blot, blotted))
        return blotted


def _without_space(match: Any) -> tuple[int, int]:  # noqa: ANN401 (the package has no types)
    start, end = match.span()
    return (start + 1 if match[0].startswith(" ") else start), end


def _blot(match: Any) -> str:  # noqa: ANN401 (likewise)
    start = " " if match[0].startswith(" ") else ""
    return start + "#" * (len(match[0]) - len(start) - 1) + " " if match[0].strip() else str(match[0])


def quotes(line: Line, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """The raw texts in `line` that `pattern` finds, in order."""
    return tuple(line.quote(*match.span()) for match in pattern.finditer(line.words))


class _Grammar:
    """What phrases are read with; each named choice is put together once."""

    def __init__(self, choices: Choices, shorthand: Shorthand, signs: Mapping[str, str] = SIGNS) -> None:
        self._choices, self._shorthand, self.signs = choices, shorthand, signs
        self._named: dict[str, str] = {}
        self._open: list[str] = []  # the names that are being put together: none is made of itself

    def named(self, name: str, phrase: "_Phrase") -> str:
        """The pattern of the choice `{name}`, of which `phrase` makes use. Raises PhraseError."""
        if name not in self._choices or name in self._open:
            known = sorted(set(self._choices) - set(self._open))
            raise phrase.error(f"{{{name}}} is not a named choice; known are: {', '.join(known) or 'none'}")
        if name not in self._named:
            self._open.append(name)
            self._named[name] = f"(?:{'|'.join(_Phrase(way, self).pattern() for way in self._choices[name])})"
            self._open.pop()
        return self._named[name]

    def word(self, piece: str) -> str:
        """The pattern of one word, or of the words that it is shorthand for."""
        folded = (piece.lower() if piece.isascii() else fold(piece)[0]).replace("'", "")
        if folded.endswith("*"):
            return f"{re.escape(folded.rstrip('*'))}\\S* {PAUSE}"
        return "".join(f"{re.escape(word)} {PAUSE}" for word in self._shorthand.get(folded, (folded,)))


class _Phrase:
    """One phrase read by recursive descent."""

    def __init__(self, phrase: str, grammar: _Grammar) -> None:
        self.phrase = phrase
        self.grammar = grammar
        self.pieces = PIECE.findall(phrase)
        self.place = 0

    def pattern(self) -> str:
        pattern = self._choice()
        if self.place < len(self.pieces) or not self.pieces:
            raise self.error("write each bracket as a pair, and at least one word")
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
                raise self.error("a bracket is never closed")
            self.place += 1
            return f"(?:{inside})"
        if piece in self.grammar.signs:
            return self.grammar.signs[piece]
        if piece.startswith("{"):
            return self.grammar.named(piece.strip("{}"), self)
        return self.grammar.word(piece)

    def _next(self) -> str:
        return self.pieces[self.place] if self.place < len(self.pieces) else ""

    def error(self, what: str) -> PhraseError:
        return PhraseError(f"the phrase {self.phrase!r} cannot be read: {what}")


def words_of(phrases: Iterable[str], shorthand: Shorthand = AS_WRITTEN) -> frozenset[str]:
    """The plain words that `phrases` are made of: the vocabulary that a slip of the thumb is mended with."""
    folded = (phrase.lower() if phrase.isascii() else fold(phrase)[0] for phrase in phrases)
    pieces = (piece for phrase in folded for piece in PIECE.findall(phrase.replace("'", "")))
    return frozenset(word for piece in pieces if piece.isalpha() for word in shorthand.get(piece, (piece,)))
