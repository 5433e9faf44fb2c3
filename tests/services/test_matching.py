"""Which open question a text answers, lived through: one number at a time, the newest, the late, the unclear."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from coach.storage.database import Sessions
from coach.storage.tables import Answer, Message, Question
from tests.people import MONDAY_6AM, Practice, asks, nudge, publication

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York, on a Monday
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NO_PAUSE = {"per_day": 9, "per_week": 40, "minutes_between": 0, "segments": {"en": 1, "es": 2}}
MANY = [f"w{number}" for number in range(20)]


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def question(name: str, kind: str, within: int = 720, **changes: Any) -> dict[str, Any]:
    """A nudge that asks, without a reminder."""
    return nudge(name, variants=MANY, answer=asks(kind, within=within, reminder=None), **changes)


def stands(practice: Practice) -> list[tuple[str, str | None]]:
    """What stands beside each question that has an answer: its name and day of November, and the value or status."""
    asked = {one.id: one for one in practice.rows(Question)}
    return [
        (f"{asked[one.question_id].name} {asked[one.question_id].local_date.day}", one.value or one.status.value)
        for one in practice.rows(Answer)
        if one.superseded_at is None
    ]


def names(texts: list[str]) -> list[str]:
    return [text.split()[1] for text in texts]


def fate(practice: Practice, name: str) -> list[tuple[str, str | None]]:
    return [(one.state.value, one.reason) for one in practice.rows(Message) if one.name == name and one.left_at is None]


def both_numbers(practice: Practice, *, rate_within: int = 720, walk_leaves_within: int = 120) -> None:
    """Two questions for a number, due at the same moment of one Monday; the first has left."""
    practice.enrolls_ana(
        question("rate", "scale_0_10", rate_within, days=["mon"], weeks=[1]),
        question("walk", "minutes", days=["mon"], weeks=[1], send_within=walk_leaves_within),
        limits=NO_PAUSE,
    )
    assert names(practice.at(TEN)) == ["rate"]


def open_at_once(practice: Practice, *questions: dict[str, Any], apart: timedelta = HOUR) -> datetime:
    """The questions, each sent some time after the one before; ten minutes after the last of them."""
    slots = ("morning", "midday", "afternoon", "evening")
    placed = [{**one, "slot": slot, "days": ["mon"]} for one, slot in zip(questions, slots, strict=False)]
    at = {slot: f"{(TEN + turn * apart) - 5 * HOUR:%H:%M}" for turn, slot in enumerate(slots)}
    practice.enrolls_ana(*placed, limits=NO_PAUSE, slots=at)
    for turn, one in enumerate(questions):
        assert names(practice.at(TEN + turn * apart + 30 * MINUTE)) == [one["name"]]
    return TEN + (len(questions) - 1) * apart + 40 * MINUTE


def test_the_second_number_waits_however_often_it_is_looked_at(practice: Practice) -> None:
    both_numbers(practice)

    assert [practice.at(TEN + turn * 5 * MINUTE) for turn in range(1, 10)] == [[]] * 9
    assert [one.name for one in practice.rows(Question)] == ["rate"]
    assert fate(practice, "walk") == [("planned", "other_question_open")]


def test_the_second_number_leaves_once_the_first_is_closed_and_has_its_whole_time(practice: Practice) -> None:
    both_numbers(practice, rate_within=60)
    left = [(turn * 5, names(practice.at(TEN + turn * 5 * MINUTE))) for turn in range(1, 18)]

    assert [one for one in left if one[1]] == [(60, ["walk"])]
    practice.hears("20", at=TEN + 8 * HOUR)
    assert stands(practice) == [("walk 23", "20")]


def test_a_second_number_whose_time_runs_out_is_withheld_with_its_reason(practice: Practice) -> None:
    both_numbers(practice, walk_leaves_within=60)

    assert [practice.at(TEN + turn * 5 * MINUTE) for turn in range(1, 15)] == [[]] * 14
    assert fate(practice, "walk") == [("withheld", "other_question_open")]
    practice.hears("5", at=TEN + 2 * HOUR)
    assert practice.at(TEN + 2 * HOUR) == []


def test_a_number_of_another_program_waits_too(practice: Practice) -> None:
    patient_id = practice.enrolls_ana(question("rate", "scale_0_10"), limits=NO_PAUSE)
    practice.enrolls_also(patient_id, publication(question("walk", "minutes"), name="other", limits=NO_PAUSE))
    practice.at(MONDAY_6AM)

    assert [names(practice.at(TEN + turn * MINUTE)) for turn in range(3)] == [["rate"], [], []]
    practice.hears("5", at=TEN + 3 * MINUTE)
    assert names(practice.at(TEN + 3 * MINUTE)) == ["walk"]


@pytest.mark.parametrize(("after", "answered"), [(19 * SECOND, "older"), (20 * SECOND, "newer")])
def test_what_was_sent_less_than_twenty_seconds_ago_is_tried_last(
    practice: Practice, after: timedelta, answered: str
) -> None:
    now = open_at_once(practice, question("older", "yes_no"), question("newer", "yes_no")) - 10 * MINUTE
    practice.hears("yes", at=now + after)

    assert stands(practice) == [(f"{answered} 23", "yes")]


def test_what_was_just_sent_is_answered_where_nothing_older_fits(practice: Practice) -> None:
    now = open_at_once(practice, question("older", "yes_no"), question("newer", "scale_0_10")) - 10 * MINUTE
    practice.hears("7", at=now + 5 * SECOND)

    assert stands(practice) == [("newer 23", "7")]


def on_weekdays(practice: Practice, *, until: timedelta) -> None:
    """A daily question, Monday to Friday, of an hour; answered by nobody until then."""
    practice.enrolls_ana(question("rate", "scale_0_10", 60, days=["mon", "tue", "wed", "thu", "fri"]), limits=NO_PAUSE)
    for hour in range(int(until / HOUR) + 1):
        practice.at(TEN + hour * HOUR)


@pytest.mark.parametrize(
    ("case", "days_after_friday", "expected"),
    [("on Sunday", 2, [("rate 27", "5")]), ("on Monday, past 48 hours", 2.9, [])],
)
def test_over_a_weekend_an_answer_belongs_to_friday_for_two_days(
    practice: Practice, case: str, days_after_friday: float, expected: list[tuple[str, str]]
) -> None:
    on_weekdays(practice, until=4.2 * DAY)
    reply = practice.hears("5", at=TEN + (4 + days_after_friday) * DAY)

    assert stands(practice) == expected, case
    assert practice.reply(reply).is_note is not bool(expected)


def test_once_the_next_is_sent_an_answer_is_for_the_next_and_never_for_the_one_before(practice: Practice) -> None:
    on_weekdays(practice, until=1 * DAY)
    practice.hears("SKIP", at=TEN + DAY + MINUTE)
    late = practice.hears("5", at=TEN + DAY + 2 * MINUTE)

    assert stands(practice) == [("rate 24", "skip")]
    assert practice.reply(late).is_note


def test_a_next_occurrence_that_was_withheld_leaves_the_answer_to_the_last(practice: Practice) -> None:
    on_weekdays(practice, until=2 * HOUR)
    practice.hears("PAUSE 2", at=TEN + 12 * HOUR)
    for hour in range(13, 40):
        practice.at(TEN + hour * HOUR)
    practice.hears("5", at=TEN + 40 * HOUR)

    assert [one.local_date.day for one in practice.rows(Question)] == [23]
    assert stands(practice) == [("rate 23", "5")]


@pytest.mark.parametrize("order", [("rate", "write"), ("write", "rate")])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", [("rate 23", "5")]),
        ("a 5 today, my sister came by", [("rate 23", "5")]),
        ("diez", [("rate 23", "10")]),
        ("my sister came by", [("write 23", "ok")]),
    ],
)
def test_a_question_for_words_leaves_the_number_to_the_other_in_either_order(
    practice: Practice, order: tuple[str, str], text: str, expected: list[tuple[str, str]]
) -> None:
    kinds = {"rate": "scale_0_10", "write": "text"}
    now = open_at_once(practice, *(question(name, kinds[name]) for name in order))
    practice.hears(text, at=now)

    assert stands(practice) == expected


@pytest.mark.parametrize("word", ["skip", "paso", "SKIP this one please"])
@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        ("scale_0_10", "text", "skip"),
        ("text", "scale_0_10", "skip"),
        ("done", "minutes", "skip"),
        ("done", "text", "skip"),
        ("minutes", "done", "not_done"),
    ],
)
def test_a_skip_is_for_the_newest_question_whatever_its_kind(
    practice: Practice, word: str, older: str, newer: str, expected: str
) -> None:
    now = open_at_once(practice, question("older", older), question("newer", newer))
    practice.hears(word, at=now)

    assert stands(practice) == [("newer 23", expected)]
    assert [one.state for one in practice.rows(Question)] == ["open", "answered"]


def test_a_skip_within_twenty_seconds_is_for_the_question_before(practice: Practice) -> None:
    now = open_at_once(practice, question("older", "scale_0_10"), question("newer", "text")) - 10 * MINUTE
    practice.hears("skip", at=now + 10 * SECOND)

    assert stands(practice) == [("older 23", "skip")]
