"""What runs by itself: each duty's name, how often, and the service. The clock and rehearsals read this list."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from coach.domain.clinic import Clinic
from coach.domain.page import Links
from coach.domain.rate import Rate
from coach.gateway.base import Gateway
from coach.services.alert import raise_alerts
from coach.services.clock import Clock
from coach.services.close import close_overdue
from coach.services.deliver import deliver_due
from coach.services.editions import Editions
from coach.services.hold import ask_about_dangers, ask_about_holds
from coach.services.page import Pagers, plan_due
from coach.services.plan import plan
from coach.services.read import Reader, read_unread
from coach.services.reconcile import reconcile
from coach.services.self_test import Outside, heartbeat, self_test
from coach.services.send_pages import send_pages
from coach.services.sweep import is_deaf, sweep
from coach.services.tally import tally
from coach.services.watch import watch
from coach.storage.database import Sessions
from coach.storage.messages import Shard


class Parts(Protocol):
    """What duties work with; bootstrap's Coach is one."""

    @property
    def sessions(self) -> Sessions: ...
    @property
    def editions(self) -> Editions: ...
    @property
    def gateway(self) -> Gateway: ...
    @property
    def clinic(self) -> Clinic: ...
    @property
    def reader(self) -> Reader: ...
    @property
    def now(self) -> Clock: ...
    @property
    def parallel_calls(self) -> int: ...
    @property
    def rate(self) -> Rate: ...
    @property
    def outside(self) -> Outside | None: ...
    @property
    def ending(self) -> Event: ...
    @property
    def pagers(self) -> Pagers: ...
    @property
    def links(self) -> Links: ...


@dataclass(frozen=True)
class Duty:
    """Something done every `every` seconds. `by_shard`: workers do it for a share of the patients each."""

    name: str
    every: float
    run: Callable[[Parts, Shard], object]
    by_shard: bool = False


def _deliver(parts: Parts, shard: Shard) -> object:
    """What came while coach was down is heard before a nudge leaves: it may be a STOP."""
    hands = (parts.parallel_calls - _for_answers(parts)) // shard.of  # a process with all shards in hand makes no more
    return _send(parts, shard, hands, lambda: is_deaf(parts.sessions, parts.gateway.sender, now=parts.now()))


def _answer(parts: Parts, shard: Shard) -> object:
    """Safety, pages and answers, in hands of their own: a nudge's call that hangs holds none of them up."""
    return _send(parts, shard, _for_answers(parts), lambda: True)


def _for_answers(parts: Parts) -> int:
    return max(1, parts.parallel_calls // 4)


def _send(parts: Parts, shard: Shard, hands: int, answers_only: Callable[[], bool]) -> object:
    return deliver_due(
        parts.sessions,
        parts.editions,
        parts.gateway,
        parts.clinic,
        now=parts.now,
        shard=shard,
        parallel=max(1, hands),
        rate=parts.rate,
        answers_only=answers_only,
        ended=parts.ending.is_set,
    )


def _self_test(parts: Parts, _: Shard) -> None:
    if parts.outside is not None:
        self_test(parts.sessions, parts.outside, now=parts.now)


def _heartbeat(parts: Parts, _: Shard) -> object:
    return None if parts.outside is None else heartbeat(parts.sessions, parts.outside, now=parts.now)


# In this order, one round leaves nothing undone that another duty of the round made due.
DUTIES = (
    Duty("sweep", 60, lambda parts, _: sweep(parts.sessions, parts.gateway, now=parts.now())),
    Duty("read", 5, lambda parts, _: read_unread(parts.sessions, parts.reader, now=parts.now())),
    Duty("close", 30, lambda parts, _: close_overdue(parts.sessions, now=parts.now())),
    Duty(
        "plan",
        120,
        lambda parts, shard: plan(
            parts.sessions,
            parts.editions,
            now=parts.now(),
            shard=shard,
            segments_per_second=parts.rate.per_second,
        ),
        by_shard=True,
    ),
    Duty(
        "alert",
        600,
        lambda parts, shard: raise_alerts(parts.sessions, parts.editions, now=parts.now(), shard=shard),
        by_shard=True,
    ),
    Duty("tally", 30, lambda parts, shard: tally(parts.sessions, now=parts.now(), shard=shard), by_shard=True),
    Duty("dangers", 300, lambda parts, _: ask_about_dangers(parts.sessions, now=parts.now())),
    Duty("holds", 300, lambda parts, _: ask_about_holds(parts.sessions, now=parts.now())),
    Duty(
        "page",
        5,
        lambda parts, _: plan_due(parts.sessions, parts.clinic, parts.pagers, parts.links, now=parts.now()),
    ),
    # Apart, so that a mail server that does not answer keeps no text to a contact from being planned.
    Duty("page-out", 5, lambda parts, _: send_pages(parts.sessions, parts.pagers, parts.links, now=parts.now())),
    Duty("answer", 1, _answer),
    Duty("deliver", 1, _deliver, by_shard=True),
    Duty(
        "reconcile",
        30,
        lambda parts, _: reconcile(parts.sessions, parts.gateway, now=parts.now, parallel=parts.parallel_calls),
    ),
    Duty("watch", 60, lambda parts, _: watch(parts.sessions, now=parts.now())),
    Duty("self-test", 15, _self_test),
    Duty("heartbeat", 300, _heartbeat),
)
