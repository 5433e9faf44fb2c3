"""How much a text is like examples: words and pieces of words are weighed as reviewed examples taught. Pure.

The weights are those of a multinomial logistic regression over tf-idf: n-grams of one to three words, and pieces of
three to five letters within a word, each scaled to length one. `make learn` makes them.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coach.domain.normal import Token

MOST_WORDS = 3
PIECES = range(3, 6)  # letters, with a blank before and after each word
ENOUGH = ((10, 0.5), (5, 0.6), (0, 0.8))
"""From so many words on, the likelihood from which a text counts: few words are like much. Chosen on examples that were
left out of the learning in turn (docs/operators/hearing.md)."""

FEWEST = 3
"""Words without which nothing is weighed: "0" and "k" are like everything."""

DECIDES = 0.5  # share of the word that speaks loudest, from which on a word is named too

Weights = Mapping[str, tuple[float, ...]]
"""Of each feature its inverse document frequency, and its weight for each kind against none."""


@dataclass(frozen=True)
class Likeness:
    """What was learnt: the kinds, such as those of danger; their bias against none; the weights of words and pieces."""

    kinds: tuple[str, ...]
    bias: tuple[float, ...]
    words: Weights
    pieces: Weights


UNTAUGHT = Likeness((), (), {}, {})
"""Nothing was learnt: no text is like anything."""


@dataclass(frozen=True)
class Alike:
    """The kind that a text is most like, how likely it is and any is (0 to 1), and where the words are that decided."""

    kind: str
    own: float
    likelihood: float
    places: tuple[int, ...]
    words: int  # that were weighed


@dataclass
class _Sum:
    """Logits of each kind, in all and by the place of the word that they come from."""

    logits: list[float]
    by_place: dict[int, list[float]] = field(default_factory=dict)


def liken(tokens: Sequence[Token], likeness: Likeness) -> Alike | None:
    """What the text is like; None where it has hardly a word, or nothing was learnt."""
    said = [(place, token.word) for place, token in enumerate(tokens) if is_word(token.word)]
    if len(said) < FEWEST or not likeness.kinds:
        return None
    total = _Sum(list(likeness.bias))
    _add(total, list(word_features(said)), likeness.words)
    _add(total, list(piece_features(said)), likeness.pieces)
    best = max(range(len(likeness.kinds)), key=total.logits.__getitem__)
    loudest = max((shares[best] for shares in total.by_place.values()), default=0.0)
    places = sorted(place for place, shares in total.by_place.items() if 0 < DECIDES * loudest <= shares[best])
    shares = _shares(total.logits)
    return Alike(likeness.kinds[best], shares[best], sum(shares), tuple(places), len(said))


def enough(words: int) -> float:
    """The likelihood from which a text of so many words counts."""
    return next(likelihood for fewest, likelihood in ENOUGH if words >= fewest)


def is_word(token: str) -> bool:
    """Whether the token is a word or a number, and no sign."""
    return any(char.isalnum() for char in token)


def is_name(token: str) -> bool:
    """Whether the token stands for a person's name (`coach.domain.consent_line`)."""
    return token.startswith("@")


def word_features(said: Sequence[tuple[int, str]]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each run of one to three words, with the places of its words; a name alone says nothing."""
    for size in range(1, MOST_WORDS + 1):
        for start in range(len(said) - size + 1):
            run = said[start : start + size]
            if not all(is_name(word) for _, word in run):
                yield " ".join(word for _, word in run), tuple(place for place, _ in run)


def piece_features(said: Sequence[tuple[int, str]]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each piece of a word, with its place; the blanks at the word's ends count as letters. A name has none."""
    for place, word in said:
        if is_name(word):
            continue
        padded = f" {word} "
        for size in PIECES:
            for start in range(max(1, len(padded) - size + 1)):
                yield padded[start : start + size], (place,)
            if len(padded) <= size:
                break


def _add(total: _Sum, features: Sequence[tuple[str, tuple[int, ...]]], weights: Weights) -> None:
    counts = Counter(name for name, _ in features if name in weights)
    values = {name: (1 + math.log(count)) * weights[name][0] for name, count in counts.items()}
    norm = math.sqrt(sum(value * value for value in values.values())) or 1.0
    for name, places in features:
        if name not in values:
            continue
        share = values[name] / norm / counts[name]
        for kind, weight in enumerate(weights[name][1:]):
            total.logits[kind] += share * weight
            for place in places:
                total.by_place.setdefault(place, [0.0] * len(total.logits))[kind] += share * weight / len(places)


def _shares(logits: Sequence[float]) -> list[float]:
    """The likelihood of each kind, where none has the logit 0."""
    top = max(0.0, *logits)
    each = [math.exp(logit - top) for logit in logits]
    return [one / (sum(each) + math.exp(-top)) for one in each]
