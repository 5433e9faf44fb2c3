"""Who is paged about a case, and when: one, after ten minutes the next, after thirty everybody, until somebody answers.

Moments are UTC. Step 0 calls who is on duty first, step 1 the next in line, and every later one all of the rota.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from coach.domain.clinic import Contact

NEXT_AFTER = timedelta(minutes=10)
ALL_AFTER = timedelta(minutes=30)
AGAIN_AFTER = timedelta(minutes=30)
NOBODY_AGAIN_AFTER = timedelta(minutes=5)  # where not even one page of everybody's left
ALL = 2
"""The first step that calls everybody."""

STUCK_AFTER = timedelta(seconds=60)
"""A page that has not left by then counts as one that does not get through, though it is still tried."""

HOLD_AT_MOST = timedelta(hours=24)
"""How long nudges may be held before somebody is asked about it; and then once in as long."""


class Reached(StrEnum):
    """Whom a step got through to, as far as is known."""

    SOMEBODY = "somebody"  # or it may still: nothing contrary is known
    MACHINE = "machine"  # the clinic's webhook took it, but nothing to any contact left
    NOBODY = "nobody"


@dataclass(frozen=True)
class Taken:
    """The last step that was taken in this round of paging."""

    number: int
    at: datetime
    reached: Reached


@dataclass(frozen=True)
class Step:
    """The step that comes next, and when it is due."""

    number: int
    due_at: datetime


def next_step(since: datetime, last: Taken | None, now: datetime) -> Step:
    """What comes after `last` in the round that began at `since`. What a long outage skipped is not made up for."""
    if last is None:
        return Step(0, since)
    if last.number >= ALL:
        pause = NOBODY_AGAIN_AFTER if last.reached is Reached.NOBODY else AGAIN_AFTER
        return Step(last.number + 1, last.at + pause)
    number = ALL if now >= since + ALL_AFTER else last.number + 1
    due_at = since + (ALL_AFTER if number == ALL else NEXT_AFTER)
    return Step(number, due_at if last.reached is Reached.SOMEBODY else min(due_at, max(since, last.at)))


def called(number: int, line: Sequence[Contact], before: Collection[str]) -> tuple[Contact, ...]:
    """Whom step `number` calls. `line`: the rota, who is on duty first; `before`: the names called in this round."""
    if number >= ALL:
        return tuple(line)
    fresh = [contact for contact in line if contact.name not in before]
    return tuple((fresh or list(line))[:1])
