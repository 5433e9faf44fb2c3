"""Watches coach itself: what waits too long is a case that pages somebody; the clock leaves its sign of life."""

from datetime import datetime, timedelta

from sqlmodel import Session

from coach.domain.case import CaseCategory, Tier
from coach.domain.delivery import PRIORITY, Purpose
from coach.services.triage import is_open, open_case, resolve_case
from coach.storage import signs
from coach.storage.database import Sessions

CLOCK = "clock"
NOBODYS = "watch"  # in place of a number: the case of what waits too long
UNREAD_TOO_LONG = timedelta(minutes=5)
JUST_STARTED = timedelta(minutes=3)  # between two looks
ANSWER_TOO_LATE = timedelta(minutes=5)


def watch(sessions: Sessions, *, now: datetime) -> None:
    """The clock was here; where texts wait unread or answers unsent too long, a case says so until they do not."""
    with sessions.write() as session:
        before = signs.last_seen(session, CLOCK)
        signs.seen(session, CLOCK, now)
        if before is None or abs(now - before) > JUST_STARTED:
            return  # what waited while coach was down is being done now
        wrong = _wrong(session, now)
        if wrong and not is_open(session, CaseCategory.SYSTEM, NOBODYS):
            open_case(session, CaseCategory.SYSTEM, patient=None, phone=NOBODYS, what=wrong, now=now, tier=Tier.NOW)
        elif not wrong:
            what = "nothing waits too long any more"
            resolve_case(session, CaseCategory.SYSTEM, phone=NOBODYS, what=what, now=now)


def _wrong(session: Session, now: datetime) -> str:
    unread = signs.reading_lag(session, now)
    if unread > UNREAD_TOO_LONG:
        return f"a text has waited {_minutes(unread)} minutes to be read; it may be a call for help"
    late = signs.delivery_lag(session, now, priority=PRIORITY[Purpose.KEYWORD])
    if late > ANSWER_TOO_LATE:
        return f"an answer to somebody has waited {_minutes(late)} minutes to leave"
    return ""


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
