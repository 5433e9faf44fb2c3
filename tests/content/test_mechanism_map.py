from coach.content.mechanism_map import mechanism_map, unnamed
from coach.domain.program import Program
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
