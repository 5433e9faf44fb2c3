import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from coach.services.editions import Editions
from coach.storage.database import Sessions, open_engine
from coach.storage.schema import migrate
from tests.people import RecordingGateway, SteppedClock
from tests.postgres import Postgres, postgres_server

settings.register_profile("coach", deadline=None)  # two shared cores: no test may turn on time
settings.load_profile("coach")


LONG = ("torture", "test_demo", "docs", "journeys", "test_zones", "test_serve", "test_worker", "benchmarks")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: next((place for place, name in enumerate(LONG) if name in item.nodeid), len(LONG)))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, migrated once; each test takes a copy."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL, started when the first test asks for it."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    """An empty database on it, migrated once; each test takes a copy."""
    return postgres.migrated()


@pytest.fixture
def kind() -> str:
    """What holds a test's rows; the folders whose tests run on both say so in their conftest.py."""
    return "sqlite"


@pytest.fixture(scope="session")
def empty_sqlite(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Engine]]:
    """Each call empties the one SQLite database of all tests, whose engine keeps what it has once compiled."""
    path = tmp_path_factory.mktemp("database") / "coach.db"
    engine = open_engine(f"sqlite:///{path}", synchronous="NORMAL")

    def empty() -> Engine:
        engine.dispose()
        for left in path.parent.iterdir():
            left.unlink()
        shutil.copy(migrated, path)
        return engine

    yield empty
    engine.dispose()


@pytest.fixture
def sqlite_engine(empty_sqlite: Callable[[], Engine]) -> Iterator[Engine]:
    """To an empty SQLite database."""
    engine = empty_sqlite()
    yield engine
    engine.dispose()


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database of this test's own, as coach's settings take it."""
    if kind == "sqlite":
        yield str(request.getfixturevalue("sqlite_engine").url)
        return
    server: Postgres = request.getfixturevalue("postgres")
    address = server.create(template=request.getfixturevalue("postgres_template"))
    yield address
    server.drop(address)


@pytest.fixture
def sessions(kind: str, database_url: str, request: pytest.FixtureRequest) -> Iterator[Sessions]:
    if kind == "sqlite":
        yield Sessions(request.getfixturevalue("sqlite_engine"))
        return
    engine = open_engine(database_url)
    yield Sessions(engine)
    engine.dispose()


@pytest.fixture
def editions() -> Editions:
    return Editions()


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def gateway() -> RecordingGateway:
    return RecordingGateway()
