"""Where the rows of a measurement lie: SQLite as coach opens it, and a real PostgreSQL that syncs its commits."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy import make_url

from coach.storage.database import Sessions, open_engine
from coach.storage.schema import migrate
from tests.postgres import Postgres, postgres_server

Fill = Callable[[Sessions], object]
Copy = Callable[[], AbstractContextManager[str]]
"""The address of a fresh copy of a filled database; the copy is gone after the block."""


class Store(Protocol):
    """A kind of database."""

    @property
    def kind(self) -> str: ...

    def filled(self, fill: Fill) -> Copy:
        """Copies of a migrated database after `fill`."""
        ...


class SqliteStore:
    """Files in a folder."""

    kind = "SQLite"

    def __init__(self, folder: Path) -> None:
        self._folder, self._numbers = folder, count(1)

    def filled(self, fill: Fill) -> Copy:
        origin = self._path()
        engine = open_engine(f"sqlite:///{origin}")
        migrate(engine)
        fill(Sessions(engine))
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()

        @contextmanager
        def copy() -> Iterator[str]:
            path = self._path()
            shutil.copy(origin, path)
            yield f"sqlite:///{path}"
            for file in path.parent.glob(f"{path.name}*"):
                file.unlink()

        return copy

    def _path(self) -> Path:
        return self._folder / f"coach_{next(self._numbers)}.db"


class PostgresStore:
    """Databases of a server of our own."""

    kind = "PostgreSQL"

    def __init__(self, server: Postgres) -> None:
        self._server = server

    def filled(self, fill: Fill) -> Copy:
        origin = self._server.create()
        engine = open_engine(origin)
        migrate(engine)
        fill(Sessions(engine))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
        engine.dispose()
        name = str(make_url(origin).database)

        @contextmanager
        def copy() -> Iterator[str]:
            address = self._server.create(template=name)
            yield address
            self._server.drop(address)

        return copy


@contextmanager
def stores() -> Iterator[tuple[Store, ...]]:
    """Both kinds; what they hold is gone after the block."""
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder, postgres_server(durable=True) as server:
        yield SqliteStore(Path(folder)), PostgresStore(server)
