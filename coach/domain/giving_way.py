"""What gives way to what where a person's limits would be reached. Pure.

The order is stated once, in Rank. A text leaves only where what is still to come and goes before it keeps its room, so
that on Wednesday a kind line does not take the place of Sunday's check-in.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from coach.domain.calendar import local_day
from coach.domain.delivery import PER_DAY, PER_WEEK, Purpose

WEEK = 7  # local days, today included


class Rank(IntEnum):
    """From what gives way first to what gives way last.

    Between equals the one due later gives way, then the one of the program that the person began later.
    """

    KIND_LINE = 1  # about an answer
    REMINDER = 2
    RE_ASK = 3  # after an answer that nobody could read
    TELLS = 4  # a nudge that asks nothing
    ASKS = 5  # a nudge that asks, or the question how a flare goes
    CHECK_IN = 6  # and its further questions


_RANKS = {
    Purpose.FOLLOW_UP: Rank.KIND_LINE,
    Purpose.REMINDER: Rank.REMINDER,
    Purpose.RE_ASK: Rank.RE_ASK,
    Purpose.CHECK_IN: Rank.CHECK_IN,
    Purpose.ITEM: Rank.CHECK_IN,
}


@dataclass(frozen=True)
class Burden:
    """The limits on one person, over all programs: the strictest of each."""

    per_day: int
    per_week: int
    minutes_between: int


@dataclass(frozen=True)
class Left:
    """A text that has left, or may have: when (UTC), and for what."""

    at: datetime
    purpose: Purpose


@dataclass(frozen=True)
class Place:
    """A text that wants room: what it is for, when it is due, will leave and must have left (UTC), how many it brings.

    `asks`: whether it asks for an answer. `enrollment`: its id, 0 for a text of no program; they grow.
    """

    purpose: Purpose
    due_at: datetime
    at: datetime
    send_by: datetime
    asks: bool = False
    texts: int = 1
    enrollment: int = 0

    @property
    def rank(self) -> Rank:
        """Where it stands in the order."""
        if self.purpose is Purpose.FOLLOW_UP and self.asks:
            return Rank.ASKS
        return _RANKS.get(self.purpose, Rank.ASKS if self.asks else Rank.TELLS)

    def goes_before(self, other: "Place") -> bool:
        """Whether `other` gives way to it."""
        return (-self.rank, self.due_at, self.enrollment) < (-other.rank, other.due_at, other.enrollment)


def gives_way(
    mine: Place, coming: Iterable[Place], left: Collection[Left], burden: Burden, *, zone: ZoneInfo, now: datetime
) -> bool:
    """Whether `mine`, leaving `now` (UTC), would take the room of a text that is to come and goes before it.

    `left` reaches back seven local days, `coming` seven ahead. Whatever does not count gives way to nothing.
    """
    if mine.purpose not in PER_WEEK:
        return False
    first = [one for one in coming if one.purpose in PER_WEEK and one.goes_before(mine)]
    if _squeezes(first, burden, now):
        return True
    today = local_day(now, zone)
    gone = [(local_day(one.at, zone), one.purpose) for one in left if one.purpose in PER_WEEK]
    days = [(local_day(one.at, zone), one) for one in first]
    return _fills_the_day(mine, days, gone, burden, today) or _fills_a_week(mine, days, gone, burden, today)


def _squeezes(first: Iterable[Place], burden: Burden, now: datetime) -> bool:
    """Whether one of them could not keep its distance from a text that leaves now."""
    free = now + timedelta(minutes=burden.minutes_between)
    return any(one.purpose in PER_DAY and one.at < free and one.send_by <= free for one in first)


def _fills_the_day(
    mine: Place,
    first: Iterable[tuple[date, Place]],
    gone: Iterable[tuple[date, Purpose]],
    burden: Burden,
    today: date,
) -> bool:
    if mine.purpose not in PER_DAY:
        return False
    wanted = sum(day == today and one.purpose in PER_DAY for day, one in first)
    had = sum(day == today and purpose in PER_DAY for day, purpose in gone)
    return wanted > 0 and had + wanted >= burden.per_day


def _fills_a_week(
    mine: Place,
    first: Collection[tuple[date, Place]],
    gone: Collection[tuple[date, Purpose]],
    burden: Burden,
    today: date,
) -> bool:
    """Whether in some seven local days running, with today in them, one of them would find no room."""
    for end in {day for day, _ in first if day < today + timedelta(days=WEEK)}:
        begin = end - timedelta(days=WEEK)
        had = sum(begin < day <= today for day, _ in gone)
        wanted = sum(one.texts for day, one in first if begin < day <= end)
        if had + wanted + mine.texts > burden.per_week:
            return True
    return False
