"""Which of a text's wordings a person gets next. Pure: the draw is keyed, so that it can be repeated and explained."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from typing import Literal

Rotation = Literal["in_order", "shuffled"]


def choose_variant(
    variants: Sequence[str], used: Collection[str], rotation: Rotation, key: str, *, repeat: bool = False
) -> str | None:
    """The wording to send next, or None where no fresh one is left.

    `used` holds each sending of one, repeats included. In order takes the first of those used least; shuffled draws
    one of them by `key`. With `repeat` (check-in items) a new round begins when all were used.
    """
    times = Counter(used)
    fewest = min((times[variant] for variant in variants), default=0)
    if not variants or (fewest and not repeat):
        return None
    fresh = [variant for variant in variants if times[variant] == fewest]
    return fresh[_draw(key) % len(fresh)] if rotation == "shuffled" else fresh[0]


def choose_fresh(
    folder: str, sets: Iterable[Sequence[str]], used: Iterable[str], rotation: Rotation, key: str
) -> str | None:
    """The path of the wording to send, out of the first set that has a fresh one; `used` are paths, of any folder."""
    seen = [path.removeprefix(folder) for path in used if path.startswith(folder)]
    fresh = (choose_variant(variants, seen, rotation, key) for variants in sets)
    return next((folder + variant for variant in fresh if variant is not None), None)


def draw_key(seed: int, enrollment: int, name: str, day: str, number: int) -> str:
    """The key of one occurrence's draw; `day` is its local date, ISO."""
    return f"{seed}|{enrollment}|{name}|{day}|{number}"


def _draw(key: str) -> int:
    return int.from_bytes(sha256(key.encode()).digest()[:8])
