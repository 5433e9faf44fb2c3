"""The link of a page: what it would acknowledge, and its one use."""

from dataclasses import dataclass
from datetime import datetime

from coach.domain.case import CaseState
from coach.domain.clinic import CLINIC
from coach.domain.page import LINK_LASTS, hashed
from coach.services.call_off import lock_calling_off
from coach.services.cases import take
from coach.storage import pages
from coach.storage.database import Sessions
from coach.storage.tables import Case, Page
from coach.storage.tables.page import PageChannel

NAMELESS = "whoever reads the clinic's webhook"


@dataclass(frozen=True)
class Standing:
    """What a link leads to; times are UTC. Nothing of a patient is in it."""

    case_id: int
    state: CaseState
    since: datetime  # when the case was opened
    taken_by: str | None
    taken_at: datetime | None
    is_usable: bool  # the link acknowledges the case if it is used now


def look_up(sessions: Sessions, token: str, *, now: datetime) -> Standing | None:
    """What the link with that token leads to; nothing is changed. None: no page has it."""
    with sessions.read() as session:
        page = pages.by_token(session, hashed(token))
        return None if page is None else _standing(session.get_one(Case, page.case_id), page, now)


def use_link(sessions: Sessions, token: str, *, now: datetime) -> Standing | None:
    """What the link led to before it was used; where it was usable, its contact has the case now. None as above."""
    with sessions.write() as session:
        found = pages.by_token(session, hashed(token))
        if found is None:
            return None
        standing = _standing(session.get_one(Case, found.case_id), found, now)
        if not standing.is_usable:
            return standing  # and no page is called off
        case = lock_calling_off(session, found.case_id, now=now)
        assert case is not None  # its page holds it
        session.refresh(found)  # another may have used it while we waited for the case
        page, standing = found, _standing(case, found, now)
        if standing.is_usable:
            page.used_at = now
            session.add(page)
            by = NAMELESS if page.contact == CLINIC and page.channel is PageChannel.WEBHOOK else page.contact
            take(session, case, by=by, how=f"has the case, by the link of a page ({page.channel})", now=now)
        return standing


def _standing(case: Case, page: Page, now: datetime) -> Standing:
    assert case.id is not None
    fresh = page.used_at is None and page.since == case.paging_since and now < page.created_at + LINK_LASTS
    is_usable = fresh and case.state is CaseState.OPEN and page.channel is not PageChannel.TEST
    return Standing(case.id, case.state, case.opened_at, case.acknowledged_by, case.acknowledged_at, is_usable)
