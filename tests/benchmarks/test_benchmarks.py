"""The benchmarks still run, in tiny form; nothing is said of how fast."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.__main__ import cases
from benchmarks.rounds import Case, Outcome, measure, table
from benchmarks.stores import PostgresStore, SqliteStore, Store
from tests.postgres import Postgres

TINY = 0.01


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        yield SqliteStore(tmp_path)
    else:
        server: Postgres = request.getfixturevalue("postgres")
        yield PostgresStore(server)


def test_everything_that_is_measured_runs_on_both_sides(store: Store) -> None:
    outcomes = [measure(case, 1) for case in cases(store, TINY)]

    assert all(rate > 0 for outcome in outcomes for pair in outcome.rounds for rate in pair)


def _case(aim: float) -> Case:
    return Case("plan", "SQLite", "a bare insert", aim, lambda: 30.0, lambda: 100.0)


@pytest.mark.parametrize(("aim", "met"), [(0.3, "yes"), (0.31, "no")])
def test_the_table_says_the_middle_ratio_its_spread_and_whether_the_aim_is_met(aim: float, met: str) -> None:
    outcome = Outcome(_case(aim), ((30.0, 100.0), (20.0, 100.0), (40.0, 100.0)))

    cells = [cell.strip() for cell in table([outcome]).splitlines()[-1].strip("|").split("|")]

    assert cells == ["plan", "SQLite", "30", "a bare insert", "100", "0.30", "0.20 to 0.40", str(aim), met]


def test_rounds_alternate_who_goes_first() -> None:
    order: list[str] = []

    def side(name: str) -> float:
        order.append(name)
        return 1.0

    measure(Case("plan", "SQLite", "a bare insert", 1.0, lambda: side("coach"), lambda: side("bound")), 3)

    assert order == ["coach", "bound", "bound", "coach", "coach", "bound"]
