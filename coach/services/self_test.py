"""The self-test: words of danger come in by the public address, and a page must go out; a sign of life where it did."""

import hashlib
import logging
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain.case import CaseCategory, Tier
from coach.domain.escalation import STUCK_AFTER, Reached
from coach.domain.self_test import PHONE, TEXT
from coach.services.clock import Clock
from coach.services.plan_pages import reached
from coach.services.triage import open_case, resolve_case
from coach.services.watch import ANSWER_TOO_LATE
from coach.storage import cases, pages, signs
from coach.storage.database import Sessions
from coach.storage.insert import insert_new
from coach.storage.tables import Case, Page, SelfTest
from coach.storage.tables.page import PageChannel, PageState

log = logging.getLogger(__name__)

EVERY = timedelta(hours=24)
AGAIN_AFTER = timedelta(hours=1)  # after one that did not pass
WITHIN = timedelta(seconds=60)
GIVEN_UP = timedelta(minutes=3)  # a process that was killed in the middle leaves a test without an end
GOOD_FOR = timedelta(hours=26)
NOBODYS = "self-test"  # in place of a number: the case of a test that did not pass
HEARTBEAT = "heartbeat"


class Outside(Protocol):
    """Our public address and the alarm; each call says what went wrong, or nothing."""

    def post_text(self, form: list[tuple[str, str]]) -> str: ...
    def ping(self) -> str: ...


def self_test(sessions: Sessions, outside: Outside, *, now: Clock) -> None:
    """A test that is due has begun; one that is under way and has its page, or its time over, has ended."""
    with sessions.write() as session:
        test = signs.newest_test(session)
        if test is not None and test.ended_at is None:
            _end_if_over(session, test, now())
            return
        provider_id = _begin(session, test, now())
    if provider_id is None:
        return
    form = [("MessageSid", provider_id), ("From", PHONE), ("To", PHONE), ("Body", TEXT), ("NumMedia", "0")]
    wrong = outside.post_text(form)
    if wrong:
        with sessions.write() as session:
            test = signs.newest_test(session)
            if test is not None and test.ended_at is None:
                _end(session, test, f"the public address did not take a signed text: {wrong}", now())


def _begin(session: Session, last: SelfTest | None, now: datetime) -> str | None:
    """The id of the text that is to be posted; None: no test is due, or another clock has just begun it."""
    if last is not None and abs(now - last.started_at) < (EVERY if last.ok else AGAIN_AFTER):
        return None
    # Of two clocks that begin at once, one finds its row there.
    after = "" if last is None else str(last.id)
    provider_id = "SM" + hashlib.sha256(f"self-test after {after}".encode()).hexdigest()[:32]
    if not insert_new(session, SelfTest, [{"provider_id": provider_id, "started_at": now}]):
        return None
    _close_case(session, "the next self-test begins", now)  # a late text of the last one would be this one's case
    return provider_id


def page_arrived(sessions: Sessions, token: str, *, now: datetime) -> bool:
    """Whether `token` is that of a page of the self-test; the test that is under way has its page then."""
    hashed = hashlib.sha256(token.encode()).hexdigest()
    query = select(col(Page.id)).where(col(Page.token_hash) == hashed, col(Page.channel) == PageChannel.TEST)
    with sessions.write() as session:
        if session.execute(query).first() is None:
            return False
        test = signs.newest_test(session)
        if test is not None and test.ended_at is None and test.paged_at is None:
            test.paged_at = now
            session.add(test)
    return True


def _end_if_over(session: Session, test: SelfTest, now: datetime) -> None:
    if test.paged_at is not None:
        took = test.paged_at - test.started_at
        late = f"the page came after {took.total_seconds():.0f} seconds, {WITHIN.total_seconds():.0f} at most"
        _end(session, test, "" if took <= WITHIN else late, now)
    elif abs(now - test.started_at) > GIVEN_UP:
        _end(session, test, "a signed text was taken, and no page came of it; look at the log and `coach doctor`", now)


def _end(session: Session, test: SelfTest, why: str, now: datetime) -> None:
    test.ended_at, test.ok, test.why = now, not why, why or None
    session.add(test)
    _close_case(session, "the self-test is over", now)
    if why:
        log.error("the self-test did not pass: %s", why)
        what = f"the self-test did not pass: {why}. Words of danger may not be heard until this is mended"
        open_case(session, CaseCategory.SYSTEM, patient=None, phone=NOBODYS, what=what, now=now, tier=Tier.NOW)
    else:
        log.info("the self-test passed")
        resolve_case(session, CaseCategory.SYSTEM, phone=NOBODYS, what="the self-test passed again", now=now)


def _close_case(session: Session, what: str, now: datetime) -> None:
    """The test's own case is over, with the page that it may still have been waiting for."""
    resolve_case(session, CaseCategory.CRISIS_SUICIDE, phone=PHONE, what=what, now=now)


def is_well(session: Session, now: datetime) -> bool:
    """Whether the last self-test passed, and lately."""
    test = signs.newest_ended_test(session)
    return test is not None and bool(test.ok) and abs(now - test.started_at) <= GOOD_FOR


def cut_off(session: Session, now: datetime) -> str:
    """What says that people cannot be reached any more, staff or who wrote of danger; empty: nothing does."""
    for case in cases.paging(session):
        if case.tier is Tier.NOW and not case.is_test and _reached_nobody(session, case, now):
            return f"the newest calls about case {case.id} reached nobody"
    waited = signs.danger_lag(session, now)
    if waited > ANSWER_TOO_LATE:
        return f"an answer to words of danger has waited {int(waited.total_seconds() // 60)} minutes to leave"
    return ""


def _reached_nobody(session: Session, case: Case, now: datetime) -> bool:
    """What the newest step says of which anything is known: calls that are just being made say nothing yet."""
    whole = pages.of_round(session, case)
    if not whole:
        return case.paging_since is not None and now - case.paging_since > STUCK_AFTER
    for number in sorted({page.step for page in whole}, reverse=True):
        step = [page for page in whole if page.step == number]
        if any(page.state is PageState.SENT for page in step):
            return False
        if reached(step, now) is Reached.NOBODY:
            return True
    return False


def heartbeat(sessions: Sessions, outside: Outside, *, now: Clock) -> bool:
    """Whether the alarm outside was told that all is well: the last self-test passed, and nobody is cut off."""
    with sessions.read() as session:
        well, why = is_well(session, now()), cut_off(session, now())
    if why:
        log.error("no sign of life leaves, so that the alarm outside sounds: %s", why)
    if why or not well:
        return False
    wrong = outside.ping()
    if wrong:
        log.error("the sign of life did not leave: %s; the alarm outside may sound", wrong)
        return False
    with sessions.write() as session:
        signs.seen(session, HEARTBEAT, now())
    return True
