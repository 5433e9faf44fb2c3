from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.goal import (
    Decision,
    Flare,
    Report,
    Review,
    Step,
    after_flare,
    baseline_overdue,
    baseline_quota,
    in_flare,
    overshot,
    quota_on,
    reached,
    reviews,
    weekly,
)
from coach.domain.program import PacingGoal

START = date(2026, 3, 2)
DAY = timedelta(days=1)
GOAL = PacingGoal(baseline="baseline", nudges=["pacing"], cap=16)
MINUTES = st.integers(min_value=0, max_value=1440)


def week(number: int, *minutes: int | None, nudge: str = "pacing") -> list[Report]:
    """Questions on the first days of a program week, and what came."""
    return [Report(START + DAY * (7 * number - 7 + at), nudge, answer) for at, answer in enumerate(minutes)]


def on(number: int, weekday: int = 1) -> date:
    """The local date of a program week's first, second, ... day."""
    return START + DAY * (7 * number - 8 + weekday)


TABLE = [  # the table of coach.domain.goal: that week's answers, then what is in force the week after
    (
        week(1, 20, 15, 10, nudge="baseline"),
        Decision(12, Step.BASELINE, "starts at 12 minutes: 3 answers, 15 on average"),
    ),
    (
        week(2, 12, 10, 12),  # 34 of 36
        Decision(14, Step.RAISED, "raised from 12 to 14 minutes: answers came to 94% of it on average"),
    ),
    (week(3, None, 14, None), Decision(14, Step.FEW_REPORTS, "held at 14 minutes: 1 of 3 answers came")),
    (week(4, 22, 23, 14), Decision(14, Step.OVERSHOOT, "held at 14 minutes: 2 days went well over")),
    (
        week(5, 9, 10, 9),  # 28 of 42
        Decision(14, Step.UNDER, "held at 14 minutes: answers came to 66% of it on average, 70% is needed"),
    ),
    (
        week(6, 14, 14, 14),
        Decision(16, Step.RAISED, "raised from 14 to 16 minutes: answers came to 100% of it on average"),
    ),
    (week(7, 16, 16, 16), Decision(16, Step.AT_CAP, "held at 16 minutes: the program's cap")),
]
LIVED = [report for reports, _ in TABLE for report in reports]


@pytest.mark.parametrize(("number", "expected"), [(at + 2, decision) for at, (_, decision) in enumerate(TABLE)])
def test_the_quota_in_force_follows_the_worked_table(number: int, expected: Decision) -> None:
    assert [quota_on(GOAL, START, LIVED, on(number, weekday)) for weekday in range(1, 8)] == [expected] * 7


def test_there_is_no_quota_in_the_first_week() -> None:
    assert quota_on(GOAL, START, LIVED, on(1, 7)) is None


@pytest.mark.parametrize(
    ("reports", "quota"),
    [
        ([], None),
        ([20, 20], None),  # three are needed
        ([20, 15, 10], 12),  # 80% of 15
        ([15, 15, 15, 15], 12),
        ([16, 16, 16], 13),  # 12.8
        ([15, 16, 16], 13),  # 12.53
        ([15, 15, 17, 15], 12),  # 12.4
        ([5, 5, 5, 7, 6, 6], 5),  # 4.53
        ([10, 10, 10, 10, 10, 13, 12, 10], 9),  # 8.5 goes up
        ([0, 0, 0], 1),  # never nothing at all
        ([1, 0, 0], 1),
    ],
)
def test_a_quota_starts_at_four_fifths_of_the_baseline(reports: list[int], quota: int | None) -> None:
    assert baseline_quota(reports) == quota


@pytest.mark.parametrize(
    ("quota", "reports", "asked", "expected", "step"),
    [
        (10, [10, 10], 4, 11, Step.RAISED),  # half of those asked is enough
        (10, [10, 10], 5, 10, Step.FEW_REPORTS),  # fewer than half is not
        (10, [10], 1, 10, Step.FEW_REPORTS),  # one day is not a week
        (10, [], 0, 10, Step.FEW_REPORTS),
        (10, [7, 7], 2, 11, Step.RAISED),  # 70% to the dot
        (10, [7, 6], 2, 10, Step.UNDER),
        (10, [20, 4], 2, 11, Step.RAISED),  # more than the quota earns no more than the quota: 70%
        (10, [20, 3], 2, 10, Step.UNDER),
        (10, [15, 15], 2, 11, Step.RAISED),  # 150% is not yet over
        (10, [16, 10], 2, 11, Step.RAISED),  # one day over is forgiven
        (10, [16, 16], 2, 10, Step.OVERSHOOT),
        (1, [1, 1], 2, 2, Step.RAISED),  # at least one minute
        (11, [11, 11], 2, 13, Step.RAISED),  # 1.1 goes up to 2
        (29, [29, 29], 2, 30, Step.RAISED),  # no further than the cap
        (30, [30, 30], 2, 30, Step.AT_CAP),
    ],
)
def test_a_week_raises_the_quota_by_a_tenth_or_holds_it(
    quota: int, reports: list[int], asked: int, expected: int, step: Step
) -> None:
    decision = weekly(quota, reports, asked, cap=30)

    assert (decision.quota, decision.step) == (expected, step)


@pytest.mark.parametrize(
    ("quota", "half", "back"),
    [(12, 6, [8, 10, 12]), (13, 6, [8, 10, 13]), (3, 1, [1, 2, 3]), (2, 1, [1, 1, 2]), (1, 1, [1, 1, 1])],
)
def test_a_flare_halves_the_quota_and_three_days_bring_it_back(quota: int, half: int, back: list[int]) -> None:
    assert in_flare(quota) == half
    assert [after_flare(quota, day) for day in (1, 2, 3)] == back


def test_a_flare_freezes_the_quota_and_its_week_is_not_reviewed() -> None:
    flares = [Flare(on(2, 4), on(2, 6))]
    seen = [quota_on(GOAL, START, LIVED, on(2, weekday), flares) for weekday in range(3, 8)] + [
        quota_on(GOAL, START, LIVED, on(3), flares)
    ]

    assert [(one.quota, one.step, one.reason) for one in seen if one] == [
        (12, Step.BASELINE, "starts at 12 minutes: 3 answers, 15 on average"),
        (6, Step.FLARE, "half of 12 minutes during a flare"),
        (6, Step.FLARE, "half of 12 minutes during a flare"),
        (8, Step.RETURN, "on the way back to 12 minutes after a flare: day 1 of 3"),
        (10, Step.RETURN, "on the way back to 12 minutes after a flare: day 2 of 3"),
        (12, Step.FLARE, "held at 12 minutes: there was a flare"),  # the third day is the whole quota
    ]


def test_an_unended_flare_goes_on_and_a_new_one_begins_at_half_again() -> None:
    going_on = quota_on(GOAL, START, LIVED, on(5), [Flare(on(2, 4))])
    again = quota_on(GOAL, START, LIVED, on(2, 5), [Flare(on(2, 2), on(2, 4)), Flare(on(2, 5))])

    assert [one.quota for one in (going_on, again) if one] == [6, 6]


def test_a_flare_that_ends_on_its_first_day_changes_nothing() -> None:
    assert quota_on(GOAL, START, LIVED, on(3), [Flare(on(2, 4), on(2, 4))]) == quota_on(GOAL, START, LIVED, on(3))


def test_answers_on_the_way_back_from_a_flare_do_not_count_for_the_review() -> None:
    lived = [*week(1, 15, 15, 15, nudge="baseline"), *week(3, 2, 2, 12, 12)]  # the first two days were eased ones
    decision = quota_on(GOAL, START, lived, on(4), [Flare(on(2, 1), on(3, 1))])

    assert decision is not None
    assert (decision.quota, decision.step) == (14, Step.RAISED)


def test_while_there_is_no_quota_pacing_answers_tell_of_the_baseline() -> None:
    lived = [*week(1, 20, None, None, nudge="baseline"), *week(2, 10, 15)]

    assert quota_on(GOAL, START, lived, on(2)) is None
    assert quota_on(GOAL, START, lived, on(3)) == Decision(
        12, Step.BASELINE, "starts at 12 minutes: 3 answers, 15 on average"
    )


@pytest.mark.parametrize(
    ("answers", "day", "overdue"),
    [
        ([20, None, None], on(2, 7), False),  # two weeks are given
        ([20, None, None], on(3, 1), True),
        ([20, 20, 20], on(3, 1), False),
    ],
)
def test_a_clinician_is_asked_when_two_weeks_brought_no_baseline(
    answers: list[int | None], day: date, overdue: bool
) -> None:
    assert baseline_overdue(GOAL, START, week(1, *answers, nudge="baseline"), day) is overdue


def test_the_first_quota_stays_within_the_cap() -> None:
    decision = quota_on(GOAL, START, week(1, 60, 60, 60, nudge="baseline"), on(2))

    assert decision is not None
    assert decision.quota == 16


@given(
    quota=st.integers(1, 240), reports=st.lists(MINUTES, max_size=10), asked=st.integers(0, 10), cap=st.integers(2, 240)
)
def test_a_review_never_lowers_a_quota_within_its_cap_nor_passes_the_cap(
    quota: int, reports: list[int], asked: int, cap: int
) -> None:
    quota = min(quota, cap)
    decided = weekly(quota, reports, asked, cap).quota

    assert quota <= decided <= cap
    assert decided - quota <= max(1, -(-quota // 10))


@given(quota=st.integers(1, 239), reports=st.lists(MINUTES, max_size=10), missing=st.integers(0, 10))
def test_more_missing_answers_never_raise_a_quota(quota: int, reports: list[int], missing: int) -> None:
    asked = len(reports)

    assert weekly(quota, reports, asked + missing, 240).quota <= weekly(quota, reports, asked, 240).quota


@given(reports=st.lists(MINUTES, min_size=3, max_size=10), more=st.integers(0, 9))
def test_a_better_baseline_never_makes_a_smaller_quota(reports: list[int], more: int) -> None:
    better = [reports[0] + more, *reports[1:]]

    assert (baseline_quota(reports) or 0) <= (baseline_quota(better) or 0)


@given(minutes=MINUTES, quota=st.integers(1, 240))
def test_a_day_reaches_at_most_its_quota_and_only_long_days_go_over(minutes: int, quota: int) -> None:
    assert 0 <= reached(minutes, quota) <= 1
    assert not overshot(minutes, quota) or reached(minutes, quota) == 1


@given(
    answers=st.lists(st.tuples(st.integers(0, 41), st.none() | st.integers(0, 60), st.integers(0, 5)), max_size=30),
    week_number=st.integers(2, 7),
)
def test_within_a_week_the_quota_stands_whatever_comes_later(
    answers: list[tuple[int, int | None, int]], week_number: int
) -> None:
    reports = [Report(START + DAY * at, "pacing", minutes, START + DAY * (at + late)) for at, minutes, late in answers]
    known = [
        report
        if report.came and report.came < on(week_number)
        else Report(report.day, report.nudge, None)  # as it looked when the week began
        for report in reports
        if report.day < on(week_number)
    ]
    told = quota_on(GOAL, START, known, on(week_number))

    assert {quota_on(GOAL, START, reports, on(week_number, weekday)) for weekday in range(1, 8)} == {told}


def test_every_week_but_the_first_is_reviewed_and_the_reviews_are_the_worked_table() -> None:
    decisions = [decision for _, decision in TABLE]

    assert reviews(GOAL, START, LIVED, on(8)) == [
        Review(number, on(number), decision) for number, decision in enumerate(decisions, start=2)
    ]
    assert reviews(GOAL, START, LIVED, on(1, 7)) == []


def test_a_review_leaves_the_easing_of_a_flare_to_the_days() -> None:
    (second, third) = reviews(GOAL, START, LIVED, on(3), [Flare(on(2, 4), on(3, 2))])

    assert second.decision == TABLE[0][1]
    assert third.decision == Decision(12, Step.FLARE, "held at 12 minutes: there was a flare")
