"""The kind line after an answer, as it leaves."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from coach.services.spells import hold
from coach.storage.database import Sessions
from coach.storage.tables import Message
from tests.people import Practice, asks, nudge

ASKED = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 09:30 on Monday in New York
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def begins(practice: Practice, kind: str, **changes: Any) -> None:
    practice.enrolls_ana(nudge("move", answer=asks(kind, reminder=None)), **{"feedback": True, **changes})
    practice.at(ASKED)


def says(practice: Practice, words: str, at: datetime) -> list[str]:
    practice.hears(words, at=at)
    return practice.at(at)


def test_an_answer_is_reflected_within_the_minute_in_one_line(practice: Practice) -> None:
    begins(practice, "minutes")

    assert says(practice, "about 12 min", ASKED + MINUTE) == ["en feedback/minutes_baseline/1 12"]


def test_a_question_gets_one_line_though_the_answer_is_corrected(practice: Practice) -> None:
    begins(practice, "minutes")
    says(practice, "12", ASKED + MINUTE)

    assert says(practice, "sorry, 10", ASKED + 2 * MINUTE) == []


def test_the_lines_vary_and_done_is_counted_over_the_week(practice: Practice) -> None:
    begins(practice, "done")
    lines = []
    for day in range(4):
        practice.at(ASKED + day * DAY)
        lines += says(practice, "done", ASKED + day * DAY + MINUTE)

    assert lines == [
        "en feedback/done/1",
        "en feedback/done_again/1 2",
        "en feedback/done_again/2 3",
        "en feedback/done_again/3 4",
    ]


def test_the_goal_and_the_persons_own_last_time_stand_in_it(practice: Practice) -> None:
    asked = {"kind": "pacing", "answer": asks("minutes", reminder=None)}
    goal = {"baseline": "base", "nudges": ["move"], "cap": 30}
    base = nudge("base", weeks=[1], variants=list("abcdefg"), **asked)
    practice.enrolls_ana(base, nudge("move", weeks=[2], **asked), goal=goal, feedback=True)
    practice.at(ASKED)
    lines = []
    for day, words in enumerate(["15", "15", "15", "15", "15", "15", "15", "9", "10", "12", "40"]):
        practice.at(ASKED + day * DAY)
        lines += says(practice, words, ASKED + day * DAY + MINUTE)

    assert lines[7:] == [
        "en feedback/minutes_part/1 9 of 12",
        "en feedback/minutes_more/1 10 after 9",
        "en feedback/minutes_reached/1 12 of 12",
        "en feedback/minutes_over/1 40 of 12",
    ]


@pytest.mark.parametrize("words", ["skip", "banana", "no se", "STOP"])
def test_what_says_no_answer_gets_no_line(practice: Practice, words: str) -> None:
    begins(practice, "minutes")

    assert not any("feedback" in text for text in says(practice, words, ASKED + MINUTE))


def test_words_of_danger_get_no_kind_line(practice: Practice) -> None:
    begins(practice, "minutes")

    assert not any("feedback" in text for text in says(practice, "10, i want to end my life", ASKED + MINUTE))


def test_a_check_in_gets_one_line_at_its_end_and_says_where_pain_is_less(practice: Practice) -> None:
    item = {"variants": ["a"], "answer": asks("scale_0_10", reminder=None)}
    check_in = {
        "name": "how",
        "weeks": [1, 2],
        "days": ["mon"],
        "slot": "morning",
        "items": [{"name": "pain", "measure": "pain", **item}, {"name": "mood", "measure": "mood", **item}],
    }
    practice.enrolls_ana(nudge("calm", slot="evening"), check_ins=[check_in], feedback=True)
    left = []
    for week, (pain, mood) in enumerate([("7", "5"), ("5", "5")]):
        at = ASKED + week * 7 * DAY
        left += practice.at(at) + says(practice, pain, at + MINUTE) + says(practice, mood, at + 3 * MINUTE)

    assert left == [
        "en pain a Ana",
        "en mood a Ana",
        "en feedback/check_in/1",
        "en pain a Ana",
        "en mood a Ana",
        "en feedback/pain_less/1 5 after 7",
    ]


def test_one_text_that_answers_two_questions_gets_one_line(practice: Practice) -> None:
    practice.enrolls_ana(
        nudge("move", answer=asks("done", reminder=None)),
        nudge("walk", slot="midday", answer=asks("minutes", reminder=None)),
        feedback=True,
    )
    practice.at(ASKED)
    practice.at(ASKED + 180 * MINUTE)

    assert len(says(practice, "done, 12", ASKED + 190 * MINUTE)) == 1


def test_a_program_can_go_without(practice: Practice) -> None:
    begins(practice, "done", feedback=False)

    assert says(practice, "done", ASKED + MINUTE) == []


def test_nothing_leaves_while_texts_are_held_and_why_is_written(practice: Practice) -> None:
    begins(practice, "done")
    hold(practice.sessions, 1, by="Nurse Bo", now=ASKED)

    assert says(practice, "done", ASKED + MINUTE) == []
    assert [one.reason for one in practice.rows(Message) if one.name == "feedback"] == ["held"]


def test_a_line_counts_for_the_week_and_not_for_the_day(practice: Practice) -> None:
    limits = {"per_day": 2, "per_week": 20, "minutes_between": 60, "segments": {"en": 1, "es": 2}}
    practice.enrolls_ana(
        nudge("move", answer=asks("done", reminder=None)), nudge("calm", slot="midday"), feedback=True, limits=limits
    )
    practice.at(ASKED)
    says(practice, "done", ASKED + MINUTE)

    assert practice.at(ASKED + 180 * MINUTE) == ["en calm a Ana"]
