"""Answers to words of danger, as reviewed data: config/safety/answers.yaml, checked as a whole before it is used."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from coach.content.folders import config_folder
from coach.content.reviewed import read_reviewed
from coach.domain import segment
from coach.domain.clinic import Clinic
from coach.domain.errors import CoachError
from coach.domain.program import LANGUAGES
from coach.domain.safety import CATEGORIES, Category
from coach.domain.safety_answers import ELSEWHERE, Numbers, SafetyAnswers

MOST_SEGMENTS = 4  # a cry for help is answered in full, in Spanish with its accents too
FIELDS = {"emergency", "crisis", "poison", "seen", "clinic", "phone"}
LONGEST = Clinic(name="N" * 30, phone="202-555-0100 12345", country="US")


class SafetyAnswersError(CoachError):
    """The answers to words of danger cannot be used; names the file, the place and the remedy."""


def _in_each(value: object) -> object:
    """One number for all languages may be written once."""
    return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value


Words = Annotated[str, Field(min_length=1)]
Sentences = Annotated[Mapping[str, Words], BeforeValidator(_in_each)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Approved(_Part):
    by: str = ""
    on: str | date = ""


class _Seen(_Part):
    watched: Sentences
    unwatched: Sentences


class _Country(_Part):
    emergency: Sentences
    crisis: Sentences
    poison: Sentences
    reviewed: date
    sources: Annotated[list[Words], Field(min_length=1)]


class Document(_Part):
    """The file as written."""

    approved: _Approved
    texts: Mapping[Category, Sentences]
    seen: _Seen
    countries: dict[Annotated[str, Field(pattern=r"^([A-Z]{2}|other)$")], _Country]


@cache
def load_answers(folder: Path | None = None) -> SafetyAnswers:
    """The answers in safety/answers.yaml of the config `folder`. Raises SafetyAnswersError."""
    path = (folder or config_folder()) / "safety" / "answers.yaml"
    document = read_reviewed(path, Document, SafetyAnswersError)
    fault = next(_faults(document), None)
    if fault:
        raise SafetyAnswersError(f"{path}: {fault}")
    return _answers(document)


def _answers(document: Document) -> SafetyAnswers:
    countries = {
        name: Numbers(one.emergency, one.crisis, one.poison, one.reviewed, tuple(one.sources))
        for name, one in document.countries.items()
    }
    approved = document.approved.by if document.approved.on else ""
    return SafetyAnswers(document.texts, document.seen.watched, document.seen.unwatched, countries, approved)


def _faults(document: Document) -> Iterator[str]:
    """What is absent or too long, in words."""
    if ELSEWHERE not in document.countries:
        yield f"countries: there must be one called {ELSEWHERE}, for every country that is not listed"
    for category in CATEGORIES:
        if category not in document.texts:
            yield f"texts: {category} has no answer; write one in {' and '.join(LANGUAGES)}"
    named: list[tuple[str, Mapping[str, str]]] = [*document.texts.items()]
    named += [("seen.watched", document.seen.watched), ("seen.unwatched", document.seen.unwatched)]
    for name, one in document.countries.items():
        named += [(f"{name}.emergency", one.emergency), (f"{name}.crisis", one.crisis), (f"{name}.poison", one.poison)]
    for name, sentences in named:
        yield from (
            f"{name}: there is no {language} text; write one" for language in LANGUAGES if language not in sentences
        )
    for category, language in product(document.texts, LANGUAGES):
        yield from _unknown(category, document.texts[category].get(language, ""))
    yield from _too_long(document)


def _unknown(category: str, text: str) -> Iterator[str]:
    try:
        fields = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        yield f"texts.{category}: {error}; write a field as {{emergency}}"
        return
    for field in sorted(fields - FIELDS):
        yield f"texts.{category}: {{{field}}} is not known; known are {', '.join(sorted(FIELDS))}"


def _too_long(document: Document) -> Iterator[str]:
    answers = _answers(document)
    for category, language, country in product(document.texts, LANGUAGES, document.countries):
        texts = [
            answers.text(category, country=country, language=language, clinic=LONGEST, watched=watched)
            for watched in (True, False)
        ]
        segments = max(segment.count(text).segments for text in texts)
        if segments > MOST_SEGMENTS:
            yield (
                f"texts.{category}.{language}: with the numbers of {country} it takes {segments} segments,"
                f" {MOST_SEGMENTS} at most; shorten it"
            )
