"""Named points at which a process kills itself. They are put in from outside: the product knows nothing of them."""

import os
import re
import signal
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, event

from coach.gateway.base import Gateway, Heard, Outbound, Outcome, Receipt, SentList

_SEEN = "torture_seen"
STATEMENTS: dict[str, re.Pattern[str]] = {
    "claim": re.compile(r"UPDATE message SET .*lease_token=.*RETURNING", re.DOTALL),
    "attempt": re.compile(r"INSERT INTO attempt"),
    "settle": re.compile(r"UPDATE attempt SET .*settled_at="),
    "look-up": re.compile(r"UPDATE attempt SET (?!.*settled_at).*look_at="),
    "reply": re.compile(r"INSERT INTO reply"),
    "safety": re.compile(r"UPDATE reply SET .*safety_read_at="),
    "reading": re.compile(r"UPDATE reply SET .*state="),
    "consent": re.compile(r"INSERT INTO consent_entry"),
    "receipt": re.compile(r"INSERT INTO receipt"),
}
"""Transactions, known by a statement in them; a process can die just before and just after each one's commit."""

WEB = [
    f"{side} {name}" for name in ("reply", "safety", "reading", "consent", "receipt") for side in ("before", "after")
]
WORK = [
    *(
        f"{side} {name}"
        for name in ("claim", "attempt", "settle", "look-up", "reading")
        for side in ("before", "after")
    ),
    *("before call", "after call", "after call", "after list", "after heard"),
]
POINTS = {"serve": [*WEB, *WORK], "web": WEB, "worker": WORK, "clock": [""]}
"""Where a process in each role can be told to die; "after call" twice, since a text hangs on it."""


@dataclass
class Doom:
    """Once SIGUSR1 has come, the process dies the next time that it passes `point`."""

    point: str
    armed: bool = field(default=False)

    def watch(self, engine: Engine) -> None:
        """Signals are heard, and every transaction of `engine` is looked at."""
        signal.signal(signal.SIGUSR1, self._arm)
        event.listen(engine, "before_cursor_execute", self._note)
        event.listen(engine, "commit", self._before_commit)
        event.listen(engine, "checkin", self._after_commit)

    def passes(self, point: str) -> None:
        """Does not return where the process shall die here."""
        if self.armed and point == self.point:
            os.kill(os.getpid(), signal.SIGKILL)

    def _arm(self, *_signal: object) -> None:
        self.armed = True

    def _note(self, connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        if not self.armed:
            return
        seen = connection.info.setdefault(_SEEN, set())
        seen.update(name for name, pattern in STATEMENTS.items() if pattern.search(statement))

    def _before_commit(self, connection: Connection) -> None:
        for name in connection.info.get(_SEEN, ()):
            self.passes(f"before {name}")

    def _after_commit(self, _driver: object, record: Any) -> None:
        for name in record.info.pop(_SEEN, ()):
            self.passes(f"after {name}")


@dataclass(frozen=True)
class DoomedGateway:
    """The real gateway, and a place to die on each side of its calls."""

    real: Gateway
    doom: Doom

    @property
    def sender(self) -> str:
        return self.real.sender

    def send(self, outbound: Outbound) -> Outcome:
        self.doom.passes("before call")
        outcome = self.real.send(outbound)
        self.doom.passes("after call")
        return outcome

    def verify(self, url: str, form: Iterable[tuple[str, str]], signature: str | None) -> bool:
        return self.real.verify(url, form, signature)

    def sent_to(self, phone: str, since: datetime) -> SentList:
        listed = self.real.sent_to(phone, since)
        self.doom.passes("after list")
        return listed

    def status_of(self, provider_id: str) -> Receipt | None:
        return self.real.status_of(provider_id)

    def heard_since(self, since: datetime) -> Heard:
        heard = self.real.heard_since(since)
        self.doom.passes("after heard")
        return heard
