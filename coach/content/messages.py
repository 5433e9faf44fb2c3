"""The messages folder: which templates a program needs, and their texts, byte for byte."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coach.content.document import Loc, read_text
from coach.content.faults import Fault
from coach.content.templates import (
    DIAL_KEYS,
    DIAL_VARIABLES,
    FEEDBACK_KEYS,
    FEEDBACK_VARIABLES,
    GOAL_VARIABLES,
    INVITATION_VARIABLES,
    NUDGE_VARIABLES,
    PROGRESS_VARIABLES,
    SHARED_KEYS,
    SHARED_VARIABLES,
)
from coach.domain.clinic_words import is_verbatim
from coach.domain.conditions import facts_named
from coach.domain.program import LANGUAGES, Answer, Language, Nudge, Program, When


@dataclass(frozen=True)
class Needed:
    """One template that a program needs, the variables it may use, and the answer it asks for."""

    language: Language
    key: str  # "steady-steps/exercise/1" or "shared/stop"
    variables: frozenset[str]
    answer: Answer | None = None
    owner: tuple[str | int, ...] = ()  # where the program names it
    verbatim: bool = False  # an instrument's own words, entered by the clinic: nobody may put them otherwise

    @property
    def path(self) -> str:
        """The template's path below messages, without .txt."""
        return f"{self.language}/{self.key}"

    @property
    def shared(self) -> bool:
        """Whether it belongs to no program."""
        return self.key.startswith("shared/")


def needed(program: Program) -> Iterator[Needed]:
    """Every template that the program needs, language by language."""
    for language in dict.fromkeys(program.languages):
        yield from _own(program, language)
        for key in SHARED_KEYS:
            yield Needed(language, f"shared/{key}", _variables(key))
        for key in FEEDBACK_KEYS if program.feedback else ():
            yield Needed(language, key, FEEDBACK_VARIABLES)


def _variables(key: str) -> frozenset[str]:
    """What a shared text may name."""
    if key in DIAL_KEYS:
        return PROGRESS_VARIABLES if key.startswith("progress") else DIAL_VARIABLES
    return INVITATION_VARIABLES if key == "invitation" else SHARED_VARIABLES


def _own(program: Program, language: Language) -> Iterator[Needed]:
    goals = set(program.goal.nudges) if program.goal else set()
    for number, nudge in enumerate(program.nudges):
        yield from _of_nudge(program, language, nudge, ("nudges", number), goal=nudge.name in goals)
    for number, check_in in enumerate(program.check_ins):
        if not _read_in(language, check_in.when):
            continue
        for place, item in enumerate(check_in.items):
            owner = ("check_ins", number, "items", place, "variants")
            for text in _each(program, language, item.name, item.variants, owner, NUDGE_VARIABLES, item.answer):
                yield replace(text, verbatim=is_verbatim(item))


def _of_nudge(program: Program, language: Language, nudge: Nudge, loc: Loc, *, goal: bool) -> Iterator[Needed]:
    """The plain wordings of a nudge, those of other records, and those of its follow-ups."""
    plain = (GOAL_VARIABLES if goal else NUDGE_VARIABLES) | facts_named(nudge.when)
    if not _read_in(language, nudge.when):
        return
    yield from _each(program, language, nudge.name, nudge.variants, (*loc, "variants"), plain, nudge.answer)
    for place, one in enumerate(nudge.instead):
        if not _read_in(language, one.when):
            continue
        owner = (*loc, "instead", place, "variants")
        yield from _each(
            program, language, nudge.name, one.variants, owner, plain | facts_named(one.when), nudge.answer
        )
    for place, follow_up in enumerate(nudge.follow_ups):
        if not _read_in(language, follow_up.when):
            continue
        owner = (*loc, "follow_ups", place, "variants")
        given = NUDGE_VARIABLES | facts_named(follow_up.when)
        yield from _each(program, language, nudge.name, follow_up.variants, owner, given)


def _read_in(language: Language, when: When | None) -> bool:
    """Whether anybody reads texts under that condition in `language`."""
    return when is None or when.language in {None, language}


def _each(
    program: Program,
    language: Language,
    name: str,
    variants: Sequence[str],
    owner: Loc,
    variables: frozenset[str],
    answer: Answer | None = None,
) -> Iterator[Needed]:
    for place, variant in enumerate(variants):
        yield Needed(language, program.text_key(name, variant), variables, answer, (*owner, place))


def read_templates(messages: Path, program: Program, faults: list[Fault]) -> dict[str, str]:
    """The program's templates and all shared texts, by path without .txt; those that cannot be read become faults."""
    paths = {template.path for template in needed(program)}
    for language in LANGUAGES:
        paths |= {f"{language}/shared/{file.stem}" for file in (messages / language / "shared").glob("*.txt")}
    texts: dict[str, str] = {}
    for path in sorted(paths):
        file = template_file(messages, path)
        text = read_text(file, str(file), faults) if file.is_file() else None
        if text is not None:
            texts[path] = text
    return texts


def template_file(messages: Path, path: str) -> Path:
    """The file of a template's path."""
    return messages / f"{path}.txt"
