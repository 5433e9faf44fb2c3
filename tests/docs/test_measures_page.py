"""The page on measures says what the instruments are."""

import re
from collections.abc import Iterator

import pytest

from coach.domain.answers import understand
from coach.domain.measures import INSTRUMENTS, PGIC_WORDS, RANGES, STEPS, Instrument, scale_of
from coach.domain.program import AnswerKind
from tests.docs.documents import PROJECT

PAGE = (PROJECT / "docs/care-team/measures.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
SCORED = {"answer": "the answer itself", "mean": "mean of its answers", "sum": "sum of its answers"}


def cut_offs(instrument: Instrument) -> str:
    """3 or more: of those who have it found .61 to .76, of those who have not cleared .87 to .92."""
    return (
        "; ".join(
            f"{one.at_least} or more: sensitivity {one.sensitivity[0]:.2f} to {one.sensitivity[1]:.2f},"
            f" specificity {one.specificity[0]:.2f} to {one.specificity[1]:.2f}"
            for one in instrument.cut_offs
        )
        or "none"
    )


def important(instrument: Instrument) -> str:
    if instrument.name == "pgic":
        return "its own words: minimally, much, very much"
    said = []
    for step in reversed(STEPS.get(instrument.name, ())):
        points = [] if step.points is None else [f"{float(step.points):g} points"]
        percent = [] if step.percent is None else [f"{step.percent}%"]
        said.append(f"{step.degree} from {' or '.join(points + percent)}")
    return "; ".join(said) or "none published"


def row_of(name: str) -> list[str]:
    (row,) = [cells for cells in ROWS if cells[0] == f"`{name}`"]
    return row


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda one: one.name)
def test_the_page_has_each_instrument_with_its_figures(instrument: Instrument) -> None:
    least, greatest = instrument.bounds
    measures = ", ".join(f"`{item}`" for item in instrument.items)

    assert row_of(instrument.name) == [
        f"`{instrument.name}`",
        measures,
        f"`{scale_of(instrument.items[0])}`",
        instrument.recall,
        f"{SCORED[instrument.scoring]}, {least} to {greatest}",
        cut_offs(instrument),
        important(instrument),
        f"the {instrument.words}'s: {instrument.licence}",
    ]


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda one: one.name)
def test_the_page_names_every_source(instrument: Instrument) -> None:
    assert [source for source in instrument.sources if source not in PAGE] == []


def heard() -> Iterator[tuple[str, int, str, str]]:
    """The rows of words: the kind, the value, and each wording with its language."""
    for kind, value, english, spanish in (row for row in ROWS if len(row) == 4 and row[0].startswith("`scale_")):
        for language, cell in (("en", english), ("es", spanish)):
            for words in cell.split(", "):
                yield kind.strip("`"), int(value), language, words


def test_words_that_the_page_says_are_heard_are_heard() -> None:
    said = list(heard())

    assert {(kind, value) for kind, value, _, _ in said} == {
        *(("scale_0_3", value) for value in range(4)),
        *(("scale_1_7", value) for value in PGIC_WORDS),
    }
    assert [one for one in said if understand(one[3], AnswerKind(one[0]), one[2]).value != one[1]] == []


def test_no_question_of_an_instrument_that_is_the_clinics_to_word_is_printed() -> None:
    clinics = [item for one in INSTRUMENTS if one.words == "clinic" for item in one.items]

    assert all(f"`{item}`" in PAGE for item in clinics)
    assert not re.search(r"(?i)little interest or pleasure|feeling down, depressed", PAGE)
    assert all(RANGES[item] for item in clinics)
