from datetime import UTC, datetime, timedelta

import pytest

from coach.domain.consent import Consent, Departure
from coach.services.care import CareError, invite, lift_hold, withdraw
from coach.services.cases import resolve
from coach.services.enroll import EnrollError
from coach.storage.database import Sessions
from coach.storage.tables import ConsentEntry, Enrollment, Message, Patient, Question, Spell
from tests.people import ANA, Practice, ana, ana_in, asks, nudge, publication

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def waiting(practice: Practice) -> int:
    """Ana, who is invited and has not answered."""
    program = publication(nudge("move", slot="evening"))
    return ana_in(practice.sessions, practice.editions, program, confirmed=False)


def test_nudges_leave_again_once_a_hold_is_lifted_and_what_was_withheld_stays_so(practice: Practice) -> None:
    patient_id = practice.enrolls_ana(nudge("move"), nudge("calm", slot="evening"))
    practice.hears("I want to die", at=TEN - HOUR)
    assert len(practice.at(TEN)) == 1  # the answer to their words, no nudge

    resolve(practice.sessions, 1, by="Nurse Bo", note="seen", lift_hold=False, now=TEN + HOUR)
    lift_hold(practice.sessions, patient_id, by="Nurse Bo", now=TEN + HOUR)

    assert practice.at(TEN + timedelta(hours=8, minutes=30)) == ["en calm a Ana"]
    spell = practice.rows(Spell)[0]
    assert (spell.ends_at, spell.closed_by) == (TEN + HOUR, "Nurse Bo")
    with pytest.raises(CareError, match="nothing is held for patient 1"):
        lift_hold(practice.sessions, patient_id, by="Nurse Bo", now=TEN + 2 * HOUR)


def test_whoever_is_withdrawn_gets_nothing_more_and_no_word_about_it(practice: Practice) -> None:
    patient_id = practice.enrolls_ana(nudge("move", answer=asks("done")), nudge("calm", slot="evening"))
    practice.at(TEN)

    cancelled = withdraw(practice.sessions, patient_id, Departure.DECEASED, by="Dr. Kim", now=TEN + HOUR)

    assert cancelled == 6  # the reminder, this evening's, and two days more
    assert practice.consent() is Consent.WITHDRAWN
    assert practice.rows(ConsentEntry)[-1].how == "withdrawn by Dr. Kim: deceased"
    assert [one.state for one in practice.rows(Enrollment)] == ["ended"]
    assert [one.state for one in practice.rows(Question)] == ["closed"]
    assert [practice.at(TEN + days * DAY) for days in (1, 2, 3)] == [[], [], []]
    assert {one.reason for one in practice.rows(Message) if one.state == "cancelled"} == {
        "the person was withdrawn: deceased"
    }
    assert practice.rows(Patient)[0].state == "withdrawn"


def test_a_number_that_was_withdrawn_can_be_added_and_invited_again(practice: Practice) -> None:
    withdraw(practice.sessions, waiting(practice), Departure.MISTAKE, by="staff", now=TEN)

    again = ana(practice.sessions, confirmed=False, now=TEN)
    practice.enrolls_also(again, publication(nudge("move", slot="evening")))

    assert practice.consent() is Consent.RECORDED
    assert practice.at(TEN) == ["en invitation"]


@pytest.mark.parametrize("stops_first", [True, False])
def test_a_stop_outlives_a_withdrawal_until_they_say_start_themselves(practice: Practice, *, stops_first: bool) -> None:
    patient_id = practice.enrolls_ana(nudge("move"))
    if stops_first:
        practice.hears("STOP", at=TEN)
    withdraw(practice.sessions, patient_id, Departure.FINISHED, by="staff", now=TEN + HOUR)
    if not stops_first:
        practice.hears("STOP", at=TEN + HOUR)

    again = ana(practice.sessions, confirmed=False, now=TEN + 2 * HOUR)
    practice.enrolls_also(again, publication(nudge("move", slot="evening")))

    assert practice.consent() is Consent.STOPPED
    assert practice.at(TEN + 3 * HOUR) == []
    practice.hears("START", at=TEN + 4 * HOUR)
    assert practice.at(TEN + timedelta(hours=4)) == ["en start"]


def test_an_invitation_that_was_not_answered_is_sent_once_more_after_a_day(practice: Practice) -> None:
    patient_id = waiting(practice)
    assert practice.at(TEN) == ["en invitation"]
    with pytest.raises(CareError, match="not yet a day old"):
        invite(practice.sessions, patient_id, now=TEN + 23 * HOUR)

    invite(practice.sessions, patient_id, now=TEN + DAY)

    with pytest.raises(CareError, match="on its way"):
        invite(practice.sessions, patient_id, now=TEN + DAY)
    assert practice.at(TEN + DAY) == ["en invitation"]


def said(practice: Practice, word: str) -> int:
    patient_id = waiting(practice)
    practice.at(TEN)
    practice.hears(word, at=TEN)
    return patient_id


def withdrawn(practice: Practice) -> int:
    patient_id = waiting(practice)
    withdraw(practice.sessions, patient_id, Departure.TRANSFERRED, by="staff", now=TEN)
    return patient_id


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (lambda _: 7, "there is no patient 7"),
        (lambda practice: ana(practice.sessions, confirmed=False), "patient 1 is in no program; `coach enroll 1"),
        (lambda practice: said(practice, "YES"), "has said yes already"),
        (lambda practice: said(practice, "STOP"), "only their own START"),
        (withdrawn, "patient 1 is withdrawn"),
    ],
)
def test_nobody_is_invited_who_cannot_or_need_not_be(practice: Practice, before: object, words: str) -> None:
    assert callable(before)
    patient_id = before(practice)

    with pytest.raises(CareError, match=words):
        invite(practice.sessions, patient_id, now=TEN + 2 * DAY)


def test_nobody_is_withdrawn_twice(practice: Practice) -> None:
    patient_id = withdrawn(practice)

    with pytest.raises(CareError, match="patient 1 is withdrawn"):
        withdraw(practice.sessions, patient_id, Departure.FINISHED, by="staff", now=TEN + HOUR)
    assert practice.consent(ANA) is Consent.WITHDRAWN


def test_nobody_is_enrolled_who_is_withdrawn(practice: Practice) -> None:
    patient_id = withdrawn(practice)

    with pytest.raises(EnrollError, match="patient 1 is withdrawn"):
        practice.enrolls_also(patient_id, publication(nudge("calm"), name="other-steps"))
