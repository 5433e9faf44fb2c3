"""Notes: what waits for a person of the care team to read it."""

from datetime import timedelta

import pytest

from coach.services.notes import NoteError, mark_seen, waiting_notes
from coach.storage.database import Sessions
from tests.people import CY, MONDAY_6AM, Practice, asks, nudge

MINUTE = timedelta(minutes=1)
TEN = MONDAY_6AM + timedelta(hours=4)


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    """Ana answers a question and writes a note; so does a stranger."""
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("rate", answer=asks("scale_0_10")))
    practice.at(TEN)
    practice.hears("6", at=TEN)
    practice.hears("my sister moved in with us", at=TEN + MINUTE)
    practice.hears("who is this", at=TEN + 2 * MINUTE, phone=CY)
    return practice


def test_what_no_program_takes_waits_for_a_person_and_strangers_words_too(practice: Practice) -> None:
    notes = [
        (note.id, note.patient_id, note.who, note.words) for note in waiting_notes(practice.sessions, limit=9).notes
    ]

    assert notes == [(2, 1, "Ana Reyes", "my sister moved in with us"), (3, None, CY, "who is this")]


def test_a_note_that_was_read_is_listed_no_more_and_says_who_read_it_first(practice: Practice) -> None:
    readers = [
        mark_seen(practice.sessions, 2, by=name, now=TEN + minutes * MINUTE)
        for name, minutes in ((" Nurse Bo ", 5), ("Dr. Kim", 6))
    ]
    note = practice.reply(2)

    assert readers == ["Nurse Bo", "Nurse Bo"]
    assert (note.seen_by, note.seen_at) == ("Nurse Bo", TEN + 5 * MINUTE)
    assert [one.id for one in waiting_notes(practice.sessions, limit=9).notes] == [3]


@pytest.mark.parametrize(("note_id", "by"), [(1, "Nurse Bo"), (99, "Nurse Bo"), (2, " ")])
def test_what_is_no_note_or_read_by_nobody_is_refused(practice: Practice, note_id: int, by: str) -> None:
    with pytest.raises(NoteError):
        mark_seen(practice.sessions, note_id, by=by, now=TEN)

    assert waiting_notes(practice.sessions, limit=1).total == 2
