import pytest

from coach.domain.case import CaseCategory, CaseState
from coach.domain.page import Links, hashed
from coach.gateway.pager import PagerError
from coach.services.triage import resolve_case
from coach.storage.database import Sessions
from coach.storage.tables import Page
from coach.storage.tables.page import PageChannel
from tests.people import CY, Practice
from tests.services.paging import TEN, Channel, Ward, seconds


@pytest.fixture
def ward(sessions: Sessions) -> Ward:
    return Ward(Practice(sessions))


def test_a_call_that_does_not_leave_is_tried_again_with_longer_pauses_until_an_hour_is_over(ward: Ward) -> None:
    case_id = ward.opens()
    ward.mail.wrong = PagerError("no answer")
    tried = []
    for number in range(0, 26 * 60, 5):
        before = len(ward.mail.notices)
        ward.round(TEN + seconds(number))
        tried += [number] * (len(ward.mail.notices) - before)

    assert tried[:8] == [0, 5, 15, 35, 75, 135, 195, 255]
    assert len({notice.link for notice in ward.mail.notices}) == 1  # whichever arrives, its link holds
    assert len({notice.key for notice in ward.mail.notices}) == 1
    assert len([line for line in ward.lines(case_id) if "e-mail did not leave" in line]) == 1


def test_a_refusal_for_good_is_not_tried_again(ward: Ward) -> None:
    case_id = ward.opens()
    ward.mail.wrong = PagerError("550 no such mailbox", final=True)
    for number in (0, 5, 60):
        ward.round(TEN + seconds(number))

    assert len(ward.mail.notices) == 1
    assert "the page to Bo by e-mail did not leave: 550 no such mailbox" in ward.lines(case_id)


def test_a_channel_that_raises_keeps_no_other_from_being_called(ward: Ward) -> None:
    class Broken(Channel):
        def send(self, notice: object) -> None:
            raise ZeroDivisionError(notice)

    ward.mail = Broken()
    case_id = ward.opens()
    ward.round(TEN)

    assert len(ward.webhook.notices) == 1
    assert any("its channel raised ZeroDivisionError" in line for line in ward.lines(case_id))


def test_what_coach_itself_closes_is_not_called_about_any_more(ward: Ward) -> None:
    case_id = ward.opens()
    ward.mail.wrong = PagerError("no answer")
    ward.pages(TEN)
    with ward.practice.sessions.write() as session:
        resolve_case(session, CaseCategory.CRISIS_SUICIDE, phone=CY, what="over", now=TEN + seconds(2))
    ward.pages(TEN + seconds(10))

    assert ward.case(case_id).state is CaseState.RESOLVED
    assert len(ward.mail.notices) == 1
    assert ward.states()[0, "Bo", "email"] == "failed"


def test_a_page_of_another_key_is_called_with_a_link_that_holds(ward: Ward) -> None:
    ward.opens()
    ward.mail.wrong = PagerError("no answer")
    ward.pages(TEN)
    ward.mail.wrong = None
    ward.links = Links("https://coach.example.org", b"another process" * 3)
    ward.pages(TEN + seconds(5))
    page = next(one for one in ward.practice.rows(Page) if one.channel is PageChannel.EMAIL)

    assert page.token_hash == hashed(ward.mail.notices[-1].link.rpartition("/")[2])
