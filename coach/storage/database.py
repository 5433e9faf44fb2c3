"""The engine and its transactions. SQLite: WAL, every writing transaction begins IMMEDIATE."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlmodel import Session

WRITES = "coach_writes"
BUSY_TIMEOUT_MS = 5_000


def open_engine(url: str, *, synchronous: str = "FULL") -> Engine:
    """An engine on `url`. `synchronous` is SQLite's: NORMAL may lose the last commits when power fails."""
    # An error's text may end in a log, where bodies and numbers have no business.
    engine = create_engine(url, pool_size=20, max_overflow=20, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, synchronous)
    return engine


def _prepare_sqlite(engine: Engine, synchronous: str) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401 (the driver's own type)
        connection.isolation_level = None  # the driver's own BEGIN is deferred: two could read, then both write
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Sessions:
    """Hands out short transactions. None is ever open across the network."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A writing transaction: committed at the end of the block, rolled back if it raises."""
        with self.engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():  # noqa: SIM117
            with Session(connection, expire_on_commit=False) as session:
                yield session
                session.flush()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A reading transaction: one picture of the database; what it reads stays readable afterwards."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    def reachable(self) -> bool:
        """Whether the database answers; raises what the driver raises when it does not."""
        with self.engine.connect() as connection:
            return bool(connection.execute(text("SELECT 1")).scalar_one() == 1)
