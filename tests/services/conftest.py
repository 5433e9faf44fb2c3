from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from coach.storage.database import Sessions, open_engine
from tests.postgres import Postgres, empty


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Every test of this floor runs on both databases."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgres_engine(postgres: Postgres, postgres_template: str) -> Iterator[Engine]:
    """One database for all tests of this floor: a new one costs a quarter of a second until it is warm."""
    engine = open_engine(postgres.create(template=postgres_template))
    yield engine
    engine.dispose()


@pytest.fixture
def engine(kind: str, request: pytest.FixtureRequest) -> Engine:
    """To an empty database."""
    engine: Engine
    if kind == "sqlite":
        engine = request.getfixturevalue("sqlite_engine")
    else:
        engine = request.getfixturevalue("postgres_engine")
        empty(engine)
    return engine


@pytest.fixture
def database_url(engine: Engine) -> str:
    """Its address."""
    return engine.url.render_as_string(hide_password=False)


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    """Transactions on it."""
    return Sessions(engine)
