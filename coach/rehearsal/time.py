"""Virtual time: it stands still until it is moved, and never goes back."""

from datetime import datetime
from threading import Lock


class VirtualClock:
    """A clock that many threads read and one moves. Times are UTC."""

    def __init__(self, start: datetime) -> None:
        self._at = start
        self._lock = Lock()

    def __call__(self) -> datetime:
        with self._lock:
            return self._at

    def move_to(self, moment: datetime) -> None:
        """The clock shows `moment`, or what it showed if that is later."""
        with self._lock:
            self._at = max(self._at, moment)
