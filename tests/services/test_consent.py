from datetime import UTC, datetime, timedelta

import pytest

from coach.domain.consent import Consent
from coach.gateway.base import Unsent
from coach.services.consent import start, stop
from coach.storage.database import Sessions
from coach.storage.tables import Message, Patient, Question, Reply
from tests.people import CY, MONDAY, MONDAY_6AM, Practice, ana_in, asks, broken_rules, nudge, publication

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
THREE_AT_NIGHT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def test_stop_cancels_all_that_is_planned_reminders_too_and_is_confirmed_once(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", answer=asks("done")), nudge("calm", slot="evening"))
    practice.at(TEN)

    practice.hears("STOP", at=TEN + MINUTE)
    left = [message for message in practice.rows(Message) if message.state == "planned"]

    assert [message.name for message in left] == ["stop"]
    assert [question.state for question in practice.rows(Question)] == ["closed"]
    assert practice.consent() is Consent.STOPPED
    assert practice.at(TEN + MINUTE) == ["en stop"]
    assert practice.at(TEN + timedelta(hours=9)) == []


def test_a_second_stop_is_not_confirmed_again(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))
    practice.hears("STOP", at=TEN)
    practice.at(TEN)

    practice.hears("Stop!!", at=TEN + MINUTE)

    assert practice.at(TEN + MINUTE) == []


def test_a_second_stop_does_not_take_the_first_ones_confirmation_away(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))

    practice.hears("STOP", at=TEN)
    practice.hears("STOP", at=TEN + timedelta(seconds=1))

    assert practice.at(TEN + MINUTE) == ["en stop"]


@pytest.mark.parametrize(
    ("text", "word", "after"),
    [
        ("STOP", "STOP", Consent.STOPPED),
        ("ophou asseblief", "STOP", Consent.STOPPED),  # a keyword of the provider's that we do not know
        ("HELP", "HELP", Consent.CONFIRMED),
        ("START", "START", Consent.CONFIRMED),
    ],
)
def test_what_the_provider_answered_itself_is_heeded_and_not_answered_again(
    practice: Practice, text: str, word: str, after: Consent
) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))

    practice.hears(text, at=TEN, opt_out_type=word)

    assert practice.at(TEN) == []
    assert practice.consent() is after


def test_start_after_stop_resumes_today_with_nothing_from_the_past(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"), nudge("calm", slot="evening"))
    practice.hears("STOP", at=TEN - timedelta(hours=1))
    practice.at(TEN - timedelta(hours=1))

    practice.hears("START", at=TEN + timedelta(hours=2))

    assert practice.at(TEN + timedelta(hours=2)) == ["en start"]
    assert practice.at(TEN + timedelta(hours=8, minutes=30)) == ["en calm a Ana"]
    today = [one for one in practice.rows(Message) if one.name == "move" and one.due_at < TEN]
    assert {(one.state, one.reason) for one in today} == {
        ("cancelled", "the person said stop"),
        ("withheld", "moved_past"),
    }


def test_a_start_that_is_read_after_a_later_stop_changes_nothing(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.hears("STOP", at=TEN)
    start = practice.stores("START", at=TEN + MINUTE)
    assert not practice.reads(start, at=TEN + MINUTE, by=broken_rules())
    practice.hears("START", at=TEN + 2 * MINUTE)
    practice.hears("STOP", at=TEN + 3 * MINUTE)

    assert practice.reads(start, at=TEN + 4 * MINUTE)
    assert practice.consent() is Consent.STOPPED


def test_a_welcome_that_is_tried_again_after_a_stop_does_not_leave(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.hears("STOP", at=TEN)
    practice.at(TEN)
    practice.hears("START", at=TEN + MINUTE)

    accepted = practice.gateway.answer

    def stopped_during_the_call(_: object) -> Unsent:
        practice.gateway.answer = accepted
        practice.hears("STOP", at=TEN + 2 * MINUTE)
        return Unsent("busy")

    practice.gateway.answer = stopped_during_the_call

    assert practice.at(TEN + 2 * MINUTE) == ["en start", "en stop"]
    assert practice.at(TEN + timedelta(minutes=20)) == []


@pytest.mark.parametrize("word", ["YES", "Sí", "si"])
def test_yes_confirms_an_invitation(practice: Practice, word: str) -> None:
    ana_in(practice.sessions, practice.editions, publication(nudge("move", slot="evening")), confirmed=False)
    practice.at(TEN)

    practice.hears(word, at=TEN + MINUTE)

    assert practice.at(TEN + MINUTE) == ["en confirmed"]
    assert practice.consent() is Consent.CONFIRMED
    assert practice.at(TEN + timedelta(hours=8, minutes=30)) == ["en move a Ana"]


def test_a_stop_is_confirmed_however_many_answers_went_before(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    for minute in range(3):
        practice.hears("HELP", at=TEN + minute * MINUTE)
    practice.at(TEN + 3 * MINUTE)

    practice.hears("STOP", at=TEN + 4 * MINUTE)

    assert practice.at(TEN + 4 * MINUTE) == ["en stop"]


def test_a_strangers_stop_holds_for_whoever_is_added_with_that_number(practice: Practice) -> None:
    practice.hears("STOP", at=MONDAY_6AM, phone=CY)
    ana_in(practice.sessions, practice.editions, publication(nudge("move")), phone=CY, confirmed=False)

    assert practice.consent(CY) is Consent.STOPPED
    assert practice.at(TEN) == []


def test_a_goodbye_that_had_to_wait_does_not_leave_after_a_start(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    accepted, practice.gateway.answer = practice.gateway.answer, lambda _: Unsent("429")
    practice.hears("STOP", at=TEN)
    practice.at(TEN)
    practice.gateway.answer = accepted

    practice.hears("START", at=TEN + MINUTE)

    assert practice.at(TEN + 5 * MINUTE) == ["en start"]


def test_a_start_from_before_the_providers_stop_does_not_undo_it_when_it_is_read_again(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))
    practice.hears("STOP", at=TEN)
    before, after = practice.stores("START", at=TEN + MINUTE), practice.stores("START", at=TEN + 4 * MINUTE)
    assert not practice.reads(before, at=TEN + MINUTE, by=broken_rules())
    with practice.sessions.write() as session:
        patient = session.get_one(Patient, 1)
        start(session, patient, session.get_one(Reply, before), at=TEN + 2 * MINUTE, how="told Nurse Bo")
        stop(session, patient, at=TEN + 3 * MINUTE, by="provider", how="refused with 21610")

    assert practice.reads(before, at=TEN + 5 * MINUTE)
    assert practice.consent() is Consent.STOPPED
    assert practice.reads(after, at=TEN + 5 * MINUTE)
    assert practice.consent() is Consent.CONFIRMED


def test_a_yes_before_the_invitation_has_left_is_taken_and_the_invitation_needed_no_more(practice: Practice) -> None:
    ana_in(practice.sessions, practice.editions, publication(nudge("move", slot="evening")), confirmed=False)

    practice.hears("YES", at=TEN)

    assert practice.at(TEN) == ["en confirmed"]
    invitation = next(one for one in practice.rows(Message) if one.name == "invitation")
    assert (invitation.state, invitation.reason) == ("cancelled", "the person said yes before")
    assert practice.at(TEN + timedelta(hours=8, minutes=30)) == ["en move a Ana"]


def test_a_start_leaves_yesterday_as_it_was(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"), nudge("calm", slot="evening"))
    practice.hears("STOP", at=TEN)
    practice.hears("START", at=TEN + timedelta(days=1))
    practice.at(TEN + timedelta(days=1))
    monday = [one for one in practice.rows(Message) if one.local_date == MONDAY]

    assert {(one.name, one.state, one.reason) for one in monday} == {
        (name, "cancelled", "the person said stop") for name in ("move", "calm")
    }
