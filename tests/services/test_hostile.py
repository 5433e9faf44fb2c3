"""Odd and hostile texts: nothing raises, each is kept, and a machine that answers a machine is stopped."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coach.domain.safety_answers import SafetyAnswers
from coach.gateway.base import InboundSms
from coach.services.answer_danger import Answering
from coach.services.read import read_reply, read_unread
from coach.services.receive import receive
from coach.storage.database import Sessions
from coach.storage.tables import Case, CaseEntry, Message, Reply
from tests.people import ANA, CLINIC, CY, MONDAY_6AM, Practice, asks, nudge, reader_of

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
TEN = MONDAY_6AM + 4 * HOUR
LONGEST = 1600  # characters; what the provider puts together at most
ODD = {
    "nothing": "",
    "blanks": " \t\n ",
    "one letter for ever": "a" * LONGEST,
    "a wish that never ends": ("i want to " * LONGEST)[:LONGEST],
    "gaps for ever": ("took pills and then took more pills and " * LONGEST)[:LONGEST],
    "numbers for ever": ("10 " * LONGEST)[:LONGEST],
    "emoji": "😭" * 400,
    "a family": "👩‍👩‍👧‍👦🏽" * 50,
    "flags": "🇺🇸" * 200,
    "control characters": "".join(map(chr, range(32))) * 3 + "\x7f\x85\u2028",
    "right to left": "\u202eأريد أن أموت\u202c \u200fשלום\u200f",
    "marks upon marks": "i w" + "\u0301" * 700 + "ant",
    "no character": "\ud83d half of one \udc00",
    "look-alikes": "ｗａｎｔ ｔｏ ｄｉｅ 𝔴𝔞𝔫𝔱",
    "a template": "{{ 7 * 7 }} {% raise %} ${x} %s {0}",
    "a formula": "=HYPERLINK('http://x')",
    "SQL": "'); DROP TABLE reply; --",
    "quotes": "\"'`“”‘’«»" * 50,
}


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


@pytest.mark.parametrize("body", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("phone", [ANA, CY])
def test_no_text_keeps_coach_from_reading_it(practice: Practice, body: str, phone: str) -> None:
    practice.enrolls_ana(nudge("move", answer=asks("scale_0_10")))
    practice.at(TEN)
    reply_id = practice.hears(body, at=TEN + MINUTE, phone=phone)
    reply = practice.reply(reply_id)

    assert (reply.state, reply.faults) == ("read", 0)
    assert all(case.category != "system" for case in practice.rows(Case))


def test_a_picture_without_words_is_kept_for_a_person(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    sms = InboundSms("SM" + "1" * 32, ANA, "+12025550100", "", media=2)
    reply_id = receive(practice.sessions, sms, now=TEN)
    assert reply_id is not None

    assert practice.reads(reply_id, at=TEN)
    assert (practice.reply(reply_id).is_note, practice.reply(reply_id).media) == (True, 2)


def test_a_sender_that_is_no_number_is_answered_by_nobody_and_keeps_nothing_up(practice: Practice) -> None:
    practice.hears("I want to die", at=TEN, phone="88022")  # a short code
    practice.hears("I want to die", at=TEN, phone="BANK")

    assert {case.phone for case in practice.rows(Case)} == {"88022", "BANK"}
    assert len(practice.at(TEN)) == 2  # the provider says what it makes of them


@pytest.mark.parametrize("phone", [ANA, CY])
def test_a_hundred_texts_in_a_row_get_three_answers_and_one_case(practice: Practice, phone: str) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    for place in range(100):
        sms = InboundSms(f"SM{place:032x}", phone, "+12025550100", "what is this? help me with these texts")
        assert receive(practice.sessions, sms, now=TEN + place * SECOND / 10) is not None
    while read_unread(practice.sessions, reader_of(practice.editions), now=TEN + 30 * SECOND):
        pass
    planned = [message for message in practice.rows(Message) if message.purpose == "keyword"]

    assert {reply.state.value for reply in practice.rows(Reply)} == {"read"}
    assert len(planned) == (3 if phone == ANA else 0)
    assert [case.category for case in practice.rows(Case)] == (["system"] if phone == ANA else [])
    assert len(practice.rows(CaseEntry)) == len(practice.rows(Case))


def test_danger_among_a_flood_is_answered_once_and_every_text_of_it_is_in_the_case(practice: Practice) -> None:
    for place in range(50):
        practice.hears("i want to die", at=TEN + place * SECOND, phone=CY)

    assert len(practice.at(TEN + MINUTE)) == 1
    assert len(practice.rows(CaseEntry)) == 50


def test_where_the_answer_itself_raises_the_text_stays_a_person_is_paged_and_it_is_read_again(
    practice: Practice,
) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    reply_id = practice.stores("I want to die", at=TEN)
    whole = reader_of(practice.editions)
    torn = replace(whole, answering=Answering(SafetyAnswers({}, {}, {}, {}), CLINIC))

    assert not read_reply(practice.sessions, torn, reply_id, now=TEN)
    assert [(case.category, case.tier, case.paging_since) for case in practice.rows(Case)] == [("system", "now", TEN)]

    assert read_unread(practice.sessions, whole, now=TEN + MINUTE) == 1
    assert len(practice.at(TEN + MINUTE)) == 1
    assert {case.category.value for case in practice.rows(Case)} == {"system", "crisis_suicide"}
