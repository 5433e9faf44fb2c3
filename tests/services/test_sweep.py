import logging
from datetime import UTC, datetime, timedelta

import pytest

from coach.gateway.base import Heard, InboundSms
from coach.services.sweep import is_deaf, sweep
from coach.storage.database import Sessions
from coach.storage.tables import Case, CaseEntry, Reply, Sender
from tests.people import ANA, Practice

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


class Listening:
    """A provider whose list of inbound texts shows these; it remembers since when it was asked for them."""

    sender = "MG-recording"

    def __init__(self, *bodies: str, whole: bool = True) -> None:
        texts = tuple(InboundSms(f"SM{number:032x}", ANA, "+12025550100", body) for number, body in enumerate(bodies))
        self.heard = Heard(texts, whole)
        self.asked: list[datetime] = []

    def heard_since(self, since: datetime) -> Heard:
        self.asked.append(since)
        return self.heard


def swept(practice: Practice, provider: Listening, at: datetime) -> int:
    practice.gateway.heard_since = provider.heard_since  # type: ignore[method-assign]  # the one thing that differs
    return sweep(practice.sessions, practice.gateway, now=at)


def test_a_text_that_no_webhook_brought_is_stored_once(sessions: Sessions) -> None:
    practice = Practice(sessions)
    provider = Listening("6", "STOP")

    assert [swept(practice, provider, TEN), swept(practice, provider, TEN + timedelta(minutes=1))] == [2, 0]
    assert [(reply.body, reply.state) for reply in practice.rows(Reply)] == [("6", "unread"), ("STOP", "unread")]


def test_the_list_is_read_on_from_where_it_was_read_whole_with_a_quarter_of_an_hour_again(sessions: Sessions) -> None:
    practice = Practice(sessions)
    provider = Listening()
    swept(practice, provider, TEN)
    swept(practice, provider, TEN + timedelta(minutes=1))
    provider.heard = Heard((), whole=False)
    swept(practice, provider, TEN + timedelta(hours=1))
    swept(practice, provider, TEN + timedelta(hours=2))

    assert provider.asked == [
        TEN - timedelta(hours=24),
        TEN - timedelta(minutes=15),
        TEN - timedelta(minutes=14),
        TEN - timedelta(minutes=14),
    ]


def test_what_came_although_the_list_was_cut_off_is_stored(sessions: Sessions) -> None:
    assert swept(Practice(sessions), Listening("6", whole=False), TEN) == 1


def test_after_the_clock_was_put_back_nothing_in_between_is_skipped(sessions: Sessions) -> None:
    practice = Practice(sessions)
    provider = Listening()
    swept(practice, provider, TEN)
    swept(practice, provider, TEN - timedelta(hours=1))

    assert provider.asked[-1] == TEN - timedelta(hours=25)


def test_machines_whose_clocks_differ_by_five_minutes_hear_for_each_other(sessions: Sessions) -> None:
    practice = Practice(sessions)
    swept(practice, Listening(), TEN)

    assert [
        is_deaf(sessions, practice.gateway.sender, now=TEN + timedelta(minutes=minutes)) for minutes in (-7, -5, 5, 7)
    ] == [True, False, False, True]


def test_a_list_that_stays_unreadable_opens_one_case_and_the_next_whole_one_resolves_it(
    sessions: Sessions, caplog: pytest.LogCaptureFixture
) -> None:
    practice = Practice(sessions)
    provider = Listening()
    swept(practice, provider, TEN)
    provider.heard = Heard((), whole=False, words="HTTP 503")
    with caplog.at_level(logging.WARNING):
        swept(practice, provider, TEN + timedelta(minutes=19))
    early = practice.rows(Case)
    for minute in (21, 22, 23):
        swept(practice, provider, TEN + timedelta(minutes=minute))
    [open_one] = practice.rows(Case)
    told = [entry.what for entry in practice.rows(CaseEntry)]
    provider.heard = Heard((), whole=True)
    swept(practice, provider, TEN + timedelta(minutes=24))

    assert early == []
    assert "HTTP 503" in caplog.text
    assert (open_one.category, open_one.phone, open_one.state) == ("delivery", "", "open")
    assert [text.partition(". ")[0] for text in told] == ["what patients write cannot be read whole (HTTP 503)"]
    assert [case.state for case in practice.rows(Case)] == ["resolved"]


def test_a_text_that_cannot_be_stored_keeps_no_other_and_is_asked_for_again(sessions: Sessions) -> None:
    practice = Practice(sessions)
    provider = Listening()
    swept(practice, provider, TEN)
    endless = InboundSms("SM" + "9" * 32, ANA, "+12025550100", "look", media=10**30)
    provider.heard = Heard((endless, *Listening("STOP").heard.texts), whole=True)

    assert swept(practice, provider, TEN + timedelta(minutes=1)) == 1
    assert [reply.body for reply in practice.rows(Reply)] == ["STOP"]
    assert [sender.heard_through for sender in practice.rows(Sender)] == [TEN]
