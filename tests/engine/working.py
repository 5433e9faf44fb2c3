"""A worker in a thread of the test, and looks into the tables of jobs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from sqlalchemy import text

from coach.engine.base import Work
from coach.engine.procrastinate import Queue
from coach.storage.database import Sessions
from tests.journeys.real import PATIENCE


@contextmanager
def working(queue: Queue, work: Work, *, at_once: int = 2) -> Iterator[Event]:
    """A worker is at work in the block, and has ended after it; the block may end it sooner."""
    ended = Event()
    thread = Thread(target=queue.work, args=(work,), kwargs={"at_once": at_once, "ended": ended})
    thread.start()
    try:
        yield ended
    finally:
        ended.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def left(sessions: Sessions) -> list[tuple[str, str]]:
    """The jobs that stand in the tables, oldest first, with their status; not the tidying."""
    with sessions.read() as session:
        rows = session.execute(text("SELECT queueing_lock, status::text FROM procrastinate_jobs ORDER BY id"))
        return [(str(key), str(status)) for key, status in rows if key != "tidy"]


def comes_true(look: Callable[[], bool]) -> bool:
    """Whether it is so before patience ends; it is looked at ten times a second."""
    never = Event()
    return any(look() or never.wait(0.1) for _ in range(int(PATIENCE * 10)))
