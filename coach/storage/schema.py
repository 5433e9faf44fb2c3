"""The database's schema: brought up to date by migrations, and asked how far it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from coach.domain.errors import CoachError
from coach.storage.database import BUSY_TIMEOUT_MS, WRITES

MIGRATIONS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 0x636F616368  # "coach": the number under which PostgreSQL lets one migration run
LONG_TIMEOUT_MS = 600_000  # how long a migration waits for another one


class SchemaError(CoachError):
    """A migration left rows that refer to nothing."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def migrate(engine: Engine, *, revision: str = "head") -> None:
    """Every migration up to `revision` is applied, or none; a second call changes nothing, nor do two at once.

    A database that a newer coach has migrated stays as it is.

    Raises:
        SchemaError: rows of SQLite would refer to nothing; the database stays as it was.
    """
    config = _config()
    with _alone(engine) as connection:
        if _is_newer(connection):
            return
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A writing transaction in which no other migration runs."""
    alone = _alone_on_sqlite if engine.dialect.name == "sqlite" else _alone_on_postgresql
    with engine.connect().execution_options(**{WRITES: True}) as connection, alone(connection):
        yield connection


@contextmanager
def _alone_on_postgresql(connection: Connection) -> Iterator[None]:
    with connection.begin():
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LONG_TIMEOUT_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")  # behind a table that waits, every reader waits
        yield


@contextmanager
def _alone_on_sqlite(connection: Connection) -> Iterator[None]:
    """References are checked once at the end: a table that is changed by copying it is dropped in between."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    driver.execute(f"PRAGMA busy_timeout={LONG_TIMEOUT_MS}")
    try:
        with connection.begin():
            yield
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise SchemaError(
                    "a migration would leave rows that refer to nothing; the database stays as it was."
                    " Keep a copy of it and report the fault"
                )
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        driver.execute("PRAGMA foreign_keys=ON")


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest migration, or at one of a newer coach.

    The newer one is right for this code too: a migration takes away only what the version before it no longer used.
    """
    with engine.connect() as connection:
        return _is_newer(connection) or _heads(connection) == set(ScriptDirectory.from_config(_config()).get_heads())


def _is_newer(connection: Connection) -> bool:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    return not _heads(connection) <= known


def _heads(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())
