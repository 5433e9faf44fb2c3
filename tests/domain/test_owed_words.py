from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from coach.domain.enrollment import Enrollment
from coach.domain.owed_words import days_words, meaning, nothing_owed, owed_words, weeks_words
from coach.domain.program import WEEKDAYS, AnswerKind, Program, Weekday
from tests.people import MONDAY, nudge, publication

SUNDAY = {"name": "sunday", "weeks": [1, 3], "days": ["sun"], "slot": "evening"}
PAIN = {"name": "pain", "variants": ["a"], "answer": {"kind": "scale_0_10", "within": 120}}
HERS = Enrollment(id=1, start=MONDAY, zone=ZoneInfo("America/New_York"))


def program() -> Program:
    return publication(
        nudge("move", days=["tue"], slot="midday", weeks=[2]),
        nudge("rest", days=["tue"], weeks=[2], when={"in_flare": True}),
        check_ins=[{**SUNDAY, "items": [PAIN]}],
    ).program


@pytest.mark.parametrize(
    ("name", "own", "words"),
    [
        ("move", {}, "Small Steps owes it on Tuesdays at midday (12:30), in week 2"),
        (
            "move",
            {"midday": time(13)},
            "Small Steps owes it on Tuesdays at midday (13:00, their own time), in week 2",
        ),
        ("sunday", {}, "Small Steps owes it on Sundays in the evening (18:30), in weeks 1 and 3"),
        ("rest", {}, "Small Steps owes it on Tuesdays in the morning (09:30), in week 2, for people in a flare"),
        ("quiet", {}, ""),
    ],
)
def test_a_text_is_owed_by_the_programs_rule(name: str, own: dict[str, time], words: str) -> None:
    assert owed_words(program(), name, own) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (["wed"], "on Wednesdays"),
        (["fri", "mon"], "on Mondays and Fridays"),
        (["mon", "wed", "fri"], "on Mondays, Wednesdays and Fridays"),
        (list(WEEKDAYS), "every day"),
    ],
)
def test_days_are_listed_in_the_order_of_the_week(days: list[Weekday], words: str) -> None:
    assert days_words(days) == words


@pytest.mark.parametrize(
    ("weeks", "words"),
    [([1], "week 1"), ([2, 1], "weeks 1 and 2"), ([1, 2, 3, 4], "weeks 1 to 4"), ([1, 3, 5], "weeks 1, 3 and 5")],
)
def test_weeks_in_a_row_are_told_by_their_ends(weeks: list[int], words: str) -> None:
    assert weeks_words(weeks) == words


@pytest.mark.parametrize(
    ("day", "ended", "words"),
    [
        (MONDAY - timedelta(days=1), False, "Small Steps begins on 23 Nov 2026"),
        (MONDAY, False, "Small Steps has no text on Mondays in week 1"),
        (MONDAY + timedelta(days=8), False, "Small Steps has not been planned for this day"),
        (MONDAY + timedelta(days=8), True, "their time in Small Steps is over"),
        (MONDAY + timedelta(days=28), False, "Small Steps was over on 20 Dec 2026"),
    ],
)
def test_a_day_without_texts_says_why(day: date, words: str, *, ended: bool) -> None:
    assert nothing_owed(program(), HERS, day, ended=ended) == words


@pytest.mark.parametrize(
    ("expects", "status", "value", "words"),
    [
        (AnswerKind.SCALE_0_10, "understood", "6", "6"),
        (AnswerKind.MINUTES, "understood", "1", "1 minute"),
        (AnswerKind.MINUTES, "understood", "12", "12 minutes"),
        (AnswerKind.DONE, "understood", "partial", "partly done"),
        (AnswerKind.YES_NO, "understood", "yes", "yes"),
        (AnswerKind.TEXT, "understood", "ok", "in their own words"),
        (AnswerKind.TIME, "understood", "09:30", "09:30"),
        (AnswerKind.DONE, "skip", None, "they skip this one"),
        (AnswerKind.DONE, "unclear", None, "coach could not tell"),
        (AnswerKind.SCALE_0_10, "invalid", None, "a number or time that the question does not take"),
    ],
)
def test_an_answer_says_what_it_was_understood_to_say(
    expects: AnswerKind, status: str, value: str | None, words: str
) -> None:
    assert meaning(expects, status, value) == words
