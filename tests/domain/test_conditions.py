from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.conditions import (
    Record,
    facts_named,
    facts_of,
    follow_up_for,
    holds,
    over_days,
    reached_days,
    unmet,
    variants_for,
)
from coach.domain.goal import Report
from coach.domain.program import FollowUp, Instead, When

MONDAY = date(2026, 11, 23)
RECORD = Record(week=3, language="en", in_flare=False, answers=4, goal=14, began=12, reached=2)
NEW = Record(week=1, language="es")


@pytest.mark.parametrize(
    ("written", "record", "so"),
    [
        ({"in_flare": True}, RECORD, False),
        ({"in_flare": True}, replace(RECORD, in_flare=True), True),
        ({"in_flare": False}, RECORD, True),
        ({"answered_last_week": True}, RECORD, True),
        ({"answered_last_week": True}, NEW, False),
        ({"answered_last_week": False}, NEW, True),
        ({"goal_reached": True}, RECORD, True),
        ({"goal_reached": True}, replace(RECORD, reached=0), False),
        ({"goal_reached": False}, replace(RECORD, reached=0), True),
        ({"goal_reached": True}, NEW, False),
        ({"goal_reached": False}, NEW, False),  # there is no goal to speak of
        ({"goal_grown": True}, RECORD, True),
        ({"goal_grown": True}, replace(RECORD, goal=12), False),
        ({"goal_grown": True}, replace(RECORD, goal=7, in_flare=True), False),
        ({"goal_grown": False}, NEW, False),
        ({"went_over": True}, RECORD, False),
        ({"went_over": True}, replace(RECORD, over=1), True),
        ({"went_over": False}, RECORD, True),
        ({"went_over": False}, NEW, False),
        ({"language": "es"}, RECORD, False),
        ({"language": "es"}, NEW, True),
        ({"weeks": [2, 3]}, RECORD, True),
        ({"weeks": [2, 4]}, RECORD, False),
        ({"in_flare": False, "weeks": [4]}, RECORD, False),  # all must hold
    ],
)
def test_a_condition_says_of_whom_it_is_true(written: dict[str, object], record: Record, so: bool) -> None:
    when = When.model_validate(written)

    assert holds(when, record) is so
    assert (unmet(when, record) is None) is so


def test_nothing_asked_is_always_so_and_a_condition_without_words_is_none() -> None:
    assert holds(None, NEW)
    with pytest.raises(ValueError, match="in_flare: true"):
        When()


def test_what_is_not_so_is_said_in_words() -> None:
    assert unmet(When(in_flare=True), RECORD) == "it is for people in a flare"
    assert unmet(When(answered_last_week=False), RECORD) == "it is not for people who answered in the last seven days"


def test_last_week_is_the_seven_days_before_today_and_a_day_counts_once() -> None:
    reports = [
        Report(MONDAY - timedelta(days=8), "walk", 20),
        Report(MONDAY - timedelta(days=7), "walk", 14),
        Report(MONDAY - timedelta(days=7), "walk", 15),
        Report(MONDAY - timedelta(days=2), "walk", 13),
        Report(MONDAY - timedelta(days=1), "walk", None),
        Report(MONDAY, "walk", 20),
    ]

    assert reached_days(reports, 14, MONDAY) == 1
    assert reached_days(reports, None, MONDAY) == 0
    assert over_days(reports, 9, MONDAY) == 1  # more than 13, on one day
    assert over_days(reports, 10, MONDAY) == 0


def test_the_first_words_whose_condition_holds_come_before_the_plain_ones() -> None:
    instead = [
        Instead(when=When(in_flare=True), variants=["gentle"]),
        Instead(when=When(goal_grown=True), variants=["grown"]),
    ]

    assert variants_for(["1"], instead, RECORD) == [["grown"], ["1"]]
    assert variants_for(["1"], instead, replace(RECORD, in_flare=True)) == [["gentle"], ["grown"], ["1"]]
    assert variants_for(["1"], instead, NEW) == [["1"]]


FOLLOW_UPS = [
    FollowUp(answers=["not_done"], when=When(in_flare=True), variants=["rest"]),
    FollowUp(answers=["not_done", "partial"], variants=["smaller"]),
    FollowUp(at_most=3, variants=["low"]),
    FollowUp(at_least=7, at_most=9, variants=["high"]),
]


@pytest.mark.parametrize(
    ("value", "flare", "variants"),
    [
        ("not_done", False, ["smaller"]),
        ("not_done", True, ["rest"]),
        ("partial", True, ["smaller"]),
        ("done", False, None),
        ("3", False, ["low"]),
        ("4", False, None),
        ("7", False, ["high"]),
        ("10", False, None),
        ("ok", False, None),
    ],
)
def test_the_first_follow_up_that_fits_the_answer_and_the_person_is_taken(
    value: str, flare: bool, variants: list[str] | None
) -> None:
    found = follow_up_for(FOLLOW_UPS, value, replace(RECORD, in_flare=flare))

    assert (found.variants if found else None) == variants


@pytest.mark.parametrize(
    "written",
    [
        {"variants": ["1"]},
        {"answers": ["no"], "at_most": 3, "variants": ["1"]},
        {"at_least": 5, "at_most": 3, "variants": ["1"]},
        {"answers": ["perhaps"], "variants": ["1"]},
    ],
)
def test_a_follow_up_is_for_answers_or_for_a_range(written: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"follow-up is for|at_least is more|Input should be"):
        FollowUp.model_validate(written)


WHENS = st.builds(
    When.model_validate,
    st.fixed_dictionaries(
        {},
        optional={
            "in_flare": st.booleans(),
            "answered_last_week": st.booleans(),
            "goal_reached": st.booleans(),
            "goal_grown": st.booleans(),
            "went_over": st.booleans(),
            "language": st.sampled_from(["en", "es"]),
            "weeks": st.lists(st.integers(1, 12), min_size=1),
        },
    ).filter(bool),
)
RECORDS = st.builds(
    Record,
    week=st.integers(1, 12),
    language=st.sampled_from(["en", "es"]),
    in_flare=st.booleans(),
    answers=st.integers(0, 20),
    goal=st.none() | st.integers(1, 60),
    began=st.none() | st.integers(1, 60),
    reached=st.integers(0, 7),
    over=st.integers(0, 7),
)


@given(when=WHENS, record=RECORDS)
def test_whatever_a_text_may_name_where_its_condition_holds_there_is(when: When, record: Record) -> None:
    if holds(when, record):
        assert facts_named(when) <= facts_of(record).keys()
