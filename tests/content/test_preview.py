import json
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.content.clinic import read_clinic
from coach.content.preview import Row, as_calendar, as_json, preview_rows
from coach.content.preview_summary import WeekBurden, burden_by_week, calendar_weeks, summary
from coach.content.publication import compile_program
from coach.domain.preview import Person
from coach.domain.program import Program
from tests.content.project import ROOT

START = date(2026, 3, 2)
PLAIN = Row("walk", "pacing", "2026-03-02T17:30", "2026-03-02T22:30:00Z", "Hi", 1)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    publication = compile_program(ROOT / "config/programs/steady-steps.yaml", ROOT / "messages")
    clinic = read_clinic(ROOT / "config/clinic.yaml")
    return preview_rows(publication, clinic, Person(START, ZoneInfo("America/New_York"), "es"))


def test_a_row_shows_the_text_in_the_language_with_its_goal(rows: list[Row]) -> None:
    first_goal = next(row for row in rows if row.nudge == "pacing-goal")

    assert first_goal.text.startswith("Semana nueva, paso corto: 12 minutos")
    assert (first_goal.local, first_goal.utc) == ("2026-03-09T17:30", "2026-03-09T21:30:00Z")
    assert first_goal.segments == 2


def test_a_check_in_is_shown_as_such(rows: list[Row]) -> None:
    assert [(row.nudge, row.kind) for row in rows if row.local.startswith("2026-03-08")] == [
        ("sunday", "check_in"),
        ("sunday", "check_in"),
        ("sunday", "check_in"),
    ]


def test_json_holds_the_rows_as_they_are(rows: list[Row]) -> None:
    assert [Row(**row) for row in json.loads(as_json(rows))] == rows


def test_a_calendar_has_an_event_for_each_text(rows: list[Row]) -> None:
    calendar = as_calendar(rows, "Pasos firmes")

    assert calendar.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert calendar.endswith("END:VCALENDAR\r\n")
    assert calendar.count("BEGIN:VEVENT") == calendar.count("END:VEVENT") == len(rows)
    assert "DTSTART:20260309T213000Z\r\n" in calendar
    assert len({line for line in calendar.split("\r\n") if line.startswith("UID:")}) == len(rows)


@pytest.fixture(scope="module")
def program() -> Program:
    return compile_program(ROOT / "config/programs/steady-steps.yaml", ROOT / "messages").program


def test_the_burden_of_each_week_is_counted_with_its_check_in(rows: list[Row], program: Program) -> None:
    weeks = burden_by_week(rows, program, START)

    assert weeks[0] == WeekBurden(week=1, texts=9, busiest_day=1, reminders=5)
    assert weeks[7] == WeekBurden(week=8, texts=10, busiest_day=2, reminders=3)  # Monday and Tuesday are full
    assert len(weeks) == 12
    assert sum(one.texts for one in weeks) == len(rows)


def test_the_summary_says_what_it_costs_and_the_room_that_is_left(rows: list[Row], program: Program) -> None:
    lines = list(summary(rows, program, START, "es", Decimal("0.01")))
    segments = sum(row.segments for row in rows)

    assert lines[0].endswith(f"{segments} segments, {segments / 100:.2f} at 0.01 a segment")
    assert lines[1].startswith("hardest to read: ")
    assert lines[3].startswith("  week 1: Baseline: 9 texts, 1 on the busiest day, room for 7")


def test_a_grid_has_seven_days_a_week_and_a_check_in_once(rows: list[Row]) -> None:
    weeks = calendar_weeks(rows, START)

    assert [week for week, _ in weeks] == list(range(1, 13))
    assert weeks[0][1] == [
        ["17:30 pacing-baseline"],
        ["12:30 exercise"],
        ["17:30 pacing-baseline"],
        ["12:30 medication"],
        ["17:30 pacing-baseline"],
        ["09:30 self-compassion"],
        ["17:30 sunday (3)"],
    ]


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"], whitelist_characters="\n"), max_size=200))
def test_a_calendar_folds_its_lines_and_loses_nothing(text: str) -> None:
    row = Row(**{**vars(PLAIN), "text": text})
    lines = as_calendar([row], "A").split("\r\n")
    whole = "\r\n".join(lines).replace("\r\n ", "")
    described = next(line for line in whole.split("\r\n") if line.startswith("DESCRIPTION:"))
    words = described.removeprefix("DESCRIPTION:").replace("\\\\", "\x00").replace("\\n", "\n")

    assert max(len(line.encode()) for line in lines) <= 75
    assert words.replace("\\,", ",").replace("\\;", ";").replace("\x00", "\\") == text
