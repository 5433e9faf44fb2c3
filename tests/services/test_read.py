from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from coach.domain.consent import Consent
from coach.services.editions import Edition, Editions
from coach.services.read import read_reply, read_unread
from coach.storage.database import Sessions
from coach.storage.tables import Answer, Case, CaseEntry, Message, Spell
from tests.people import ANA, CY, Practice, ana, asks, broken_rules, nudge, reader_of

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
THREE_AT_NIGHT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def states(practice: Practice, *names: str) -> set[str]:
    return {message.state for message in practice.rows(Message) if message.name in names}


@pytest.mark.parametrize("word", ["HELP", "ayuda", "what is this?"])
def test_help_is_answered_and_changes_nothing(practice: Practice, word: str) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))

    practice.hears(word, at=TEN)

    assert practice.at(TEN) == ["en help"]
    assert practice.consent() is Consent.CONFIRMED


@pytest.mark.parametrize(
    ("text", "read_after", "rounds"),
    [
        ("at once", 0, {0: ["en help"]}),
        ("the last minute", 15, {15: ["en help"]}),
        ("too late for the night", 16, {16: [], 361: []}),
    ],
)
def test_help_at_three_at_night_is_answered_within_a_quarter_of_an_hour(
    practice: Practice, text: str, read_after: int, rounds: dict[int, list[str]]
) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    reply_id = practice.stores("HELP", at=THREE_AT_NIGHT)
    practice.reads(reply_id, at=THREE_AT_NIGHT + read_after * MINUTE)

    for minutes, texts in rounds.items():
        assert practice.at(THREE_AT_NIGHT + minutes * MINUTE) == texts, text


def test_help_before_the_morning_read_late_waits_for_the_hours(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    half_past_eight = THREE_AT_NIGHT + timedelta(hours=5, minutes=30)
    reply_id = practice.stores("HELP", at=half_past_eight)
    practice.reads(reply_id, at=half_past_eight + 20 * MINUTE)

    assert practice.at(half_past_eight + 20 * MINUTE) == []
    assert practice.at(half_past_eight + 30 * MINUTE) == ["en help"]


def test_help_read_hours_late_is_not_answered_as_if_it_were_new(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    reply_id = practice.stores("HELP", at=TEN)
    practice.reads(reply_id, at=TEN + timedelta(hours=3))

    assert practice.at(TEN + timedelta(hours=3)) == []
    assert states(practice, "help") == {"expired"}


def test_no_more_than_three_answers_leave_in_ten_minutes(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))

    for minute in range(9):
        practice.hears("HELP", at=TEN + minute * MINUTE)
    three = practice.at(TEN + 9 * MINUTE)
    practice.hears("HELP", at=TEN + 12 * MINUTE)

    case = practice.rows(Case)[0]

    assert three == ["en help"] * 3
    assert (case.category, case.phone, len(practice.rows(CaseEntry))) == ("system", ANA, 1)
    assert practice.at(TEN + 12 * MINUTE) == ["en help"]


def test_a_text_that_says_nothing_asked_is_a_note_for_the_team(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    reply_id = practice.hears("the new chair is lovely", at=TEN)

    assert practice.reply(reply_id).is_note
    assert practice.at(TEN) == []


def test_an_unknown_numbers_text_is_kept_as_a_note(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    reply_id = practice.hears("hello?", at=TEN, phone=CY)
    reply = practice.reply(reply_id)

    assert (reply.patient_id, reply.body, reply.is_note, reply.state) == (None, "hello?", True, "read")


def test_words_of_danger_open_one_case_hold_the_nudges_and_append_what_follows(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))

    practice.hears("I want to die", at=TEN - timedelta(hours=1))
    practice.hears("I really want to kill myself", at=TEN - timedelta(minutes=50))

    assert [text[:20] for text in practice.at(TEN)] == ["It sounds like you a"]
    assert [(case.category, case.state) for case in practice.rows(Case)] == [("crisis_suicide", "open")]
    assert len(practice.rows(CaseEntry)) == 2
    assert [spell.kind for spell in practice.rows(Spell)] == ["hold"]
    assert next(one.reason for one in practice.rows(Message) if one.name == "move") == "held"


def test_words_of_danger_of_an_unknown_number_open_a_case_too(practice: Practice) -> None:
    practice.hears("I want to die", at=TEN, phone=CY)
    case = practice.rows(Case)[0]

    assert (case.patient_id, case.phone, case.category) == (None, CY, "crisis_suicide")


def test_danger_and_stop_in_one_text_are_both_heeded(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))
    practice.hears("STOP. I want to die", at=TEN)

    assert practice.consent() is Consent.STOPPED
    assert len(practice.rows(Case)) == 1


def test_a_text_that_cannot_be_read_stays_unread_opens_one_case_and_is_read_again(
    practice: Practice,
) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    reply_id = practice.stores("HELP", at=TEN)

    assert not practice.reads(reply_id, at=TEN, by=broken_rules())
    assert not practice.reads(reply_id, at=TEN + MINUTE, by=broken_rules())
    assert (practice.reply(reply_id).state, practice.reply(reply_id).faults) == ("unread", 2)
    assert [case.category for case in practice.rows(Case)] == ["system"]

    assert read_unread(practice.sessions, reader_of(practice.editions), now=TEN + 2 * MINUTE) == 1
    assert practice.reply(reply_id).state == "read"
    assert practice.at(TEN + 2 * MINUTE) == ["en help"]


def test_words_of_danger_are_heeded_once_though_the_rest_has_to_be_read_again(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    reply_id = practice.stores("STOP. I want to die", at=TEN)

    assert not practice.reads(reply_id, at=TEN, by=broken_rules(after=1))
    assert [case.category for case in practice.rows(Case)] == ["crisis_suicide"]
    assert practice.reads(reply_id, at=TEN + MINUTE)

    assert len(practice.rows(CaseEntry)) == 1
    assert practice.consent() is Consent.STOPPED


def test_a_text_that_cannot_be_read_does_not_keep_others_unread(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    for text in ("HELP", "STOP"):
        practice.stores(text, at=TEN)

    assert read_unread(practice.sessions, reader_of(practice.editions, broken_rules()), now=TEN) == 0
    assert [practice.reply(number).faults for number in (1, 2)] == [1, 1]


def test_a_reply_is_read_once(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    reply_id = practice.hears("HELP", at=TEN)

    assert not practice.reads(reply_id, at=TEN)
    assert practice.at(TEN) == ["en help"]


def test_without_a_published_program_an_answer_is_withheld_and_delivery_goes_on(practice: Practice) -> None:
    ana(practice.sessions)
    practice.hears("HELP", at=TEN)

    assert practice.at(TEN) == []
    assert [(one.state, one.reason) for one in practice.rows(Message)] == [("withheld", "text_fault")]


def test_after_a_stop_a_call_for_help_is_for_a_person_and_gets_no_text(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.hears("STOP", at=TEN)
    practice.at(TEN)

    reply_id = practice.hears("HELP", at=TEN + MINUTE)

    assert practice.at(TEN + MINUTE) == []
    assert practice.reply(reply_id).is_note


@pytest.mark.parametrize("text", ["PAUSE 3", "FLARE", "NO WEEKENDS"])
def test_a_command_of_somebody_in_no_program_is_a_note_for_the_team(practice: Practice, text: str) -> None:
    ana(practice.sessions)

    reply_id = practice.hears(text, at=TEN)

    assert practice.reply(reply_id).is_note


class Torn(Editions):
    """Published programs that cannot be read."""

    def get(self, session: Session, program_id: int) -> Edition:
        raise ValueError(f"program {program_id} is torn: {session}")


def test_a_text_that_was_only_read_for_safety_goes_to_a_person_after_three_faults(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", answer=asks("done")))
    practice.at(TEN)
    reply_id = practice.stores("no", at=TEN + MINUTE)
    torn = reader_of(Torn())

    cases = []
    for minute in range(1, 4):
        cases.append(len(practice.rows(Case)))
        assert not read_reply(practice.sessions, torn, reply_id, now=TEN + minute * MINUTE)

    assert practice.reply(reply_id).safety_read_at == TEN + MINUTE
    assert (cases, [case.category for case in practice.rows(Case)]) == ([0, 0, 0], ["system"])


def test_an_answer_to_an_earlier_word_waits_for_the_stop_that_is_stored_and_unread(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.hears("HELP", at=TEN)
    stop = practice.stores("STOP", at=TEN)

    assert practice.at(TEN) == []
    assert practice.reads(stop, at=TEN + SECOND)
    assert practice.at(TEN + 20 * SECOND) == ["en stop"]


def test_nothing_leaves_while_a_text_of_theirs_is_stored_and_unread(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))
    reply_id = practice.stores("STOP", at=TEN - timedelta(minutes=31))

    assert practice.at(TEN - timedelta(minutes=30)) == []
    practice.reads(reply_id, at=TEN - timedelta(minutes=29))
    assert practice.at(TEN - timedelta(minutes=29)) == ["en stop"]
    assert practice.at(TEN) == []


def test_words_that_answer_nothing_asked_are_for_a_person_too(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", answer=asks("done")))
    practice.at(TEN)

    reply_id = practice.hears("can a nurse please call me", at=TEN + MINUTE)

    assert practice.reply(reply_id).is_note


def test_where_a_text_may_mean_all_texts_or_less_it_is_asked_and_nothing_changes(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    reply_id = practice.hears("no more please", at=TEN)

    assert practice.at(TEN) == ["en unsure"]
    assert practice.consent() is Consent.CONFIRMED
    assert practice.reply(reply_id).is_note

    practice.hears("STOP", at=TEN + MINUTE)

    assert practice.at(TEN + MINUTE) == ["en stop"]
    assert practice.consent() is Consent.STOPPED


@pytest.mark.parametrize("phone", [ANA, CY])
def test_a_number_that_is_said_to_be_anothers_gets_no_more_and_a_person_checks_it(
    practice: Practice, phone: str
) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.hears("wrong number", at=TEN, phone=phone)
    case = practice.rows(Case)[0]

    assert practice.consent(phone) is Consent.STOPPED
    assert (case.category, case.tier, case.phone) == ("delivery", "today", phone)


@pytest.mark.parametrize(("word", "ours"), [("STOP", []), ("help", []), ("please stop texting me", ["en stop"])])
def test_a_keyword_that_the_provider_answers_gets_no_second_answer(
    practice: Practice, word: str, ours: list[str]
) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    reply_id = practice.stores(word, at=TEN)
    reader = reader_of(practice.editions, provider_answers_keywords=True)

    assert read_reply(practice.sessions, reader, reply_id, now=TEN)
    assert practice.at(TEN) == ours


def test_what_is_asked_back_keeps_the_answer_that_stands_beside_it(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", answer=asks("scale_0_10")))
    practice.at(TEN)
    practice.hears("stop asking me this, its a 7", at=TEN + MINUTE)

    assert practice.at(TEN + MINUTE) == ["en unsure"]
    assert [answer.value for answer in practice.rows(Answer)] == ["7"]
