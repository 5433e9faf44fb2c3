"""Faults on demand, and faults by seed."""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from random import Random


class Occasion(StrEnum):
    """What a fault can befall."""

    CREATE = "create"  # a call to create a message, and the message's way
    LIST = "list"  # a call for the list of messages
    NEXT_PAGE = "next_page"  # a call for a further page of it
    FETCH = "fetch"  # a call for one message
    INBOUND = "inbound"  # a text from a phone


class FaultKind(StrEnum):
    """What goes wrong. `seconds` and `code` are the fault's own."""

    # A call to create a message: its answer.
    LOST_ANSWER = "lost_answer"  # accepted, but the connection breaks before the answer's body
    DROPPED = "dropped"  # nothing was accepted, and the connection is closed without a byte of answer
    ERROR_BEFORE = "error_before"  # HTTP 500, and nothing was accepted
    ERROR_AFTER = "error_after"  # accepted, and HTTP 500 all the same
    SLOW_AFTER = "slow_after"  # accepted at once; the answer is held for `seconds` of real time
    SLOW_BEFORE = "slow_before"  # accepted, and answered, only after `seconds` of real time, whoever still waits
    THROTTLED = "throttled"  # HTTP 429 with code 20429: nothing was accepted; Retry-After has `seconds`, if any
    ACCOUNT_BLOCKED = "account_blocked"  # HTTP 401 with code 20003: nothing was accepted
    OPTED_OUT = "opted_out"  # HTTP 400 with code 21610
    REFUSED = "refused"  # HTTP 400 with the fault's `code`
    # A call to create a message: what becomes of the message.
    OPTED_OUT_LATER = "opted_out_later"  # accepted; then a receipt says failed, 21610
    FAILED = "failed"  # accepted; then a receipt says failed with the fault's `code`
    UNDELIVERED = "undelivered"  # accepted and sent; then a receipt says undelivered with the fault's `code`
    DELAYED = "delayed"  # leaves `seconds` later than it would have
    LIST_LAG = "list_lag"  # the list shows it only after `seconds`
    NO_RECEIPTS = "no_receipts"  # takes its way, but nobody is told
    RECEIPTS_TWICE = "receipts_twice"  # each receipt comes a second time
    RECEIPTS_REVERSED = "receipts_reversed"  # the last receipt comes first
    RECEIPTS_FIRST = "receipts_first"  # it is delivered, and each receipt posted, before the call is answered
    # A call for messages.
    LIST_ERROR = "list_error"  # the list answers HTTP 500
    LIST_CUT = "list_cut"  # the list's answer breaks off in the middle
    NEXT_PAGE_ERROR = "next_page_error"  # a further page of the list answers HTTP 500
    FETCH_ERROR = "fetch_error"  # one message's own address answers HTTP 500
    # A text from a phone.
    INBOUND_LOST = "inbound_lost"  # no webhook is posted: the text is only in the list
    INBOUND_TWICE = "inbound_twice"  # its webhook is posted a second time


_ELSEWHERE: Mapping[FaultKind, frozenset[Occasion]] = {
    FaultKind.LIST_ERROR: frozenset({Occasion.LIST, Occasion.NEXT_PAGE}),
    FaultKind.LIST_CUT: frozenset({Occasion.LIST, Occasion.NEXT_PAGE}),
    FaultKind.NEXT_PAGE_ERROR: frozenset({Occasion.NEXT_PAGE}),
    FaultKind.FETCH_ERROR: frozenset({Occasion.FETCH}),
    FaultKind.INBOUND_LOST: frozenset({Occasion.INBOUND}),
    FaultKind.INBOUND_TWICE: frozenset({Occasion.INBOUND}),
}
OCCASIONS: Mapping[FaultKind, frozenset[Occasion]] = {
    kind: _ELSEWHERE.get(kind, frozenset({Occasion.CREATE})) for kind in FaultKind
}
"""When each kind of fault can strike."""


@dataclass(frozen=True)
class Fault:
    """`kind` befalls the next `count` calls (None: all, until it is lifted) to `to` (to anyone, where None).

    None after `until` (UTC).
    """

    kind: FaultKind
    to: str | None = None
    count: int | None = 1
    until: datetime | None = None
    code: int = 30008
    seconds: float = 0

    def befalls(self, occasion: Occasion, to: str, now: datetime) -> bool:
        return (
            occasion in OCCASIONS[self.kind]
            and self.count != 0
            and self.to in {None, to}
            and (self.until is None or now <= self.until)
        )

    def struck(self) -> "Fault":
        """What is left of it after one call."""
        return self if self.count is None else replace(self, count=self.count - 1)


@dataclass
class Faults:
    """What goes wrong: faults that were ordered first, then by `seed` with a `probability` for each kind.

    `shapes`: codes and seconds of the kinds that are drawn by seed, where they are not the usual ones.
    A draw hangs on the seed, the occasion, the number and how many calls it has had, not on the order of threads.
    """

    seed: int = 0
    probability: Mapping[FaultKind, float] = field(default_factory=dict)
    shapes: Mapping[FaultKind, Fault] = field(default_factory=dict)
    _ordered: list[Fault] = field(default_factory=list)
    _calls: Counter[tuple[Occasion, str]] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def order(self, fault: Fault) -> None:
        with self._lock:
            self._ordered.append(fault)

    def lift(self, kind: FaultKind | None = None) -> int:
        """Ordered faults of that kind (of any, where None) strike no more; how many there were."""
        with self._lock:
            left = [fault for fault in self._ordered if kind not in {None, fault.kind}]
            lifted = len(self._ordered) - len(left)
            self._ordered[:] = left
        return lifted

    def draw(self, to: str, now: datetime, occasion: Occasion = Occasion.CREATE) -> Fault | None:
        """The fault that befalls this call, used up by one; None where all goes well."""
        with self._lock:
            self._calls[occasion, to] += 1
            for place, fault in enumerate(self._ordered):
                if fault.befalls(occasion, to, now):
                    self._ordered[place : place + 1] = [left] if (left := fault.struck()).count != 0 else []
                    return fault
            return self._by_seed(to, occasion)

    def _by_seed(self, to: str, occasion: Occasion) -> Fault | None:
        draw = f"{self.seed}|{occasion}|{to}|{self._calls[occasion, to]}"
        left = Random(draw).random()  # noqa: S311 (a rehearsal repeats itself by seed)
        for kind, probability in self.probability.items():
            if occasion not in OCCASIONS[kind]:
                continue
            if left < probability:
                return self.shapes.get(kind, Fault(kind))
            left -= probability
        return None
