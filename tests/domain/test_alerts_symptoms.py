from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.alerts.history import History, Measured
from coach.domain.case import Tier
from coach.domain.measures import Measure
from tests.domain.alerting import day, found, measured, rule, weekly

Values = Sequence[int | None]


@pytest.mark.parametrize(
    ("first", "second", "speaks"),
    [
        ([1], [1], False),
        ([1], [2], True),
        ([2], [2], True),
        ([3, 0], [3, 0], False),  # the newest counts
        ([2, None], [2, 2], True),  # week 1 is incomplete: week 0's four stand
        ([None], [3], False),  # one item is no sum
        ([2], [7], False),  # no value of the PHQ-2 at all
    ],
)
def test_a_phq2_of_three_asks_for_a_look(first: Values, second: Values, *, speaks: bool) -> None:
    findings = found("phq2_high", measured(phq2_1=first, phq2_2=second))

    assert [one.tier for one in findings] == [Tier.ROUTINE] * speaks


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ([3], [2], None),
        ([3], [3], "PHQ-2 is 6 of 6 (1 Nov 2026); the PHQ-2's second item is 3 of 3 (1 Nov 2026)"),
        ([0, 1], [0, 0], None),
        ([0, 1], [0, 1], "PHQ-2 went from 0 (1 Nov 2026) to 2 (8 Nov 2026)"),
        ([1, 2], [0, 2], "PHQ-2 went from 1 (1 Nov 2026) to 4 (8 Nov 2026)"),
        ([0, None, 1], [0, None, 1], "PHQ-2 went from 0 (1 Nov 2026) to 2 (15 Nov 2026)"),
        ([None], [2], None),
        ([None], [3], "the PHQ-2's second item is 3 of 3 (1 Nov 2026)"),
        ([0, 0], [3, 1], None),
        ([0], [4], None),  # outside the item's range
    ],
)
def test_a_phq2_of_six_a_jump_of_two_or_its_second_item_at_three_asks_for_a_call_today(
    first: Values, second: Values, words: str | None
) -> None:
    findings = found("phq2_urgent", measured(phq2_1=first, phq2_2=second))

    assert [(one.tier, one.words) for one in findings] == ([(Tier.TODAY, words)] if words else [])


@pytest.mark.parametrize(
    ("pain", "speaks"),
    [
        ([8], False),
        ([7, 8], False),
        ([8, 8], True),
        ([8, 8, None], True),  # not asked again in vain: the two stand until something else is said
        ([8, None, 8], False),  # not running
        ([9, 10], True),
        ([8, 8, 7], False),
        ([5, 5, 6], False),  # one point
        ([5, 5, 7], True),  # two points, 40%
        ([6, 7, 8], False),  # one and a half
        ([7, 7, 9], False),  # two points, 29%
        ([5, 7], False),  # one value is nobody's usual
        ([0, 0, 2], True),
        ([2, 2, 9, 9, 9, 9], True),  # high
        ([6, 6, 2, 2, 2, 2, 4], True),  # the four weeks before alone: 2
        ([11, 12], False),  # no such pain
    ],
)
def test_pain_that_is_high_twice_or_well_over_the_usual_speaks_up(pain: Values, *, speaks: bool) -> None:
    assert bool(found("pain_high", measured(pain=pain))) is speaks


@pytest.mark.parametrize(("last", "speaks"), [(28, True), (29, False)])
def test_pain_is_compared_with_the_four_weeks_before(last: int, *, speaks: bool) -> None:
    past = (Measured(day(0), 2), Measured(day(1), 2), Measured(day(last), 4))
    # On day 29 only one value is left within the four weeks.

    assert bool(found("pain_high", History({Measure.PAIN: past}))) is speaks


@pytest.mark.parametrize(
    ("pain", "percent", "speaks"),
    [([7, 7, 9], 28, True), ([7, 7, 9], 29, False), ([5, 5, 7], 40, True), ([5, 5, 7], 41, False)],
)
def test_both_the_points_and_the_percent_must_be_reached(pain: Values, percent: int, *, speaks: bool) -> None:
    assert bool(found("pain_high", measured(pain=pain), rise_percent=percent)) is speaks


@pytest.mark.parametrize(
    ("sums", "rise", "speaks"),
    [
        ([9, 14], 1.75, False),  # 1.67
        ([9, 15], 1.75, True),  # 2.0
        ([9, 15], 2, True),
        ([9, 14], 2, False),
        ([9, 12, 15], 1.75, True),  # slowly, but two points since the first
        ([15, 9, 15], 1.75, True),  # since the last
        ([15, 12, 15], 1.75, False),
        ([9, None, 15], 1.75, True),
        ([15], 1.75, False),
    ],
)
def test_interference_that_is_worse_than_at_first_or_last_speaks_up(sums: Values, rise: float, *, speaks: bool) -> None:
    thirds = [None if total is None else total // 3 for total in sums]
    rest = [None if total is None else total - 2 * (total // 3) for total in sums]

    assert bool(found("interference_worse", measured(peg_1=thirds, peg_2=thirds, peg_3=rest), rise=rise)) is speaks


def test_a_peg_of_two_items_is_none() -> None:
    assert not found("interference_worse", measured(peg_1=[1, 9], peg_2=[1, 9], peg_3=[1, None]))


@pytest.mark.parametrize(
    ("kind", "name", "values", "speaks"),
    [
        ("sleep_poor", "sleep", [3, 3], True),
        ("sleep_poor", "sleep", [3, 4], False),
        ("sleep_poor", "sleep", [4, 3], False),
        ("sleep_poor", "sleep", [2], False),
        ("sleep_poor", "sleep", [3, None, 2], False),
        ("confidence_fall", "confidence", [6, 5], False),
        ("confidence_fall", "confidence", [6, 4], True),
        ("confidence_fall", "confidence", [6, 3], True),
        ("confidence_fall", "confidence", [6, None, 4], True),
        ("confidence_fall", "confidence", [4], False),
        ("pgic_worse", "pgic", [5], False),
        ("pgic_worse", "pgic", [6], True),
        ("pgic_worse", "pgic", [7], True),
        ("pgic_worse", "pgic", [8], False),
        ("pgic_worse", "pgic", [7, 4], False),
    ],
)
def test_sleep_confidence_and_the_own_verdict_speak_up_at_their_figures(
    kind: str, name: str, values: Values, *, speaks: bool
) -> None:
    assert bool(found(kind, measured(**{name: values}))) is speaks


def test_of_two_values_of_one_day_the_worse_stands() -> None:
    sleep = (Measured(day(0), 2), Measured(day(0), 9), Measured(day(7), 3))

    assert found("sleep_poor", History({Measure.SLEEP: sleep}))


HIGH_AND_WELL_OVER = (
    "pain was 8 (22 Nov 2026), 8 (29 Nov 2026): 8 or more each time; "
    "pain is 8 (29 Nov 2026), and was 5.5 in the four weeks before"
)


def test_the_words_compare_a_person_with_their_own_past_alone() -> None:
    findings = found("pain_high", measured(pain=[4, 4, 6, 8, 8]))

    assert [(one.rule, one.until, one.figures, one.words) for one in findings] == [
        (
            "pain-high",
            day(28),
            {"pain": 8, "mean_before": 5.5},
            HIGH_AND_WELL_OVER,
        )
    ]


KINDS = ("phq2_high", "phq2_urgent", "pain_high", "interference_worse", "sleep_poor", "confidence_fall", "pgic_worse")
RUNNING: tuple[tuple[str, Any], ...] = (("pain_high", {"rise": 10}), ("sleep_poor", {}))
series = st.lists(st.one_of(st.none(), st.integers(-2, 12)), max_size=9)
pasts = st.fixed_dictionaries(dict.fromkeys(Measure, series)).map(
    lambda values: History({measure: weekly(one) for measure, one in values.items()})
)


@given(pasts, st.randoms())
def test_the_order_of_the_past_says_nothing(history: History, random: Any) -> None:
    shuffled = History({name: tuple(random.sample(one, len(one))) for name, one in history.measures.items()})

    assert [found(kind, shuffled) for kind in KINDS] == [found(kind, history) for kind in KINDS]


@given(pasts, st.sampled_from(list(Measure)), st.integers(0, 80))
def test_one_more_question_without_an_answer_raises_no_alarm(history: History, measure: Measure, on: int) -> None:
    more = History({**history.measures, measure: (*history.measures[measure], Measured(day(on), None))})
    for kind in KINDS:
        before, after = found(kind, history), found(kind, more)

        assert not after or before


@given(series, st.integers(0, 8), st.sampled_from(RUNNING))
def test_what_must_come_running_is_not_made_by_forgetting_an_answer(
    values: list[int | None], at: int, chosen: tuple[str, Any]
) -> None:
    kind, numbers = chosen
    name = "pain" if kind == "pain_high" else "sleep"
    newest = max((number for number, value in enumerate(values) if value is not None and 0 <= value <= 10), default=0)
    fewer = [None if number == at and number != newest else value for number, value in enumerate(values)]

    before, after = (found(kind, measured(**{name: one}), **numbers) for one in (values, fewer))

    assert not after or before


@given(st.lists(st.integers(0, 5), max_size=8), st.integers(0, 5))
def test_changes_do_not_depend_on_where_a_person_started(values: list[int], more: int) -> None:
    raised = [value + more for value in values]
    for kind, names in (("confidence_fall", ["confidence"]), ("interference_worse", ["peg_1", "peg_2", "peg_3"])):
        before = found(kind, measured(**dict.fromkeys(names, values)))
        after = found(kind, measured(**dict.fromkeys(names, raised)))

        assert [one.until for one in after] == [one.until for one in before]


@given(pasts)
def test_a_finding_ends_on_a_day_with_an_answer(history: History) -> None:
    for kind in KINDS:
        for finding in found(kind, history):
            days = {one.day for series in history.measures.values() for one in series if one.value is not None}

            assert finding.until in days


def test_the_numbers_of_a_rule_may_be_its_own() -> None:
    assert rule("sleep_poor", at_most=5, tier="today").tier is Tier.TODAY
    assert found("sleep_poor", measured(sleep=[5, 5]), at_most=5)
