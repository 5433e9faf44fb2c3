"""Real time for a sandbox of its own process: a thread that takes each step when it is due."""

import logging
import threading
from datetime import timedelta

from coach.sandbox.provider import Sandbox

log = logging.getLogger(__name__)
AT_LEAST = timedelta(milliseconds=1)


class Pump:
    """Used with `with`: within it, receipts leave when they are due; at its end, the step in hand is finished."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._over = False
        self._thread = threading.Thread(target=self._run, name="sandbox-pump", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        changed = self._sandbox.timetable.changed
        with changed:
            self._over = True
            changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        while self._wait():
            try:
                self._sandbox.deliver_due(self._sandbox.now())
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
