"""Words that call for a person at once: which kind of danger they speak of, and which words decided."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from coach.domain.consent_line import SPELLER
from coach.domain.late import late_pattern
from coach.domain.likeness import UNTAUGHT, Alike, Likeness, enough, liken
from coach.domain.normal import Line, Token, read_line
from coach.domain.phrases import Choices, Finder, Shorthand, words_of
from coach.domain.spelling import Speller

Category = Literal["crisis_overdose", "crisis_suicide", "red_flag_spine", "red_flag_other", "safeguarding"]
CATEGORIES: tuple[Category, ...] = get_args(Category)  # the order in which they are looked for

LEET = str.maketrans("013457@$", "oieastas")
TWO_FOR_TO = late_pattern(r"([a-z]{2,})(2)([a-z]{2,})")  # want2die
# A "no," that answers is no denial of what comes after it: "no, I want to die".
ANSWERED = late_pattern(r"(?<!\S)(no|nope|nah|nop) , ")
MENDED_FROM = 5  # letters; shorter words are not mended where so much hangs on them


@dataclass(frozen=True)
class Finding:
    """One category, and the raw words that speak for it."""

    category: Category
    because: tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """What speaks of one category, and the idioms and denials that do not; as phrases (`coach.domain.phrases`)."""

    phrases: Sequence[str]
    not_meant: Sequence[str]
    choices: Choices


@dataclass(frozen=True)
class Sought:
    """One category, ready to be looked for."""

    category: Category
    not_meant: Finder
    meant: Finder


@dataclass(frozen=True)
class Rules:
    """Reviewed wordings, ready to be read with."""

    sought: tuple[Sought, ...]
    speller: Speller
    shorthand: Shorthand
    likeness: Likeness = UNTAUGHT  # what examples of danger taught; nothing: phrases alone are heard
    wishes: Likeness = UNTAUGHT  # what examples of stop, start and help taught
    wish_speller: Speller = SPELLER


def build_rules(
    wordings: Mapping[Category, Wording],
    shorthand: Shorthand,
    known: Collection[str] = frozenset(),
    likeness: Likeness = UNTAUGHT,
    wishes: Likeness = UNTAUGHT,
) -> Rules:
    """Rules of these `wordings`, looked for in the order of CATEGORIES. Raises PhraseError.

    `known`: words of the languages, folded; none of them is taken for a slip.
    """
    vocabulary: set[str] = set()
    for wording in wordings.values():
        named = [phrase for group in wording.choices.values() for phrase in group]
        vocabulary |= words_of((*wording.phrases, *wording.not_meant, *named), shorthand)
    sought = tuple(
        Sought(
            name,
            Finder(wordings[name].not_meant, wordings[name].choices, shorthand),
            Finder(wordings[name].phrases, wordings[name].choices, shorthand),
        )
        for name in CATEGORIES
        if name in wordings
    )
    return Rules(
        sought,
        Speller(vocabulary | shorthand.keys(), mendable=MENDED_FROM, known=known),
        shorthand,
        likeness,
        wishes,
    )


def read(text: str, rules: Rules) -> Finding | None:
    """The first category that read_all finds in `text`, or None."""
    return next(read_all(text, rules), None)


def read_all(text: str, rules: Rules, *, least: float = 0.0) -> Iterator[Finding]:
    """Every category that `text` speaks of, in the order of CATEGORIES; where no phrase stands, the one it is like.

    `least`: the likelihood (0 to 1) without which likeness alone counts for nothing, however long the text.
    An idiom or a denial takes only its own words out, and only for its own category: what else the text says counts.
    """
    line, found = in_full(text, rules), False
    words = ANSWERED.sub(r"\1 . ", line.words)
    for sought in rules.sought:
        if sought.meant.first(words) is None:
            continue
        place = sought.meant.first(sought.not_meant.blot(words))
        if place:
            found = True
            yield Finding(sought.category, (line.quote(*place),))
    alike = None if found else _alike(line, words, rules, least)
    if alike:
        yield alike


def _alike(line: Line, words: str, rules: Rules, least: float) -> Finding | None:
    """What no phrase says, and is yet like examples of danger, also without the idioms and denials in it."""
    if not _is_like(liken(line.tokens, rules.likeness), least):
        return None
    for sought in rules.sought:
        words = sought.not_meant.blot(words)
    left = line.outside(words)
    alike = liken(left.tokens, rules.likeness)
    if alike is None or not _is_like(alike, least):
        return None
    category = next(name for name in CATEGORIES if name == alike.kind)
    return Finding(category, tuple(_runs(left, alike.places)))


def _is_like(alike: Alike | None, least: float) -> bool:
    return alike is not None and alike.likelihood >= max(least, enough(alike.words))


def _runs(line: Line, places: Sequence[int]) -> Iterator[str]:
    """The raw texts of the tokens at `places`; neighbours are one."""
    run: list[Token] = []
    for place in places:
        token = line.tokens[place]
        if run and line.tokens[place - 1] is not run[-1]:
            yield line.raw[run[0].start : run[-1].end]
            run = []
        run.append(token)
    if run:
        yield line.raw[run[0].start : run[-1].end]


def in_full(text: str, rules: Rules) -> Line:
    """`text` with its slips mended, and shorthand and contractions as the words that they stand for."""
    line = read_line(text, glued=True)
    plain = Line(line.raw, tuple(_plain(token) for whole in line.tokens for token in _apart(whole)))
    return _spelt_out(rules.speller.mend(_spelt_out(plain, rules.shorthand)), rules.shorthand)


def _spelt_out(line: Line, shorthand: Shorthand) -> Line:
    return Line(
        line.raw,
        tuple(
            Token(word, token.start, token.end)
            for token in line.tokens
            for word in shorthand.get(token.word, (token.word,))
        ),
    )


def _apart(token: Token) -> Iterator[Token]:
    """`token`, or the words that a 2 ties together."""
    tied = TWO_FOR_TO.fullmatch(token.word)
    if tied is None:
        yield token
    else:
        yield from (Token(word, token.start, token.end) for word in tied.groups())


def _plain(token: Token) -> Token:
    """Digits that stand for letters inside a word (su1c1de) as those letters."""
    mixed = token.word[0].isalpha() and any(char.isdigit() for char in token.word)
    return Token(token.word.translate(LEET), token.start, token.end) if mixed else token
