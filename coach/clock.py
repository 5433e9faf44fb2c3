"""Beats: hands each duty over on real time. The tables say what is due, so nothing is lost when it stops."""

import logging
import signal
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import count
from queue import Empty, SimpleQueue
from threading import Event, Thread

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from coach.bootstrap import Coach, real_time, work_of
from coach.engine.base import Engine, EngineAwayError, Job
from coach.engine.inline import Inline
from coach.services.clock import Clock
from coach.services.duties import DUTIES, Duty

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds between two looks at whether the clock was put back, and at whether a signal came

# A duty that is still at work lets the next beat pass. The scheduler warns of that each time; it is how it is meant.
_scheduling = logging.getLogger(f"{__name__}.scheduling")
_scheduling.setLevel(logging.ERROR)


class Beat:
    """The duties of one Coach, each handed over every so often, and never twice at the same time.

    Without an `engine` they are done here; with one, in `shards` shares where a duty can be shared. `machine` tells
    this machine's time, which the beats hang on, whatever the Coach's says.
    """

    def __init__(
        self,
        coach: Coach,
        duties: tuple[Duty, ...] = DUTIES,
        *,
        engine: Engine | None = None,
        shards: int = 1,
        machine: Clock = real_time,
    ) -> None:
        self._coach, self._shards = coach, 1 if engine is None else shards
        self._engine = engine or Inline(work_of(coach, duties))
        self._machine, self._ended, self._turns = machine, Event(), count()
        self._scheduler = BackgroundScheduler(
            timezone="UTC", logger=_scheduling, executors={"default": ThreadPoolExecutor(len(duties))}
        )
        for duty in duties:
            self._scheduler.add_job(
                self._hand_over,
                "interval",
                args=[duty],
                seconds=duty.every,
                id=duty.name,
                next_run_time=real_time(),
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        """The duties run from now on."""
        self._coach.ending.clear()
        self._scheduler.start()
        self._watching = Thread(target=self._watch, args=(self._machine(),), name="watch")
        self._watching.start()

    def stop(self) -> None:
        """No duty and no call to the provider begins any more, and those in hand are finished."""
        self._coach.ending.set()
        self._ended.set()
        self._watching.join()
        self._scheduler.shutdown(wait=True)
        self._engine.close()

    def run_until_signal(self) -> None:
        """The duties run until SIGTERM or Ctrl-C; those in hand are finished."""
        told: SimpleQueue[int] = SimpleQueue()  # an Event's lock could be held by the very thread that a signal stops
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _: told.put(number))
        self.start()
        log.info("the clock runs")
        while True:
            with suppress(Empty):  # a signal that comes just before the wait begins is heard when the wait ends
                told.get(timeout=LOOK_EVERY)
                break
        self.stop()

    def _watch(self, seen: datetime) -> None:
        """The duties run at once where the clock is put back: the scheduler would wait until it has caught up."""
        while not self._ended.wait(LOOK_EVERY):
            now = self._machine()
            if now < seen:
                log.warning("this machine's clock was put back by %.0f s", (seen - now).total_seconds())
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=real_time())
            seen = now

    def _hand_over(self, duty: Duty) -> None:
        try:
            for job in self._jobs(duty):
                self._engine.defer(job)
        except EngineAwayError as error:
            log.warning("%s; it is tried again in %s s", error, duty.every)

    def _jobs(self, duty: Duty) -> Iterator[Job]:
        shards = self._shards if duty.by_shard else 1
        first = next(self._turns)  # each shard comes first in turn: the sender's bucket may hold enough for one alone
        return (Job(duty.name, {"shard": (first + place) % shards, "of": shards}) for place in range(shards))
