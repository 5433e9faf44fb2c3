"""Words of danger, as reviewed data: config/safety/words read into rules."""

import csv
import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from coach.content.folders import config_folder
from coach.content.reviewed import read_reviewed
from coach.domain.consent_words import wish_speller
from coach.domain.errors import CoachError
from coach.domain.likeness import UNTAUGHT, Likeness
from coach.domain.normal import fold
from coach.domain.phrases import PhraseError, Shorthand
from coach.domain.program import LANGUAGES
from coach.domain.safety import CATEGORIES, Category, Rules, Wording, build_rules

FEATURES = ("word", "piece")
Phrases = list[Annotated[str, Field(min_length=2)]]


class SafetyRulesError(CoachError):
    """The words of danger cannot be read; names the file and the remedy."""


class Words(BaseModel):
    """A file of words as written. What is in shared.yaml goes for every category."""

    model_config = ConfigDict(extra="forbid")

    choices: dict[str, Phrases] = {}
    not_meant: Phrases
    phrases: Phrases = []


class Written(BaseModel):
    """The file of shorthand as written: for each language, a word and the words that it stands for."""

    model_config = ConfigDict(extra="forbid")

    en: dict[str, str]
    es: dict[str, str]


@cache
def load_rules(folder: Path | None = None) -> Rules:
    """The rules in safety/words of the config `folder`. Raises SafetyRulesError."""
    words = (folder or config_folder()) / "safety" / "words"
    shared = read_reviewed(words / "shared.yaml", Words, SafetyRulesError)
    shorthand = _shorthand(read_reviewed(words / "shorthand.yaml", Written, SafetyRulesError))
    wordings: Mapping[Category, Wording] = {
        name: _wording(read_reviewed(words / f"{name}.yaml", Words, SafetyRulesError), shared) for name in CATEGORIES
    }
    try:
        rules = build_rules(
            wordings,
            shorthand,
            known_words(),
            read_weights(words.parent / "weights.csv"),
            read_weights(words.parents[1] / "consent" / "weights.csv"),
        )
        return replace(rules, wish_speller=wish_speller(known_words()))
    except PhraseError as error:
        raise SafetyRulesError(f"{words}: {' '.join(str(error).split())}") from error


@cache
def known_words() -> frozenset[str]:
    """The words of both languages, folded, as dictionaries have them: what is one of them is no slip of the thumb."""
    words: set[str] = set()
    for language in LANGUAGES:
        listed = files("spellchecker") / "resources" / f"{language}.json.gz"
        words.update(json.loads(gzip.decompress(listed.read_bytes())))
    return frozenset(word if word.isascii() else fold(word)[0] for word in words)


def read_weights(path: Path) -> Likeness:
    """What examples taught, as `python -m benchmarks.learn` wrote it; nothing where there is no file.

    Raises:
        SafetyRulesError: the file is not as it was written.
    """
    if not path.exists():
        return UNTAUGHT
    try:
        with path.open(encoding="utf-8", newline="") as file:
            head, _, bias, *rows = csv.reader(file)
        weights = {kind: {row[1]: tuple(map(float, row[2:])) for row in rows if row[0] == kind} for kind in FEATURES}
        return Likeness(tuple(head[3:]), tuple(map(float, bias[3:])), weights["word"], weights["piece"])
    except (ValueError, IndexError) as error:
        raise SafetyRulesError(
            f"{path}: it is not as it was written ({error}); write it again with: make learn"
        ) from None


def _shorthand(written: Written) -> Shorthand:
    return {word: tuple(meant.split()) for word, meant in (written.en | written.es).items()}


def _wording(own: Words, shared: Words) -> Wording:
    return Wording(own.phrases, [*own.not_meant, *shared.not_meant], shared.choices | own.choices)
