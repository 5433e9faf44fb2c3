"""coach watches itself: what waits too long pages somebody."""

from datetime import timedelta

import pytest

from coach.gateway.base import InboundSms
from coach.services.receive import receive
from coach.services.watch import watch
from coach.storage.database import Sessions
from coach.storage.tables import Case
from tests.people import CY, MONDAY_6AM, Practice, nudge

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TEN = MONDAY_6AM + 4 * HOUR


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def watched(practice: Practice, *, since: int, until: int) -> list[str]:
    """The states of the watch's cases after a look each minute, minutes after ten."""
    for minute in range(since, until + 1):
        watch(practice.sessions, now=TEN + minute * MINUTE)
    return [case.state for case in practice.rows(Case) if case.phone == "watch"]


def test_a_text_that_is_not_read_for_more_than_five_minutes_pages_somebody_until_it_is(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    reply_id = practice.stores("hello", at=TEN)

    assert watched(practice, since=0, until=5) == []
    assert watched(practice, since=6, until=20) == ["open"]
    assert practice.rows(Case)[0].tier == "now"

    practice.reads(reply_id, at=TEN + 20 * MINUTE)

    assert watched(practice, since=21, until=21) == ["resolved"]


def test_a_text_that_the_providers_list_brought_late_waits_from_then_on(practice: Practice) -> None:
    sms = InboundSms("SM" + "1" * 32, CY, "+12025550100", "thanks", sent_at=TEN - 13 * MINUTE)
    receive(practice.sessions, sms, now=TEN)

    assert watched(practice, since=0, until=5) == []
    assert watched(practice, since=6, until=6) == ["open"]


def test_an_answer_that_does_not_leave_for_more_than_five_minutes_pages_somebody(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.hears("HELP", at=TEN)

    assert watched(practice, since=0, until=5) == []
    assert watched(practice, since=6, until=6) == ["open"]


def test_nudges_that_wait_page_nobody(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))

    assert watched(practice, since=0, until=60) == []


def test_what_waited_while_coach_was_down_pages_nobody_at_its_start(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    watch(practice.sessions, now=TEN)
    reply_id = practice.stores("hello", at=TEN)

    watch(practice.sessions, now=TEN + 9 * HOUR)
    practice.reads(reply_id, at=TEN + 9 * HOUR)
    watch(practice.sessions, now=TEN + 9 * HOUR + MINUTE)

    assert practice.rows(Case) == []
