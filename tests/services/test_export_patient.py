"""What is handed over about one person: theirs, all of it, and nobody else's."""

import json
from datetime import timedelta

from coach.domain.consent import Departure
from coach.services.care import withdraw
from coach.services.export_patient import conversation_rows, export_patient
from coach.services.talk import talk
from coach.storage.database import Sessions
from tests.people import MONDAY_6AM, Practice, ana, asks, nudge

TEN = MONDAY_6AM + timedelta(hours=4)


def test_who_has_the_number_now_is_shown_nothing_of_who_had_it_before(sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("rate", answer=asks("scale_0_10")))
    practice.at(TEN)
    practice.hears("it was a hard night", at=TEN)
    withdraw(sessions, 1, Departure.TRANSFERRED, by="Bo", now=TEN)
    other = ana(sessions)
    practice.hears("hello, I am new", at=TEN + timedelta(hours=1))
    now = TEN + timedelta(hours=2)

    for patient_id, words in ((1, ["it was a hard night"]), (other, ["hello, I am new"])):
        found = export_patient(sessions, patient_id, now=now)
        assert [one["body"] for one in found["replies"]] == words
        assert [one["text"] for one in conversation_rows(sessions, patient_id) if one["from"] == "patient"] == words
        assert [one.text for one in talk(sessions, patient_id, most=9).bubbles if one.inbound] == words


def test_a_text_that_is_not_read_yet_is_shown_to_whoever_has_the_number(sessions: Sessions) -> None:
    practice = Practice(sessions)
    patient_id = ana(sessions)
    practice.stores("please help", at=TEN)

    assert [one.text for one in talk(sessions, patient_id, most=9).bubbles] == ["please help"]


def test_all_of_it_is_json_with_times_in_utc_and_days_as_they_are_local(sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("rate", answer=asks("scale_0_10")))
    practice.at(TEN)
    practice.hears("6", at=TEN + timedelta(minutes=1))
    found = json.loads(json.dumps(export_patient(sessions, 1, now=TEN + timedelta(days=1))))
    (asked,) = found["questions"]
    (answer,) = found["answers"]

    assert found["exported_at"] == "2026-11-24T15:00:00Z"
    assert (asked["opened_at"], asked["local_date"]) == ("2026-11-23T15:00:00Z", "2026-11-23")
    assert (answer["status"], answer["value"]) == ("understood", "6")
    assert [one["state"] for one in found["consent"]] == ["recorded", "confirmed"]
    assert {"planned", "sending", "accepted"} <= {one["after"] for one in found["message_events"]}
    assert [one["outcome"] for one in found["attempts"]] == ["accepted"]
    assert found["adherence"][0]["response_numerator"] == 1
