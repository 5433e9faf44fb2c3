from datetime import UTC, datetime, timedelta
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.rate import UNLIMITED, Rate
from coach.domain.spread import ALONE, Crowd, first_look, spread

NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
TWO_HOURS = timedelta(hours=2)
MINUTE = timedelta(minutes=1)
CROWDS = st.builds(Crowd, st.integers(0, 20_000), st.floats(0.1, 200).map(Rate))
WINDOWS = st.timedeltas(timedelta(minutes=5), timedelta(hours=12))


@pytest.mark.parametrize(
    ("people", "per_second", "segments", "seconds"),
    [
        (1, 1, 1, 0),
        (5, 1, 1, 0),  # a full bucket holds five segments
        (8, 1, 1, 3),
        (300, 1, 2, 595),
        (5_000, 1, 1, 3_600),  # half of the two hours: some leave later than that, or expire
        (5_000, 3, 1, 4_985 / 3),
        (5_000, 100, 1, 45),
        (0, 1, 1, 0),
        (5_000, float("inf"), 3, 0),
    ],
)
def test_a_crowd_is_spread_over_the_time_that_its_sender_takes(
    people: int, per_second: float, segments: int, seconds: float
) -> None:
    took = spread(Crowd(people, Rate(per_second)), TWO_HOURS, segments=segments)

    assert took.total_seconds() == pytest.approx(seconds)


@given(crowd=CROWDS, window=WINDOWS, segments=st.integers(1, 3), key=st.text())
def test_no_text_is_looked_at_before_it_is_due_or_in_the_second_half_of_its_time(
    crowd: Crowd, window: timedelta, segments: int, key: str
) -> None:
    at = first_look(NINE, NINE + window, crowd, segments=segments, key=key)

    assert NINE <= at <= NINE + window / 2
    assert at == first_look(NINE, NINE + window, crowd, segments=segments, key=key)


def test_whoever_is_alone_or_has_a_sender_without_limit_waits_for_nobody() -> None:
    assert {
        first_look(NINE, NINE + TWO_HOURS, crowd, segments=3, key="a") for crowd in (ALONE, Crowd(9, UNLIMITED))
    } == {NINE}


@given(crowd=st.builds(Crowd, st.integers(500, 2_000), st.floats(0.5, 10).map(Rate)), prefix=st.integers(0, 10**9))
def test_each_tenth_of_the_spread_gets_about_a_tenth_of_the_crowd(crowd: Crowd, prefix: int) -> None:
    looks = peak(crowd, prefix, segments=1)
    whole = spread(crowd, TWO_HOURS, segments=1)
    tenths = [sum(NINE + whole * n / 10 <= look < NINE + whole * (n + 1) / 10 for look in looks) for n in range(10)]

    expected = crowd.people / 10
    assert all(abs(tenth - expected) < 6 * sqrt(expected) for tenth in tenths) or not whole


@given(
    crowd=st.builds(Crowd, st.integers(1, 2_000), st.floats(1, 10).map(Rate)),
    segments=st.integers(1, 2),
    prefix=st.integers(0, 10**9),
)
def test_where_there_is_time_enough_no_minute_asks_for_much_more_than_the_bucket_gives(
    crowd: Crowd, segments: int, prefix: int
) -> None:
    """What a minute gives and a full bucket held, and as much above it as chance may bring together."""
    day = timedelta(days=1)
    looks = peak(crowd, prefix, segments=segments, window=day)
    whole = spread(crowd, day, segments=segments)
    busiest = max(sum(start <= look < start + MINUTE for look in looks) for start in looks) * segments

    share = min(1.0, MINUTE / whole) if whole else 1.0
    given_ = 60 * crowd.rate.per_second * min(1.0, whole / MINUTE) + crowd.rate.most
    assert busiest <= given_ + segments * 7 * sqrt(crowd.people * share) + segments


def peak(crowd: Crowd, prefix: int, *, segments: int, window: timedelta = TWO_HOURS) -> list[datetime]:
    """When each of the crowd's texts, all due at one moment, is first looked at."""
    keys = (f"{prefix}|{number}" for number in range(crowd.people))
    return [first_look(NINE, NINE + window, crowd, segments=segments, key=key) for key in keys]
