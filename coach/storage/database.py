"""The engine and its transactions: IMMEDIATE on SQLite with WAL, READ COMMITTED on PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlmodel import Session

from coach.domain.errors import CoachError

WRITES = "coach_writes"
AWAY = (OperationalError, InterfaceError, NoConnectionFree)
"""Raised where the database is gone, locked or full, or no connection to it is free: a little later it may work."""

BUSY_TIMEOUT_MS = 5_000
POOL_TIMEOUT = 5.0  # seconds: the provider must hear of a full pool before it gives up on a webhook by itself
POSTGRES_SESSION = {
    "TimeZone": "UTC",
    "lock_timeout": "10s",  # a patient's row is held for milliseconds: whoever waits longer meets a fault
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",  # a process that sleeps inside a transaction must free its rows
}
POSTGRES_CONNECTION = {
    "application_name": "coach",
    "connect_timeout": "5",  # seconds
    "keepalives_idle": "30",  # seconds, as the next; a server that vanished without a word is given up after a minute
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",  # milliseconds, for what was sent and never acknowledged
}


class PoolExhaustedError(CoachError, NoConnectionFree):
    """Every connection of this process was busy for a while; what was to be done has not been begun."""


def open_engine(url: str, *, synchronous: str = "FULL", wait: float = POOL_TIMEOUT) -> Engine:
    """An engine on `url`. `synchronous` is SQLite's: NORMAL may lose the last commits when power fails.

    Whoever needs a connection waits `wait` seconds for a free one.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, synchronous, wait)
    return _postgresql(address, wait)


def _sqlite(address: URL, synchronous: str, wait: float) -> Engine:
    # An error's text may end in a log, where bodies and numbers have no business: hence no parameters in it.
    engine = create_engine(address, pool_size=20, max_overflow=20, pool_timeout=wait, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401 (the driver's own type)
        connection.isolation_level = None  # the driver's own BEGIN is deferred: two could read, then both write
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        _writes_ahead(connection)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _writes_ahead(connection: sqlite3.Connection) -> None:
    """SQLite waits for no lock where a new file is first told to write ahead: whoever comes second tries again."""
    last = monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if monotonic() > last:
                raise
            sleep(0.02)
        else:
            return


def _postgresql(address: URL, wait: float) -> Engine:
    """At most 20 connections a process: a server's usual 100 carry web, clock and two workers."""
    given = {name: value for name, value in POSTGRES_CONNECTION.items() if name not in address.query}
    settings = " ".join(f"-c {name}={value}" for name, value in POSTGRES_SESSION.items())
    return create_engine(
        address,
        pool_size=20,
        max_overflow=0,
        pool_timeout=wait,
        pool_use_lifo=True,  # what a quiet night does not need may grow old, and be renewed
        pool_recycle=1800,  # seconds: firewalls forget connections
        pool_pre_ping=True,  # a server that was restarted costs a new connection, not an error
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        connect_args={**given, "options": f"{settings} {address.query.get('options', '')}".strip()},
    )


class Sessions:
    """Hands out short transactions. None is ever open across the network."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A writing transaction: committed at the end of the block, rolled back if it raises.

        Raises:
            PoolExhaustedError: no connection was free in time; so with `read` and `reachable`.
        """
        with self._connect().execution_options(**{WRITES: True}) as connection, connection.begin():  # noqa: SIM117 (too long)
            with Session(connection, expire_on_commit=False) as session:
                yield session
                session.flush()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A reading transaction: one picture of the database; what it reads stays readable afterwards."""
        with self._connect() as connection, Session(connection, expire_on_commit=False) as session:
            yield session

    def reachable(self) -> bool:
        """Whether the database answers; raises what the driver raises when it does not."""
        with self._connect() as connection:
            return bool(connection.execute(text("SELECT 1")).scalar_one() == 1)

    def _connect(self) -> Connection:
        try:
            return self.engine.connect()
        except NoConnectionFree:
            raise PoolExhaustedError(
                "no connection to the database came free in time: something holds them all."
                " Look for a slow disk or a long query; a smaller COACH_PARALLEL_CALLS needs fewer"
            ) from None
