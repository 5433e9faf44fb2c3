"""The people at the phones: they answer in words, are unclear, say STOP and later START, and ask for help."""

import heapq
import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random

from coach.sandbox.ledger import Created
from coach.sandbox.provider import Sandbox
from tests.torture.crowd import WAYS

ANSWERS = {
    "done": ("done", "partly", "not today", "I did it"),
    "minutes": ("12 minutes", "15", "20 min"),
    "yes_no": ("yes", "no", "Yes!", "nope"),
    "scale_0_10": ("0", "4", "7", "10"),
}
BACK_AFTER = (5.0, 30.0)  # minutes from STOP to START
THINKING = (0.1, 8.0)  # minutes


class Phones:
    """Everybody's answers, by seed, to what `sandbox` brings; texts leave when `step` is called."""

    def __init__(self, sandbox: Sandbox, seed: int) -> None:
        self._sandbox, self._random = sandbox, Random(seed)  # noqa: S311 (the same words by the same seed)
        self._seen = 0
        self._due: list[tuple[datetime, int, str, str]] = []
        self._order = itertools.count()
        self._pool = ThreadPoolExecutor(4, "phone")
        self._writing = threading.Semaphore(8)

    def step(self, now: datetime) -> None:
        """New texts are looked at, and answers that are due by `now` are on their way."""
        entries = self._sandbox.ledger.entries(self._seen)
        self._seen += len(entries)
        for entry in entries:
            if isinstance(entry, Created) and entry.sid is not None:
                self._think(entry, now)
        while self._due and self._due[0][0] <= now and self._writing.acquire(blocking=False):
            _, _, number, body = heapq.heappop(self._due)
            self._pool.submit(self._write, number, body)

    def put_down(self) -> None:
        """Nobody writes any more; what was being written has been sent."""
        self._due.clear()
        self._pool.shutdown(wait=True)

    def _write(self, number: str, body: str) -> None:
        try:
            self._sandbox.text_from(number, body)
        finally:
            self._writing.release()

    def _think(self, text: Created, now: datetime) -> None:
        draw = self._random.random()  # shares of all texts
        number, at = text.to, now + self._minutes(*THINKING)
        if draw < 0.02:
            self._later(at, number, self._random.choice(["STOP", "please stop texting me"]))
            self._later(at + self._minutes(*BACK_AFTER), number, "START")
        elif draw < 0.04:
            self._later(at, number, "HELP")
        elif draw < 0.12:
            self._later(at, number, f"the blue kettle sings {next(self._order)}")
        elif draw < 0.65:
            self._answer(at, number, dict(text.form).get("Body", ""))

    def _answer(self, at: datetime, number: str, body: str) -> None:
        kind = next((kind for name, kind in WAYS.items() if name in body), None)
        if kind is not None:
            self._later(at, number, self._random.choice(ANSWERS[kind]))

    def _later(self, at: datetime, number: str, body: str) -> None:
        heapq.heappush(self._due, (at, next(self._order), number, body))

    def _minutes(self, least: float, most: float) -> timedelta:
        return timedelta(minutes=self._random.uniform(least, most))
