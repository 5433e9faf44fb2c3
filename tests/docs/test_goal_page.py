"""The page on the goal says what the rule says, number by number."""

from datetime import date, timedelta

import pytest

from coach.domain.goal import Report, after_flare, in_flare, reviews, weekly
from coach.domain.program import PacingGoal
from tests.docs.documents import PROJECT

PAGE = (PROJECT / "docs/care-team/the-goal.md").read_text(encoding="utf-8")
CELLS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
WEEKS = [row for row in CELLS if len(row) == 4 and row[0].isdecimal()]
STEPS = [[int(cell) for cell in row] for row in CELLS if len(row) == 6 and row[0].isdecimal()]
START = date(2026, 3, 2)


def test_the_worked_weeks_are_what_the_rule_decides() -> None:
    goal = PacingGoal(baseline="baseline", nudges=["walk"], cap=16)
    reports = [
        Report(START + timedelta(weeks=number, days=day), "walk" if number else "baseline", _minutes(said))
        for number, row in enumerate(WEEKS)
        for day, said in enumerate(row[2].split(", "))
    ]
    found = reviews(goal, START, reports, START + timedelta(weeks=len(WEEKS)))

    assert [one.decision.reason if one.decision else None for one in found] == [row[3] for row in WEEKS]
    assert [str(one.decision.quota) for one in found[:-1] if one.decision] == [row[1] for row in WEEKS[1:]]


def _minutes(said: str) -> int | None:
    return None if said == "-" else int(said)


@pytest.mark.parametrize("row", STEPS, ids=lambda row: str(row[0]))
def test_the_steps_are_what_the_rule_gives(row: list[int]) -> None:
    goal = row[0]

    assert row[1] == weekly(goal, [goal, goal], 2, 240).quota
    assert row[2] == in_flare(goal)
    assert row[3:] == [after_flare(goal, day) for day in (1, 2, 3)]
