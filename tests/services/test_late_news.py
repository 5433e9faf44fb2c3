from datetime import timedelta

import pytest

from coach.domain.consent import Consent, Departure
from coach.gateway.base import Receipt as News
from coach.gateway.base import RejectionKind, SentList, Texted
from coach.services.care import withdraw
from coach.services.confirm import confirm
from coach.services.reconcile import reconcile
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Question, Sender
from tests.people import Practice, accept, nudge
from tests.services.doubtful import (
    TEN,
    Answer,
    after,
    checked_in,
    first,
    gone,
    listed,
    lost,
    nudged,
    told_of_danger,
)


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def test_a_status_word_that_nobody_knows_ends_the_doubt(practice: Practice) -> None:
    nudged(practice, lost)
    practice.gateway.sent = listed(practice.gateway.texts[0], status="levitating")

    assert after(practice, minutes=2) == "accepted"


def test_a_status_that_says_the_account_is_blocked_makes_texts_wait(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))
    practice.at(TEN)
    sid = practice.rows(Attempt)[0].provider_id
    assert sid is not None
    practice.gateway.statuses[sid] = News(sid, "failed", "30002", RejectionKind.ACCOUNT)

    assert after(practice, minutes=31) == "failed"
    assert practice.rows(Sender)[0].broken_why == "a text's status said 30002"


def test_a_question_that_seemed_not_to_have_left_can_be_answered_once_it_has_arrived(practice: Practice) -> None:
    practice.gateway.answer = lost
    checked_in(practice, lost)
    after(practice, minutes=1)
    practice.clock.to(TEN + timedelta(minutes=16))
    reconcile(practice.sessions, practice.gateway, now=practice.clock)
    taken_back = first(practice).question_id
    token, at = practice.rows(Attempt)[0].token, TEN + timedelta(minutes=17)
    confirm(practice.sessions, practice.gateway.sender, token, News("SM1", "delivered"), now=at)
    practice.hears("7", at=TEN + timedelta(minutes=18))

    assert taken_back is None
    assert [question.state for question in practice.rows(Question)] == ["answered"]
    assert len(practice.gateway.calls) == 1


def test_a_text_of_safety_is_sent_again_at_once(practice: Practice) -> None:
    answers: list[Answer] = [lost, lost]
    told_of_danger(practice, lambda outbound: answers.pop()(outbound) if answers else accept(outbound))
    states = [after(practice, seconds=seconds) for seconds in (5, 15, 30)]

    assert states[-1] == "accepted"
    assert len(practice.gateway.calls) == 3


def test_a_text_of_safety_whose_process_is_gone_is_sent_again_within_two_minutes(practice: Practice) -> None:
    answers: list[Answer] = [gone]
    told_of_danger(practice, lambda outbound: answers.pop()(outbound) if answers else accept(outbound))

    assert after(practice, seconds=30) == "sending"
    assert after(practice, seconds=61) == "planned"
    assert after(practice, seconds=65) == "accepted"


def test_news_of_the_first_call_spares_the_second(practice: Practice) -> None:
    told_of_danger(practice, lost)
    first_token = practice.rows(Attempt)[0].token
    confirm(practice.sessions, practice.gateway.sender, first_token, News("SM1", "sent"), now=TEN)

    assert after(practice, minutes=5) == "sent"
    assert len(practice.gateway.calls) == 1


def test_news_ends_the_doubt(practice: Practice) -> None:
    nudged(practice, gone)
    after(practice, minutes=6)
    token = practice.rows(Attempt)[0].token
    confirm(practice.sessions, practice.gateway.sender, token, News("SM1", "delivered"), now=TEN + timedelta(minutes=7))
    practice.clock.forward(hours=1)

    assert reconcile(practice.sessions, practice.gateway, now=practice.clock) == 0
    assert first(practice).state == "delivered"


def test_a_text_whose_end_was_never_told_is_asked_for(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))
    practice.at(TEN)
    sid = practice.rows(Attempt)[0].provider_id
    assert sid is not None
    waiting = [after(practice, minutes=minutes) for minutes in (10, 31)]
    practice.gateway.statuses[sid] = News(sid, "delivered")

    assert waiting == ["accepted", "accepted"]
    assert after(practice, hours=2.1) == "delivered"
    assert practice.rows(Attempt)[0].look_at is None


def test_a_text_whose_end_nobody_tells_is_let_be_after_two_days(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", weeks=[1], days=["mon"]))
    practice.at(TEN)
    for hours in (1, 3, 12, 25, 49):
        after(practice, hours=hours)

    assert practice.rows(Attempt)[0].look_at is None


def test_late_truth_after_a_second_call_is_the_best_of_both(practice: Practice) -> None:
    """A list that lagged for more than a quarter of an hour: the first call did leave."""
    checked_in(practice, lost)
    for minutes in (1, 16, 17):
        after(practice, minutes=minutes)
    one, two = practice.rows(Attempt)
    at = TEN + timedelta(minutes=20)
    confirm(practice.sessions, practice.gateway.sender, one.token, News("SM1", "delivered"), now=at)
    confirm(practice.sessions, practice.gateway.sender, two.token, News("SM2", "sent"), now=at)

    assert first(practice).state == "delivered"


def test_bad_news_of_the_first_call_does_not_keep_a_text_of_safety_from_its_second(practice: Practice) -> None:
    told_of_danger(practice, lost)
    token = practice.rows(Attempt)[0].token
    confirm(practice.sessions, practice.gateway.sender, token, News("SM1", "failed", "30008"), now=TEN)
    practice.gateway.answer = accept

    assert after(practice, seconds=30) == "accepted"


def test_a_list_that_says_the_person_has_opted_out_is_a_stop(practice: Practice) -> None:
    nudged(practice, lost)
    text = Texted(f"SM{9:032x}", practice.gateway.texts[0], "failed", TEN, "21610", RejectionKind.OPTED_OUT)
    practice.gateway.sent = SentList((text,), whole=True)

    assert after(practice, minutes=1) == "failed"
    assert practice.consent() is Consent.STOPPED


def test_a_text_of_safety_is_tried_ever_less_often(practice: Practice) -> None:
    told_of_danger(practice, lost)
    for second in range(1, 600, 2):
        practice.at(TEN + timedelta(seconds=second))

    assert 7 <= len(practice.gateway.calls) <= 10  # after 2, 4, 8 ... seconds, and up to half as much again


def test_nobody_who_is_withdrawn_gets_a_second_text_of_safety(practice: Practice) -> None:
    told_of_danger(practice, gone)
    withdraw(practice.sessions, 1, Departure.DECEASED, by="Nurse Bo", now=TEN + timedelta(seconds=10))
    after(practice, seconds=70)

    assert after(practice, seconds=100) == "cancelled"
    assert len(practice.gateway.calls) == 1


@pytest.mark.parametrize(
    ("first_text", "then", "minutes", "goes_again"),
    [("HELP", "STOP", -60, False), ("STOP", "START", 1, False), ("HELP", "hello", 1, True)],  # -60: a clock put back
)
def test_an_answer_in_doubt_leaves_again_only_if_nothing_else_was_said(
    practice: Practice, first_text: str, then: str, minutes: int, goes_again: bool
) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.gateway.answer = lost
    practice.hears(first_text, at=TEN)
    practice.at(TEN)
    practice.gateway.answer = accept
    practice.hears(then, at=TEN + timedelta(minutes=minutes))
    practice.at(TEN + timedelta(minutes=1))
    practice.at(TEN + timedelta(minutes=16))
    practice.at(TEN + timedelta(minutes=17))
    answer = practice.gateway.texts[0]

    assert practice.gateway.texts.count(answer) == 1 + goes_again
