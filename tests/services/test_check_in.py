"""A check-in asks one thing at a time, and lets go gracefully: what was answered stays, and next week begins anew."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from coach.domain.alerts.history import History, Measured, scores_of
from coach.domain.measures import PEG, PEG_SCALE, PHQ2, PHQ_2, scale_of
from coach.services.export import EXPORTS
from coach.storage.database import Sessions
from coach.storage.tables import Answer, Message, Question
from tests.people import MONDAY, Practice, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
MINUTE, HOUR, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=7)
LIMITS = {"per_day": 9, "per_week": 30, "minutes_between": 0, "segments": {"en": 1, "es": 2}}
ITEMS = [
    {
        "name": measure.replace("_", "-"),
        "measure": measure,
        "variants": ["a"],
        "answer": {"kind": scale_of(measure), "within": 300, "reminder": 120},
    }
    for measure in (*PEG, *PHQ2)
]


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def begins(practice: Practice, items: list[dict[str, Any]] | None = None) -> None:
    """Ana's check-in on Mondays asks its first question."""
    monday = {
        "name": "monday",
        "weeks": [1, 2, 3, 4],
        "days": ["mon"],
        "slot": "morning",
        "items": items or ITEMS,
    }
    practice.enrolls_ana(nudge("calm", weeks=[4], days=["sun"]), check_ins=[monday], limits=LIMITS)
    assert practice.at(TEN) == ["en peg-1 a Ana"]


def says(practice: Practice, *replies: str, at: datetime = TEN) -> list[str]:
    """What left after each of the replies, a minute apart."""
    left = []
    for number, reply in enumerate(replies, start=1):
        practice.hears(reply, at=at + number * MINUTE)
        left += practice.at(at + number * MINUTE)
    return left


def history(practice: Practice, day: date = MONDAY) -> History:
    """What stands, as the measures of one day."""
    asked = {one.id: one for one in practice.rows(Question)}
    values: dict[str, int | None] = {
        str(asked[one.question_id].item).replace("-", "_"): None if one.value is None else int(one.value)
        for one in practice.rows(Answer)
        if one.superseded_at is None and asked[one.question_id].local_date == day
    }
    return History({item: (Measured(day, values.get(item)),) for item in (*PEG, *PHQ2)})


def test_all_answered_the_instruments_are_scored(practice: Practice) -> None:
    begins(practice)
    left = says(practice, "7", "about 6", "six", "several days", "2")

    assert left == ["en peg-2 a Ana", "en peg-3 a Ana", "en phq2-1 a Ana", "en phq2-2 a Ana"]
    assert [score * 3 for _, score in scores_of(history(practice), PEG_SCALE)] == [19]
    assert [score for _, score in scores_of(history(practice), PHQ_2)] == [3]


def test_after_one_unanswered_question_and_its_one_reminder_the_rest_is_left(practice: Practice) -> None:
    begins(practice)
    says(practice, "7")
    rest = [text for hour in range(1, 24) for text in practice.at(TEN + hour * HOUR)]

    assert rest == ["en reminder_scale_0_10"]
    assert {one.item for one in practice.rows(Question)} == {"peg-1", "peg-2"}
    assert scores_of(history(practice), PEG_SCALE) == []
    assert [one.value for one in practice.rows(Answer)] == ["7"]


def test_the_next_weeks_check_in_begins_anew(practice: Practice) -> None:
    begins(practice)
    says(practice, "7", "6")
    for hour in (3, 6, *range(24, 7 * 24, 24)):
        practice.at(TEN + hour * HOUR)

    assert practice.at(TEN + WEEK) == ["en peg-1 a Ana"]
    assert says(practice, "5", "5", "5", at=TEN + WEEK)[-1] == "en phq2-1 a Ana"
    assert scores_of(history(practice), PEG_SCALE) == []
    assert [score for _, score in scores_of(history(practice, MONDAY + WEEK), PEG_SCALE)] == [5]


def test_a_skipped_question_moves_on_and_its_instrument_has_no_score(practice: Practice) -> None:
    begins(practice)

    assert says(practice, "7", "skip", "6", "1", "2") == [
        "en peg-2 a Ana",
        "en peg-3 a Ana",
        "en phq2-1 a Ana",
        "en phq2-2 a Ana",
    ]
    assert scores_of(history(practice), PEG_SCALE) == []
    assert [score for _, score in scores_of(history(practice), PHQ_2)] == [3]


def test_a_number_off_the_scale_is_asked_again_with_the_scale_shown(practice: Practice) -> None:
    begins(practice)

    assert says(practice, "7", "6", "6", "7", "2") == [
        "en peg-2 a Ana",
        "en peg-3 a Ana",
        "en phq2-1 a Ana",
        "en unclear_scale_0_3",
        "en phq2-2 a Ana",
    ]


def test_unclear_twice_leaves_the_rest_so_that_no_number_is_put_beside_the_wrong_question(practice: Practice) -> None:
    begins(practice)

    assert says(practice, "hard to say", "well, it depends") == ["en unclear_scale_0_10"]
    assert [one for one in practice.rows(Message) if one.item == "peg-2"] == []


def test_a_clear_answer_after_all_counts_and_the_check_in_goes_on(practice: Practice) -> None:
    begins(practice)
    left = says(practice, "hard to say", "well, it depends", "6")

    assert left == ["en unclear_scale_0_10", "en peg-2 a Ana"]
    assert [(one.state, one.item) for one in practice.rows(Question)] == [("answered", "peg-1"), ("open", "peg-2")]


def test_a_late_answer_is_kept_and_asks_nothing_further(practice: Practice) -> None:
    begins(practice)
    practice.at(TEN + 6 * HOUR)
    practice.hears("6", at=TEN + 7 * HOUR)

    assert practice.at(TEN + 7 * HOUR) == []
    assert [(one.value, one.late) for one in practice.rows(Answer)] == [("6", True)]


def test_each_instrument_of_a_check_in_is_a_row_to_export_without_a_score_where_it_is_not_whole(
    practice: Practice,
) -> None:
    begins(practice)
    says(practice, "7", "skip", "6", "1", "2")
    rows = list(EXPORTS["scores"].rows(practice.sessions, TEN + HOUR))
    where = {"patient_id": 1, "enrollment_id": 1, "check_in": "monday", "local_date": MONDAY, "week": 1}

    assert rows == [
        where | {"instrument": "peg", "answered": 2, "items": 3, "score": None},
        where | {"instrument": "phq2", "answered": 2, "items": 2, "score": 3.0},
    ]
    assert {tuple(row) for row in rows} == {EXPORTS["scores"].columns}
