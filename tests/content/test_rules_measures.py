"""Instruments of several questions, and words that the clinic enters: all of an instrument, or nothing of it."""

from pathlib import Path

import pytest

from coach.content.check import Checked, check_program
from coach.content.publication import compile_program
from tests.content.project import edit, write_project

PAIN = """\
      - name: pain
        variants: [a]
        answer: {kind: scale_0_10, within: 600}
"""


def item(name: str, measure: str, *, kind: str = "scale_0_3", words: str = "clinic", weeks: str = "") -> str:
    asked = f"        weeks: [{weeks}]\n" if weeks else ""
    return (
        f"      - name: {name}\n        variants: [a, b]\n        answer: {{kind: {kind}, within: 600}}\n"
        f"        measure: {measure}\n        words: {words}\n{asked}"
    )


LOW = item("interest", "phq2_1") + item("low", "phq2_2")
ALERT = "alerts:\n  - {name: low, kind: phq2_high}\n  - {name: hurts, kind: pain_high}\n"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = write_project(tmp_path)
    edit(file, "per_week: 4", "per_week: 8")
    return file


def check(program: Path, items: str) -> Checked:
    edit(program, PAIN, items)
    return check_program(program, program.parents[2] / "messages")


def enter(program: Path, *texts: str) -> None:
    for text in texts:
        file = program.parents[2] / "messages" / f"{text}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        ask = "Reply 0-3." if text.startswith("en") else "Responde de 0 a 3."
        file.write_text(f"{text.split('/')[2].capitalize()} {text[-1]}? {ask}\n", encoding="utf-8")


ALL = [f"{language}/tiny/{name}/{one}" for language in ("en", "es") for name in ("interest", "low") for one in "ab"]


def names(checked: Checked) -> list[str]:
    assert checked.program is not None
    return [one.name for check_in in checked.program.check_ins for one in check_in.items]


def test_what_the_clinic_has_not_worded_is_left_out_without_a_fault_and_one_line_says_so(program: Path) -> None:
    measured = PAIN + "        measure: pain\n"
    checked = check(program, measured + LOW + ALERT)

    assert checked.faults == ()
    assert names(checked) == ["pain"]
    (note,) = checked.notes
    assert "PHQ-2 of weekly" in note
    assert "phq2_high never speaks up" in note
    assert str(Path("en") / "tiny" / "interest" / "a.txt") in note
    assert "and 7 more" in note


def test_once_all_texts_are_there_it_is_asked(program: Path) -> None:
    enter(program, *ALL)
    checked = check(program, PAIN + LOW)

    assert (checked.faults, checked.notes) == ((), ())
    assert names(checked) == ["pain", "interest", "low"]


@pytest.mark.parametrize("lacking", [ALL[0], ALL[5], ALL[7]])
def test_one_text_that_lacks_is_one_fault_and_the_instrument_is_left_out_whole(program: Path, lacking: str) -> None:
    enter(program, *(text for text in ALL if text != lacking))
    checked = check(program, PAIN + LOW)

    assert [fault.kind for fault in checked.faults] == ["instrument-partly-worded"]
    assert "of PHQ-2, 7 of 8 texts are there" in checked.faults[0].what
    assert lacking.split("/")[2] in checked.faults[0].remedy
    assert names(checked) == ["pain"]


def test_a_check_in_that_is_left_without_a_question_is_left_out_too(program: Path) -> None:
    edit(program, "    weeks: [1]\n", "    weeks: [1, 2]\n")
    edit(program, "variants: [a, b, c]", "variants: [a, b, c, d, e, f]")
    checked = check(program, LOW)

    assert checked.program is not None
    assert checked.program.check_ins == []


def test_what_is_published_is_what_the_check_leaves(program: Path) -> None:
    edit(program, PAIN, PAIN + LOW)
    publication = compile_program(program, program.parents[2] / "messages")

    assert [one.name for one in publication.program.check_ins[0].items] == ["pain"]
    assert "interest" not in publication.document


TORN = [
    item("interest", "phq2_1"),
    item("low", "phq2_2") + item("interest", "phq2_1"),
    item("interest", "phq2_1") + PAIN + item("low", "phq2_2"),
    item("interest", "phq2_1") + item("low", "phq2_2", weeks="1"),
]


@pytest.mark.parametrize("items", TORN)
def test_an_instrument_is_asked_together_in_its_order_and_in_the_same_weeks(program: Path, items: str) -> None:
    checked = check(program, items if PAIN in items else PAIN + items)

    assert [fault.kind for fault in checked.faults] == ["instrument-torn"]
    assert "phq2_1, phq2_2" in checked.faults[0].what


@pytest.mark.parametrize(("measure", "kind"), [("phq2_1", "scale_0_10"), ("pgic", "scale_0_10"), ("pain", "scale_0_3")])
def test_a_measure_is_asked_on_its_own_scale(program: Path, measure: str, kind: str) -> None:
    checked = check(program, item("asked", measure, kind=kind))

    assert "measure-not-a-number" in {fault.kind for fault in checked.faults}


def test_a_question_that_may_have_to_open_the_check_in_is_asked_in_all_its_weeks(program: Path) -> None:
    checked = check(program, LOW + PAIN + "        weeks: [2]\n")

    assert [fault.kind for fault in checked.faults] == ["item-week"]
    assert "while the words before it lack" in checked.faults[0].what


HARD = (
    "Considerable uncertainty regarding depression: approximately how frequently have considerations of overwhelming"
    " difficulties regarding everyday responsibilities been disturbing? Reply 0-3."
)


def test_an_instruments_own_words_are_taken_as_they_are_with_a_line_about_lock_screens(program: Path) -> None:
    enter(program, *ALL)
    (program.parents[2] / "messages" / f"{ALL[0]}.txt").write_text(HARD, encoding="utf-8")
    checked = check(program, PAIN + LOW)

    assert checked.faults == ()
    assert ["name a diagnosis" in note for note in checked.notes] == [True]


def test_other_words_are_judged_whoever_enters_them(program: Path) -> None:
    enter(program, *ALL)
    (program.parents[2] / "messages" / f"{ALL[0]}.txt").write_text(HARD, encoding="utf-8")
    checked = check(program, PAIN + LOW.replace("words: clinic", "words: program"))

    assert {fault.kind for fault in checked.faults} == {"diagnosis", "reading-grade", "too-many-segments"}
