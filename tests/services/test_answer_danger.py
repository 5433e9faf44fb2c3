"""What is answered to words of danger: to whom, when, how often, and what follows where it does not arrive."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from coach.domain.case import CaseState
from coach.domain.clinic import Clinic
from coach.domain.consent import Consent
from coach.gateway.base import Outcome, Receipt, Rejected, RejectionKind, Unknown, Unsent
from coach.services.confirm import confirm
from coach.services.read import read_reply
from coach.storage import claims
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Case, CaseEntry, Message, Reply, Spell
from tests.people import ANA, CLINIC, CY, MONDAY_6AM, Practice, accept, ana, nudge, reader_of

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TEN = MONDAY_6AM + 4 * HOUR
THREE_AM = MONDAY_6AM + 21 * HOUR
BO = "+12025550101"
LONDON, MADRID = "+442079460123", "+34911234567"


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def answers(practice: Practice) -> list[Message]:
    return [message for message in practice.rows(Message) if message.purpose == "safety"]


def starts(texts: Iterable[str]) -> list[str]:
    return [text.split(".")[0] for text in texts]


@pytest.mark.parametrize("at", [TEN, THREE_AM])
def test_words_of_danger_are_answered_at_any_hour(practice: Practice, at: datetime) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.hears("i dont want to live anymore", at=at)

    assert starts(practice.at(at)) == ["It sounds like you are carrying a lot of pain, and may not be safe"]
    assert "call or text 988" in practice.gateway.texts[-1]


@pytest.mark.parametrize("standing", ["unconfirmed", "stopped", "paused"])
def test_whatever_their_consent_they_are_answered_and_nothing_else_leaves(practice: Practice, standing: str) -> None:
    practice.enrolls_ana(nudge("move"), nudge("calm", slot="evening"))
    if standing == "stopped":
        practice.hears("STOP", at=TEN - 2 * HOUR)
        practice.at(TEN - 2 * HOUR)
    practice.hears("I want to die", at=TEN)

    assert starts(practice.at(TEN)) == ["It sounds like you are carrying a lot of pain, and may not be safe"]
    assert practice.at(TEN + 9 * HOUR) == []
    assert practice.consent() is (Consent.STOPPED if standing == "stopped" else Consent.CONFIRMED)


def test_who_is_in_no_program_and_where_none_is_published_is_answered(practice: Practice) -> None:
    ana(practice.sessions, confirmed=False)
    practice.hears("I want to die", at=TEN)

    assert len(practice.at(TEN)) == 1


@pytest.mark.parametrize(
    ("phone", "text", "number"),
    [
        (CY, "I want to die", "988, free"),
        (LONDON, "I want to die", "Samaritans on 116 123"),
        (CY, "ya no quiero vivir", "llama al 988 y marca 2"),
        (MADRID, "me quiero morir", "findahelpline.com"),
    ],
)
def test_a_stranger_is_answered_with_the_numbers_of_their_number_in_their_language(
    practice: Practice, phone: str, text: str, number: str
) -> None:
    practice.hears(text, at=THREE_AM, phone=phone)
    practice.at(THREE_AM)

    assert [(call.to, number in call.text) for call in practice.gateway.calls] == [(phone, True)]
    assert [(case.phone, case.tier, case.patient_id) for case in practice.rows(Case)] == [(phone, "now", None)]


STAFFED = {"days": ["mon"], "start": "09:00", "end": "17:00", "zone": "America/New_York"}


@pytest.mark.parametrize(
    ("coverage", "at", "told"),
    [
        ("hours", TEN, True),
        ("hours", TEN + 7 * HOUR, False),  # 17:00 in New York
        ("hours", THREE_AM, False),
        ("always", THREE_AM, True),
        ("none", TEN, False),
    ],
)
def test_only_while_somebody_is_there_is_it_said_that_the_care_team_was_told(
    practice: Practice, coverage: str, at: datetime, told: bool
) -> None:
    rota = [{"name": "Bo", "phone": BO}]
    clinic = Clinic.model_validate({**CLINIC.model_dump(), "coverage": coverage, "hours": STAFFED, "rota": rota})
    reply_id = practice.stores("I want to die", at=at, phone=CY)
    read_reply(practice.sessions, reader_of(practice.editions, clinic=clinic), reply_id, now=at)
    text = answers(practice)[0].text or ""

    assert ("Your care team has been told" in text, "nobody may read it soon" in text) == (told, not told)


def test_the_same_danger_is_answered_once_an_hour_and_each_text_is_in_the_case(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    for minutes in (0, 5, 59, 61):
        practice.hears("I want to die", at=TEN + minutes * MINUTE)
        practice.at(TEN + minutes * MINUTE)

    assert [message.created_at for message in answers(practice)] == [TEN, TEN + 61 * MINUTE]
    assert len(practice.rows(Case)) == 1
    assert len(practice.rows(CaseEntry)) == 4


def test_another_danger_is_answered_beside_the_first(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.hears("I want to die", at=TEN)
    practice.hears("I took too many pills", at=TEN + MINUTE)
    practice.at(TEN + MINUTE)

    assert [message.name for message in answers(practice)] == ["crisis_suicide", "crisis_overdose"]
    assert len(practice.gateway.calls) == 2


def test_a_text_that_is_read_twice_is_answered_once(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    reply_id = practice.hears("I want to die", at=TEN)
    again = read_reply(practice.sessions, reader_of(practice.editions), reply_id, now=TEN + 2 * HOUR)

    assert not again
    assert len(answers(practice)) == 1


def test_crisis_and_stop_in_one_text_are_both_honoured(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.hears("STOP. I want to die", at=TEN)

    assert sorted(text.split(".")[0] for text in practice.at(TEN)) == [
        "It sounds like you are carrying a lot of pain, and may not be safe",
        "en stop",
    ]
    assert practice.consent() is Consent.STOPPED
    assert practice.at(TEN + 9 * HOUR) == []
    assert [spell.kind for spell in practice.rows(Spell)] == ["hold"]


def refuse(kind: RejectionKind) -> Outcome:
    return Rejected("21610", kind, "refused")


@pytest.mark.parametrize("kind", [RejectionKind.OPTED_OUT, RejectionKind.BAD_NUMBER, RejectionKind.BAD_MESSAGE])
@pytest.mark.parametrize("phone", [ANA, CY])
def test_an_answer_that_is_refused_is_said_in_the_case(practice: Practice, kind: RejectionKind, phone: str) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.hears("I want to die", at=TEN, phone=phone)
    acknowledge_all(practice, TEN + MINUTE)
    practice.gateway.answer = lambda _: refuse(kind)
    practice.at(TEN + 2 * MINUTE)
    case = next(case for case in practice.rows(Case) if case.category == "crisis_suicide")

    assert answers(practice)[0].state == "failed"
    assert any("did not arrive" in entry.what for entry in practice.rows(CaseEntry))
    assert (case.state, case.paging_since) == ("open", TEN + 2 * MINUTE)  # somebody is paged again


def test_an_answer_that_does_not_reach_the_phone_is_said_in_the_case(practice: Practice) -> None:
    practice.hears("I want to die", at=TEN, phone=CY)
    practice.at(TEN)
    acknowledge_all(practice, TEN + MINUTE)
    attempt = practice.rows(Attempt)[0]
    news = Receipt(attempt.provider_id or "", "undelivered", "30003", None)
    confirm(practice.sessions, practice.gateway.sender, attempt.token, news, now=TEN + 2 * MINUTE)

    assert any("a receipt said 30003. Please call them" in entry.what for entry in practice.rows(CaseEntry))
    assert practice.rows(Case)[0].paging_since == TEN + 2 * MINUTE


def test_an_answer_in_doubt_leaves_again_rather_twice_than_never(practice: Practice) -> None:
    practice.hears("I want to die", at=TEN, phone=CY)
    practice.gateway.answer = lambda _: Unknown("no answer in time")
    practice.at(TEN)
    practice.gateway.answer = accept
    practice.at(TEN + MINUTE)

    assert len(practice.gateway.calls) == 2
    assert answers(practice)[0].state == "accepted"


def test_the_case_says_that_an_answer_has_not_left_and_when_it_has(practice: Practice) -> None:
    practice.hears("I want to die", at=TEN, phone=CY)
    acknowledge_all(practice, TEN)
    practice.gateway.answer = lambda _: Unsent("no connection")
    practice.at(TEN)
    practice.at(TEN + MINUTE)
    late = [entry.what for entry in practice.rows(CaseEntry)]
    practice.gateway.answer = accept
    practice.at(TEN + 10 * MINUTE)

    assert (
        sum("has not left yet (it did not leave: no connection)" in what for what in late) == 1
    )  # said once, and somebody is paged
    assert practice.rows(Case)[0].paging_since == TEN
    assert practice.rows(CaseEntry)[-1].what == "our answer has left now"


def test_an_answer_does_not_wait_for_the_nudge_that_a_process_had_in_hand_when_it_was_killed(
    practice: Practice,
) -> None:
    practice.enrolls_ana(nudge("move"))
    with practice.sessions.write() as session:
        held = claims.claim(session, now=TEN, token="killed", lease=3 * MINUTE, limit=1)
    practice.hears("I want to die", at=TEN)

    assert len(held) == 1
    assert [text[:9] for text in practice.at(TEN + MINUTE / 60)] == ["It sounds"]


def test_an_answer_that_cannot_leave_for_half_a_day_is_said_in_the_case(practice: Practice) -> None:
    practice.hears("I want to die", at=TEN, phone=CY)
    practice.gateway.answer = lambda _: Unsent("no connection")
    practice.at(TEN)
    practice.at(TEN + 13 * HOUR)

    assert answers(practice)[0].state == "expired"
    assert any("could not leave in time" in entry.what for entry in practice.rows(CaseEntry))


def test_danger_in_words_that_came_apart_is_answered(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.hears("I want to", at=TEN)
    practice.hears("die", at=TEN + MINUTE)

    assert len(practice.at(TEN + MINUTE)) == 1
    assert practice.rows(Reply)[1].reading is not None


def acknowledge_all(practice: Practice, now: datetime) -> None:
    with practice.sessions.write() as session:
        for case in practice.rows(Case):
            case.state, case.paging_since, case.acknowledged_at = CaseState.ACKNOWLEDGED, None, now
            session.merge(case)
