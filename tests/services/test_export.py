from datetime import UTC, datetime, timedelta

import pytest

from coach.services.export import EXPORTS, Row
from coach.storage.database import Sessions
from tests.people import ANA, CY, Practice, asks, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
MINUTE = timedelta(minutes=1)


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    found = Practice(sessions)
    found.enrolls_ana(nudge("rate", answer=asks("scale_0_10")), nudge("calm", slot="evening"))
    found.at(TEN)
    found.hears("banana", at=TEN + MINUTE)
    found.hears("6", at=TEN + 2 * MINUTE)
    found.hears("hello?", at=TEN + 3 * MINUTE, phone=CY)
    found.hears("STOP", at=TEN + 4 * MINUTE)
    return found


def exported(practice: Practice, what: str) -> list[Row]:
    return list(EXPORTS[what].rows(practice.sessions, TEN + timedelta(hours=1)))


@pytest.mark.parametrize(
    ("what", "columns"),
    [
        (
            "messages",
            (
                "id patient_id enrollment_id question_id purpose name item local_date occurrence due_at send_by state "
                "reason reason_in_words left_at language variant encoding segments text"
            ),
        ),
        (
            "replies",
            "id provider_id patient_id phone received_at body media opt_out_type state is_note reading",
        ),
        (
            "answers",
            (
                "id question_id reply_id patient_id enrollment_id name item kind expects local_date week quota "
                "opened_at answer_by status value late at superseded_at"
            ),
        ),
    ],
)
def test_each_export_has_its_columns(practice: Practice, what: str, columns: str) -> None:
    assert {" ".join(row) for row in exported(practice, what)} == {columns}


@pytest.mark.parametrize("what", [what for what in EXPORTS if what != "scores"])  # test_check_in.py has those
def test_the_columns_of_an_export_are_known_before_its_rows(practice: Practice, what: str) -> None:
    practice.hears("i want to kill myself", at=TEN + 5 * MINUTE, phone=CY)

    assert {tuple(row) for row in exported(practice, what)} == {EXPORTS[what].columns}


def test_messages_hold_what_was_not_sent_with_its_reason(practice: Practice) -> None:
    rows = exported(practice, "messages")
    calm = next(row for row in rows if row["name"] == "calm")

    assert (calm["state"], calm["text"], calm["reason_in_words"]) == ("cancelled", None, "the person said stop")
    assert {row["text"] for row in rows if row["state"] == "accepted"} == {"en rate a Ana"}


def test_replies_are_raw_and_keep_what_they_were_understood_to_say(practice: Practice) -> None:
    rows = exported(practice, "replies")

    assert [(row["phone"], row["body"], row["patient_id"], row["is_note"]) for row in rows] == [
        (ANA, "banana", 1, True),
        (ANA, "6", 1, False),
        (CY, "hello?", None, True),
        (ANA, "STOP", 1, False),
    ]
    assert rows[1]["reading"]["answers"] == [{"question_id": 1, "status": "understood", "value": 6}]
    assert rows[3]["reading"]["consent"] == "stop"


def test_answers_hold_what_was_superseded(practice: Practice) -> None:
    rows = exported(practice, "answers")

    assert [(row["name"], row["status"], row["value"], row["superseded_at"]) for row in rows] == [
        ("rate", "unclear", None, TEN + 2 * MINUTE),
        ("rate", "understood", "6", None),
    ]


def test_adherence_comes_whole_by_week_and_for_flare_days_with_every_denominator(practice: Practice) -> None:
    rows = exported(practice, "adherence")

    assert [row["over"] for row in rows] == ["whole", "week 1", "flare days"]
    whole = rows[0]
    assert (whole["response_numerator"], whole["response_denominator"], whole["response"]) == (1, 1, 1.0)
    assert (whole["replies"], whole["engaged"], whole["excluded"]) == (3, False, "")
    assert rows[2]["response"] is None
    assert len({tuple(row) for row in rows}) == 1


def test_an_empty_database_exports_nothing(sessions: Sessions) -> None:
    assert [list(export.rows(sessions, TEN)) for export in EXPORTS.values()] == [[]] * len(EXPORTS)
