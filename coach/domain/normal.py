"""A text as its reader hears it: folded, cut into words, and each word remembering where it was written."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate

DROPPED = frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f\u20e3"
)  # joiners, variation selectors, keycap frame
DROPPED_RANGES = ((0x1F3FB, 0x1F3FF), (0xE0000, 0xE007F))  # skin tones, tags
STRAIGHT = str.maketrans("‘’‚‛´`ʼ′“”„″«»–—−‐‑⁄∕×✕", "'" * 8 + '"' * 6 + "-" * 5 + "//xx")
SPELT = {"🔟": " 10 ", "💯": " 100 % ", "…": " ... ", "⅓": " 1/3", "⅔": " 2/3", "½": " 1/2", "¼": " 1/4", "¾": " 3/4"}
TOKEN = re.compile(r"(?:(?<![^\s(=:])-)?\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|\S")
GLUED = re.compile(r"\d+(?:[.,]\d+)+(?!\w)|[^\W_]+(?:'[^\W_]+)*|\S")


@dataclass(frozen=True)
class Token:
    """One word, number or sign, folded, with the place in the raw text that it came from."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """Tokens joined by single spaces, each followed by one, so that patterns need no other boundary."""

    raw: str
    tokens: tuple[Token, ...]

    @property
    def words(self) -> str:
        return "".join(f"{token.word} " for token in self.tokens)

    def outside(self, words: str) -> "Line":
        """What of the line is not blotted out in `words`, which are its own words otherwise, `#` for a blot."""
        starts = list(accumulate((len(token.word) + 1 for token in self.tokens), initial=0))[:-1]
        left = (token for token, start in zip(self.tokens, starts, strict=True) if not words.startswith("#", start))
        return Line(self.raw, tuple(left))

    def quote(self, start: int, end: int) -> str:
        """The raw text behind the places `start` to `end` of `words`."""
        inside, place = [], 0
        for token in self.tokens:
            if place < end and place + len(token.word) > start:
                inside.append(token)
            place += len(token.word) + 1
        return self.raw[inside[0].start : inside[-1].end] if inside else ""


def fold(text: str) -> tuple[str, list[int]]:
    """`text` without case, accents and look-alike signs, and for each character the place it came from.

    The tilde of n falls too: texts without accents and texts with them are then one.
    """
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for piece in _fold_char(char):
            chars.append(piece)
            places.append(place)
    return "".join(chars), places


def _fold_char(char: str) -> str:
    if "!" <= char <= "~" or char == " ":
        return "'" if char == "`" else char.lower()
    if char in SPELT:
        return SPELT[char]
    if char in DROPPED or any(low <= ord(char) <= high for low, high in DROPPED_RANGES):
        return ""
    char = char.translate(STRAIGHT)
    if char.isspace():
        return " "
    plain = unicodedata.normalize("NFKD", char).casefold().translate(STRAIGHT)
    return "".join(piece for piece in plain if not unicodedata.combining(piece) and piece not in DROPPED)


def read_line(text: str, *, glued: bool = False) -> Line:
    """The tokens of `text`; numbers stand apart from the letters beside them unless `glued`."""
    folded, places = fold(text)
    found = (GLUED if glued else TOKEN).finditer(folded)
    tokens = (
        Token(match[0].replace("'", "") or "'", places[match.start()], places[match.end() - 1] + 1) for match in found
    )
    return Line(text, tuple(tokens))


def bare(text: str) -> str:
    """`text` folded, with nothing but its words and numbers: what a keyword is compared with."""
    return " ".join(token.word for token in read_line(text).tokens if token.word[0].isalnum())
