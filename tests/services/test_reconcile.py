from datetime import UTC, datetime, timedelta

import pytest

from coach.gateway.base import Outbound, Outcome
from coach.gateway.base import Receipt as News
from coach.services.confirm import confirm
from coach.services.reconcile import reconcile
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Message
from tests.people import Practice, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York


def gone(_: Outbound) -> Outcome:
    raise ConnectionAbortedError("the process is gone in the middle of its call")


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    """A text whose call has no end."""
    found = Practice(sessions)
    found.enrolls_ana(nudge("move"))
    found.gateway.answer = gone
    found.at(TEN)
    return found


def state(practice: Practice) -> str:
    return practice.rows(Message)[0].state.value


@pytest.mark.parametrize(
    ("after", "expected"),
    [((4,), "sending"), ((6,), "unknown"), ((6, 14), "unknown"), ((6, 16), "missed"), ((60, 61), "missed")],
)
def test_a_call_without_an_end_becomes_unknown_and_then_missed(
    practice: Practice, after: tuple[int, ...], expected: str
) -> None:
    for minutes in after:
        reconcile(practice.sessions, now=TEN + timedelta(minutes=minutes))

    assert state(practice) == expected


def test_what_may_have_left_is_never_sent_again(practice: Practice) -> None:
    for minutes in range(1, 200, 7):
        practice.at(TEN + timedelta(minutes=minutes))

    assert len(practice.gateway.calls) == 1


def test_news_ends_the_doubt(practice: Practice) -> None:
    reconcile(practice.sessions, now=TEN + timedelta(minutes=6))
    confirm(practice.sessions, practice.rows(Attempt)[0].token, News("SM1", "sent"), now=TEN + timedelta(minutes=7))

    assert reconcile(practice.sessions, now=TEN + timedelta(hours=1)) == 0
    assert state(practice) == "sent"
