"""Every message in or out, found by its id, by the number that it went to, or by its place in time."""

import threading
from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime

from coach.sandbox.message import Message


class Messages:
    """Grows only. A list is read without a lock, from one place backwards, so that long histories hold nobody up."""

    def __init__(self) -> None:
        self._by_sid: dict[str, Message] = {}
        self._all: list[Message] = []
        self._by_to: dict[str, list[Message]] = {}
        self._lock = threading.Lock()

    def add(self, message: Message) -> None:
        with self._lock:
            message.place = len(self._all)
            self._by_sid[message.sid] = message
            self._all.append(message)
            self._by_to.setdefault(message.to, []).append(message)

    def get(self, sid: str) -> Message | None:
        return self._by_sid.get(sid)

    def newest_first(self, now: datetime, *, to: str | None = None, before: str | None = None) -> Iterator[Message]:
        """What the list shows at `now` (UTC): of texts to that number, and of those before the message `before`."""
        row = self._all if to is None else self._by_to.get(to, [])
        token = self._by_sid.get(before) if before else None
        end = len(row) if token is None else bisect_left(row, token.place, key=lambda message: message.place)
        for place in range(end - 1, -1, -1):
            if row[place].listed_from <= now:
                yield row[place]
