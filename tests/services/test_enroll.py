from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from coach.domain.consent import Consent
from coach.domain.errors import CoachError
from coach.services.editions import NotPublishedError
from coach.services.enroll import EnrollError, add_patient, enroll
from coach.services.phones import PhoneError
from coach.services.publish import publish
from coach.storage import ledger
from coach.storage.database import Sessions
from coach.storage.tables import ConsentEntry, Enrollment, Message, Patient
from tests.people import ANA, MONDAY, MONDAY_6AM, Practice, ana, ana_in, nudge, publication


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def add(practice: Practice, **changes: Any) -> int:
    """Ana, as the clinic's staff enters her."""
    given: dict[str, Any] = {
        "name": "Ana Reyes",
        "phone": ANA,
        "zone": "America/New_York",
        "language": "en",
        "country": "US",
        "consent": "signed at the desk",
        "now": MONDAY_6AM,
    }
    return add_patient(practice.sessions, **{**given, **changes})


def put_in(practice: Practice, patient_id: int, **changes: Any) -> int:
    given: dict[str, Any] = {"program": "small-steps", "start": MONDAY, "preset": "standard", "now": MONDAY_6AM}
    return enroll(practice.sessions, practice.editions, patient_id=patient_id, **{**given, **changes})


@pytest.mark.parametrize(
    ("written", "country", "stored", "found"),
    [
        ("+1 202 555 0143", "US", ANA, "US"),
        ("(202) 555-0143", "US", ANA, "US"),
        ("+34 612 34 56 78", "US", "+34612345678", "ES"),
    ],
)
def test_a_number_is_stored_in_one_form_with_its_country(
    practice: Practice, written: str, country: str, stored: str, found: str
) -> None:
    add(practice, phone=written, country=country)
    patient = practice.rows(Patient)[0]

    assert (patient.phone, patient.country) == (stored, found)


def test_adding_a_person_puts_consent_on_the_ledger_and_sends_nothing(practice: Practice) -> None:
    patient_id = add(practice)
    line = practice.rows(ConsentEntry)[0]

    assert (line.patient_id, line.state, line.by, line.how) == (patient_id, "recorded", "staff", "signed at the desk")
    assert practice.rows(Message) == []


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"phone": "call me"}, PhoneError, "write it as +1 202 555 0143"),
        ({"phone": "+1 202"}, PhoneError, "too few or too many digits"),
        ({"zone": "EST5"}, EnrollError, "there is no time zone 'EST5'"),
        ({"zone": "New York"}, EnrollError, "such as America/New_York"),
        ({"language": "fr"}, EnrollError, "write one of: en, es"),
        ({"name": "  "}, EnrollError, "the name is empty"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_nobody_is_added(
    practice: Practice, changes: dict[str, str], error: type[CoachError], words: str
) -> None:
    with pytest.raises(error, match=words.replace("+", r"\+")) as raised:
        add(practice, **changes)

    assert "\n" not in str(raised.value)
    assert practice.rows(Patient) == []


def test_a_number_belongs_to_one_active_patient(practice: Practice) -> None:
    add(practice)

    with pytest.raises(EnrollError, match="belongs to an active patient already"):
        add(practice, name="Cy")
    assert len(practice.rows(Patient)) == 1


def test_enrolling_sends_one_invitation_however_many_programs(practice: Practice) -> None:
    patient_id = ana_in(practice.sessions, practice.editions, publication(nudge("move")), confirmed=False)
    practice.enrolls_also(patient_id, publication(nudge("calm"), name="other"))

    assert practice.at(MONDAY_6AM + timedelta(hours=3)) == ["en invitation"]
    assert practice.consent() is Consent.INVITED


def test_a_person_who_has_said_yes_is_not_invited_again(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))

    assert practice.at(MONDAY_6AM + timedelta(hours=4)) == []


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"program": "no-steps"}, NotPublishedError, "coach program publish"),
        ({"start": date(2026, 11, 22)}, EnrollError, "is past where the patient lives"),
        ({"preset": "heavy"}, EnrollError, "has no preset 'heavy'; it has check_ins_only, standard"),
    ],
)
def test_an_enrollment_that_cannot_be_is_refused_and_nothing_is_written(
    practice: Practice, changes: dict[str, Any], error: type[CoachError], words: str
) -> None:
    publish(practice.sessions, publication(nudge("move")), author="Nurse Bo", now=MONDAY_6AM)
    patient_id = ana(practice.sessions, confirmed=False)

    with pytest.raises(error, match=words):
        put_in(practice, patient_id, **changes)
    assert practice.rows(Enrollment) == []
    assert practice.consent() is Consent.RECORDED


def test_nobody_is_enrolled_who_is_not_there(practice: Practice) -> None:
    with pytest.raises(EnrollError, match="there is no patient 7"):
        put_in(practice, 7)


def test_nobody_is_enrolled_twice_in_one_program(practice: Practice) -> None:
    patient_id = practice.enrolls_ana(nudge("move"))

    with pytest.raises(EnrollError, match="is in small-steps already"):
        put_in(practice, patient_id)
    assert len(practice.rows(Enrollment)) == 1


def test_a_program_in_another_language_only_is_refused(practice: Practice) -> None:
    publish(practice.sessions, publication(nudge("move"), languages=["en"]), author="Bo", now=MONDAY_6AM)
    patient_id = ana(practice.sessions, language="es")

    with pytest.raises(EnrollError, match="is not written in 'es'; it is in en"):
        put_in(practice, patient_id)


def test_the_start_is_a_day_where_the_patient_lives(practice: Practice) -> None:
    publish(practice.sessions, publication(nudge("move")), author="Bo", now=MONDAY_6AM)
    patient_id = ana(practice.sessions, zone="Pacific/Auckland")
    late_on_monday = datetime(2026, 11, 23, 11, 30, tzinfo=UTC)  # Tuesday, 00:30 there

    with pytest.raises(EnrollError, match="begin today or later"):
        put_in(practice, patient_id, start=MONDAY, now=late_on_monday)
    assert put_in(practice, patient_id, start=date(2026, 11, 24), now=late_on_monday)


def test_the_ledger_refuses_a_line_that_does_not_follow(practice: Practice) -> None:
    ana(practice.sessions)
    patient = practice.rows(Patient)[0]

    with practice.sessions.write() as session, pytest.raises(ledger.ConsentError, match="cannot become recorded"):
        ledger.add(session, patient, Consent.RECORDED, at=MONDAY_6AM, by="staff", how="again")
