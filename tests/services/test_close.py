from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from coach.services.close import close_overdue
from coach.storage.database import Sessions
from coach.storage.tables import Message, Question
from tests.people import Practice, asks, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    found = Practice(sessions)
    limits = {"per_day": 9, "per_week": 30, "minutes_between": 0, "segments": {"en": 1, "es": 2}}
    answer = asks("done", within=60, reminder=30)
    found.enrolls_ana(nudge("move", answer=answer), nudge("calm", answer=answer), limits=limits)
    found.at(TEN)
    found.at(TEN)
    return found


def test_a_question_is_closed_when_its_time_to_answer_is_over_and_its_reminder_is_let_go(practice: Practice) -> None:
    assert close_overdue(practice.sessions, now=TEN + timedelta(minutes=59)) == 0
    assert close_overdue(practice.sessions, now=TEN + timedelta(minutes=60)) == 2
    assert close_overdue(practice.sessions, now=TEN + timedelta(minutes=61)) == 0
    assert {one.state for one in practice.rows(Question)} == {"closed"}
    assert {(one.state, one.reason) for one in practice.rows(Message) if one.purpose == "reminder"} == {
        ("cancelled", "the time to answer is over")
    }


def test_one_questions_trouble_does_not_keep_the_others_open(practice: Practice) -> None:
    raising = Raising(practice.sessions)

    assert close_overdue(raising, now=TEN + timedelta(hours=2)) == 1
    assert [one.state for one in practice.rows(Question)] == ["open", "closed"]


class Raising(Sessions):
    """Raises in the first transaction that writes."""

    def __init__(self, sessions: Sessions) -> None:
        super().__init__(sessions.engine)
        self.raised = False

    @contextmanager
    def write(self) -> Iterator[Session]:
        with super().write() as session:
            yield session
            if not self.raised:
                self.raised = True
                raise ValueError("a fault in one row")
