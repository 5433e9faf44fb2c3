import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.variant import Rotation, choose_variant, draw_key

ROTATIONS: st.SearchStrategy[Rotation] = st.sampled_from(["in_order", "shuffled"])
VARIANTS = st.lists(st.text("abcdef123", min_size=1, max_size=3), min_size=1, max_size=6, unique=True)


@pytest.mark.parametrize(
    ("used", "repeat", "chosen"),
    [
        ([], False, "a"),
        (["a"], False, "b"),
        (["b"], False, "a"),
        (["a", "b", "gone"], False, "c"),  # a variant of an earlier version no longer counts
        (["a", "b", "c"], False, None),
        (["a", "b", "c"], True, "a"),
        (["c", "b", "a", "a"], True, "b"),
    ],
)
def test_in_order_takes_the_next_that_was_used_least(used: list[str], repeat: bool, chosen: str | None) -> None:
    assert choose_variant(["a", "b", "c"], used, "in_order", "any", repeat=repeat) == chosen


def test_nothing_can_be_chosen_from_nothing() -> None:
    assert choose_variant([], [], "shuffled", "any", repeat=True) is None


@given(VARIANTS, ROTATIONS, st.integers(1, 3))
def test_each_round_uses_every_variant_once(variants: list[str], rotation: Rotation, rounds: int) -> None:
    used: list[str] = []
    for number in range(rounds * len(variants)):
        chosen = choose_variant(variants, used, rotation, draw_key(7, 1, "pain", "2026-03-02", number), repeat=True)
        assert chosen is not None
        used.append(chosen)

    assert all(used.count(variant) == rounds for variant in variants)
    assert choose_variant(variants, used, rotation, "any") is None


@given(VARIANTS, st.text())
def test_a_draw_is_the_same_whenever_it_is_repeated(variants: list[str], key: str) -> None:
    assert choose_variant(variants, [], "shuffled", key) == choose_variant(variants, [], "shuffled", key)


def test_draws_are_spread_over_persons_and_days() -> None:
    keys = [draw_key(0, person, "walk", f"2026-03-{day:02}", 1) for person in range(50) for day in range(1, 21)]
    chosen = [choose_variant(["a", "b", "c", "d"], [], "shuffled", key) for key in keys]

    assert all(200 < chosen.count(variant) < 300 for variant in "abcd")
