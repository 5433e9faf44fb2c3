from collections.abc import Iterator

import pytest

from coach.bootstrap import open_queue
from coach.engine.procrastinate import Queue


@pytest.fixture
def kind() -> str:
    """Jobs stand in PostgreSQL alone."""
    return "postgresql"


@pytest.fixture
def queue(database_url: str) -> Iterator[Queue]:
    """A queue with its tables, in a database of this test's own."""
    queue = open_queue(database_url)
    queue.prepare()
    yield queue
    queue.close()
