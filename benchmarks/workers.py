"""Delivery by several processes, as `coach worker` runs it, over one PostgreSQL."""

import multiprocessing
import time
from collections.abc import Callable
from datetime import datetime
from multiprocessing.synchronize import Barrier

from benchmarks.clinic import CLINIC, FreeGateway, all_due
from benchmarks.delivering import BUSY
from benchmarks.stores import Copy
from coach.services.deliver import deliver_due
from coach.services.editions import Editions
from coach.storage.database import Sessions, open_engine
from coach.storage.messages import Shard

PATIENCE = 120.0  # seconds until somebody who does not come is given up


def delivered(copy: Copy, workers: int) -> float:
    """Texts a second of all workers together, each with its shard of the patients; their start is not counted."""
    with copy() as url:
        engine = open_engine(url)
        now = all_due(Sessions(engine))
        engine.dispose()
        return together(_work, workers, url, now)


def together(work: Callable[..., None], workers: int, *given: object) -> float:
    """Things a second of processes that begin as one; `work` gives a queue how many it did."""
    context = multiprocessing.get_context("spawn")
    begin, done = context.Barrier(workers + 1), context.Queue()
    processes = [
        context.Process(target=work, args=(begin, done, number, workers, *given), daemon=True)
        for number in range(workers)
    ]
    for process in processes:
        process.start()
    begin.wait(PATIENCE)
    began = time.perf_counter()
    count: int = sum(done.get(timeout=PATIENCE) for _ in processes)
    took = time.perf_counter() - began
    for process in processes:
        process.join(PATIENCE)
    return count / took


def _work(
    begin: Barrier, done: "multiprocessing.Queue[int]", number: int, workers: int, url: str, now: datetime
) -> None:
    engine = open_engine(url)
    sessions, editions = Sessions(engine), Editions()
    sessions.reachable()
    begin.wait(PATIENCE)
    shard = Shard(number, workers)
    result = deliver_due(sessions, editions, FreeGateway(), CLINIC, now=lambda: now, shard=shard, parallel=BUSY)
    done.put(result.called)
    engine.dispose()
