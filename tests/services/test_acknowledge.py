from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from coach.domain.case import CaseState
from coach.domain.self_test import PHONE
from coach.services.acknowledge import look_up, use_link
from coach.services.cases import acknowledge
from coach.services.page import page_due
from coach.storage.database import Sessions
from coach.storage.tables import Page
from coach.storage.tables.page import PageChannel
from tests.people import Practice
from tests.services.paging import LINKS, TEN, Channel, Ward

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ward(sessions: Sessions) -> Ward:
    found = Ward(Practice(sessions))
    found.opens()
    found.round(TEN)
    return found


def by_sms(ward: Ward) -> str:
    return ward.practice.gateway.calls[0].text.rpartition("/")[2]


def by_webhook(ward: Ward) -> str:
    return ward.webhook.notices[0].link.rpartition("/")[2]


def test_looking_changes_nothing_however_often(ward: Ward) -> None:
    sessions = ward.practice.sessions
    found = [look_up(sessions, by_sms(ward), now=TEN + MINUTE) for _ in range(3)]

    assert all(one is not None and one.is_usable for one in found)
    assert ward.case(1).state is CaseState.OPEN


def test_a_link_gives_the_case_to_whoever_was_paged_once(ward: Ward) -> None:
    sessions, token = ward.practice.sessions, by_sms(ward)
    used = use_link(sessions, token, now=TEN + MINUTE)
    again = use_link(sessions, token, now=TEN + 2 * MINUTE)
    case = ward.case(1)

    assert used is not None
    assert used.is_usable
    assert again is not None
    assert not again.is_usable
    assert (case.state, case.acknowledged_by, case.acknowledged_at) == (CaseState.ACKNOWLEDGED, "Bo", TEN + MINUTE)
    assert ward.lines(1)[-1] == "has the case, by the link of a page (sms)"
    assert ward.round(TEN + 10 * MINUTE) == []


def test_a_used_link_does_not_take_the_case_when_it_is_open_again(ward: Ward) -> None:
    sessions, token = ward.practice.sessions, by_sms(ward)
    use_link(sessions, token, now=TEN + MINUTE)
    ward.opens(at=TEN + 2 * MINUTE)
    again = use_link(sessions, token, now=TEN + 3 * MINUTE)

    assert again is not None
    assert not again.is_usable
    assert ward.case(1).state is CaseState.OPEN


def test_a_link_of_an_earlier_round_does_not_silence_a_later_one(ward: Ward) -> None:
    sessions, old = ward.practice.sessions, by_webhook(ward)
    use_link(sessions, by_sms(ward), now=TEN + MINUTE)
    ward.opens(at=TEN + 2 * MINUTE)
    standing = use_link(sessions, old, now=TEN + 3 * MINUTE)

    assert standing is not None
    assert not standing.is_usable
    assert ward.case(1).paging_since == TEN + 2 * MINUTE


def test_the_webhooks_link_is_nobodys_by_name(ward: Ward) -> None:
    use_link(ward.practice.sessions, by_webhook(ward), now=TEN + MINUTE)

    assert ward.case(1).acknowledged_by == "whoever reads the clinic's webhook"


@pytest.mark.parametrize(("after", "usable"), [(timedelta(hours=24) - MINUTE, True), (timedelta(hours=24), False)])
def test_a_link_lasts_a_day(ward: Ward, after: timedelta, *, usable: bool) -> None:
    found = use_link(ward.practice.sessions, by_sms(ward), now=TEN + after)

    assert found is not None
    assert found.is_usable is usable
    assert (ward.case(1).state is CaseState.ACKNOWLEDGED) is usable


def test_an_unknown_link_leads_nowhere_and_a_hash_is_no_link(ward: Ward) -> None:
    sessions = ward.practice.sessions
    for token in ("", "x", by_sms(ward)[:-1], ward.practice.rows(Page)[0].token_hash):
        assert look_up(sessions, token, now=TEN) is None
        assert use_link(sessions, token, now=TEN) is None

    assert ward.case(1).state is CaseState.OPEN


def test_when_somebody_has_the_case_other_links_say_who(ward: Ward) -> None:
    acknowledge(ward.practice.sessions, 1, by="Kim", now=TEN + MINUTE)
    found = use_link(ward.practice.sessions, by_sms(ward), now=TEN + 2 * MINUTE)

    assert found is not None
    assert (found.is_usable, found.taken_by, found.taken_at) == (False, "Kim", TEN + MINUTE)


def test_of_several_at_once_one_has_the_case(ward: Ward) -> None:
    sessions, token = ward.practice.sessions, by_sms(ward)
    with ThreadPoolExecutor(4) as pool:
        used = list(pool.map(lambda _: use_link(sessions, token, now=TEN + MINUTE), range(4)))

    assert [one is not None and one.is_usable for one in used].count(True) == 1
    assert len([line for line in ward.lines(1) if line.startswith("has the case")]) == 1


def test_the_self_tests_link_acknowledges_nothing(ward: Ward) -> None:
    case_id = ward.opens(phone=PHONE)
    receiver = Channel()
    page_due(ward.practice.sessions, ward.clinic, {PageChannel.TEST: receiver}, LINKS, now=TEN)
    found = use_link(ward.practice.sessions, receiver.notices[0].link.rpartition("/")[2], now=TEN)

    assert found is not None
    assert not found.is_usable
    assert ward.case(case_id).state is CaseState.OPEN
