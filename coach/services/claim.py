"""Claims due texts as far as the sender's bucket and breaker allow."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.domain.breaker import is_probe_due, next_probe
from coach.domain.rate import Bucket, Rate
from coach.services.heed import heed
from coach.storage import claims, messages, senders
from coach.storage.claims import Claim
from coach.storage.database import Sessions
from coach.storage.messages import Shard

EXPIRE_AT_ONCE = 250  # rows a transaction, and an event each


@dataclass(frozen=True)
class Claimed:
    """The texts of one round, under one lease. `probe`: the account refused texts before, and this is a try."""

    token: str
    claims: list[Claim]
    probe: bool = False
    is_try: bool = False  # it is the one text that is let through


def claim_due(
    sessions: Sessions,
    sender: str,
    rate: Rate,
    *,
    now: datetime,
    token: str,
    lease: timedelta,
    shard: Shard,
    limit: int,
    unused: int = 0,
    answers_only: bool = False,
) -> Claimed:
    """Up to `limit` texts, with their segments taken from the bucket; `unused` segments of the last round go back.

    While the breaker is open: texts of safety only, and when a probe is due one text of any kind. `answers_only`: none
    but safety and answers to somebody who has just written.
    """
    with sessions.write() as session:
        row = senders.lock(session, sender, now=now, level=rate.most)
        bucket = Bucket(row.level + unused, row.filled_at).filled(rate, now)
        broken = row.broken_at is not None
        probing = broken and is_probe_due(row.probe_at, now)
        taken = claims.claim(
            session,
            now=now,
            token=token,
            lease=lease,
            limit=1 if probing else limit,
            level=bucket.level,
            priorities=_priorities(broken and not probing, answers_only),
            shard=shard,
        )
        if taken or unused or bucket.filled_at < row.filled_at:  # a clock was put back: the bucket must go on filling
            row.level, row.filled_at = bucket.level - sum(claim.segments for claim in taken), bucket.filled_at
        if taken and probing:
            row.probes, row.probe_at = row.probes + 1, next_probe(row.probes + 1, now)
        session.add(row)
    return Claimed(token, taken, probe=broken, is_try=bool(probing and taken))


def _priorities(safety_only: bool, answers_only: bool) -> list[int]:
    if safety_only:
        return claims.SAFETY
    return claims.ANSWERS if answers_only else claims.PRIORITIES


def try_another(sessions: Sessions, sender: str, *, now: datetime) -> None:
    """The text that was let through made no call: the next may try at once."""
    with sessions.write() as session:
        row = senders.lock(session, sender, now=now)
        row.probe_at, row.probes = now, max(0, row.probes - 1)
        session.add(row)


def expire_overdue(sessions: Sessions, *, now: datetime, shard: Shard) -> int:
    """How many planned texts can no longer leave in time, and say so."""
    expired = 0
    while True:
        with sessions.read() as session:
            late = claims.overdue(session, now=now, limit=EXPIRE_AT_ONCE, shard=shard)
        if not late:
            return expired
        with sessions.write() as session:
            done = claims.expire(session, late, now=now)
            for message in messages.by_ids(session, done).values():
                heed(session, message, "it could not leave in time", now=now)
        expired += len(done)
        if not done:  # others have them in hand
            return expired
