from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.intervals import GroupMean, Share, group_mean, share


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17:857, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_of_one_person_is_wilsons(numerator: int, denominator: int, low: float, high: float) -> None:
    found = share(numerator, denominator)

    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_a_share_of_nothing_has_no_value() -> None:
    assert share(0, 0) == Share(0, 0, None, None, None)


@given(st.integers(1, 500), st.data())
def test_a_share_lies_in_its_interval_and_more_questions_narrow_it(denominator: int, data: st.DataObject) -> None:
    numerator = data.draw(st.integers(0, denominator))
    few, many = share(numerator, denominator), share(10 * numerator, 10 * denominator)
    assert few.low is not None
    assert few.value is not None
    assert few.high is not None
    assert many.low is not None
    assert many.high is not None

    assert 0 <= few.low <= few.value <= few.high <= 1
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], GroupMean(0, 0, None, None, None)),
        ([None], GroupMean(0, 1, None, None, None)),
        ([0.5, None], GroupMean(1, 1, 0.5, None, None)),  # one person has no spread
        ([0.5, 0.5, 0.5], GroupMean(3, 0, 0.5, 0.5, 0.5)),
    ],
)
def test_small_groups_say_what_they_can(values: list[float | None], expected: GroupMean) -> None:
    assert group_mean(values, seed=1) == expected


def test_the_groups_interval_covers_the_true_mean_about_as_often_as_it_says() -> None:
    dice, covered = Random(7), 0  # noqa: S311 -- made-up figures, no secret
    for seed in range(200):
        found = group_mean([dice.random() for _ in range(40)], seed=seed, draws=400)
        covered += found.low is not None and found.high is not None and found.low <= 0.5 <= found.high

    assert 0.90 <= covered / 200 <= 0.99


@given(st.lists(st.none() | st.floats(0, 1), max_size=12), st.integers(0, 999), st.randoms(use_true_random=False))
def test_a_groups_interval_is_the_same_for_the_same_seed_whoever_comes_first(
    values: list[float | None], seed: int, dice: Random
) -> None:
    shuffled = dice.sample(values, len(values))

    assert group_mean(values, seed=seed, draws=50) == group_mean(shuffled, seed=seed, draws=50)
