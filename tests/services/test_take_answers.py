from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from coach.storage.database import Sessions
from coach.storage.tables import Answer, Message, Question
from tests.people import Practice, ana_in, asks, broken_rules, nudge, publication

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NO_PAUSE = {"per_day": 9, "per_week": 30, "minutes_between": 0, "segments": {"en": 1, "es": 2}}


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def answers(practice: Practice) -> list[tuple[str, str, str | None, bool]]:
    """What stands beside each question: its name (or item), the status, the value, and whether it came late."""
    asked = {question.id: question.item or question.name for question in practice.rows(Question)}
    return [
        (asked[one.question_id], one.status.value, one.value, one.late)
        for one in practice.rows(Answer)
        if one.superseded_at is None
    ]


def question_states(practice: Practice) -> list[str]:
    return [question.state.value for question in practice.rows(Question)]


def check_in(**changes: Any) -> dict[str, Any]:
    """A check-in on Mondays in the morning, with two questions from 0 to 10."""
    item = {"variants": ["a", "b"], "answer": {"kind": "scale_0_10", "within": 720}}
    return {
        "name": "monday",
        "weeks": [1, 2, 3, 4],
        "days": ["mon"],
        "slot": "morning",
        "items": [{"name": "pain", **item}, {"name": "mood", **item}],
        **changes,
    }


@pytest.mark.parametrize(
    ("kind", "language", "text", "value"),
    [
        ("done", "en", "done!", "done"),
        ("done", "es", "hecho", "done"),
        ("scale_0_10", "en", "about a 6", "6"),
        ("minutes", "es", "un cuarto de hora", "15"),
        ("text", "en", "slept badly, walked anyway", "ok"),
        ("yes_no", "en", "YES", "yes"),
        ("yes_no", "es", "Sí", "yes"),
    ],
)
def test_an_answer_closes_its_question_and_cancels_the_reminder(
    practice: Practice, kind: str, language: str, text: str, value: str
) -> None:
    ana_in(practice.sessions, practice.editions, publication(nudge("move", answer=asks(kind))), language=language)
    practice.at(TEN)

    reply_id = practice.hears(text, at=TEN + MINUTE)

    assert answers(practice) == [("move", "understood", value, False)]
    assert question_states(practice) == ["answered"]
    assert not practice.reply(reply_id).is_note
    assert practice.at(TEN + 3 * HOUR) == []
    assert [one.state for one in practice.rows(Message) if one.purpose == "reminder"] == ["cancelled"]


def test_skip_is_an_answer_and_is_left_in_peace(practice: Practice) -> None:
    practice.enrolls_ana(nudge("rate", answer=asks("scale_0_10")))
    practice.at(TEN)
    practice.hears("SKIP", at=TEN + MINUTE)

    assert answers(practice) == [("rate", "skip", None, False)]
    assert practice.at(TEN + 3 * HOUR) == []


@pytest.mark.parametrize("text", ["banana", "15"])
def test_an_unclear_answer_is_asked_once_more_then_left_and_never_reminded(practice: Practice, text: str) -> None:
    practice.enrolls_ana(nudge("rate", answer=asks("scale_0_10")))
    practice.at(TEN)

    practice.hears(text, at=TEN + MINUTE)
    again = practice.at(TEN + MINUTE)
    practice.hears("plum", at=TEN + 2 * MINUTE)

    assert again == ["en unclear_scale_0_10"]
    assert practice.at(TEN + 2 * MINUTE) == []
    assert practice.at(TEN + 3 * HOUR) == []
    assert question_states(practice) == ["closed"]


def test_an_answer_after_the_re_ask_supersedes_what_was_unclear_and_both_are_kept(practice: Practice) -> None:
    practice.enrolls_ana(nudge("rate", answer=asks("scale_0_10")))
    practice.at(TEN)
    practice.hears("banana", at=TEN + MINUTE)
    practice.at(TEN + MINUTE)

    practice.hears("6", at=TEN + 2 * MINUTE)

    assert answers(practice) == [("rate", "understood", "6", False)]
    assert [(one.status, one.superseded_at) for one in practice.rows(Answer)] == [
        ("unclear", TEN + 2 * MINUTE),
        ("understood", None),
    ]


def test_an_answer_before_the_re_ask_left_keeps_it_from_leaving(practice: Practice) -> None:
    practice.enrolls_ana(nudge("rate", answer=asks("scale_0_10")))
    practice.at(TEN)
    practice.hears("banana", at=TEN + MINUTE)
    practice.hears("6", at=TEN + MINUTE)

    assert practice.at(TEN + 2 * MINUTE) == []


@pytest.mark.parametrize(
    ("case", "after", "expected"),
    [
        ("on time", timedelta(minutes=59), [("rate", "understood", "5", False)]),
        ("after its hour", timedelta(minutes=61), [("rate", "understood", "5", True)]),
        ("the next day", DAY, [("rate", "understood", "5", True)]),
        ("within 48 hours", 49 * HOUR - MINUTE, [("rate", "understood", "5", True)]),
        ("after 48 hours", 49 * HOUR + MINUTE, []),
    ],
)
def test_a_late_answer_is_taken_for_48_hours(
    practice: Practice, case: str, after: timedelta, expected: list[tuple[str, str, str, bool]]
) -> None:
    practice.enrolls_ana(nudge("rate", days=["mon"], answer=asks("scale_0_10", within=60, reminder=None)))
    practice.at(TEN)
    practice.at(TEN + HOUR)

    reply_id = practice.hears("5", at=TEN + after)

    assert answers(practice) == expected, case
    assert practice.reply(reply_id).is_note is not bool(expected)


def test_a_late_text_that_answers_nothing_is_a_note_and_is_not_asked_again(practice: Practice) -> None:
    practice.enrolls_ana(nudge("rate", days=["mon"], answer=asks("scale_0_10", within=60, reminder=None)))
    practice.at(TEN)
    practice.at(TEN + HOUR)
    reply_id = practice.hears("banana", at=TEN + 2 * HOUR)

    assert practice.reply(reply_id).is_note
    assert practice.at(TEN + 2 * HOUR) == []


def test_a_late_answer_belongs_to_the_next_asking_once_there_is_one(practice: Practice) -> None:
    practice.enrolls_ana(nudge("rate", answer=asks("scale_0_10", within=60, reminder=None)))
    practice.at(TEN)
    practice.at(TEN + DAY)
    practice.hears("5", at=TEN + DAY + MINUTE)
    correction = practice.hears("sorry, 6", at=TEN + DAY + 2 * MINUTE)

    assert answers(practice) == [("rate", "understood", "6", False)]
    assert question_states(practice) == ["closed", "answered"]
    assert not practice.reply(correction).is_note


def test_a_text_that_is_read_late_does_not_answer_what_was_asked_after_it(practice: Practice) -> None:
    practice.enrolls_ana(nudge("rate", answer=asks("scale_0_10")))
    early = practice.stores("5", at=TEN - 2 * HOUR)
    assert not practice.reads(early, at=TEN - 2 * HOUR, by=broken_rules())
    practice.at(TEN)

    practice.reads(early, at=TEN + MINUTE)

    assert answers(practice) == []
    assert practice.reply(early).is_note


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        ("a number is the number's", "5", {("rate", "5")}),
        ("a word is the other's", "done", {("move", "done")}),
        ("both in one text", "done, 6", {("move", "done"), ("rate", "6")}),
        ("a text question takes the rest", "my sister came by", {("write", "ok")}),
    ],
)
def test_each_of_several_open_questions_gets_its_own_answer(
    practice: Practice, case: str, text: str, expected: set[tuple[str, str]]
) -> None:
    practice.enrolls_ana(
        nudge("rate", answer=asks("scale_0_10")),
        nudge("move", answer=asks("done")),
        nudge("write", kind="journaling", answer=asks("text")),
        limits=NO_PAUSE,
    )
    for minute in range(3):
        practice.at(TEN + minute * MINUTE)
    practice.hears(text, at=TEN + 10 * MINUTE)

    assert {(name, value) for name, _, value, _ in answers(practice)} == expected, case


def test_an_answer_lets_the_other_question_for_a_number_go_at_once(practice: Practice) -> None:
    practice.enrolls_ana(
        nudge("rate", answer=asks("scale_0_10")), nudge("walk", answer=asks("minutes")), limits=NO_PAUSE
    )
    practice.at(TEN)
    practice.hears("5", at=TEN + MINUTE)

    assert practice.at(TEN + MINUTE) == ["en walk a Ana"]


def test_a_check_in_asks_one_thing_at_a_time_and_the_next_only_after_an_answer(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"), check_ins=[check_in()])

    assert practice.at(TEN) == ["en pain a Ana"]
    assert practice.at(TEN + HOUR) == []
    practice.hears("6", at=TEN + HOUR)
    assert practice.at(TEN + HOUR) == ["en mood a Ana"]
    practice.hears("4", at=TEN + 2 * HOUR)

    assert practice.at(TEN + 2 * HOUR) == []
    assert answers(practice) == [("pain", "understood", "6", False), ("mood", "understood", "4", False)]


def test_a_skipped_item_goes_on_to_the_next(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"), check_ins=[check_in()])
    practice.at(TEN)
    practice.hears("skip", at=TEN + MINUTE)

    assert practice.at(TEN + MINUTE) == ["en mood a Ana"]


def test_a_check_in_without_an_answer_is_abandoned(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening", days=["sun"]), check_ins=[check_in()])
    practice.at(TEN)
    practice.at(TEN + 12 * HOUR)
    practice.hears("6", at=TEN + DAY)

    assert answers(practice) == [("pain", "understood", "6", True)]
    assert practice.at(TEN + DAY) == []


def test_the_next_item_is_a_new_question_and_keeps_the_hours(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening", days=["sun"]), check_ins=[check_in()])
    practice.at(TEN)
    practice.hears("6", at=TEN + 11 * HOUR)  # 21:00 in New York

    assert practice.at(TEN + 11 * HOUR) == []
    assert [(one.state, one.reason) for one in practice.rows(Message) if one.item == "mood"] == [
        ("expired", "quiet_hours")
    ]


def test_a_re_ask_answers_a_text_of_the_night_at_once(practice: Practice) -> None:
    practice.enrolls_ana(nudge("rate", answer=asks("scale_0_10")))
    practice.at(TEN)
    practice.hears("banana", at=TEN + 11 * HOUR)

    assert practice.at(TEN + 11 * HOUR) == ["en unclear_scale_0_10"]


def test_an_answer_from_someone_who_has_stopped_is_kept_and_asks_nothing_further(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"), check_ins=[check_in()])
    practice.at(TEN)
    practice.hears("STOP", at=TEN + MINUTE)
    practice.at(TEN + MINUTE)
    practice.hears("6", at=TEN + 2 * MINUTE)

    assert answers(practice) == [("pain", "understood", "6", False)]
    assert practice.at(TEN + 2 * MINUTE) == []


def test_the_wording_of_an_item_may_come_again_the_next_week(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening", weeks=[4]), check_ins=[check_in()])

    rounds = [practice.at(TEN + day * DAY) for day in range(15)]

    assert [text for texts in rounds for text in texts] == ["en pain a Ana", "en pain b Ana", "en pain a Ana"]


def test_two_programs_with_a_nudge_of_one_name_keep_their_answers_apart(practice: Practice) -> None:
    patient_id = practice.enrolls_ana(
        nudge("rate", days=["mon"], answer=asks("scale_0_10", within=60, reminder=None)), limits=NO_PAUSE
    )
    practice.enrolls_also(
        patient_id,
        publication(nudge("rate", days=["mon"], slot="midday", answer=asks("done")), name="other", limits=NO_PAUSE),
    )
    practice.at(TEN)
    practice.at(TEN + 3 * HOUR)
    practice.hears("5", at=TEN + 3 * HOUR + MINUTE)

    assert ("rate", "understood", "5", True) in answers(practice)
