import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from coach.services.editions import Editions
from coach.storage.database import Sessions, open_engine
from coach.storage.schema import migrate
from tests.people import RecordingGateway, SteppedClock

settings.register_profile("coach", deadline=None)  # two shared cores: no test may turn on time
settings.load_profile("coach")


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


@pytest.fixture
def sessions(migrated: Path, tmp_path: Path) -> Iterator[Sessions]:
    path = tmp_path / "coach.db"
    shutil.copy(migrated, path)
    engine = open_engine(f"sqlite:///{path}", synchronous="NORMAL")
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
