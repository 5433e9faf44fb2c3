"""Fills gaps in what came in: the provider's own list of inbound texts, read now and then."""

from datetime import datetime, timedelta

from coach.gateway.base import Gateway
from coach.services.receive import receive
from coach.storage import senders
from coach.storage.database import Sessions

OVERLAP = timedelta(minutes=15)  # a list may lag, and clocks differ
FIRST = timedelta(hours=24)  # how far back the first sweep of a new database looks


def sweep(sessions: Sessions, gateway: Gateway, *, now: datetime) -> int:
    """How many texts no webhook had brought. The list is read from where it was last read whole."""
    with sessions.read() as session:
        sender = senders.get(session, gateway.sender)
    through = None if sender is None else sender.heard_through
    heard = gateway.heard_since(min(now, through or now - FIRST + OVERLAP) - OVERLAP)
    new = sum(receive(sessions, sms, now=now) is not None for sms in heard.texts)
    if heard.whole:
        with sessions.write() as session:
            row = senders.lock(session, gateway.sender, now=now)
            row.heard_through = now
            session.add(row)
    return new
