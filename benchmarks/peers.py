"""Others who send a text when it is due by a job each: APScheduler and Procrastinate, with a job that costs nothing."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from threading import Event

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from benchmarks import procrastinating, workers
from benchmarks.clinic import FreeGateway, fill_planned
from benchmarks.delivering import BUSY, delivered
from benchmarks.rounds import Case
from benchmarks.stores import Copy, Store

APSCHEDULER_AIM, PROCRASTINATE_AIM = 5, 3
WORKERS = 2
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def cases(store: Store, size: int) -> Iterator[Case]:
    """Texts a second. APScheduler's include adding the job, Procrastinate's are only run."""
    copy = store.filled(partial(fill_planned, people=size))
    empty = store.filled(lambda _: None)
    yield Case(
        "deliver, 16 at once",
        store.kind,
        "a job of APScheduler each",
        APSCHEDULER_AIM,
        partial(delivered, copy, FreeGateway(), BUSY),
        partial(_apscheduler, empty, size),
    )
    if store.kind == "PostgreSQL":
        yield Case(
            "deliver, 2 x 16 at once",
            store.kind,
            "a job of Procrastinate each",
            PROCRASTINATE_AIM,
            partial(workers.delivered, copy, WORKERS),
            partial(procrastinating.ran, empty, size, WORKERS),
        )


class _Arrivals:
    """Counts the jobs that were run, in this process."""

    def __init__(self) -> None:
        self.count, self.awaited, self.all_here = 0, 0, Event()

    def expect(self, awaited: int) -> None:
        self.count, self.awaited = 0, awaited
        self.all_here.clear()


ARRIVALS = _Arrivals()


def arrive(_text: int) -> None:
    """The job: a text is there. The scheduler finds it by its name."""
    ARRIVALS.count += 1  # its threads are as many as ours, and a lost count would only never end
    if ARRIVALS.count >= ARRIVALS.awaited:
        ARRIVALS.all_here.set()


def _apscheduler(empty: Copy, size: int) -> float:
    with empty() as url:
        scheduler = BackgroundScheduler(
            timezone="UTC",
            jobstores={"default": SQLAlchemyJobStore(url)},
            executors={"default": ThreadPoolExecutor(BUSY)},
        )
        ARRIVALS.expect(size)
        scheduler.start(paused=True)
        began = time.perf_counter()
        for text in range(size):
            scheduler.add_job(
                "benchmarks.peers:arrive", "date", args=[text], run_date=LONG_AGO, misfire_grace_time=None
            )
        scheduler.resume()
        ARRIVALS.all_here.wait()
        scheduler.shutdown(wait=True)
        took = time.perf_counter() - began
        for store in scheduler._jobstores.values():  # noqa: SLF001 (it keeps its connections otherwise)
            store.engine.dispose()
        return size / took
