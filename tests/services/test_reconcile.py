from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from coach.domain.consent import Consent
from coach.domain.delivery import PRIORITY, Purpose
from coach.gateway.base import Outbound, Outcome, RejectionKind, SentList, Texted, Unknown
from coach.gateway.base import Receipt as News
from coach.services.confirm import confirm
from coach.services.reconcile import reconcile
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Message, MessageEvent, Question
from tests.people import MONDAY_6AM, Practice, accept, asks, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
CHECK_IN = {
    "name": "weekly",
    "weeks": [1, 2, 3, 4],
    "days": ["mon"],
    "slot": "morning",
    "items": [{"name": "pain", "variants": ["a", "b"], "answer": asks("scale_0_10")}],
}
NOT_WHOLE = SentList((), whole=False, words="HTTP 503")
Answer = Callable[[Outbound], Outcome]


def gone(_: Outbound) -> Outcome:
    raise ConnectionAbortedError("the process is gone in the middle of its call")


def lost(_: Outbound) -> Outcome:
    return Unknown("the answer was lost")


def listed(text: str, *, sid: int = 9, status: str = "sent", at: datetime = TEN) -> SentList:
    return SentList((Texted(f"SM{sid:032x}", text, status, at),), whole=True)


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def nudged(practice: Practice, answer: Answer) -> None:
    """Ana's nudge has been called for at ten, with this answer."""
    practice.enrolls_ana(nudge("move", answer=asks("done", reminder=None)))
    practice.gateway.answer = answer
    practice.at(TEN)


def checked_in(practice: Practice, answer: Answer) -> None:
    """Ana's check-in has been called for at ten, with this answer."""
    practice.enrolls_ana(nudge("calm", slot="evening", weeks=[2]), check_ins=[CHECK_IN])
    practice.gateway.answer = answer
    practice.at(TEN)


def told_of_danger(practice: Practice, answer: Answer) -> None:
    """A text of safety to Ana has been called for at ten, with this answer."""
    patient_id = practice.enrolls_ana(nudge("calm", slot="evening"))
    with practice.sessions.write() as session:
        session.add(
            Message(
                patient_id=patient_id,
                purpose=Purpose.SAFETY,
                priority=PRIORITY[Purpose.SAFETY],
                name="help",
                due_at=TEN,
                next_at=TEN,
                send_by=TEN + timedelta(hours=1),
                created_at=TEN,
            )
        )
    practice.gateway.answer = answer
    practice.at(TEN)


def after(practice: Practice, **span: float) -> str:
    """The state of the text that was called for first, after a round so long after ten."""
    practice.at(TEN + timedelta(**span))
    return first(practice).state.value


def first(practice: Practice) -> Message:
    attempt = practice.rows(Attempt)[0]
    return next(message for message in practice.rows(Message) if message.id == attempt.message_id)


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
    assert first(practice).reason == "the provider's list could not be read whole"


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


def test_a_text_that_another_attempt_owns_or_with_other_words_is_not_ours(practice: Practice) -> None:
    nudged(practice, lost)
    text = practice.gateway.texts[0]
    with practice.sessions.write() as session:
        session.add(Attempt(message_id=2, token="another", phone="x", begun_at=MONDAY_6AM, provider_id=f"SM{9:032x}"))
    practice.gateway.sent = SentList((*listed(text).texts, *listed("other words", sid=8).texts), whole=True)
    after(practice, minutes=1)

    assert after(practice, minutes=16) == "missed"


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


def test_every_move_is_written_down_with_its_reason(practice: Practice) -> None:
    checked_in(practice, lost)
    for minutes in (1, 16):
        after(practice, minutes=minutes)
    moves = [(event.after.value, event.why) for event in practice.rows(MessageEvent) if event.message_id == 1]

    assert [state for state, _ in moves] == ["planned", "sending", "unknown", "planned"]
    assert moves[-1][1] == "it did not leave: the provider's list does not have it"


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
