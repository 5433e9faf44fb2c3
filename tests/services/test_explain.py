from datetime import UTC, date, datetime, timedelta

import pytest

from coach.gateway.base import Accepted, Outbound, Outcome, Receipt
from coach.services.confirm import confirm
from coach.services.explain import NothingToExplainError, explain_day, explain_message
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Message
from tests.people import MONDAY, Practice, asks, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    found = Practice(sessions)
    limits = {"per_day": 1, "per_week": 9, "minutes_between": 0, "segments": {"en": 1}}
    found.enrolls_ana(nudge("move", answer=asks("done")), nudge("calm", slot="midday"), limits=limits)
    return found


def test_a_day_says_of_every_text_how_it_stands_and_why_in_the_persons_time(practice: Practice) -> None:
    practice.at(TEN)
    practice.hears("done", at=TEN + timedelta(hours=1))
    practice.at(TEN + timedelta(hours=3))
    found = explain_day(practice.sessions, 1, MONDAY)

    assert [(f"{one.due:%H:%M}", one.name, one.purpose, one.state) for one in found] == [
        ("09:30", "move", "nudge", "handed to the provider"),
        ("12:30", "calm", "nudge", "withheld"),
        ("13:00", "move", "reminder", "cancelled"),
    ]
    assert [one.reason for one in found[1:]] == ["the day's limit of texts was reached", "the answer is here"]
    assert found[0].text == "en move a Ana"


def test_a_message_tells_its_whole_history_in_order(practice: Practice) -> None:
    def a_second_later(outbound: Outbound) -> Outcome:
        practice.clock.forward(seconds=1)
        return Accepted(f"SM{outbound.valid_for}", "queued")

    practice.gateway.answer = a_second_later
    practice.at(TEN)
    found = explain_message(practice.sessions, practice.rows(Message)[0].id or 0)

    assert [f"{line.at:%H:%M:%S} {line.what.partition(':')[0]}" for line in found.history] == [
        "06:00:00 planned",
        "10:00:00 being sent",
        "10:00:00 attempt 1",
        "10:00:01 handed to the provider",
    ]
    assert found.history[2].what == "attempt 1: accepted SM5400"
    assert (found.patient, found.zone.key) == ("Ana Reyes", "America/New_York")


def test_a_stop_is_named_as_the_reason(practice: Practice) -> None:
    practice.hears("STOP", at=TEN - timedelta(hours=2))

    assert {one.reason for one in explain_day(practice.sessions, 1, date(2026, 11, 24))} == {"the person said stop"}


def test_a_day_is_the_persons_own_from_midnight_to_midnight(practice: Practice) -> None:
    practice.hears("HELP", at=datetime(2026, 11, 24, 4, 59, tzinfo=UTC))  # 23:59 on Monday
    practice.hears("HELP", at=datetime(2026, 11, 24, 5, 0, tzinfo=UTC))  # midnight

    assert [one.name for one in explain_day(practice.sessions, 1, MONDAY)] == ["move", "calm", "help"]


def test_a_day_without_texts_is_empty(practice: Practice) -> None:
    assert explain_day(practice.sessions, 1, date(2020, 1, 1)) == []


def test_what_is_not_there_is_said_in_one_line(practice: Practice) -> None:
    with pytest.raises(NothingToExplainError, match="there is no message 99; `coach export messages` lists them"):
        explain_message(practice.sessions, 99)
    with pytest.raises(NothingToExplainError, match="there is no patient 99"):
        explain_day(practice.sessions, 99, MONDAY)


def test_a_text_that_did_not_reach_the_phone_says_what_the_provider_said(practice: Practice) -> None:
    practice.at(TEN)
    attempt = practice.rows(Attempt)[0]
    news = Receipt(attempt.provider_id or "", "undelivered", error_code="30003")
    confirm(practice.sessions, practice.gateway.sender, attempt.token, news, now=TEN + timedelta(minutes=1))
    found = explain_message(practice.sessions, attempt.message_id)

    assert found.state == "sent, but it did not reach the phone"
    assert found.reason == "the provider says undelivered (30003)"
