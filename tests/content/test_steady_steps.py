"""The program that coach ships: warm, short, complete in both languages, and without faults."""

import re
from datetime import date
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from coach.content.check import check_program
from coach.content.clinic import read_clinic
from coach.content.preview import preview_rows
from coach.content.publication import compile_program
from coach.content.rules_text import longest
from coach.content.templates import SHARED_KEYS, Texts
from coach.domain.preview import Person
from coach.domain.program import AnswerKind, Language, NudgeKind, Program
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


def test_it_lasts_twelve_weeks_with_all_kinds_of_nudge_and_a_sunday_check_in(program: Program) -> None:
    assert (program.weeks, len(program.themes)) == (12, 12)
    assert {nudge.kind for nudge in program.nudges} == set(NudgeKind) - {NudgeKind.CHECK_IN}
    assert {nudge.answer.kind for nudge in program.nudges if nudge.answer} == set(AnswerKind) - {
        AnswerKind.SCALE_0_3,  # asked on Sundays
        AnswerKind.SCALE_1_7,
    }
    assert [check_in.days for check_in in program.check_ins] == [["sun"]]


def test_instruments_wait_for_the_clinics_words() -> None:
    (note,) = check_program(FILE, ROOT / "messages").notes

    assert "PEG of sunday, PHQ-2 of sunday" in str(note)


@pytest.mark.parametrize("language", ["en", "es"])
def test_twelve_weeks_across_the_march_change_never_repeat_a_nudges_text(language: Language) -> None:
    publication = compile_program(FILE, ROOT / "messages")
    clinic = read_clinic(ROOT / "config/clinic.yaml")
    rows = preview_rows(publication, clinic, Person(date(2026, 2, 9), ZoneInfo("America/New_York"), language))
    nudges = [row for row in rows if row.kind != NudgeKind.CHECK_IN]

    assert (len(rows), len(nudges)) == (117, 75)
    assert len({row.text for row in nudges}) == len(nudges)
    assert max(row.segments for row in rows) == (1 if language == "en" else 2)
    assert {row.local[11:] for row in nudges} == {"09:30", "12:30", "15:30", "17:30"}


def test_the_lighter_way_brings_five_nudges_a_week_at_most_and_four_as_a_rule(program: Program) -> None:
    kept = [nudge for nudge in program.nudges if nudge.name not in program.presets["light"].without]
    weeks = [sum(len(nudge.days) for nudge in kept if week in nudge.weeks) for week in range(1, 13)]

    assert max(weeks) <= 5
    assert sorted(weeks)[6] == 4


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
