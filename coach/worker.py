"""Works: does the jobs that a clock hands over, on this machine."""

import logging
import signal
from queue import SimpleQueue
from threading import Thread

from coach.bootstrap import Coach, queue_of, work_of
from coach.services.duties import DUTIES, Duty

log = logging.getLogger(__name__)


class Worker:
    """The jobs of one Coach, `at_once` at most. Needs PostgreSQL.

    Raises:
        NoQueueError: there is nothing that jobs could stand in.
    """

    def __init__(self, coach: Coach, duties: tuple[Duty, ...] = DUTIES, *, at_once: int = 8) -> None:
        self._coach, self._queue, self._at_once = coach, queue_of(coach), at_once
        self._work = work_of(coach, duties)

    def run_until_signal(self) -> None:
        """Jobs are done until SIGTERM or Ctrl-C; those in hand are finished, and no call to the provider begins."""
        self._coach.ending.clear()
        told: SimpleQueue[int] = SimpleQueue()  # an Event's lock could be held by the very thread that a signal stops
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _: told.put(number))
        Thread(target=self._end_when, args=(told,), name="ending", daemon=True).start()
        log.info("the worker runs")
        self._queue.work(self._work, at_once=self._at_once, ended=self._coach.ending)

    def _end_when(self, told: SimpleQueue[int]) -> None:
        told.get()
        self._coach.ending.set()
