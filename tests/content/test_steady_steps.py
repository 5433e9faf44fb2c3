"""The program that coach ships: warm, short, complete in both languages, and without faults."""

import re
from itertools import chain
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from coach.content.check import check_program
from coach.content.rules_text import longest
from coach.content.templates import SHARED_KEYS, Texts
from coach.domain.program import AnswerKind, NudgeKind, Program
from coach.domain.segment import count
from tests.content.project import ROOT

FILE = ROOT / "config/programs/steady-steps.yaml"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return dict(check_program(FILE, ROOT / "messages").templates)


@pytest.fixture(scope="module")
def program() -> Program:
    checked = check_program(FILE, ROOT / "messages").program
    assert checked is not None
    return checked


def test_it_has_no_faults() -> None:
    assert check_program(FILE, ROOT / "messages").faults == ()


def test_every_program_in_the_folder_has_no_faults() -> None:
    found = chain.from_iterable(
        check_program(file, ROOT / "messages").faults for file in Path(ROOT / "config/programs").glob("*.yaml")
    )

    assert list(found) == []


def test_it_fits_its_published_schema() -> None:
    document = YAML(typ="safe", pure=True).load(FILE)

    assert list(Draft202012Validator(Program.model_json_schema()).iter_errors(document)) == []


def test_it_has_the_four_nudges_of_the_mission_and_a_sunday_check_in(program: Program) -> None:
    asked = {nudge.kind: nudge.answer.kind for nudge in program.nudges if nudge.answer}

    assert asked == {
        NudgeKind.PACING: AnswerKind.MINUTES,
        NudgeKind.EXERCISE: AnswerKind.DONE,
        NudgeKind.JOURNALING: AnswerKind.TEXT,
        NudgeKind.SELF_COMPASSION: AnswerKind.YES_NO,
    }
    assert [(check_in.days, len(check_in.items)) for check_in in program.check_ins] == [(["sun"], 2)]
    assert {item.answer.kind for check_in in program.check_ins for item in check_in.items} == {AnswerKind.SCALE_0_10}


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_nudge_has_three_variants_or_more(program: Program, texts: dict[str, str], language: str) -> None:
    there = {
        owner.name: sum(f"{language}/{program.text_key(owner.name, variant)}" in texts for variant in owner.variants)
        for owner in program.texts()
    }

    assert min(there.values()) >= 3


def test_no_text_says_the_same_as_another(texts: dict[str, str]) -> None:
    assert len(set(texts.values())) == len(texts)


def test_every_text_stays_within_its_segments(program: Program, texts: dict[str, str]) -> None:
    sizes = {
        path: count(Texts(texts).render(path.partition("/")[2], path[:2], longest(program))).segments for path in texts
    }

    assert {path for path, size in sizes.items() if size > 1 and path.startswith("en/steady-steps")} == set()
    assert {path for path, size in sizes.items() if size > 2 and path.startswith("es/steady-steps")} == set()
    assert sizes["en/shared/invitation"] <= 2


def test_every_shared_text_is_there_in_both_languages(texts: dict[str, str]) -> None:
    assert {f"{language}/shared/{key}" for language in ("en", "es") for key in SHARED_KEYS} <= set(texts)


def test_no_question_asks_for_the_word_that_carriers_read_as_a_new_opt_in(texts: dict[str, str]) -> None:
    asking = {path for path, text in texts.items() if re.search(r"\bYES\b", text)}

    assert asking == {"en/shared/invitation"}


@pytest.mark.parametrize(
    ("kind", "language", "words"),
    [
        ("yes_no", "en", "Y or N"),
        ("yes_no", "es", "SÍ o NO"),
        ("done", "en", "DONE, SOME or NO"),
        ("done", "es", "HECHO, PARTE o NO"),
        ("text", "en", "SKIP"),
        ("text", "es", "PASO"),
    ],
)
def test_a_question_its_reminder_and_its_re_ask_show_the_same_answer_words(
    program: Program, texts: dict[str, str], kind: str, language: str, words: str
) -> None:
    asking = {
        f"{language}/{program.text_key(nudge.name, variant)}"
        for nudge in program.nudges
        for variant in nudge.variants
        if nudge.answer and nudge.answer.kind == kind
    }
    shared = {f"{language}/shared/unclear_{kind}", f"{language}/shared/reminder_{kind}"}

    assert {path for path in asking | shared if words not in texts[path]} == set()
