"""What follows an answer, lived through: it was unclear, it is put right, or a thank-you comes after it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from coach.services.adherence_report import adherence
from coach.services.export import answers as exported
from coach.services.goals import goal_story
from coach.services.notes import waiting_notes
from coach.services.spells import hold
from coach.services.talk import talk
from coach.services.talk_spell import open_talk
from coach.storage.database import Sessions
from coach.storage.tables import Answer, Question
from tests.people import Practice, ana_in, asks, nudge, publication

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York, on a Monday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NO_PAUSE = {"per_day": 9, "per_week": 40, "minutes_between": 0, "segments": {"en": 1, "es": 2}}
MANY = [f"w{number}" for number in range(20)]


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def question(name: str, kind: str, within: int = 720, **changes: Any) -> dict[str, Any]:
    """A nudge that asks, without a reminder."""
    return nudge(name, variants=MANY, answer=asks(kind, within=within, reminder=None), **changes)


def check_in() -> dict[str, Any]:
    item = {"variants": ["a", "b"], "answer": asks("scale_0_10", reminder=None)}
    items = [{"name": "pain", **item}, {"name": "mood", **item}]
    return {"name": "monday", "weeks": [1], "days": ["mon"], "slot": "morning", "items": items}


def stands(practice: Practice) -> list[tuple[str, str | None]]:
    """What stands beside each question that has an answer: its name or item, and the value or status."""
    asked = {one.id: one.item or one.name for one in practice.rows(Question)}
    return [
        (asked[one.question_id], one.value or one.status.value)
        for one in practice.rows(Answer)
        if one.superseded_at is None
    ]


def notes(practice: Practice) -> list[str]:
    return [note.words for note in waiting_notes(practice.sessions, limit=9).notes]


def bubbles(practice: Practice) -> list[tuple[str, str]]:
    """Her own texts as the patient's page shows them, and what it says of each."""
    return [(one.text, one.note) for one in talk(practice.sessions, 1, most=9).bubbles if one.inbound]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", ["yes_no", "done", "minutes", "text", "time"])
def test_an_unclear_answer_of_any_kind_is_asked_once_more_with_its_own_format(
    practice: Practice, kind: str, language: str
) -> None:
    program = publication(question("ask", kind), limits=NO_PAUSE)
    ana_in(practice.sessions, practice.editions, program, language=language)
    practice.at(TEN)
    practice.hears("hm?", at=TEN + MINUTE)

    assert practice.at(TEN + MINUTE) == [f"{language} unclear_{kind}"]
    second = practice.hears("hm?", at=TEN + 2 * MINUTE)
    assert practice.at(TEN + 2 * MINUTE) == []
    assert [one.state for one in practice.rows(Question)] == ["closed"]
    assert practice.reply(second).is_note


def test_a_question_let_go_after_its_re_ask_still_takes_a_clear_answer_on_time(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"), check_ins=[check_in()])
    practice.at(TEN)
    for minute, text in ((1, "banana"), (2, "plum")):
        practice.hears(text, at=TEN + minute * MINUTE)
        practice.at(TEN + minute * MINUTE)
    practice.hears("6", at=TEN + HOUR)

    assert stands(practice) == [("pain", "6")]
    assert practice.at(TEN + HOUR) == ["en mood a Ana"]


def test_a_question_that_closed_after_its_re_ask_takes_a_late_answer_and_asks_no_third_time(
    practice: Practice,
) -> None:
    practice.enrolls_ana(question("rate", "scale_0_10", 60, days=["mon"]), limits=NO_PAUSE)
    practice.at(TEN)
    practice.hears("banana", at=TEN + 50 * MINUTE)
    assert practice.at(TEN + 50 * MINUTE) == ["en unclear_scale_0_10"]
    practice.at(TEN + HOUR)
    practice.hears("plum", at=TEN + 2 * HOUR)

    assert practice.at(TEN + 2 * HOUR) == []
    practice.hears("6", at=TEN + 3 * HOUR)
    assert stands(practice) == [("rate", "6")]
    assert [(one.value, one.late) for one in practice.rows(Answer) if one.superseded_at is None] == [("6", True)]


def test_a_number_put_right_is_the_only_one_that_figures_and_goals_and_exports_see(practice: Practice) -> None:
    minutes = asks("minutes", reminder=None)
    practice.enrolls_ana(
        nudge("walk", kind="pacing", weeks=[1], days=["mon", "wed", "fri"], answer=minutes),
        nudge("walk-goal", kind="pacing", weeks=[2], days=["mon"], answer=minutes),
        goal={"baseline": "walk", "nudges": ["walk-goal"], "cap": 30},
    )
    said = {0: ["10"], 2: ["10"], 4: ["40", "sorry, 10"], 7: ["16", "perdón, 4 minutos"]}
    for day in range(8):
        practice.at(TEN + day * DAY)
        for minute, words in enumerate(said.get(day, [])):
            practice.hears(words, at=TEN + day * DAY + HOUR + minute * MINUTE)
    (report,) = adherence(practice.sessions, now=TEN + 9 * DAY)
    (goal,) = goal_story(practice.sessions, practice.editions, 1, now=TEN + 9 * DAY)
    rows = [(row["name"], row["value"]) for row in exported(practice.sessions) if row["superseded_at"] is None]

    assert [one.minutes for one in goal.baseline] == [10, 10, 10]
    assert goal.today is not None
    assert goal.today.quota == 8
    assert (report.adherence.whole.quota.mean, report.adherence.whole.quota.overshoot_days) == (0.5, 0)
    assert report.adherence.whole.response.numerator == 4
    assert rows == [("walk", "10"), ("walk", "10"), ("walk", "10"), ("walk-goal", "4")]


def test_an_answer_put_right_stays_on_record_and_the_export_says_when_it_was_superseded(practice: Practice) -> None:
    practice.enrolls_ana(question("rate", "scale_0_10"))
    practice.at(TEN)
    practice.hears("5", at=TEN + MINUTE)
    practice.hears("sorry, 6", at=TEN + 2 * MINUTE)

    rows = [(row["value"], row["status"], row["superseded_at"]) for row in exported(practice.sessions)]
    assert rows == [("5", "understood", TEN + 2 * MINUTE), ("6", "understood", None)]
    assert bubbles(practice) == [("5", "understood: 5"), ("sorry, 6", "understood: 6")]
    assert notes(practice) == []


@pytest.mark.parametrize(
    ("kind", "first", "then", "expected"),
    [
        ("scale_0_10", "5", "oops, i meant 6", "6"),
        ("scale_0_10", "5", "lo siento, 6", "6"),
        ("scale_0_10", "skip", "actually 6", "6"),
        ("minutes", "5", "digo 15 minutos", "15"),
        ("done", "done", "sorry, only half", "partial"),
        ("yes_no", "yes", "perdón, no", "no"),
        ("scale_0_10", "5", "6", "5"),
        ("scale_0_10", "5", "sorry, I can't come at 6", "5"),
        ("done", "done", "sorry, I can't make it to the appointment", "done"),
        ("text", "slept badly", "sorry, 6", "ok"),
    ],
)
def test_only_words_that_take_back_and_say_nothing_else_put_an_answer_right(
    practice: Practice, kind: str, first: str, then: str, expected: str
) -> None:
    practice.enrolls_ana(question("ask", kind))
    practice.at(TEN)
    before = practice.hears(first, at=TEN + MINUTE)
    after = practice.hears(then, at=TEN + 2 * MINUTE)

    assert stands(practice) == [("ask", expected)]
    assert practice.reply(after).is_note is (len(practice.rows(Answer)) == 1)
    assert not practice.reply(before).is_note


@pytest.mark.parametrize(("minutes", "expected"), [(3, [("pain", "6")]), (12, [("pain", "5"), ("mood", "6")])])
def test_a_correction_right_after_the_answer_is_not_for_the_next_item(
    practice: Practice, minutes: int, expected: list[tuple[str, str]]
) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"), check_ins=[check_in()])
    practice.at(TEN)
    practice.hears("5", at=TEN + MINUTE)
    assert practice.at(TEN + MINUTE) == ["en mood a Ana"]
    practice.hears("sorry, 6", at=TEN + minutes * MINUTE)

    assert stands(practice) == expected
    assert practice.at(TEN + minutes * MINUTE) == []


def test_an_answer_is_put_right_for_twelve_hours_and_not_past_the_next_asking(practice: Practice) -> None:
    practice.enrolls_ana(question("rate", "scale_0_10", 60), limits=NO_PAUSE)
    practice.at(TEN)
    practice.hears("5", at=TEN + MINUTE)
    late = practice.hears("sorry, 6", at=TEN + 12 * HOUR + 2 * MINUTE)
    practice.at(TEN + DAY)
    practice.hears("7", at=TEN + DAY + MINUTE)
    practice.hears("sorry, 8", at=TEN + DAY + 11 * HOUR)

    assert stands(practice) == [("rate", "5"), ("rate", "8")]
    assert practice.reply(late).is_note


def test_an_answer_on_time_that_is_put_right_after_its_time_was_on_time(practice: Practice) -> None:
    practice.enrolls_ana(question("rate", "scale_0_10", 60), limits=NO_PAUSE)
    practice.at(TEN)
    practice.hears("5", at=TEN + 59 * MINUTE)
    practice.hears("sorry, 6", at=TEN + 62 * MINUTE)
    (report,) = adherence(practice.sessions, now=TEN + 2 * HOUR)

    assert stands(practice) == [("rate", "6")]
    assert (report.adherence.whole.on_time.numerator, report.adherence.whole.late.numerator) == (1, 0)


COURTESIES = ["thanks", "Thank you!", "ok", "Ok gracias", "👍", "👍🏽", "gracias", "¡Muchas gracias! 🙏", "vale"]


@pytest.mark.parametrize("text", COURTESIES)
def test_a_kind_word_after_an_answer_waits_for_nobody_and_is_shown(practice: Practice, text: str) -> None:
    practice.enrolls_ana(question("rate", "scale_0_10"))
    practice.at(TEN)
    practice.hears("5", at=TEN + MINUTE)
    reply = practice.reply(practice.hears(text, at=TEN + 2 * MINUTE))

    assert (reply.state, reply.is_note, notes(practice)) == ("read", False, [])
    assert practice.at(TEN + 2 * MINUTE) == []
    assert bubbles(practice) == [("5", "understood: 5"), (text, "a kind word: nothing waits")]
    assert stands(practice) == [("rate", "5")]


@pytest.mark.parametrize("text", COURTESIES)
def test_a_kind_word_while_the_next_number_is_awaited_asks_nothing_again(practice: Practice, text: str) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"), check_ins=[check_in()])
    practice.at(TEN)
    practice.hears("5", at=TEN + MINUTE)
    practice.at(TEN + MINUTE)
    practice.hears(text, at=TEN + 3 * MINUTE)

    assert practice.at(TEN + 3 * MINUTE) == []
    practice.hears("4", at=TEN + 4 * MINUTE)
    assert stands(practice) == [("pain", "5"), ("mood", "4")]


def test_a_thumbs_up_after_an_answer_is_no_late_answer_to_what_is_over(practice: Practice) -> None:
    practice.enrolls_ana(
        question("move", "done", 60, days=["mon"]), question("rate", "scale_0_10", slot="midday"), limits=NO_PAUSE
    )
    practice.at(TEN)
    practice.at(TEN + 3 * HOUR)
    practice.hears("5", at=TEN + 3 * HOUR + MINUTE)
    practice.hears("👍", at=TEN + 3 * HOUR + 2 * MINUTE)

    assert stands(practice) == [("rate", "5")]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [("done", "👍", [("rate", "5"), ("open", "done")]), ("yes_no", "👍", [("rate", "5"), ("open", "yes")])],
)
def test_a_word_that_answers_an_open_question_is_its_answer(
    practice: Practice, kind: str, text: str, expected: list[tuple[str, str]]
) -> None:
    practice.enrolls_ana(question("rate", "scale_0_10"), question("open", kind), limits=NO_PAUSE)
    practice.at(TEN)
    practice.at(TEN + MINUTE)
    practice.hears("5", at=TEN + 2 * MINUTE)
    practice.hears(text, at=TEN + 3 * MINUTE)

    assert stands(practice) == expected


@pytest.mark.parametrize(("text", "again"), [("ok", ["en unclear_text"]), ("thanks", [])])
def test_an_ok_that_may_be_meant_for_an_open_question_is_asked_about_but_not_a_thank_you(
    practice: Practice, text: str, again: list[str]
) -> None:
    practice.enrolls_ana(question("rate", "scale_0_10"), question("write", "text"), limits=NO_PAUSE)
    practice.at(TEN)
    practice.at(TEN + MINUTE)
    practice.hears("5", at=TEN + 2 * MINUTE)
    practice.hears(text, at=TEN + 3 * MINUTE)

    assert practice.at(TEN + 3 * MINUTE) == again


@pytest.mark.parametrize("case", ["nothing was answered", "twelve hours on", "more is said", "on hold", "in talk"])
def test_a_kind_word_is_a_note_where_somebody_should_see_it(practice: Practice, case: str) -> None:
    practice.enrolls_ana(question("rate", "scale_0_10", 60, days=["mon"]), limits=NO_PAUSE)
    practice.at(TEN)
    practice.hears("banana" if case == "nothing was answered" else "5", at=TEN + MINUTE)
    practice.at(TEN + HOUR)
    if case == "on hold":
        hold(practice.sessions, 1, by="Nurse Bo", now=TEN + HOUR)
    if case == "in talk":
        with practice.sessions.write() as session:
            open_talk(session, 1, by="Nurse Bo", now=TEN + HOUR)
    text = "thanks but it hurts" if case == "more is said" else "thanks"
    practice.hears(text, at=TEN + (13 if case == "twelve hours on" else 2) * HOUR)

    assert notes(practice)[-1:] == [text]
