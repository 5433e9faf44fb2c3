"""Sends what is due: lease -> (lock, last look, attempt, commit) -> call -> (settle, commit)."""

import logging
import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from coach.domain.clinic import Clinic
from coach.domain.rate import UNLIMITED, Rate
from coach.gateway.base import Accepted, Gateway, Outbound, Outcome, Rejected, RejectionKind, Unsent
from coach.services.begin import Call, begin
from coach.services.breaker import mend, trip
from coach.services.claim import claim_due, expire_overdue
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
BATCHES = 4  # texts claimed for each call at once: few, so that nothing urgent waits behind them
MOST_VALID = 36_000  # seconds; the provider's longest validity
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
    answers_only: bool = False,
    ended: Callable[[], bool] = never,
) -> Delivered:
    """Everything due in `shard` is sent as far as `rate` allows, each text after its own last look.

    At most `parallel` calls run at once. `answers_only`: nothing but safety and answers to somebody who has just
    written. Once `ended` no call begins any more: those in hand are finished, and what is
    left is due for anyone.
    """

    def one(claim: Claim) -> int | None:
        try:
            return None if ended() else deliver(sessions, editions, gateway, clinic, claim, now=now, probe=round_.probe)
        except Exception:  # one text's trouble holds no other up; its lease lapses, or its doubt is settled later
            log.exception("message %s could not be delivered", claim.message_id)
            return None

    expire_overdue(sessions, now=now(), shard=shard)
    looked = called = unused = 0
    with ThreadPoolExecutor(parallel, thread_name_prefix="deliver") as pool:
        while not ended():
            round_ = claim_due(
                sessions,
                gateway.sender,
                rate,
                now=now(),
                token=secrets.token_hex(8),
                lease=LEASE,
                shard=shard,
                limit=parallel * BATCHES,
                unused=unused,
                answers_only=answers_only,
            )
            if not round_.claims:
                break
            run = pool.map if parallel > 1 and len(round_.claims) > 1 else map
            segments = list(run(one, round_.claims))
            looked, called = looked + len(segments), called + sum(taken is not None for taken in segments)
            unused = _unused(round_.claims, segments)
            if ended():
                with sessions.write() as session:
                    claims.give_back(session, round_.token)
    return Delivered(looked, called)


def _unused(taken: Sequence[Claim], segments: Sequence[int | None]) -> int:
    """The segments that were claimed from the bucket for texts that did not leave, or were shorter."""
    return sum(claim.segments - (sent or 0) for claim, sent in zip(taken, segments, strict=True))


def deliver(
    sessions: Sessions,
    editions: Editions,
    gateway: Gateway,
    clinic: Clinic,
    claim: Claim,
    *,
    now: Clock,
    probe: bool = False,
) -> int | None:
    """One claimed text is sent, or says why not; the segments of the call that was made, None where there was none.

    `probe`: the account refused texts before; what becomes of this one says whether it still does.
    """
    with sessions.write() as session:
        call = begin(session, editions, clinic, claim, now=now())
    if call is None:
        return None
    outcome = _send(gateway, call, now=now)
    _settle(sessions, call.token, outcome, now=now)
    if isinstance(outcome, Rejected) and outcome.kind is RejectionKind.ACCOUNT:
        trip(sessions, gateway.sender, why=f"{outcome.code}: {outcome.words}", now=now())
    elif probe and isinstance(outcome, Accepted):
        mend(sessions, gateway.sender, now=now())
    return call.segments


def _send(gateway: Gateway, call: Call, *, now: Clock) -> Outcome:
    at = now()
    if abs(at - call.begun_at) > STALE or at >= call.send_by:  # nobody knows what would be seen by a look now
        return Unsent("the machine slept before the call, or its clock was moved")
    left = int((call.send_by - at).total_seconds())
    return gateway.send(Outbound(call.phone, call.text, call.token, max(1, min(left, MOST_VALID))))


def _settle(sessions: Sessions, token: str, outcome: Outcome, *, now: Clock) -> None:
    """Tried again where the database is away: what the provider said should not be lost for a moment's trouble."""
    for pause in (*SETTLE_AGAIN_AFTER, None):
        try:
            with sessions.write() as session:
                settle(session, token, outcome, now=now())
        except AWAY:
            if pause is None:
                raise  # the look-up will find it
            time.sleep(pause)
        else:
            return
