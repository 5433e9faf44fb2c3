"""The way of a text to its phone: steps at set times, kept in order."""

import heapq
import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from coach.sandbox.faults import Fault, FaultKind


@dataclass(frozen=True)
class Delays:
    """How long after its acceptance a text is queued, sent and delivered."""

    queued: timedelta = timedelta(milliseconds=200)
    sent: timedelta = timedelta(seconds=1)
    delivered: timedelta = timedelta(seconds=3)


@dataclass(frozen=True)
class Step:
    """At `at` (UTC) the message reaches `status`; `receipts` are posted. `late_news`: even when it has ended."""

    at: datetime
    sid: str
    status: str
    code: int | None = None
    receipts: int = 1
    late_news: bool = False


def steps_of(sid: str, accepted: datetime, delays: Delays, fault: Fault | None) -> list[Step]:
    """The steps of a message that was accepted then, as `fault` would have them."""
    kind = fault.kind if fault else None
    code = fault.code if fault else None
    late = timedelta(seconds=fault.seconds) if fault and kind is FaultKind.DELAYED else timedelta(0)
    queued = Step(accepted + delays.queued, sid, "queued")
    sent = Step(accepted + delays.sent + late, sid, "sent")
    delivered = Step(accepted + delays.delivered + late, sid, "delivered")
    receipts = {FaultKind.NO_RECEIPTS: 0, FaultKind.RECEIPTS_TWICE: 2}.get(kind, 1) if kind else 1
    if kind in {FaultKind.OPTED_OUT_LATER, FaultKind.FAILED}:
        return [queued, replace(sent, status="failed", code=21610 if kind is FaultKind.OPTED_OUT_LATER else code)]
    if kind is FaultKind.UNDELIVERED:
        return [queued, sent, replace(delivered, status="undelivered", code=code)]
    if kind is FaultKind.RECEIPTS_REVERSED:
        last = replace(queued, at=delivered.at, late_news=True)
        return [replace(delivered, at=queued.at), replace(sent, late_news=True), last]
    return [replace(step, receipts=receipts) for step in (queued, sent, delivered)]


class Timetable:
    """Steps by time; of the same instant, the one that was added first. `changed` is notified when one is added."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Step]] = []
        self._order: Iterator[int] = itertools.count()
        self.changed = threading.Condition()

    def add(self, step: Step) -> None:
        with self.changed:
            heapq.heappush(self._heap, (step.at, next(self._order), step))
            self.changed.notify_all()

    def next_due(self) -> datetime | None:
        with self.changed:
            return self._heap[0][0] if self._heap else None

    def pop(self, now: datetime) -> Step | None:
        """The earliest step that is due by `now`, taken out; None where there is none."""
        with self.changed:
            return heapq.heappop(self._heap)[2] if self._heap and self._heap[0][0] <= now else None
