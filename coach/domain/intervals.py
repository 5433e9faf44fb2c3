"""How sure a figure is: Wilson's interval for one person's proportion, a bootstrap over persons for a group's mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

Z95 = 1.959963984540054  # the normal quantile of a two-sided 95% interval


@dataclass(frozen=True)
class Share:
    """A proportion with its parts and its 95% interval (Wilson); without a denominator there is none."""

    numerator: float
    denominator: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class GroupMean:
    """The mean over `persons` with its 95% bootstrap interval; `left_out` are persons without the figure."""

    persons: int
    left_out: int
    mean: float | None
    low: float | None
    high: float | None


def share(numerator: float, denominator: int) -> Share:
    """A proportion with its Wilson interval. Half credits make the interval wider than it need be, never narrower."""
    if denominator == 0:
        return Share(numerator, 0, None, None, None)
    value, square = numerator / denominator, Z95 * Z95 / denominator
    centre = (value + square / 2) / (1 + square)
    half = Z95 / (1 + square) * sqrt(value * (1 - value) / denominator + square / (4 * denominator))
    return Share(
        numerator, denominator, value, min(value, max(0.0, centre - half)), max(value, min(1.0, centre + half))
    )


def group_mean(values: Iterable[float | None], *, seed: int, draws: int = 2000) -> GroupMean:
    """The mean of persons' figures; the interval draws persons again with `seed`, and needs two of them."""
    given = list(values)
    known = sorted(value for value in given if value is not None)  # sorted: the order of persons changes nothing
    left_out = len(given) - len(known)
    if not known:
        return GroupMean(0, left_out, None, None, None)
    mean = sum(known) / len(known)
    if len(known) == 1:
        return GroupMean(1, left_out, mean, None, None)
    dice = Random(seed)  # noqa: S311 -- a repeatable interval, not a secret
    means = sorted(sum(dice.choices(known, k=len(known))) / len(known) for _ in range(draws))
    return GroupMean(len(known), left_out, mean, _quantile(means, 0.025), _quantile(means, 0.975))


def _quantile(ordered: Sequence[float], at: float) -> float:
    """The nearest-rank quantile of values in order."""
    return ordered[min(len(ordered) - 1, int(at * len(ordered)))]
