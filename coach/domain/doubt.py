"""What follows where nobody can say whether a text left. Pure. The promise "not twice" hangs on this file.

A text that may have left is looked for with the provider: receipts first, then its list. That the list does not show it
counts only where the list was read whole, and `ABSENCE_COUNTS_AFTER` the attempt at the earliest: a list may lag.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from coach.domain.delivery import Purpose

LOST_AFTER = timedelta(minutes=5)
"""A call takes 70 s at most (to connect, and to be answered): after this time, whoever made it is gone."""

LOST_SAFETY_AFTER = timedelta(minutes=1)
"""Sooner than a call may take: rather twice than late."""

ABSENCE_COUNTS_AFTER = timedelta(minutes=15)

NOBODY_KNOWS_AFTER = timedelta(hours=24)
"""When a text that could not be looked up at all counts as missed."""

FIRST_LOOK_AFTER = timedelta(minutes=1)
"""When the provider's list is first read for a call whose outcome is unknown: the receipt mostly comes before."""

LOOK_BACK = timedelta(hours=2)
"""How far the provider's clock may be behind ours, at most: ours may have been wrong by an hour at the attempt.

The provider's list is read from so long before an attempt: what left must not look absent, or it leaves twice.
"""

_LOOKS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 16, 20, 30))
_LATER_LOOKS = timedelta(hours=1)
_ASKS = tuple(timedelta(hours=hours) for hours in (0.5, 2, 11, 24, 48))


class Remedy(StrEnum):
    """What becomes of a text that did not leave, or may not have."""

    AT_ONCE = "at_once"  # sent again without looking: rather twice than never
    WHEN_ABSENT = "when_absent"  # sent again where a whole list does not have it
    NEVER = "never"  # one attempt that may have left, and no more


REMEDIES: dict[Purpose, Remedy] = {
    Purpose.SAFETY: Remedy.AT_ONCE,
    Purpose.PAGE: Remedy.AT_ONCE,
    Purpose.CHECK_IN: Remedy.WHEN_ABSENT,
    Purpose.ITEM: Remedy.WHEN_ABSENT,
    Purpose.RE_ASK: Remedy.WHEN_ABSENT,
    Purpose.INVITATION: Remedy.WHEN_ABSENT,
    Purpose.KEYWORD: Remedy.WHEN_ABSENT,
    Purpose.DIAL: Remedy.WHEN_ABSENT,
    Purpose.STAFF: Remedy.WHEN_ABSENT,
    Purpose.NUDGE: Remedy.NEVER,
    Purpose.REMINDER: Remedy.NEVER,
    Purpose.FOLLOW_UP: Remedy.NEVER,
}


def lost_after(purpose: Purpose) -> timedelta:
    """How long after its beginning a call without an end counts as lost."""
    return LOST_SAFETY_AFTER if REMEDIES[purpose] is Remedy.AT_ONCE else LOST_AFTER


class Verdict(StrEnum):
    """What a look-up that did not find the text means."""

    LOOK_AGAIN = "look_again"
    SEND_AGAIN = "send_again"
    MISSED = "missed"


@dataclass(frozen=True)
class Absence:
    """A list did not show the text: when the attempt began, when the list was read (UTC), and whether to its end."""

    begun_at: datetime
    looked_at: datetime
    whole: bool


def verdict(purpose: Purpose, absence: Absence, send_by: datetime) -> Verdict:
    """What follows where the provider's list did not show the text."""
    since = absence.looked_at - absence.begun_at
    if not absence.whole or since < ABSENCE_COUNTS_AFTER:
        return Verdict.MISSED if since >= NOBODY_KNOWS_AFTER else Verdict.LOOK_AGAIN
    in_time = absence.looked_at < send_by
    return Verdict.SEND_AGAIN if REMEDIES[purpose] is not Remedy.NEVER and in_time else Verdict.MISSED


def next_look(begun_at: datetime, now: datetime) -> datetime:
    """When the provider's list is next read for an attempt whose outcome is unknown."""
    return next((begun_at + after for after in _LOOKS if begun_at + after > now), now + _LATER_LOOKS)


def next_ask(begun_at: datetime, now: datetime) -> datetime | None:
    """When the provider is next asked for the end of a text that it took; None: it has been asked often enough.

    "Sent" may be the last that is ever heard: "delivered" needs the carrier's word.
    """
    return next((begun_at + after for after in _ASKS if begun_at + after > now), None)
