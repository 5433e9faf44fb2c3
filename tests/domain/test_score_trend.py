"""Scores over time, in words: against the person's own first one, and never from half an instrument."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.alerts.history import History, Measured
from coach.domain.measures import PEG, PHQ2, Measure
from coach.domain.score_trend import over_time_words, score_series, score_table

MONDAY = date(2026, 11, 23)
WEEK = timedelta(days=7)


def history(items: tuple[Measure, ...], *rows: tuple[int | None, ...]) -> History:
    """A row a week, a value an item."""
    return History(
        {
            item: tuple(Measured(MONDAY + number * WEEK, row[place]) for number, row in enumerate(rows))
            for place, item in enumerate(items)
        }
    )


def told(items: tuple[Measure, ...], *rows: tuple[int | None, ...]) -> str:
    (series,) = score_series(history(items, *rows))
    return over_time_words(series)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [(7, 7, 7), (5, 5, 6)],
            (
                "PEG (0 none, 10 worst): latest 5.3 on 30 Nov 2026; 1.7 lower than at the start, which is better:"
                " about the smallest difference people notice. 2 of 2 complete."
            ),
        ),
        ([(7, 7, 7), (5, 5, 5)], "2.0 lower than at the start, which is better: more than the smallest difference"),
        ([(5, 5, 5), (5, 5, 6)], "0.3 higher than at the start, which is worse: less than the smallest difference"),
        ([(4, 4, 4), (6, 6, 6)], "2.0 higher than at the start, which is worse: more than the smallest difference"),
        ([(5, 5, 5), (6, 4, 5)], "; the same as at the start. 2 of 2 complete."),
        ([(5, 5, 5)], "PEG (0 none, 10 worst): latest 5.0 on 23 Nov 2026. 1 of 1 complete."),
        ([(7, 7, None), (6, 6, 6)], "PEG (0 none, 10 worst): latest 6.0 on 30 Nov 2026. 1 of 2 complete."),
        ([(7, 7, None)], "PEG: nothing complete yet. 0 of 1 complete."),
    ],
)
def test_peg_stands_beside_its_own_first_value(rows: list[tuple[int | None, ...]], words: str) -> None:
    assert words in told(PEG, *rows)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([(1, 1)], "3 or more asks for a closer look, and is not reached. 1 of 1 complete."),
        (
            [(1, 1), (2, 2)],
            (
                "PHQ-2 (0 not at all, 6 nearly every day): latest 4 on 30 Nov 2026; 3 or more asks for a closer look,"
                " and has been reached; 2 higher than at the start, which is worse: no published figure says how"
                " much matters."
            ),
        ),
    ],
)
def test_phq_2_names_its_cut_off_and_no_importance_that_nobody_published(
    rows: list[tuple[int | None, ...]], words: str
) -> None:
    assert words in told(PHQ2, *rows)


def test_a_day_that_is_not_complete_says_so_and_is_no_number() -> None:
    (series,) = score_series(history(PEG, (7, 6, 6), (5, None, 5)))

    assert [one.value for one in series.points] == [6.3, None]
    assert score_table([series]).rows == (("30 Nov 2026", "not complete"), ("23 Nov 2026", "6.3"))


values = st.one_of(st.none(), st.integers(-2, 12))


@given(st.lists(st.tuples(values, values, values), max_size=8))
def test_as_many_scores_as_days_that_have_all_answers(rows: list[tuple[int | None, ...]]) -> None:
    whole = [row for row in rows if all(one is not None and 0 <= one <= 10 for one in row)]
    found = score_series(history(PEG, *rows))

    assert sum(score is not None for one in found for _, score in one.scores) == len(whole)
    assert sum(len(one.scores) for one in found) == len(rows)
