"""The engine of many machines: jobs stand in PostgreSQL, and workers anywhere do them."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import Any

import psycopg_pool
from procrastinate import App, JobContext, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import DeleteJobCondition, Status
from procrastinate.worker import Worker

from coach.engine import schema
from coach.engine.base import EngineAwayError, Job, Work, do

log = logging.getLogger(__name__)

# The pool tells of every try, in several lines that name the address; what comes of them is said below, in one.
logging.getLogger("psycopg.pool").setLevel(logging.ERROR)

QUEUE = "coach"
HEARTBEAT = 10  # seconds between two signs of life
SIGNS_MISSED = 3  # then a worker is taken for dead
LOOK_EVERY = 1.0  # seconds; a notice of a new job comes at once, but may be lost
AWAY_AFTER = 10.0  # seconds without a connection
AGAIN_AFTER = (1, 2, 5, 10)  # seconds between two starts of a worker whose database is away; the last one stays


class Queue:
    """Hands jobs to PostgreSQL on connections of its own, and works them off.

    A job that is refused as known already spoils the transaction that it was handed over in: none of ours may be it.
    """

    def __init__(self, address: str, *, heartbeat: int = HEARTBEAT) -> None:
        self._address, self._heartbeat = address, heartbeat
        self._app: App | None = None
        self._pool: psycopg_pool.ConnectionPool | None = None
        self._opening = Lock()

    def prepare(self) -> bool:
        """Whether its tables were made now; where they stand, nothing changes."""
        return schema.prepare(self._address)

    def is_prepared(self) -> bool:
        """Whether its tables are there."""
        return schema.is_prepared(self._address)

    def workers(self) -> int:
        """How many workers are alive, on whatever machine."""
        return schema.live_workers(self._address, within=self._heartbeat * SIGNS_MISSED)

    def defer(self, job: Job) -> bool:
        try:
            deferrer = self._open().configure_task(job.name, queue=QUEUE, queueing_lock=job.key)
            deferrer.defer(**job.payload)
        except AlreadyEnqueued:
            return False
        except ConnectorException as error:
            raise EngineAwayError(f"the job {job.key} cannot be handed over: the database does not answer") from error
        return True

    def close(self) -> None:
        with self._opening:
            if self._pool is not None:
                self._pool.close()
            self._pool = self._app = None

    def work(self, work: Work, *, at_once: int, ended: Event) -> None:
        """Jobs are done until `ended`, at most `at_once` together; those in hand are finished."""
        asyncio.run(_Working(self._address, self._heartbeat, work, at_once).until(ended))

    def _open(self) -> App:
        """Returns at once, whether the database answers or not: each hand-over waits for itself."""
        with self._opening:
            if self._app is None:
                self._pool = psycopg_pool.ConnectionPool(
                    self._address,
                    min_size=1,
                    max_size=2,
                    timeout=AWAY_AFTER,
                    open=False,
                    check=psycopg_pool.ConnectionPool.check_connection,
                )
                self._pool.open()
                self._app = App(connector=SyncPsycopgConnector()).open(self._pool)
            return self._app


class _Working:
    """One worker's life: it starts again whenever its database comes back."""

    def __init__(self, address: str, heartbeat: int, work: Work, at_once: int) -> None:
        self._address, self._heartbeat, self._work, self._at_once = address, heartbeat, work, at_once
        self._in_hand: set[str] = set()
        self._lock = Lock()

    async def until(self, ended: Event) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_say)
        # Jobs run in the loop's threads; one more waits for the end, one looks names up.
        loop.set_default_executor(ThreadPoolExecutor(self._at_once + 2, "job"))
        ending = asyncio.create_task(asyncio.to_thread(ended.wait))
        pauses = iter(AGAIN_AFTER)
        while not ending.done():
            if await self._live(ending):
                pauses = iter(AGAIN_AFTER)
            if not ending.done():
                await asyncio.wait({ending}, timeout=next(pauses, AGAIN_AFTER[-1]))

    async def _live(self, ending: "asyncio.Task[bool]") -> bool:
        """Whether it worked; it ended since it was told to, or because the database went away."""
        app, working = self._app(), False
        pool = psycopg_pool.AsyncConnectionPool(
            self._address,
            min_size=1,
            max_size=4,
            timeout=AWAY_AFTER,
            open=False,
            check=psycopg_pool.AsyncConnectionPool.check_connection,
        )
        try:
            async with pool, app.open_async(pool):
                await pool.wait(AWAY_AFTER)
                working = True
                await self._run(app, ending)
        except (ConnectorException, psycopg_pool.PoolTimeout):
            log.warning("the database does not answer; the worker starts again when it does")
        return working

    async def _run(self, app: App, ending: "asyncio.Task[bool]") -> None:
        worker = Worker(
            app,
            queues=[QUEUE],
            concurrency=self._at_once,
            fetch_job_polling_interval=LOOK_EVERY,
            delete_jobs=DeleteJobCondition.ALWAYS,
            install_signal_handlers=False,
            update_heartbeat_interval=self._heartbeat,
            stalled_worker_timeout=self._heartbeat * SIGNS_MISSED,
        )
        running = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]  # Procrastinate leaves it bare
        await asyncio.wait({running, ending}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            worker.stop()  # type: ignore[no-untyped-call]  # likewise
        await running

    def _app(self) -> App:
        app = App(connector=PsycopgConnector())
        for name in self._work:
            app.task(name=name, pass_context=True)(self._doing(name))
        tidy = app.task(name="tidy", queue=QUEUE, queueing_lock="tidy", pass_context=True)(self._tidy)
        app.periodic(cron=f"* * * * * */{self._heartbeat}")(tidy)
        return app

    def _doing(self, name: str) -> Callable[..., None]:
        def task(context: JobContext, /, **payload: int) -> None:
            job = Job(name, payload)
            if not self._take(job):
                return  # it is in hand here: a long one may not fill every place of its worker
            try:
                do(self._work, job, called=f"job {context.job.id} ({job.key})")
            finally:
                self._in_hand.discard(job.key)

        return task

    def _take(self, job: Job) -> bool:
        with self._lock:
            if job.key in self._in_hand:
                return False
            self._in_hand.add(job.key)
            return True

    async def _tidy(self, context: JobContext, timestamp: int) -> None:  # noqa: ARG002 (Procrastinate gives it)
        """What dead workers had in hand is struck off: it was handed over again at the next beat."""
        manager, dead_after = context.app.job_manager, self._heartbeat * SIGNS_MISSED
        for job in await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=dead_after):
            assert job.id is not None
            await manager.finish_job_by_id_async(job.id, Status.ABORTED, delete_job=True)
            log.warning("job %s (%s) was left behind by a worker that is gone", job.id, job.queueing_lock)
        await manager.prune_stalled_workers(dead_after)


def _say(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    if isinstance(context.get("exception"), ConnectorException):
        log.warning("the database went away before a job's end was written; it is struck off later")
    else:
        loop.default_exception_handler(context)
