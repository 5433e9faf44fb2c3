"""The benchmarks still run, in tiny form; nothing is said of how fast."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from benchmarks import pages, plain
from benchmarks.__main__ import cases
from benchmarks.clinic import CLINIC, FreeGateway, all_due, fill_planned
from benchmarks.rounds import Case, Outcome, measure, table
from benchmarks.stores import PostgresStore, SqliteStore, Store
from coach.services.deliver import deliver_due
from coach.services.editions import Editions
from coach.storage.database import Sessions, open_engine
from coach.storage.tables import Attempt, Message, MessageEvent, Question
from tests.postgres import Postgres

TINY = 0.01
ROWS = (Message, MessageEvent, Question, Attempt)


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


def _written(store: Store, deliver: Callable[[str, datetime], object]) -> dict[str, int]:
    """How many rows of each table there are after three texts were delivered."""
    with store.filled(partial(fill_planned, people=3))() as url:
        engine = open_engine(url)
        deliver(url, all_due(Sessions(engine)))
        with engine.connect() as connection:
            counts = {row.__name__: len(connection.execute(select(row.id)).all()) for row in ROWS}  # type: ignore[call-overload]  # sqlmodel types a column as its value
        engine.dispose()
        return counts


def _by_coach(url: str, now: datetime) -> None:
    engine = open_engine(url)
    deliver_due(Sessions(engine), Editions(), FreeGateway(), CLINIC, now=lambda: now)
    engine.dispose()


def test_plain_delivery_writes_as_many_rows_as_ours(store: Store) -> None:
    ours = _written(store, _by_coach)
    plain_sql = _written(store, lambda url, now: plain.deliver(url, now=now, threads=2))

    assert plain_sql == ours


def test_every_page_that_is_measured_opens(tmp_path: Path) -> None:
    few, more = pages.clinic(tmp_path, 17), pages.clinic(tmp_path, 30)
    found = pages.compare(few, more, 1)

    assert [page for page, *_ in found] == list(pages.PAGES)
    assert all(took > 0 for _, *both in found for took in both)


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
