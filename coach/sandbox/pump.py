"""Real time for a sandbox of its own process: a thread that takes each step when it is due."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from zlib import crc32

from coach.sandbox.provider import Sandbox
from coach.sandbox.way import Step

log = logging.getLogger(__name__)
HANDS = 8  # receipts posted at a time; one message's go one after another
AT_LEAST = timedelta(milliseconds=1)


class Pump:
    """Used with `with`: within it, receipts leave when they are due; at its end, the steps in hand are finished."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._over = False
        self._hands = [ThreadPoolExecutor(1, f"sandbox-hand-{number}") for number in range(HANDS)]
        self._thread = threading.Thread(target=self._run, name="sandbox-pump", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        changed = self._sandbox.timetable.changed
        with changed:
            self._over = True
            changed.notify_all()
        self._thread.join()
        for hand in self._hands:
            hand.shutdown(cancel_futures=True)

    def _run(self) -> None:
        while self._wait():
            while (step := self._sandbox.timetable.pop(self._sandbox.now())) is not None:
                self._hands[crc32(step.sid.encode()) % HANDS].submit(self._take, step)

    def _take(self, step: Step) -> None:
        try:
            self._sandbox.take(step)
        except Exception:  # one bad step must not silence all later ones
            log.exception("a step of a message went wrong")

    def _wait(self) -> bool:
        """True when a step is due; False when all is over."""
        changed = self._sandbox.timetable.changed
        with changed:
            while not self._over:
                due = self._sandbox.next_due()
                if due is None:
                    changed.wait()
                    continue
                left = due - self._sandbox.now()
                if left <= timedelta(0):
                    return True
                changed.wait(max(left, AT_LEAST).total_seconds())
        return False
