from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from coach.gateway.base import SentList
from coach.services.reconcile import reconcile
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, MessageEvent, Question
from tests.people import MONDAY_6AM, Practice
from tests.services.doubtful import (
    NOT_WHOLE,
    TEN,
    Answer,
    after,
    checked_in,
    first,
    gone,
    listed,
    lost,
    nudged,
)


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


@pytest.mark.parametrize(
    ("rounds", "expected"),
    [((4,), "sending"), ((6,), "unknown"), ((6, 14), "unknown"), ((6, 16), "missed"), ((60, 61), "missed")],
)
def test_a_nudge_whose_process_is_gone_comes_into_doubt_and_is_then_missed(
    practice: Practice, rounds: tuple[int, ...], expected: str
) -> None:
    nudged(practice, gone)
    states = [after(practice, minutes=minutes) for minutes in rounds]

    assert states[-1] == expected


def test_a_nudge_that_may_have_left_is_never_sent_again(practice: Practice) -> None:
    nudged(practice, lost)
    for minutes in range(1, 200, 7):
        practice.at(TEN + timedelta(minutes=minutes))

    assert len(practice.gateway.calls) == 1
    assert first(practice).state == "missed"
    assert first(practice).reason == "the provider's list does not have it"


def test_a_question_leaves_again_once_a_whole_list_read_late_enough_does_not_have_it(practice: Practice) -> None:
    checked_in(practice, lost)
    too_early = [after(practice, minutes=minutes) for minutes in (1, 5, 14)]
    called_early = len(practice.gateway.calls)
    states = [after(practice, minutes=minutes) for minutes in (16, 17)]
    attempts, questions = practice.rows(Attempt), practice.rows(Question)

    assert too_early == ["unknown"] * 3
    assert called_early == 1
    assert states == ["planned", "unknown"]  # and the second call is lost as well
    assert len(practice.gateway.calls) == 2
    assert attempts[0].absent_at == TEN + timedelta(minutes=16)
    assert [question.state for question in questions] == ["cancelled", "open"]


@pytest.mark.parametrize("send", [nudged, checked_in])
def test_a_list_that_was_not_read_whole_says_nothing(
    practice: Practice, send: Callable[[Practice, Answer], None]
) -> None:
    practice.gateway.sent = NOT_WHOLE
    send(practice, lost)
    states = [after(practice, minutes=minutes) for minutes in (1, 16, 30, 61, 121, 600)]

    assert states == ["unknown"] * 6
    assert len(practice.gateway.calls) == 1


def test_what_could_not_be_looked_up_in_a_day_is_missed_and_not_sent_again(practice: Practice) -> None:
    practice.gateway.sent = NOT_WHOLE
    checked_in(practice, lost)
    states = [after(practice, hours=hours) for hours in (*range(1, 24), 24.1)]

    assert set(states[:-1]) == {"unknown"}
    assert states[-1] == "missed"
    assert first(practice).reason == "the provider's list says nothing for sure"


@pytest.mark.parametrize("send", [nudged, checked_in])
@pytest.mark.parametrize(("status", "state"), [("queued", "accepted"), ("sent", "sent"), ("delivered", "delivered")])
def test_what_the_list_has_did_leave(
    practice: Practice, send: Callable[[Practice, Answer], None], status: str, state: str
) -> None:
    send(practice, lost)
    practice.gateway.sent = listed(practice.gateway.texts[0], status=status)

    assert after(practice, minutes=2) == state
    assert practice.rows(Attempt)[0].provider_id == f"SM{9:032x}"
    assert practice.rows(Question)[0].state == "open"


def test_a_text_that_another_attempt_owns_is_not_ours(practice: Practice) -> None:
    nudged(practice, lost)
    with practice.sessions.write() as session:
        session.add(Attempt(message_id=2, token="another", phone="x", begun_at=MONDAY_6AM, provider_id=f"SM{9:032x}"))
    practice.gateway.sent = listed(practice.gateway.texts[0])
    after(practice, minutes=1)

    assert after(practice, minutes=16) == "missed"


def test_a_list_with_a_text_that_nobody_owns_says_nothing_for_its_words_may_have_been_redacted(
    practice: Practice,
) -> None:
    practice.gateway.sent = listed("")
    checked_in(practice, lost)
    states = [after(practice, minutes=minutes) for minutes in (1, 16, 31, 91)]

    assert states == ["unknown"] * 4
    assert len(practice.gateway.calls) == 1


def test_a_list_is_as_old_as_its_question_however_long_the_answer_takes(practice: Practice) -> None:
    checked_in(practice, lost)
    practice.clock.to(TEN + timedelta(minutes=2))

    def after_a_sleep(phone: str, since: datetime) -> SentList:
        practice.clock.forward(minutes=40)
        return SentList((), whole=bool(phone and since))

    practice.gateway.sent_to = after_a_sleep  # type: ignore[method-assign]  # the one thing that differs
    reconcile(practice.sessions, practice.gateway, now=practice.clock)

    assert first(practice).state == "unknown"


def test_doubt_that_an_older_version_left_without_a_look_up_is_looked_up(practice: Practice) -> None:
    nudged(practice, lost)
    with practice.sessions.write() as session:
        session.execute(update(Attempt).values(look_at=None))

    assert after(practice, minutes=20) == "missed"


def test_a_question_is_not_sent_again_past_its_send_by(practice: Practice) -> None:
    practice.gateway.sent = NOT_WHOLE
    checked_in(practice, lost)
    for hours in range(1, 20):
        practice.at(TEN + timedelta(hours=hours))
    practice.gateway.sent = SentList((), whole=True)

    assert after(practice, hours=20.1) == "missed"
    assert len(practice.gateway.calls) == 1


def test_a_question_that_was_answered_all_the_same_is_not_sent_again(practice: Practice) -> None:
    checked_in(practice, lost)
    practice.hears("6", at=TEN + timedelta(minutes=3))
    after(practice, minutes=1)

    assert after(practice, minutes=16) == "missed"
    assert len(practice.gateway.calls) == 1
    assert practice.rows(Question)[0].state == "answered"


def test_every_move_is_written_down_with_its_reason(practice: Practice) -> None:
    checked_in(practice, lost)
    for minutes in (1, 16):
        after(practice, minutes=minutes)
    moves = [(event.after.value, event.why) for event in practice.rows(MessageEvent) if event.message_id == 1]

    assert [state for state, _ in moves] == ["planned", "sending", "unknown", "planned"]
    assert moves[-1][1] == "it did not leave: the provider's list does not have it"
