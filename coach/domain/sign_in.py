"""Signing in: how long it lasts, and how long an address waits after wrong passwords. Moments are UTC."""

from datetime import datetime, timedelta

LASTS = timedelta(hours=12)  # a working day: then the password is asked again, however busy the hands were
INVITATION_LASTS = timedelta(days=3)
FREE_TRIES = 5  # the fifth wrong one in a row begins the first wait
LONGEST_WAIT = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)  # without a further try, wrong ones are forgotten


def is_over(began_at: datetime, seen_at: datetime, now: datetime, *, idle: timedelta) -> bool:
    """Whether somebody who signed in at `began_at`, and did something last at `seen_at`, must sign in again."""
    return now >= began_at + LASTS or now >= seen_at + idle


def wait_after(failures: int) -> timedelta:
    """How long an address waits after so many wrong passwords in a row: a minute after the 5th, doubled up to an hour.

    Source: OWASP Authentication Cheat Sheet, account lockout with exponential back-off.
    """
    if failures < FREE_TRIES:
        return timedelta(0)
    return min(LONGEST_WAIT, timedelta(minutes=2 ** min(failures - FREE_TRIES, 10)))
