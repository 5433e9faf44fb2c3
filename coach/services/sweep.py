"""Fills gaps in what came in: the provider's own list of inbound texts, read now and then."""

import logging
from datetime import datetime, timedelta

from coach.domain.case import CaseCategory, Tier
from coach.gateway.base import Gateway
from coach.services.receive import receive
from coach.services.triage import open_case, resolve_case
from coach.storage import senders
from coach.storage.database import AWAY, Sessions

log = logging.getLogger(__name__)

OVERLAP = timedelta(minutes=15)  # a list may lag, and clocks differ
FIRST = timedelta(hours=24)  # how far back the first sweep looks: of a new database, or after a clock was put back

SWEPT_WITHIN = timedelta(minutes=6)  # the clocks of two machines may differ by some
DEAF_AFTER = timedelta(minutes=20)

CATEGORY, NOBODYS = CaseCategory.DELIVERY, ""  # the breaker's case is another: it ends by itself while this one is open


def is_deaf(sessions: Sessions, sender: str, *, now: datetime) -> bool:
    """Whether a STOP may have come that nobody has heard: coach was down or asleep, or its database away.

    So until the list was tried again, and for as long as it could not be read whole for twenty minutes.
    """
    with sessions.read() as session:
        row = senders.get(session, sender)
    if row is None or row.swept_at is None:
        return True
    return abs(now - row.swept_at) > SWEPT_WITHIN or _is_late(row.heard_through, now)


def sweep(sessions: Sessions, gateway: Gateway, *, now: datetime) -> int:
    """How many texts no webhook had brought. The list is read from where it was last read whole."""
    with sessions.read() as session:
        sender = senders.get(session, gateway.sender)
    through = None if sender is None else sender.heard_through
    heard = gateway.heard_since(reaches_back_to(through, now))
    new, whole = 0, heard.whole
    for sms in heard.texts:
        try:
            new += receive(sessions, sms, now=now) is not None
        except AWAY:
            raise
        except Exception:  # one text's trouble keeps no other; the list is read from here again
            log.exception("the text %s could not be stored", sms.provider_id)
            whole = False
    if not heard.whole:
        log.warning("what came in cannot be read whole: %s; after a while nudges wait for it", heard.words)
    _note(sessions, gateway.sender, whole=whole, why=heard.words or "a text could not be stored, see the log", now=now)
    return new


def _note(sessions: Sessions, sender: str, *, whole: bool, why: str, now: datetime) -> None:
    """How far was heard; a case is open while nudges wait because the list cannot be read.

    `now` is before the list was asked for: what comes while coach sleeps in that call is not in it.
    """
    with sessions.write() as session:
        row = senders.lock(session, sender, now=now)
        was_late = row.swept_at is not None and _is_late(row.heard_through, row.swept_at)
        row.swept_at = now
        row.heard_through = now if whole else row.heard_through
        session.add(row)
        if whole:
            resolve_case(session, CATEGORY, phone=NOBODYS, what="what patients write can be read whole again", now=now)
        elif _is_late(row.heard_through, now) and not was_late:
            what = f"what patients write cannot be read whole ({why}). Nudges wait: one of the texts may be a STOP"
            open_case(session, CATEGORY, patient=None, phone=NOBODYS, what=what, now=now, tier=Tier.TODAY)


def _is_late(heard_through: datetime | None, now: datetime) -> bool:
    return heard_through is None or abs(now - heard_through) > DEAF_AFTER


def reaches_back_to(through: datetime | None, now: datetime) -> datetime:
    """From when a sweep brings texts, where it was last read whole `through` (UTC).

    Where a clock ran ahead until now, sweeps by it have looked past what came in.
    """
    if through is None or through > now + OVERLAP:
        return now - FIRST
    return min(now, through) - OVERLAP
