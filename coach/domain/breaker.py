"""The breaker of a sender: while the account refuses every text, one at a time tries again. Pure."""

from datetime import datetime, timedelta

FIRST_PROBE = timedelta(minutes=1)
LONGEST = timedelta(minutes=10)


def next_probe(probes: int, now: datetime) -> datetime:
    """When one text may try again after so many `probes` that were refused too: 1, 2, 4, 8, then every 10 minutes."""
    return now + min(FIRST_PROBE * (1 << min(probes, 4)), LONGEST)
