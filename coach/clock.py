"""Beats: runs each duty on real time. The tables say what is due, so nothing is lost when it stops."""

import logging
import signal
from threading import Event

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from coach.bootstrap import Coach, real_time
from coach.services.duties import DUTIES, Duty

log = logging.getLogger(__name__)


class Beat:
    """The duties of one Coach, each never more than once at a time."""

    def __init__(self, coach: Coach, duties: tuple[Duty, ...] = DUTIES) -> None:
        self._coach = coach
        self._scheduler = BackgroundScheduler(timezone="UTC", executors={"default": ThreadPoolExecutor(len(duties))})
        for duty in duties:
            self._scheduler.add_job(
                self._run,
                "interval",
                args=[duty],
                seconds=duty.every,
                id=duty.name,
                next_run_time=real_time(),  # the scheduler reads this machine's clock, whatever the Coach's says
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        """The duties run from now on."""
        self._coach.ending.clear()
        self._scheduler.start()

    def stop(self) -> None:
        """No duty and no call to the provider begins any more, and those in hand are finished."""
        self._coach.ending.set()
        self._scheduler.shutdown(wait=True)

    def run_until_signal(self) -> None:
        """The duties run until SIGTERM or Ctrl-C; those in hand are finished."""
        ended = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        self.start()
        log.info("the clock runs")
        ended.wait()
        self.stop()

    def _run(self, duty: Duty) -> None:
        try:
            duty.run(self._coach)
        except Exception:
            log.exception("the duty %s raised; it runs again in %s s", duty.name, duty.every)
