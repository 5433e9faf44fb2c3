"""Delivery, with a gateway that costs nothing: against plain SQL that keeps the same rows, locks and commits."""

import time
from collections.abc import Iterator
from functools import partial

from benchmarks import plain
from benchmarks.clinic import CLINIC, FreeGateway, all_due, fill_planned
from benchmarks.rounds import Case
from benchmarks.stores import Copy, Store
from coach.gateway.base import Gateway
from coach.services.deliver import deliver_due
from coach.services.editions import Editions
from coach.storage.database import Sessions, open_engine

AIM = 0.6
THREADS = 4  # what coach does unless it is told otherwise
BUSY = 16  # where peers and the SDK are given as many


def cases(store: Store, size: int) -> Iterator[Case]:
    """Texts a second, each of which opens a question and plans its reminder."""
    copy = store.filled(partial(fill_planned, people=size))
    coach = partial(delivered, copy, FreeGateway(), THREADS)
    yield Case("deliver, 4 at once", store.kind, "plain SQL", AIM, coach, partial(_plain, copy))


def delivered(copy: Copy, gateway: Gateway, threads: int) -> float:
    """Texts a second that coach delivers in one process, from the first claim to the last settled."""
    with copy() as url:
        engine = open_engine(url)
        sessions, editions = Sessions(engine), Editions()
        now = all_due(sessions)
        began = time.perf_counter()
        done = deliver_due(sessions, editions, gateway, CLINIC, now=lambda: now, parallel=threads)
        took = time.perf_counter() - began
        engine.dispose()
        assert done.called == done.looked > 0, done
        return done.called / took


def _plain(copy: Copy) -> float:
    with copy() as url:
        engine = open_engine(url)
        now = all_due(Sessions(engine))
        engine.dispose()
        return plain.deliver(url, now=now, threads=THREADS)
