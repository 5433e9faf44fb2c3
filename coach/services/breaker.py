"""The breaker: where the account refuses every text, texts wait, a person is told, and one at a time tries again."""

from datetime import datetime

from coach.domain.breaker import next_probe
from coach.domain.case import CaseCategory, Tier
from coach.services.triage import open_case, resolve_case
from coach.storage import senders
from coach.storage.database import Sessions

NOBODYS = ""  # the system's own cases have no number


def trip(sessions: Sessions, sender: str, *, why: str, now: datetime) -> None:
    """Texts wait from now on, and a system case says why. Where they wait already, nothing changes."""
    with sessions.write() as session:
        row = senders.lock(session, sender, now=now)
        if row.broken_at is not None:
            return
        row.broken_at, row.broken_why, row.probes, row.probe_at = now, why, 0, next_probe(0, now)
        session.add(row)
        what = f"the provider's account refuses all texts ({why}). They wait, and coach tries one now and then"
        open_case(session, CaseCategory.SYSTEM, patient=None, phone=NOBODYS, what=what, now=now, tier=Tier.NOW)


def mend(sessions: Sessions, sender: str, *, now: datetime) -> None:
    """The account takes texts again: they leave as before, and the case is resolved."""
    with sessions.write() as session:
        row = senders.lock(session, sender, now=now)
        if row.broken_at is None:
            return
        row.broken_at = row.broken_why = row.probe_at = None
        row.probes = 0
        session.add(row)
        what = "the provider's account takes texts again"
        resolve_case(session, CaseCategory.SYSTEM, phone=NOBODYS, what=what, now=now)
