from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.measures import RANGES, Measure
from coach.domain.trend import (
    Counted,
    Point,
    Series,
    Table,
    Walk,
    counted_table,
    counted_words,
    series_table,
    series_words,
    walks_table,
    walks_words,
)

MONDAY = date(2026, 11, 23)


def series(measure: Measure, *values: int | None) -> Series:
    return Series(measure, tuple(Point(MONDAY + timedelta(days=number), one) for number, one in enumerate(values)))


@pytest.mark.parametrize(
    ("measure", "values", "direction"),
    [
        (Measure.PAIN, (8, 7, 4, 3), "lower than before, which is better (3.5 on average in the newer half, 7.5"),
        (Measure.PAIN, (3, 4, 7, 8), "higher than before, which is worse (7.5"),
        (Measure.MOOD, (3, 4, 7, 8), "higher than before, which is better (7.5"),
        (Measure.SLEEP, (8, 7, 4, 3), "lower than before, which is worse (3.5"),
        (Measure.MOOD, (5, 5, 5, 5), "about the same as before (5.0 on average in the newer half, 5.0 in the older)"),
        (Measure.MOOD, (1, None, 9, 4), "too few answers yet for a direction"),
        (Measure.PAIN, (8, 8, 0, 2, 2), "lower than before, which is better (2.0"),  # the middle one is in neither
    ],
)
def test_a_direction_is_the_newer_half_against_the_older_and_says_which_is_better(
    measure: Measure, values: tuple[int | None, ...], direction: str
) -> None:
    assert direction in series_words(series(measure, *values))


def test_a_measure_without_a_value_says_so() -> None:
    assert series_words(series(Measure.SLEEP, None, None)) == "Sleep: nothing yet."


@given(st.sampled_from(Measure), st.lists(st.one_of(st.none(), st.integers(0, 10)), max_size=20))
def test_words_never_count_silence_as_a_value(measure: Measure, values: list[int | None]) -> None:
    told = series_words(series(measure, *values))
    answered = [one for one in values if one is not None]

    if answered:
        assert f"lowest {min(answered)}, highest {max(answered)};" in told
        assert f"{len(answered)} of {len(values)} answered." in told
    else:
        assert told.endswith("nothing yet.")


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_has_a_name_and_says_what_its_ends_mean(measure: Measure) -> None:
    least, greatest = RANGES[measure]
    one = series(measure)

    assert one.name
    assert one.scale.startswith(f"{least} ")
    assert f", {greatest} " in one.scale


def test_minutes_are_told_with_their_quota_and_the_days_well_over_it() -> None:
    walks = [Walk(MONDAY, 10), Walk(MONDAY + timedelta(days=7), 13, 8), Walk(MONDAY + timedelta(days=9), None, 8)]

    assert walks_words(walks) == (
        "Minutes in one go: latest 13 on 30 Nov 2026; least 10, most 13; quota 8 at first, 8 now;"
        " well over it on 30 Nov 2026. 2 of 3 answered."
    )
    assert "no quota yet. 1 of 1" in walks_words(walks[:1])
    assert walks_words(walks[2:]) == "Minutes in one go: nothing yet."
    assert "no day well over it" in walks_words([Walk(MONDAY, 8, 8)])


def test_the_tables_have_what_the_charts_have_newest_first() -> None:
    pain, mood = series(Measure.PAIN, 6, None), series(Measure.MOOD, 4)
    walks = [Walk(MONDAY, 10), Walk(MONDAY + timedelta(days=7), 13, 8, "starts at 8 minutes")]

    assert series_table([pain, mood]) == Table(
        ("Day", "Pain (0 none, 10 worst)", "Mood (0 low, 10 good)"),
        (("24 Nov 2026", "no answer", ""), ("23 Nov 2026", "6", "4")),
    )
    assert walks_table(walks).rows == (
        ("30 Nov 2026", "13", "8", "starts at 8 minutes", "well over"),
        ("23 Nov 2026", "10", "baseline", "", ""),
    )


def test_what_is_counted_names_both_figures_and_what_does_not_count() -> None:
    rows = [
        Counted("Week 1", 5, 6, ("1 in a pause", "2 still open"), late=1, done=1.5, doable=2),
        Counted("Week 2", 0, 0),
    ]

    assert counted_words(rows) == "Week 1: 5 of 6; Week 2: none to answer."
    assert counted_words([]) == "Nothing asked yet."
    assert counted_table("Week", rows).rows == (
        ("Week 1", "5", "1", "6", "1.5 of 2", "1 in a pause, 2 still open"),
        ("Week 2", "0", "0", "0", "", ""),
    )
