"""The self-test, and the sign of life that hangs on it."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from coach.domain import self_test as reserved
from coach.domain.case import CaseCategory
from coach.domain.page import hashed
from coach.gateway.base import Outcome, Unsent, parse_inbound
from coach.gateway.pager import PagerError
from coach.services.receive import receive
from coach.services.self_test import heartbeat, page_arrived, self_test
from coach.storage import signs
from coach.storage.database import Sessions
from coach.storage.tables import Case, Message, Page, SelfTest
from coach.storage.tables.page import PageChannel, PageState
from tests.people import CY, MONDAY_6AM, Practice, SteppedClock, accept
from tests.services.paging import TEN, Ward

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
TOKEN = "the token of the page"


@dataclass
class Street:
    """The way from outside: what is posted comes in, as long as nothing is `wrong`."""

    practice: Practice
    wrong: str = ""
    posted: list[list[tuple[str, str]]] = field(default_factory=list)
    pings: int = 0

    def post_text(self, form: list[tuple[str, str]]) -> str:
        self.posted.append(form)
        if not self.wrong:
            reply_id = receive(self.practice.sessions, parse_inbound(form), now=self.practice.clock())
            assert reply_id is not None
            assert self.practice.reads(reply_id, at=self.practice.clock())
        return self.wrong

    def ping(self) -> str:
        self.pings += 1
        return self.wrong


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


@pytest.fixture
def street(practice: Practice) -> Street:
    return Street(practice)


def page_comes(practice: Practice, **later: float) -> bool:
    """The page of the test's case is written down, and comes to the receiver."""
    with practice.sessions.write() as session:
        case = session.execute(select(Case).where(col(Case.is_test))).scalars().all()[-1]
        assert case.id is not None
        now = practice.clock()
        session.add(
            Page(
                case_id=case.id,
                since=now,
                step=0,
                contact="self-test",
                channel=PageChannel.TEST,
                token_hash=hashed(TOKEN),
                state=PageState.SENT,
                next_at=now,
                created_at=now,
            )
        )
    return page_arrived(practice.sessions, TOKEN, now=practice.clock.forward(**later))


def run(practice: Practice, street: Street) -> None:
    self_test(practice.sessions, street, now=practice.clock)


def test_words_of_danger_by_the_public_address_and_a_page_within_a_minute_pass(
    practice: Practice, street: Street
) -> None:
    run(practice, street)
    assert page_comes(practice, seconds=20)
    run(practice, street)
    test = practice.rows(SelfTest)[0]

    assert (test.ok, test.why) == (True, None)
    assert heartbeat(practice.sessions, street, now=practice.clock)
    assert street.pings == 1
    with practice.sessions.read() as session:
        assert signs.last_seen(session, "heartbeat") == practice.clock()


def test_the_tests_own_case_is_marked_ends_by_itself_and_nobody_is_texted_or_shown_it(
    practice: Practice, street: Street
) -> None:
    run(practice, street)
    case, reply = practice.rows(Case)[0], practice.reply(1)

    assert (case.is_test, case.category, case.phone) == (True, "crisis_suicide", reserved.PHONE)
    assert not reply.is_note
    assert practice.rows(Message) == []

    page_comes(practice, seconds=5)
    run(practice, street)

    assert practice.rows(Case)[0].state == "resolved"


def test_it_runs_once_a_day(practice: Practice, street: Street) -> None:
    run(practice, street)
    page_comes(practice, seconds=5)
    for hours in (0, 1, 23):
        run(practice, street)
        practice.clock.to(MONDAY_6AM + hours * HOUR)
    run(practice, street)
    assert len(street.posted) == 1

    practice.clock.to(MONDAY_6AM + 24 * HOUR)
    run(practice, street)

    assert len(street.posted) == 2
    assert len({form[0] for form in street.posted}) == 2


def test_two_clocks_make_one_test(practice: Practice, street: Street) -> None:
    run(practice, street)
    run(practice, street)

    assert len(practice.rows(SelfTest)) == 1
    assert len(street.posted) == 1


def test_a_public_address_that_does_not_answer_pages_a_person_and_is_tried_again_within_the_hour(
    practice: Practice, street: Street
) -> None:
    street.wrong = "HTTP 403"
    run(practice, street)
    case = practice.rows(Case)[0]

    assert practice.rows(SelfTest)[0].why == "the public address did not take a signed text: HTTP 403"
    assert (case.category, case.tier, case.paging_since) == ("system", "now", MONDAY_6AM)
    assert not heartbeat(practice.sessions, street, now=practice.clock)

    street.wrong = ""
    practice.clock.forward(minutes=59)
    run(practice, street)
    assert len(street.posted) == 1
    practice.clock.forward(minutes=1)
    run(practice, street)
    page_comes(practice, seconds=5)
    run(practice, street)

    assert [test.ok for test in practice.rows(SelfTest)] == [False, True]
    assert practice.rows(Case)[0].state == "resolved"


@pytest.mark.parametrize(("seconds", "ok"), [(60, True), (61, False)])
def test_a_page_counts_within_sixty_seconds(practice: Practice, street: Street, seconds: int, ok: bool) -> None:
    run(practice, street)
    page_comes(practice, seconds=seconds)
    run(practice, street)

    assert practice.rows(SelfTest)[0].ok is ok


def test_where_no_page_comes_the_test_ends_and_says_so(practice: Practice, street: Street) -> None:
    run(practice, street)
    practice.clock.forward(minutes=3)
    run(practice, street)
    assert practice.rows(SelfTest)[0].ended_at is None

    practice.clock.forward(seconds=1)
    run(practice, street)

    assert "no page came of it" in (practice.rows(SelfTest)[0].why or "")


def test_a_text_that_comes_after_its_test_is_over_does_not_fail_the_next(practice: Practice, street: Street) -> None:
    street.wrong = "no answer (ReadTimeout)"
    run(practice, street)
    late = receive(practice.sessions, parse_inbound(street.posted[0]), now=practice.clock.forward(seconds=20))
    assert late is not None
    practice.reads(late, at=practice.clock())
    left_open = practice.rows(Case)[-1]

    street.wrong = ""
    practice.clock.forward(hours=1)
    run(practice, street)
    cases = [(case.state, case.paging_since) for case in practice.rows(Case) if case.is_test]

    assert (left_open.is_test, left_open.state) == (True, "open")
    assert cases == [("resolved", None), ("open", practice.clock())]  # one that is paged about


def test_a_token_of_no_page_is_no_page(practice: Practice, street: Street) -> None:
    run(practice, street)

    assert not page_arrived(practice.sessions, "guessed", now=practice.clock())
    assert practice.rows(SelfTest)[0].paged_at is None


@pytest.mark.parametrize(("hours", "well"), [(0, True), (26, True), (27, False)])
def test_the_sign_of_life_ends_when_no_self_test_passes_any_more(
    practice: Practice, street: Street, hours: int, well: bool
) -> None:
    run(practice, street)
    page_comes(practice)
    run(practice, street)
    practice.clock.to(MONDAY_6AM + hours * HOUR)

    assert heartbeat(practice.sessions, street, now=practice.clock) is well


@pytest.fixture
def ward(practice: Practice) -> Ward:
    """A clinic whose last self-test passed at ten."""
    with practice.sessions.write() as session:
        session.add(SelfTest(provider_id="SM-passed", started_at=TEN, paged_at=TEN, ended_at=TEN, ok=True))
    return Ward(practice)


def signs_of_life(ward: Ward, street: Street, *, minutes: int = 60) -> list[int]:
    """The minutes after ten at which a sign of life left: rounds of all duties each minute, and it every five."""
    left = []
    for minute in range(minutes + 1):
        at = TEN + minute * MINUTE
        ward.round(at)
        if minute % 5 == 0 and heartbeat(ward.practice.sessions, street, now=SteppedClock(at)):
            left.append(minute)
    return left


def refused(_: object) -> Outcome:
    return Unsent("connection refused")


@pytest.mark.parametrize(
    ("sms", "mail", "left"), [(True, False, 13), (False, True, 13), (True, True, 13), (False, False, 1)]
)
def test_where_no_call_about_a_case_reaches_anybody_the_signs_of_life_end(
    ward: Ward, street: Street, sms: bool, mail: bool, left: int
) -> None:
    ward.webhook.wrong = PagerError("HTTP 500")
    ward.mail.wrong = None if mail else PagerError("the mail server: no answer")
    ward.practice.gateway.answer = accept if sms else refused
    ward.opens(at=TEN)

    assert len(signs_of_life(ward, street)) == left


def test_a_case_that_can_wait_ends_no_signs_of_life(ward: Ward, street: Street) -> None:
    ward.mail.wrong = ward.webhook.wrong = PagerError("no answer")
    ward.practice.gateway.answer = refused
    ward.opens(CaseCategory.SILENCE)

    assert len(signs_of_life(ward, street)) == 13


def test_where_nobody_plans_the_calls_the_signs_of_life_end(ward: Ward, street: Street) -> None:
    ward.opens(at=TEN)

    assert heartbeat(ward.practice.sessions, street, now=SteppedClock(TEN + MINUTE))
    assert not heartbeat(ward.practice.sessions, street, now=SteppedClock(TEN + MINUTE + SECOND))


def test_while_an_answer_to_words_of_danger_cannot_leave_there_are_no_signs_of_life(ward: Ward, street: Street) -> None:
    ward.practice.gateway.answer = lambda outbound: refused(outbound) if outbound.to == CY else accept(outbound)
    ward.practice.hears("I want to die", at=TEN, phone=CY)
    assert signs_of_life(ward, street, minutes=30) == [0, 5]

    ward.practice.gateway.answer = accept
    ward.round(TEN + 40 * MINUTE)

    assert heartbeat(ward.practice.sessions, street, now=SteppedClock(TEN + 41 * MINUTE))


def test_a_sign_of_life_that_did_not_leave_is_none(practice: Practice, street: Street) -> None:
    run(practice, street)
    page_comes(practice)
    run(practice, street)
    street.wrong = "no answer (ConnectionError)"

    assert not heartbeat(practice.sessions, street, now=practice.clock)
    with practice.sessions.read() as session:
        assert signs.last_seen(session, "heartbeat") is None
