"""The breaker of a sender: while the account refuses every text, one at a time tries again. Pure."""

from datetime import datetime, timedelta

FIRST_PROBE = timedelta(minutes=1)
LONGEST = timedelta(minutes=10)


def next_probe(probes: int, now: datetime) -> datetime:
    """When one text may try again after so many `probes` that were refused too: 1, 2, 4, 8, then every 10 minutes."""
    return now + min(FIRST_PROBE * (1 << min(probes, 4)), LONGEST)


def is_probe_due(probe_at: datetime | None, now: datetime) -> bool:
    """Whether one text may try again at `now`; also where the clock was put back, so that the time lies far ahead."""
    return probe_at is None or probe_at <= now or probe_at > now + LONGEST
