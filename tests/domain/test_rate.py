from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.breaker import is_probe_due, next_probe
from coach.domain.rate import UNLIMITED, Bucket, Rate, admitted

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sizes", "urgent", "level", "expected"),
    [
        ([1, 1, 1], [False] * 3, 2.0, 2),
        ([2, 2], [False] * 2, 1.0, 1),  # one may take more than is left
        ([1, 1], [False] * 2, 0.0, 0),
        ([1, 1], [False] * 2, -3.0, 0),
        ([1, 1, 1], [True, True, False], 0.0, 2),  # safety and answers go ahead
        ([9], [False], 0.5, 1),
        ([], [], 5.0, 0),
        ([1] * 4, [False] * 4, float("inf"), 4),
    ],
)
def test_how_many_may_leave(sizes: list[int], urgent: list[bool], level: float, expected: int) -> None:
    assert admitted(sizes, urgent, level) == expected


@pytest.mark.parametrize(
    ("level", "seconds", "expected"),
    [(0.0, 3, 3.0), (4.0, 100, 5.0), (-2.0, 3, 1.0), (2.0, -3600, 2.0)],
)
def test_a_bucket_fills_steadily_up_to_five_seconds_worth_and_a_clock_put_back_takes_nothing(
    level: float, seconds: float, expected: float
) -> None:
    filled = Bucket(level, TEN).filled(Rate(1.0), TEN + timedelta(seconds=seconds))

    assert filled == Bucket(expected, TEN + timedelta(seconds=seconds))


def test_a_clock_that_is_minutes_behind_fills_the_bucket_no_second_time() -> None:
    rate, ahead = Rate(1.0), TEN + timedelta(minutes=4)
    bucket = Bucket(0.0, ahead)
    for seconds in range(1, 4):
        bucket = bucket.filled(rate, TEN + timedelta(seconds=seconds))
        bucket = bucket.filled(rate, ahead + timedelta(seconds=seconds))

    assert bucket == Bucket(3.0, ahead + timedelta(seconds=3))


def test_without_a_limit_everything_may_leave() -> None:
    assert admitted([1] * 1000, [False] * 1000, Bucket(0.0, TEN).filled(UNLIMITED, TEN).level) == 1000


@given(
    per_second=st.floats(0.5, 100),
    sizes=st.lists(st.integers(1, 4), max_size=300),
    pauses=st.lists(st.floats(0.1, 30), min_size=1, max_size=60),
)
def test_over_any_span_no_more_leaves_than_the_rate_a_full_bucket_and_one_long_text(
    per_second: float, sizes: list[int], pauses: list[float]
) -> None:
    rate, bucket, left = Rate(per_second), Bucket(Rate(per_second).most, TEN), 0
    now = TEN
    for pause in pauses:
        now += timedelta(seconds=pause)
        bucket = bucket.filled(rate, now)
        count = admitted(sizes, [False] * len(sizes), bucket.level)
        bucket, left, sizes = Bucket(bucket.level - sum(sizes[:count]), now), left + sum(sizes[:count]), sizes[count:]

    assert left <= rate.most + (now - TEN).total_seconds() * per_second + 4


@pytest.mark.parametrize(("probes", "minutes"), [(0, 1), (1, 2), (2, 4), (3, 8), (4, 10), (5, 10), (10_000, 10)])
def test_a_blocked_account_is_tried_every_minute_at_first_and_every_ten_later(probes: int, minutes: int) -> None:
    assert next_probe(probes, TEN) == TEN + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("probe_at", "due"),
    [(None, True), (TEN, True), (TEN + timedelta(seconds=1), False), (TEN + timedelta(minutes=61), True)],
)
def test_a_clock_that_was_put_back_does_not_put_the_next_try_off(probe_at: datetime | None, due: bool) -> None:
    assert is_probe_due(probe_at, TEN) is due
