"""Side by side: each round measures coach and what it is held against, one right after the other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

Measure = Callable[[], float]
"""Does the work once, from the same start, and says how many a second."""


@dataclass(frozen=True)
class Case:
    """What is measured, on which database, against what, and the ratio that is aimed at."""

    what: str
    database: str
    against: str
    aim: float
    coach: Measure
    bound: Measure


@dataclass(frozen=True)
class Outcome:
    """The rates of each round, coach's first; both in things a second."""

    case: Case
    rounds: tuple[tuple[float, float], ...]

    @property
    def ratios(self) -> list[float]:
        """Coach's rate by the bound's, a round each, smallest first."""
        return sorted(coach / bound for coach, bound in self.rounds)

    @property
    def is_met(self) -> bool:
        return median(self.ratios) >= self.case.aim

    def line(self) -> tuple[str, ...]:
        """A row of the table."""
        coach, bound = (median(rates) for rates in zip(*self.rounds, strict=True))
        ratios = self.ratios
        return (
            self.case.what,
            self.case.database,
            f"{coach:,.0f}",
            self.case.against,
            f"{bound:,.0f}",
            f"{median(ratios):.2f}",
            f"{ratios[0]:.2f} to {ratios[-1]:.2f}",
            f"{self.case.aim:g}",
            "yes" if self.is_met else "no",
        )


HEAD = ("what", "database", "coach/s", "against", "bound/s", "ratio", "spread", "aim", "met")


def measure(case: Case, rounds: int) -> Outcome:
    """Rounds that alternate, so that a slow minute of the machine falls on both."""
    pairs = []
    for number in range(rounds):
        sides = (case.coach, case.bound) if number % 2 == 0 else (case.bound, case.coach)
        first, second = (side() for side in sides)
        pairs.append((first, second) if number % 2 == 0 else (second, first))
    return Outcome(case, tuple(pairs))


def table(outcomes: Iterable[Outcome]) -> str:
    """The outcomes as a Markdown table."""
    lines = [HEAD, *(outcome.line() for outcome in outcomes)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
    rows = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    return "\n".join([rows[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *rows[1:]])
