"""How a process stands to its database: what its sessions are set to, and what it does in trouble."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from coach.domain.errors import CoachError
from coach.storage import patients
from coach.storage.database import PoolExhaustedError, Sessions, open_engine
from tests.people import ana
from tests.postgres import Postgres, postgres_server


@pytest.fixture(scope="module")
def own_server() -> Iterator[Postgres]:
    """A server that a test may stop."""
    with postgres_server() as server:
        yield server


def shown(sessions: Sessions, *names: str) -> list[str]:
    with sessions.read() as session:
        return [str(session.connection().exec_driver_sql(f"SHOW {name}").scalar_one()) for name in names]


def test_a_session_of_postgresql_keeps_utc_and_waits_for_nothing_without_end(
    postgres: Postgres, postgres_template: str
) -> None:
    sessions = Sessions(open_engine(postgres.create(template=postgres_template)))

    assert shown(sessions, "timezone", "transaction_isolation", "application_name") == [
        "UTC",
        "read committed",
        "coach",
    ]
    assert shown(sessions, "lock_timeout", "statement_timeout") == ["10s", "1min"]
    assert shown(sessions, "idle_in_transaction_session_timeout") == ["1min"]
    sessions.engine.dispose()


def test_what_the_address_says_goes_before_what_coach_would_say(postgres: Postgres, postgres_template: str) -> None:
    address = postgres.create(template=postgres_template)
    sessions = Sessions(open_engine(f"{address}&application_name=night&options=-c%20lock_timeout%3D20ms"))

    assert shown(sessions, "application_name", "lock_timeout", "timezone") == ["night", "20ms", "UTC"]
    sessions.engine.dispose()


def test_a_row_that_somebody_else_holds_too_long_is_an_error_and_not_a_stuck_process(
    postgres: Postgres, postgres_template: str
) -> None:
    address = postgres.create(template=postgres_template)
    sessions = Sessions(open_engine(f"{address}&options=-c%20lock_timeout%3D50ms"))
    patient_id = ana(sessions)

    with sessions.write() as first:
        patients.lock(first, patient_id)
        with pytest.raises(OperationalError, match="lock timeout"), sessions.write() as second:
            patients.lock(second, patient_id)
    sessions.engine.dispose()


def test_a_server_that_was_restarted_costs_nobody_an_error(own_server: Postgres) -> None:
    sessions = Sessions(open_engine(own_server.create(template=own_server.migrated())))
    with ExitStack() as held:  # four connections stand in the pool, all of them dead afterwards
        for _ in range(4):
            held.enter_context(sessions.read()).connection()
    patient_id = ana(sessions)
    own_server.stop()

    with pytest.raises(OperationalError):
        sessions.reachable()
    own_server.start()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: sessions.reachable(), range(8)))
    with sessions.write() as session:
        kept = patients.lock(session, patient_id).id
    sessions.engine.dispose()

    assert answers == [True] * 8
    assert kept == patient_id


def test_a_transaction_in_which_the_server_stops_raises_and_leaves_nothing_behind(own_server: Postgres) -> None:
    sessions = Sessions(open_engine(own_server.create(template=own_server.migrated())))
    patient_id = ana(sessions)

    def rename_while_it_stops() -> None:
        with sessions.write() as session:
            patients.lock(session, patient_id).name = "Cy"
            session.flush()
            own_server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'coach'")

    with pytest.raises(OperationalError):
        rename_while_it_stops()
    with sessions.write() as session:
        name = patients.lock(session, patient_id).name
    sessions.engine.dispose()

    assert name == "Ana Reyes"


def test_a_full_pool_is_one_clear_line_after_a_few_seconds(database_url: str) -> None:
    sessions = Sessions(open_engine(database_url, wait=0.05))
    with ExitStack() as held:
        for _ in range(40 if database_url.startswith("sqlite") else 20):
            held.enter_context(sessions.read()).connection()

        with pytest.raises(PoolExhaustedError, match="no connection to the database came free") as raised:
            sessions.reachable()
    again = sessions.reachable()
    sessions.engine.dispose()

    assert isinstance(raised.value, CoachError)  # a command says it in one line
    assert isinstance(raised.value, SQLAlchemyError)  # /readyz says 503
    assert again
