"""Pages: the care team is called about what cannot wait, by every channel, until somebody says "I have it"."""

import logging
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from coach.domain.clinic import Clinic
from coach.domain.delivery import ARRIVED
from coach.domain.page import Links, without_link
from coach.gateway.pager import Pager
from coach.services.plan_pages import plan_pages
from coach.services.send_pages import send_pages
from coach.storage import cases, messages, pages
from coach.storage.database import Sessions
from coach.storage.tables import Case, Message, Page
from coach.storage.tables.page import PageChannel, PageState

log = logging.getLogger(__name__)

Pagers = Mapping[PageChannel, Pager]
"""The channels that this clinic has beside SMS, which goes by the gateway."""


def page_due(sessions: Sessions, clinic: Clinic, pagers: Pagers, links: Links, *, now: datetime) -> int:
    """How many pages were planned or called: every step that is due, all that wait, and news of those by SMS."""
    planned = plan_due(sessions, clinic, pagers, links, now=now)
    return planned + send_pages(sessions, pagers, links, now=now)


def plan_due(sessions: Sessions, clinic: Clinic, pagers: Pagers, links: Links, *, now: datetime) -> int:
    """How many pages were planned, once what became of those by SMS is known. No call is made here."""
    _take_over(sessions, now)
    return plan_pages(sessions, clinic, frozenset(pagers), links, now=now)


def page_failed(session: Session, message: Message, why: str, now: datetime) -> None:
    """The page whose text `message` is (locked, and over) did not get through, and its case says so. Said once."""
    assert message.id is not None
    page = pages.by_message(session, message.id)
    case = None if page is None else cases.lock(session, page.case_id)
    if page is None or case is None:
        return
    message.text = without_link(message.text or "")
    session.add(message)
    session.refresh(page)
    if page.state is not PageState.FAILED:
        _fail(session, case, page, why, now)


def _take_over(sessions: Sessions, now: datetime) -> None:
    """Pages by SMS stand as their texts do."""
    with sessions.read() as session:
        found = pages.told_otherwise(session)
    for page_id, message_id in found:
        try:
            with sessions.write() as session:
                _take_over_one(session, page_id, message_id, now)
        except Exception:  # one page's trouble holds no other up; it is looked at again in the next round
            log.exception("page %s: what became of its text could not be taken over", page_id)


def _take_over_one(session: Session, page_id: int, message_id: int, now: datetime) -> None:
    message = messages.lock_all(session, [message_id])[0]
    page = session.get_one(Page, page_id)
    if message.state in pages.GONE:
        page_failed(session, message, message.reason or message.state, now)
    elif message.state in ARRIVED and page.state is PageState.SENDING:
        page.state, page.sent_at = PageState.SENT, message.left_at or now
        message.text = without_link(message.text or "")
        session.add_all([page, message])


def _fail(session: Session, case: Case, page: Page, why: str, now: datetime) -> None:
    page.state, page.words = PageState.FAILED, why
    session.add(page)
    if case.paging_since == page.since:  # not where somebody has the case already
        cases.note_once(
            session, case, f"the page to {page.contact} by SMS did not get through: {why}", by="coach", at=now
        )
