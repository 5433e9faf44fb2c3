"""Procrastinate's own tables: made once by `coach migrate`, looked at by `coach doctor`."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from procrastinate.schema import SchemaManager

from coach.engine.base import EngineAwayError

_ONE_AT_A_TIME = 0x636F616368  # any number that all who prepare agree on


def prepare(address: str) -> bool:
    """Whether Procrastinate's tables were made now; where they stand, nothing changes.

    Applying its schema twice fails, half way: hence the look, and the lock against two who look at once.
    """
    with _connected(address) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        if _stands(connection):
            return False
        connection.execute(SchemaManager.get_schema())
        return True


def is_prepared(address: str) -> bool:
    """Whether Procrastinate's tables are there."""
    with _connected(address) as connection:
        return _stands(connection)


def live_workers(address: str, *, within: int) -> int:
    """How many workers gave a sign in the last `within` seconds, by the database's own clock."""
    query = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
    with _connected(address) as connection:
        row = connection.execute(query, [within]).fetchone()
    assert row is not None
    return int(str(row[0]))


@contextmanager
def _connected(address: str) -> "Iterator[psycopg.Connection[tuple[object, ...]]]":
    """One transaction of its own: committed at the end of the block, rolled back if it raises."""
    try:
        connection = psycopg.connect(address)
    except psycopg.OperationalError:  # its words are many lines, and name the address
        raise EngineAwayError("the database does not answer; look at COACH_DATABASE_URL") from None
    with connection:
        yield connection


def _stands(connection: "psycopg.Connection[tuple[object, ...]]") -> bool:
    return connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone() != (None,)
