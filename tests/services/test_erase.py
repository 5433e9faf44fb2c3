"""Erasing: nothing of the person is left in any row of any table, and their number is not texted by mistake."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from coach.domain.consent import Departure
from coach.domain.delivery import MessageState
from coach.gateway.base import Outbound, Outcome
from coach.services.audit import Deed, record
from coach.services.care import withdraw
from coach.services.case_cards import open_cards
from coach.services.cases import resolve
from coach.services.deliver import deliver_due
from coach.services.enroll import EnrollError, add_patient
from coach.services.erase import EraseError, erase
from coach.services.export_patient import export_patient
from coach.services.roster import NoSuchPatientError
from coach.services.staff_text import write_text
from coach.services.sweep import sweep
from coach.services.tally import tally
from coach.storage.database import Sessions
from coach.storage.tables import DoNotText, Message, Patient, Reply
from coach.storage.tables.base import Row
from tests.people import ANA, CLINIC, CY, MONDAY_6AM, Practice, accept, ana, asks, broken_rules, nudge

KEY = b"k" * 32
HALF_PAST_NINE = MONDAY_6AM + timedelta(hours=3, minutes=30)
AUDIT = {"audit_entry", "audit_subject"}  # what outlives her: ids, and words of ours


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    """Ana has lived with coach for some days; so has Cy, who is somebody else."""
    found = Practice(sessions)
    found.enrolls_ana(nudge("walk", answer=asks("minutes")))
    cy = add_patient(
        sessions, name="Cy Stranger", phone=CY, zone="UTC", language="en", country="US", consent="told", now=MONDAY_6AM
    )
    assert cy == 2
    for day in range(3):
        at = HALF_PAST_NINE + timedelta(days=day)
        found.at(at)
        found.hears(f"{10 + day} it was hard-won", at=at + timedelta(minutes=20))
        found.hears("hello from Cy", at=at + timedelta(minutes=30), phone=CY)
    found.hears("FLARE", at=at + timedelta(minutes=40))
    found.hears("i want to end my life", at=at + timedelta(hours=1))
    write_text(sessions, found.editions, 1, "Shall I call you, Ana?", by="Bo", now=at + timedelta(hours=1))
    found.at(at + timedelta(hours=2))
    tally(sessions, now=at + timedelta(hours=2))
    record(sessions, "Bo", Deed.LOOKED_AT_PATIENT, now=at, patients=[1])
    return found


def cells(practice: Practice) -> list[tuple[str, str, Any]]:
    """Every value of every row: table, column, value."""
    with practice.sessions.read() as session:
        return [
            (table.name, column.name, row[number])
            for table in Row.metadata.sorted_tables
            for row in session.execute(select(table))
            for number, column in enumerate(table.columns)
        ]


def close_cases(practice: Practice) -> None:
    for card in open_cards(practice.sessions, now=HALF_PAST_NINE).cards:
        resolve(practice.sessions, card.line.id, by="Bo", note="seen", lift_hold=True, now=HALF_PAST_NINE)


def erase_ana(practice: Practice, **changes: Any) -> None:
    how: dict[str, Any] = {"key": KEY, "by": "Bo", "why": "asked for it", "now": HALF_PAST_NINE + timedelta(days=9)}
    erase(practice.sessions, 1, **{**how, **changes})


def test_no_cell_of_any_table_holds_her_name_number_words_or_id(practice: Practice) -> None:
    close_cases(practice)
    others = sum(table == "reply" for table, column, _ in cells(practice) if column == "id") - 5
    erase_ana(practice)
    left = [cell for cell in cells(practice) if cell[0] not in AUDIT]

    for word in ("Ana", ANA, ANA[1:], "hard-won", "end my life", "Shall I call"):
        assert [cell for cell in left if word in str(cell[2])] == []
    assert [cell for cell in left if cell[1] == "patient_id" and cell[2] == 1] == []
    assert [one.name for one in practice.rows(Patient)] == ["Cy Stranger"]
    assert len(practice.rows(Reply)) == others == 3
    assert ("audit_subject", "patient_id", 1) in cells(practice)


def test_nothing_leaves_afterwards_and_a_text_of_hers_is_a_strangers(practice: Practice) -> None:
    close_cases(practice)
    erase_ana(practice)
    calls = len(practice.gateway.calls)
    for day in range(10, 13):
        practice.at(HALF_PAST_NINE + timedelta(days=day))
    practice.hears("are you still there?", at=HALF_PAST_NINE + timedelta(days=13))

    assert len(practice.gateway.calls) == calls
    assert practice.rows(Reply)[-1].patient_id is None


def test_her_number_is_kept_as_a_mark_and_added_again_only_if_she_asked(practice: Practice) -> None:
    close_cases(practice)
    erase_ana(practice)
    (mark,) = practice.rows(DoNotText)
    again = {
        "name": "Ana",
        "phone": ANA,
        "zone": "UTC",
        "language": "en",
        "country": "US",
        "consent": "told",
        "key": KEY,
    }

    assert ANA[1:] not in mark.phone_hash
    assert mark.why == "erased by Bo: asked for it"
    with pytest.raises(EnrollError, match="somebody who was erased"):
        add_patient(practice.sessions, **again, now=MONDAY_6AM)  # type: ignore[arg-type]  # texts all
    assert add_patient(practice.sessions, **again, again=True, now=MONDAY_6AM)  # type: ignore[arg-type]  # likewise
    assert practice.rows(DoNotText) == []


def test_whoever_has_her_number_now_stays_and_may_be_texted(practice: Practice) -> None:
    close_cases(practice)
    withdraw(practice.sessions, 1, Departure.TRANSFERRED, by="Bo", now=HALF_PAST_NINE + timedelta(days=8))
    other = ana(practice.sessions, confirmed=False)
    practice.hears("hello, I am new", at=HALF_PAST_NINE + timedelta(days=8, hours=1))
    erase_ana(practice)

    assert [one.id for one in practice.rows(Patient)] == [2, other]
    assert practice.rows(Reply)[-1].body == "hello, I am new"
    assert practice.rows(DoNotText) == []


@pytest.mark.parametrize(("changes", "said"), [({"key": b""}, "COACH_SECRET_KEY"), ({"why": " "}, "say why")])
def test_without_a_key_or_a_reason_nobody_is_erased(practice: Practice, changes: dict[str, Any], said: str) -> None:
    close_cases(practice)
    with pytest.raises(EraseError, match=said):
        erase_ana(practice, **changes)
    assert len(practice.rows(Patient)) == 2


def test_while_somebody_may_be_in_danger_or_a_text_is_in_the_air_nobody_is_erased(practice: Practice) -> None:
    with pytest.raises(EraseError, match="is about danger, and is not closed"):
        erase_ana(practice)
    close_cases(practice)
    with practice.sessions.write() as session:
        flying = session.execute(select(Message).where(col(Message.patient_id) == 1).limit(1)).scalar_one()
        flying.state = MessageState.UNKNOWN
        session.add(flying)
    with pytest.raises(EraseError, match="on its way just now"):
        erase_ana(practice)


def test_while_a_text_of_hers_is_not_read_or_may_come_again_nobody_is_erased(practice: Practice) -> None:
    close_cases(practice)
    wrote = HALF_PAST_NINE + timedelta(days=9)
    reply = practice.stores("please help", at=wrote)
    with pytest.raises(EraseError, match="not read yet, and may be a cry for help"):
        erase_ana(practice, now=wrote + timedelta(hours=1))
    practice.reads(reply, at=wrote)
    sweep(practice.sessions, practice.gateway, now=wrote + timedelta(minutes=5))
    with pytest.raises(EraseError, match="wrote just now"):
        erase_ana(practice, now=wrote + timedelta(minutes=6))
    sweep(practice.sessions, practice.gateway, now=wrote + timedelta(minutes=16))

    erase_ana(practice, now=wrote + timedelta(minutes=17))
    assert [one.name for one in practice.rows(Patient)] == ["Cy Stranger"]


def test_words_that_coach_could_not_read_keep_her_from_being_erased(practice: Practice) -> None:
    close_cases(practice)
    at = HALF_PAST_NINE + timedelta(days=5)
    reply = practice.stores("...", at=at)
    practice.reads(reply, at=at, by=broken_rules())
    practice.reads(reply, at=at)

    with pytest.raises(EraseError, match="is about danger, and is not closed"):
        erase_ana(practice)


def test_danger_that_her_number_wrote_as_a_strangers_keeps_her_from_being_erased(practice: Practice) -> None:
    phone = "+12025550155"
    practice.hears("i want to end my life", at=MONDAY_6AM, phone=phone)
    close_cases(practice)
    dee = ana(practice.sessions, phone=phone)
    practice.hears("i want to end my life", at=MONDAY_6AM, phone="+12025550156")
    eli = ana(practice.sessions, phone="+12025550156")
    how: dict[str, Any] = {"key": KEY, "by": "Bo", "why": "asked", "now": HALF_PAST_NINE + timedelta(days=9)}

    erase(practice.sessions, dee, **how)
    with pytest.raises(EraseError, match="is about danger, and is not closed"):
        erase(practice.sessions, eli, **how)


def test_a_stop_holds_when_who_said_it_is_erased_and_the_number_had_two_people(practice: Practice) -> None:
    close_cases(practice)
    at = HALF_PAST_NINE + timedelta(days=7)
    practice.hears("STOP", at=at)
    withdraw(practice.sessions, 1, Departure.ASKED, by="Bo", now=at)
    other = ana(practice.sessions, confirmed=False)
    erase_ana(practice)
    assert practice.consent(ANA) == "stopped"

    erase(practice.sessions, other, key=KEY, by="Bo", why="asked", now=at + timedelta(days=9))
    assert len(practice.rows(DoNotText)) == 1


def test_the_number_is_barred_though_somebody_had_it_before(practice: Practice) -> None:
    close_cases(practice)
    at = HALF_PAST_NINE + timedelta(days=7)
    withdraw(practice.sessions, 1, Departure.MISTAKE, by="Bo", now=at)
    again = ana(practice.sessions)
    practice.hears("STOP", at=at)
    erase(practice.sessions, again, key=KEY, by="Bo", why="asked", now=at + timedelta(days=9))

    with pytest.raises(EnrollError, match="somebody who was erased"):
        add_patient(
            practice.sessions,
            name="Ana",
            phone=ANA,
            zone="UTC",
            language="en",
            country="US",
            consent="told",
            key=KEY,
            now=at + timedelta(days=9),
        )


def test_without_the_key_nobody_is_added_where_people_were_erased(practice: Practice) -> None:
    close_cases(practice)
    erase_ana(practice)

    with pytest.raises(EraseError, match="COACH_SECRET_KEY is not set"):
        ana(practice.sessions, phone="+12025550155")


def test_who_is_erased_while_texts_leave_gets_none_and_the_others_get_theirs(practice: Practice) -> None:
    close_cases(practice)
    other = ana(practice.sessions, phone="+12025550155")
    at = HALF_PAST_NINE + timedelta(days=4)
    for patient_id, written in ((other, at), (1, at + timedelta(seconds=1))):
        write_text(practice.sessions, practice.editions, patient_id, "See you", by="Bo", now=written)

    def erases_her_meanwhile(outbound: Outbound) -> Outcome:
        if outbound.to != ANA:
            erase_ana(practice, now=at)
        return accept(outbound)

    practice.gateway.answer = erases_her_meanwhile
    practice.gateway.calls.clear()
    practice.clock.to(at + timedelta(seconds=2))
    deliver_due(practice.sessions, practice.editions, practice.gateway, CLINIC, now=practice.clock, parallel=1)

    assert [call.to for call in practice.gateway.calls] == ["+12025550155"]


def test_everything_about_her_can_be_taken_out_and_nothing_of_others(practice: Practice) -> None:
    found = export_patient(practice.sessions, 1, now=HALF_PAST_NINE)

    assert found["patient"]["phone"] == ANA
    assert [one["body"] for one in found["replies"]][-1] == "i want to end my life"
    assert "Shall I call you, Ana?" in [one["text"] for one in found["messages"]]
    assert "wrote words that may mean danger" in found["case_entries"][0]["what"]
    assert "Cy" not in str(found)
    assert "token" not in str(found.keys())
    with pytest.raises(NoSuchPatientError):
        export_patient(practice.sessions, 9, now=HALF_PAST_NINE)
