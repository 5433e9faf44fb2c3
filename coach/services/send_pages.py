"""Pages by mail, webhook and the self-test's receiver are called, each without a transaction around the call."""

import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from coach.domain.page import Links, hashed, page_text
from coach.gateway.pager import Notice, Pager, PagerError
from coach.services.plan_pages import LEAVES_WITHIN, NAMES
from coach.storage import cases, pages
from coach.storage.database import Sessions
from coach.storage.tables import Case, Page
from coach.storage.tables.page import PageChannel, PageState

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)  # longer than a mail server may take over all its answers
AT_ONCE = 8
BATCH = 100
LONGEST_PAUSE = 60  # seconds
NO_LONGER = "not sent: it was no longer needed"


@dataclass(frozen=True)
class _Taken:
    """A page that is this caller's for a while, and what to say."""

    page_id: int
    channel: PageChannel
    notice: Notice


def send_pages(sessions: Sessions, pagers: Mapping[PageChannel, Pager], links: Links, *, now: datetime) -> int:
    """How many calls were made: every planned page over these channels that is due. One may be made twice, never none.

    A call that does not get through is tried again after 5, 10, 20 ... 60 seconds, until an hour is over.
    """
    with sessions.read() as session:
        if not pages.anything_due(session, pagers, now=now):
            return 0
    with sessions.write() as session:
        due = pages.take_due(session, pagers, now=now, until=now + LEASE, limit=BATCH)
        taken = [one for page in due if (one := _take(session, page, links, now))]
    if taken:
        with ThreadPoolExecutor(min(AT_ONCE, len(taken)), thread_name_prefix="page") as pool:
            list(pool.map(lambda one: _call(sessions, pagers[one.channel], one, now), taken))
    return len(taken)


def _take(session: Session, page: Page, links: Links, now: datetime) -> _Taken | None:
    """What the call is to say; none where nobody needs it any more. Its link is made anew: only its hash is kept."""
    case = session.get_one(Case, page.case_id)
    if case.paging_since != page.since:
        page.state, page.words = PageState.FAILED, NO_LONGER
        return None
    assert page.id is not None
    token = links.token(page.case_id, page.since, page.step, page.contact, page.channel)
    page.token_hash = hashed(token)
    link = links.address(token)
    text = page_text(page.case_id, link)
    notice = Notice(f"coach-{page.token_hash[:24]}", page.case_id, page.step, page.address, text, link, now)
    return _Taken(page.id, page.channel, notice)


def _call(sessions: Sessions, pager: Pager, taken: _Taken, now: datetime) -> None:
    error: PagerError | None = None
    try:
        pager.send(taken.notice)
    except PagerError as raised:
        error = raised
    except Exception as raised:  # whatever one channel raises, the others are called
        log.exception("page %s: its channel raised", taken.page_id)
        error = PagerError(f"its channel raised {type(raised).__name__}; the log says where")
    try:
        with sessions.write() as session:
            _settle(session, taken, error, now)
    except Exception:  # it is called again when its lease is over
        log.exception("page %s: what became of it could not be written", taken.page_id)


def _settle(session: Session, taken: _Taken, error: PagerError | None, now: datetime) -> None:
    case = cases.lock(session, taken.notice.case_id)
    page = session.get_one(Page, taken.page_id)
    session.refresh(page)
    if error is None:
        page.state, page.sent_at, page.words = PageState.SENT, now, None
        session.add(page)
    elif page.state is PageState.PLANNED and case is not None:
        _did_not_leave(session, case, page, error, now)


def _did_not_leave(session: Session, case: Case, page: Page, error: PagerError, now: datetime) -> None:
    again = timedelta(seconds=min(5 * 2 ** (page.tries - 1), LONGEST_PAUSE))
    is_over = error.final or now + again >= page.created_at + LEAVES_WITHIN
    is_news = page.words is None or is_over
    page.words, page.next_at = str(error), now + again
    page.state = PageState.FAILED if is_over else PageState.PLANNED
    session.add(page)
    log.warning("case %s: page %s did not leave (try %s); the case says why", case.id, page.id, page.tries)
    if is_news and case.paging_since == page.since:
        what = f"the page to {page.contact} by {NAMES[page.channel]} did not leave: {error}"
        cases.note_once(session, case, what if is_over else f"{what}; it is tried again", by="coach", at=now)
