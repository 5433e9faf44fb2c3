"""The kind line after an answer: what it is about, and which wording."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.feedback import WORDINGS, Line, Situation, Told, line_about
from coach.domain.measures import Measure
from coach.domain.program import AnswerKind

S = Situation
MINUTES = AnswerKind.MINUTES


@pytest.mark.parametrize(
    ("told", "situation", "facts"),
    [
        ({"value": "10", "quota": 12}, S.MINUTES_PART, {"minutes": 10, "goal": 12}),
        ({"value": "10", "quota": 12, "before": 8}, S.MINUTES_MORE, {"minutes": 10, "goal": 12, "before": 8}),
        ({"value": "10", "quota": 12, "before": 11}, S.MINUTES_PART, {"minutes": 10, "goal": 12}),
        ({"value": "10", "quota": 12, "before": 0}, S.MINUTES_PART, {"minutes": 10, "goal": 12}),
        ({"value": "12", "quota": 12, "before": 30}, S.MINUTES_REACHED, {"minutes": 12, "goal": 12}),
        ({"value": "18", "quota": 12}, S.MINUTES_REACHED, {"minutes": 18, "goal": 12}),
        ({"value": "19", "quota": 12}, S.MINUTES_OVER, {"minutes": 19, "goal": 12}),
        ({"value": "19", "quota": 12, "in_flare": True}, S.MINUTES_OVER, {"minutes": 19, "goal": 12}),
        ({"value": "0", "quota": 12, "before": 12}, S.MINUTES_NONE, {}),
        ({"value": "7"}, S.MINUTES_BASELINE, {"minutes": 7}),
        ({"value": "3", "quota": 6, "in_flare": True}, S.IN_FLARE, {}),
    ],
)
def test_minutes_are_set_beside_the_goal_and_the_persons_own_last_time(
    told: dict[str, Any], situation: Situation, facts: dict[str, int]
) -> None:
    line = line_about(Told(expects=MINUTES, **told))

    assert (line.situation, dict(line.facts)) == (situation, facts)


@pytest.mark.parametrize(
    ("expects", "told", "situation"),
    [
        ("done", {"value": "done", "times": 1}, S.DONE),
        ("done", {"value": "done", "times": 3}, S.DONE_AGAIN),
        ("done", {"value": "partial"}, S.DONE_PART),
        ("done", {"value": "not_done"}, S.DONE_NONE),
        ("done", {"value": "not_done", "in_flare": True}, S.DONE_NONE),
        ("done", {"value": "done", "in_flare": True}, S.IN_FLARE),
        ("yes_no", {"value": "yes"}, S.YES),
        ("yes_no", {"value": "no"}, S.NO),
        ("text", {"value": "ok"}, S.WROTE),
        ("time", {"value": "09:30"}, S.NOTED),
        ("scale_0_10", {"value": "4"}, S.NOTED),
        ("scale_0_10", {"value": "4", "check_in": True}, S.CHECK_IN),
        ("scale_0_10", {"value": "4", "check_in": True, "measure": Measure.PAIN, "before": 6}, S.PAIN_LESS),
        ("scale_0_10", {"value": "6", "check_in": True, "measure": Measure.PAIN, "before": 4}, S.CHECK_IN),
    ],
)
def test_every_answer_has_its_line(expects: str, told: dict[str, Any], situation: Situation) -> None:
    assert line_about(Told(expects=AnswerKind(expects), **told)).situation is situation


@given(st.integers(0, 1440), st.integers(1, 240) | st.none(), st.integers(0, 1440) | st.none(), st.booleans())
def test_no_line_names_a_number_that_is_bad_news(
    minutes: int, quota: int | None, before: int | None, in_flare: bool
) -> None:
    line = line_about(Told(expects=MINUTES, value=str(minutes), quota=quota, before=before, in_flare=in_flare))

    assert "before" not in line.facts or line.facts["minutes"] > line.facts["before"] > 0
    assert line.facts.get("minutes", 1) > 0


@given(st.sampled_from(Situation), st.integers(1, 30))
def test_a_wording_comes_again_only_when_all_others_have_been(situation: Situation, lines: int) -> None:
    used: list[str] = []
    for _ in range(lines):
        used.insert(0, Line(situation, {}).text(used))

    for number in range(len(used) - WORDINGS[situation] + 1):
        assert len(set(used[number : number + WORDINGS[situation]])) == WORDINGS[situation]
