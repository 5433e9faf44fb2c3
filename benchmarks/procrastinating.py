"""One job of Procrastinate a text: deferred beforehand, run by several workers."""

import asyncio
import multiprocessing
from multiprocessing.synchronize import Barrier

from procrastinate import App, PsycopgConnector
from procrastinate.types import JSONDict

from benchmarks.delivering import BUSY
from benchmarks.stores import Copy
from benchmarks.workers import PATIENCE, together

AT_ONCE = 1_000


def ran(empty: Copy, size: int, workers: int) -> float:
    """Jobs a second of all workers together; deferring them is not counted."""
    with empty() as url:
        address = url.replace("+psycopg", "")
        asyncio.run(_defer(address, size))
        return together(_work, workers, address, size)


def _app(address: str) -> App:
    app = App(connector=PsycopgConnector(conninfo=address))

    @app.task(name="send")
    async def send(text: int) -> None:
        pass

    return app


async def _defer(address: str, size: int) -> None:
    app = _app(address)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        for first in range(0, size, AT_ONCE):
            texts = range(first, min(size, first + AT_ONCE))
            jobs: list[JSONDict] = [{"text": text} for text in texts]
            await app.tasks["send"].batch_defer_async(*jobs)


def _work(
    begin: Barrier, done: "multiprocessing.Queue[int]", number: int, _workers: int, address: str, size: int
) -> None:
    asyncio.run(_run(begin, address))
    done.put(size if number == 0 else 0)  # all are done when every worker has found nothing more


async def _run(begin: Barrier, address: str) -> None:
    app = _app(address)
    async with app.open_async():
        await asyncio.get_running_loop().run_in_executor(None, begin.wait, PATIENCE)
        await app.run_worker_async(
            wait=False, concurrency=BUSY, install_signal_handlers=False, delete_jobs="always", listen_notify=False
        )
