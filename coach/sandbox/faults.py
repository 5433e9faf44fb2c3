"""Faults on demand, and faults by seed."""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from random import Random


class FaultKind(StrEnum):
    """What goes wrong with one call to create a message."""

    LOST_ANSWER = "lost_answer"  # accepted, but the connection breaks before the answer's body
    ERROR_BEFORE = "error_before"  # HTTP 500, and nothing was accepted
    ERROR_AFTER = "error_after"  # accepted, and HTTP 500 all the same
    THROTTLED = "throttled"  # HTTP 429 with code 20429: nothing was accepted
    OPTED_OUT = "opted_out"  # HTTP 400 with code 21610
    OPTED_OUT_LATER = "opted_out_later"  # accepted; then a receipt says failed, 21610
    REFUSED = "refused"  # HTTP 400 with the fault's `code`
    FAILED = "failed"  # accepted; then a receipt says failed with the fault's `code`
    UNDELIVERED = "undelivered"  # accepted and sent; then a receipt says undelivered with the fault's `code`
    DELAYED = "delayed"  # leaves `seconds` later than it would have
    NO_RECEIPTS = "no_receipts"  # takes its way, but nobody is told
    RECEIPTS_TWICE = "receipts_twice"  # each receipt comes a second time
    RECEIPTS_REVERSED = "receipts_reversed"  # the last receipt comes first


@dataclass(frozen=True)
class Fault:
    """`kind` befalls the next `count` creates to `to` (to anyone, where None), but none after `until` (UTC)."""

    kind: FaultKind
    to: str | None = None
    count: int = 1
    until: datetime | None = None
    code: int = 30008
    seconds: int = 0

    def befalls(self, to: str, now: datetime) -> bool:
        return self.count > 0 and self.to in {None, to} and (self.until is None or now <= self.until)


@dataclass
class Faults:
    """What goes wrong: faults that were ordered first, then by `seed` with a `probability` for each kind.

    A draw hangs on the seed, the number and how many calls it has had, not on the order of threads.
    """

    seed: int = 0
    probability: Mapping[FaultKind, float] = field(default_factory=dict)
    _ordered: list[Fault] = field(default_factory=list)
    _calls: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def order(self, fault: Fault) -> None:
        with self._lock:
            self._ordered.append(fault)

    def draw(self, to: str, now: datetime) -> Fault | None:
        """The fault that befalls this create, used up by one; None where all goes well."""
        with self._lock:
            self._calls[to] += 1
            for place, fault in enumerate(self._ordered):
                if fault.befalls(to, now):
                    self._ordered[place] = replace(fault, count=fault.count - 1)
                    return fault
            return self._by_seed(to)

    def _by_seed(self, to: str) -> Fault | None:
        left = Random(f"{self.seed}|{to}|{self._calls[to]}").random()  # noqa: S311 (a rehearsal repeats itself by seed)
        for kind, probability in self.probability.items():
            if left < probability:
                return Fault(kind)
            left -= probability
        return None
