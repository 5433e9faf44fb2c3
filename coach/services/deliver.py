"""Sends what is due: lease -> (lock, last look, attempt, commit) -> call -> (settle, commit)."""

import logging
import secrets
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from coach.domain.clinic import Clinic
from coach.domain.rate import UNLIMITED, Rate
from coach.gateway.base import Accepted, Gateway, Outbound, Outcome, Rejected, RejectionKind, Unsent
from coach.services.begin import Call, begin
from coach.services.breaker import mend, trip
from coach.services.claim import Claimed, claim_due, expire_overdue, try_another
from coach.services.clock import Clock
from coach.services.editions import Editions
from coach.services.settle import settle
from coach.storage import claims
from coach.storage.claims import Claim
from coach.storage.database import AWAY, Sessions
from coach.storage.messages import EVERYONE, Shard

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)  # where calls are slow, others take over what still waits in a batch: `begin` sees that
STALE = timedelta(minutes=1)  # between attempt and call lie milliseconds, unless the machine slept or its clock moved
BATCHES = 2  # texts claimed for each call at once: few, so that nothing urgent waits long behind them
MOST_VALID = 36_000  # seconds; the provider's longest validity
LINGER = 0.01  # seconds within which calls are quick
SETTLE_AGAIN_AFTER = (0.1, 0.5, 2.0, 5.0)  # seconds


def never() -> bool:
    """Nobody wants it to end."""
    return False


@dataclass(frozen=True)
class Delivered:
    """What one round did: rows looked at, calls made."""

    looked: int
    called: int


def deliver_due(
    sessions: Sessions,
    editions: Editions,
    gateway: Gateway,
    clinic: Clinic,
    *,
    now: Clock,
    shard: Shard = EVERYONE,
    parallel: int = 4,
    rate: Rate = UNLIMITED,
    answers_only: Callable[[], bool] = never,
    ended: Callable[[], bool] = never,
) -> Delivered:
    """Everything due in `shard` is sent as far as `rate` allows, each text after its own last look.

    At most `parallel` calls run at once. While `answers_only`: nothing but safety and answers to somebody who has just
    written. Once `ended` no call begins any more: those in hand are finished, and what is left is due for anyone.
    """
    hands = _Hands(sessions, editions, gateway, clinic, now, ended, parallel)
    claim = partial(claim_due, sessions, gateway.sender, rate, lease=LEASE, shard=shard, limit=parallel * BATCHES)
    expire_overdue(sessions, now=now(), shard=shard)
    looked = called = unused = 0
    with ThreadPoolExecutor(parallel, thread_name_prefix="deliver") as pool:
        while not ended():
            # `answers_only` is asked each time: the machine may have slept in a call.
            round_ = claim(now=now(), token=secrets.token_hex(8), unused=unused, answers_only=answers_only())
            if not round_.claims:
                break
            segments = hands.deliver(round_, pool)
            looked, called = looked + len(round_.claims), called + len(segments)
            if round_.is_try and not segments:
                try_another(sessions, gateway.sender, now=now())
            unused = sum(one.segments for one in round_.claims) - sum(segments)
            if ended():
                with sessions.write() as session:
                    claims.give_back(session, round_.token)
    return Delivered(looked, called)


_Landed = tuple[Call, Outcome]


@dataclass(frozen=True)
class _Hands:
    """One thread for the database, which begins and settles several texts in a transaction, and `parallel` for calls.

    What has begun and is not settled is never more than `parallel`: a kill costs at most that.
    """

    sessions: Sessions
    editions: Editions
    gateway: Gateway
    clinic: Clinic
    now: Clock
    ended: Callable[[], bool]
    parallel: int

    def deliver(self, claimed: Claimed, pool: Executor) -> list[int]:
        """Each claimed text is sent, or says why not; each call's segments, 0 where it never left."""
        waiting, flying, sent = deque(claimed.claims), dict[Future[Outcome], Call](), list[int]()
        while flying or (waiting and not self.ended()):
            room = 0 if self.ended() else min(self.parallel - len(flying), len(waiting))
            for call in self._begin([waiting.popleft() for _ in range(room)]):
                flying[pool.submit(self._send, call)] = call
            over = [(flying.pop(future), future) for future in _landed(flying)]
            landed = [(call, future.result()) for call, future in over if _is_told(call, future)]
            self._settle(landed, probe=claimed.probe)
            unsent = {call.token for call, outcome in landed if isinstance(outcome, Unsent)}
            sent += [0 if call.token in unsent else call.segments for call, _ in over]
        return sent

    def _begin(self, some: Sequence[Claim]) -> list[Call]:
        try:
            with self.sessions.write() as session:
                return begin(session, self.editions, self.clinic, some, now=self.now()) if some else []
        except Exception:  # one text's trouble holds no other up; its lease lapses
            log.exception("messages %s could not begin", [claim.message_id for claim in some])
        return [call for claim in some for call in self._begin([claim])] if len(some) > 1 else []

    def _send(self, call: Call) -> Outcome:
        at = self.now()
        if abs(at - call.begun_at) > STALE or at >= call.valid_until:  # nobody knows what would be seen by a look now
            return Unsent("the machine slept before the call, or its clock was moved")
        left = int((call.valid_until - at).total_seconds())
        return self.gateway.send(Outbound(call.phone, call.text, call.token, max(1, min(left, MOST_VALID))))

    def _settle(self, landed: Sequence[_Landed], *, probe: bool) -> None:
        try:
            self._settle_patiently(landed)
        except AWAY as error:
            log.error("messages %s: %s", [call.message_id for call, _ in landed], type(error).__name__)  # noqa: TRY400
            return  # the look-up finds out
        except Exception:  # likewise
            log.exception("messages %s could not be settled", [call.message_id for call, _ in landed])
            for one in landed if len(landed) > 1 else []:
                self._settle([one], probe=probe)
            return
        for _, outcome in landed:
            if isinstance(outcome, Rejected) and outcome.kind is RejectionKind.ACCOUNT:
                trip(self.sessions, self.gateway.sender, why=f"{outcome.code}: {outcome.words}", now=self.now())
            elif probe and isinstance(outcome, Accepted):
                mend(self.sessions, self.gateway.sender, now=self.now())

    def _settle_patiently(self, landed: Sequence[_Landed]) -> None:
        """Tried again where the database is away: what the provider said should not be lost for a moment's trouble."""
        for pause in (*SETTLE_AGAIN_AFTER, None) if landed else ():
            try:
                with self.sessions.write() as session:
                    settle(session, landed, now=self.now())
            except AWAY:
                if pause is None:
                    raise
                time.sleep(pause)
            else:
                return


def _landed(flying: Collection[Future[Outcome]]) -> Iterable[Future[Outcome]]:
    """The calls that are over: quick ones together, which saves commits, slow ones as soon as the first of them is."""
    return wait(flying, LINGER).done or wait(flying, return_when=FIRST_COMPLETED).done


def _is_told(call: Call, future: Future[Outcome]) -> bool:
    """Whether the gateway said what became of the call; where it raised, the look-up will find out."""
    if error := future.exception():
        log.error("message %s: the gateway raised", call.message_id, exc_info=error)
    return error is None
