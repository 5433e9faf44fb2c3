"""Sends what is due: lease -> (lock, last look, attempt, commit) -> call -> (settle, commit)."""

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from coach.domain.clinic import Clinic
from coach.gateway.base import Gateway, Outbound
from coach.services.begin import begin
from coach.services.clock import Clock
from coach.services.editions import Editions
from coach.services.settle import settle
from coach.storage import messages
from coach.storage.database import Sessions
from coach.storage.messages import Claim, Shard

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)  # where calls are slow, others take over what still waits in a batch: `begin` sees that
MOST_VALID = 36_000  # seconds; the provider's longest validity
EVERYONE = Shard()


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
    limit: int = 100,
    ended: Callable[[], bool] = never,
) -> Delivered:
    """Everything due in `shard` is sent, each text after its own last look, with at most `parallel` calls at once.

    Once `ended` no call begins any more: those in hand are finished, and what is left is due for anyone.
    """

    def one(claim: Claim) -> bool:
        try:
            return not ended() and deliver(sessions, editions, gateway, clinic, claim, now=now)
        except Exception:  # one text's trouble holds no other up; its lease lapses, or its doubt is settled later
            log.exception("message %s could not be delivered", claim.message_id)
            return False

    looked = called = 0
    while not ended():
        token = secrets.token_hex(8)
        with sessions.write() as session:
            claims = messages.claim(session, now=now(), token=token, lease=LEASE, limit=limit, shard=shard)
        if not claims:
            break
        if parallel == 1 or len(claims) == 1:
            results = [one(claim) for claim in claims]
        else:
            with ThreadPoolExecutor(min(parallel, len(claims)), thread_name_prefix="deliver") as pool:
                results = list(pool.map(one, claims))
        looked, called = looked + len(claims), called + sum(results)
        if ended():
            with sessions.write() as session:
                messages.give_back(session, token)
    return Delivered(looked, called)


def deliver(
    sessions: Sessions, editions: Editions, gateway: Gateway, clinic: Clinic, claim: Claim, *, now: Clock
) -> bool:
    """One claimed text is sent, or says why not; whether a call was made."""
    with sessions.write() as session:
        call = begin(session, editions, clinic, claim, now=now())
    if call is None:
        return False
    left = int((call.send_by - now()).total_seconds())
    outcome = gateway.send(Outbound(call.phone, call.text, call.token, max(1, min(left, MOST_VALID))))
    with sessions.write() as session:
        settle(session, call.token, outcome, now=now())
    return True
