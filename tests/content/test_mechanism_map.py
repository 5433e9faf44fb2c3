import pytest

from coach.content.folders import program_file
from coach.content.mechanism_map import mechanism_map, unnamed
from coach.content.programs import read_program
from coach.domain.mechanism import WORDS, Mechanism
from coach.domain.program import Program
from tests.docs.documents import PROJECT
from tests.people import nudge, publication

WHY = {"mechanism": "poor_sleep", "source": "NIDA CRAX35"}


def small(**changes: object) -> Program:
    return publication(
        nudge("get-up", kind="sleep", weeks=[2, 3], days=["thu"], why=WHY), nudge("move"), **changes
    ).program


def test_each_nudge_stands_beside_what_it_is_for_when_it_comes_and_where_that_is_shown() -> None:
    assert "| poor sleep | Get up (sleep) | weeks 2 and 3, on Thursdays | NIDA CRAX35 |" in mechanism_map(small())


def test_each_week_has_its_theme_and_its_nudges() -> None:
    page = mechanism_map(small(themes=["Begin", "Sleep", "Rest", "Recap"]))

    assert "| 1 | Begin | Move |" in page
    assert "| 2 | Sleep | Get up, Move |" in page


def test_what_has_no_reason_is_said() -> None:
    assert unnamed(small()) == ["move"]
    assert "Without a reason so far: move." in mechanism_map(small())


@pytest.fixture(scope="module")
def steady_steps() -> Program:
    program = read_program(program_file("steady-steps")).program
    assert program is not None
    return program


def test_steady_steps_says_of_every_nudge_what_it_is_for_and_leaves_no_mechanism_out(steady_steps: Program) -> None:
    assert unnamed(steady_steps) == []
    assert {nudge.why.mechanism for nudge in steady_steps.nudges if nudge.why} == set(Mechanism) == set(WORDS)
    assert steady_steps.weeks == len(steady_steps.themes) == 12


def test_the_page_in_the_docs_is_the_map_of_steady_steps(steady_steps: Program) -> None:
    page = (PROJECT / "docs/care-team/steady-steps.md").read_text(encoding="utf-8")

    assert page == mechanism_map(steady_steps), "write it again: coach program map config/programs/steady-steps.yaml"
