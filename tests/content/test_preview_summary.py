"""What stands below a preview, in small made-up programs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from coach.content.preview import Row
from coach.content.preview_summary import burden_by_week, calendar_weeks, in_cell, of_week, summary
from tests.people import asks, nudge, publication

WEDNESDAY = date(2026, 3, 4)
LIMITS = {"per_day": 2, "per_week": 4, "minutes_between": 60, "segments": {"en": 1, "es": 2}}


def row(name: str, local: str, kind: str = "exercise", text: str = "Hi") -> Row:
    return Row(name, kind, local, "2026-03-04T14:30:00Z", text, 1)


def reminders(*rows: Row, **changes: Any) -> int:
    """How many reminders the week may bring in a program whose question `move` is reminded of after three hours."""
    item = {"variants": ["a"], "answer": asks("scale_0_10", reminder=120)}
    items = [{"name": "pain", **item}, {"name": "mood", **item}]
    check_in = {"name": "weekly", "weeks": [1], "days": ["sun"], "slot": "morning", "items": items}
    nudges = [nudge("move", answer=asks("done")), nudge("plain"), nudge("quiet", answer=asks("text", reminder=None))]
    written = {"limits": LIMITS, "check_ins": [check_in], **changes}
    return burden_by_week(rows, publication(*nudges, **written).program, WEDNESDAY)[0].reminders


def test_a_question_with_a_reminder_may_bring_one_more() -> None:
    assert reminders(row("move", "2026-03-04T09:30")) == 1
    assert reminders(row("plain", "2026-03-04T09:30")) == 0
    assert reminders(row("quiet", "2026-03-04T09:30")) == 0


def test_a_reminder_that_would_come_after_hours_is_not_counted() -> None:
    assert reminders(row("move", "2026-03-04T16:59")) == 1
    assert reminders(row("move", "2026-03-04T17:00")) == 0  # at 20:00, when the hours end


def test_a_reminder_that_would_come_after_the_answer_is_due_is_not_counted() -> None:
    late = nudge("move", answer=asks("done", within=180))

    program = publication(late, limits=LIMITS).program

    assert burden_by_week([row("move", "2026-03-04T09:30")], program, WEDNESDAY)[0].reminders == 0


def test_a_day_that_is_full_leaves_no_room_for_reminders() -> None:
    assert reminders(row("plain", "2026-03-04T09:30"), row("move", "2026-03-04T12:30")) == 0


def test_the_questions_of_a_check_in_share_the_room_of_their_day() -> None:
    asked = [row("weekly", f"2026-03-08T09:3{minute}", "check_in") for minute in (0, 1)]

    assert reminders(*asked) == 1
    assert reminders(*asked, limits={**LIMITS, "per_day": 3}) == 2


def test_a_week_leaves_no_room_for_more_than_its_limit() -> None:
    days = [row("move", f"2026-03-0{day}T09:30") for day in (4, 5, 6)]

    assert reminders(*days) == 1


def test_a_follow_up_counts_in_its_week_and_not_in_its_day() -> None:
    rows = [row("move", "2026-03-04T09:30"), row("move", "2026-03-04T09:31")]

    found = burden_by_week(rows, publication(nudge("move", answer=asks("done"))).program, WEDNESDAY)

    assert (found[0].texts, found[0].busiest_day, found[0].reminders) == (2, 1, 1)


ROWS = [
    row("move", "2026-03-04T09:30"),
    row("move", "2026-03-11T09:30", text="The second one is a little longer."),
    row("move", "2026-03-12T09:30"),
]


def lines(rows: list[Row], **changes: Any) -> list[str]:
    program = publication(nudge("move", answer=asks("done")), limits=LIMITS, **changes).program
    return list(summary(rows, program, WEDNESDAY, "en", Decimal("0.5")))


def test_the_fullest_week_is_named_with_what_somebody_gets_who_does_not_answer() -> None:
    assert lines(ROWS) == [
        "3 texts, 2 of them different, 3 segments, 1.50 at 0.5 a segment",
        "hardest to read: move of 2026-03-11, grade 4.0 (Flesch-Kincaid)",
        "week by week, of 4 a week and 2 a day:",
        "  week 1: 1 text, 1 on the busiest day, room for 3, and up to 1 reminder",
        "  week 2: 2 texts, 1 on the busiest day, room for 2, and up to 2 reminders",
        "the fullest is week 2, with 2 texts; whoever does not answer in time gets up to 4",
    ]


def test_one_week_is_not_compared_with_others() -> None:
    assert lines(of_week(ROWS, WEDNESDAY, 1))[-1].startswith("  week 1: 1 text")


def test_no_texts_are_a_summary_too() -> None:
    assert lines([])[0] == "0 texts, 0 of them different, 0 segments, 0.00 at 0.5 a segment"


def test_a_week_begins_on_the_weekday_of_the_start() -> None:
    tuesday, wednesday = row("move", "2026-03-10T09:30"), row("move", "2026-03-11T09:30")

    assert of_week([tuesday, wednesday], WEDNESDAY, 1) == [tuesday]
    assert calendar_weeks([tuesday, wednesday], WEDNESDAY) == [
        (1, [[], [], [], [], [], [], ["09:30 move"]]),
        (2, [["09:30 move"], [], [], [], [], [], []]),
    ]


def test_a_calendar_of_one_week_begins_with_it_and_an_empty_one_has_none() -> None:
    assert [week for week, _ in calendar_weeks(of_week(ROWS, WEDNESDAY, 2), WEDNESDAY)] == [2]
    assert calendar_weeks([], WEDNESDAY) == []


def test_a_nudge_and_its_follow_up_stand_once() -> None:
    rows = [row("move", "2026-03-04T09:30"), row("move", "2026-03-04T09:31")]

    assert calendar_weeks(rows, WEDNESDAY)[0][1][0] == ["09:30 move (2)"]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("09:30 move", "09:30 move"),
        ("09:30 self-compassion", "09:30 self-\ncompassion"),
        ("09:30 enjoyment-lesson", "09:30\nenjoyment-\nlesson"),
    ],
)
def test_a_long_name_is_broken_at_its_hyphens(line: str, shown: str) -> None:
    assert in_cell([line], 13) == shown
