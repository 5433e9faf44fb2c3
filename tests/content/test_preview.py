import json
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.content.clinic import read_clinic
from coach.content.preview import Row, as_calendar, as_json, preview_rows
from coach.content.publication import compile_program
from tests.content.project import ROOT

PLAIN = Row("walk", "pacing", "2026-03-02T17:30", "2026-03-02T22:30:00Z", "Hi", 1)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    publication = compile_program(ROOT / "config/programs/steady-steps.yaml", ROOT / "messages")
    clinic = read_clinic(ROOT / "config/clinic.yaml")
    return preview_rows(publication, clinic, start=date(2026, 3, 2), zone=ZoneInfo("America/New_York"), language="es")


def test_a_row_shows_the_text_in_the_language_with_its_goal(rows: list[Row]) -> None:
    first_goal = next(row for row in rows if row.nudge == "pacing-goal")

    assert first_goal.text.startswith("Semana nueva, paso corto: 12 minutos")
    assert (first_goal.local, first_goal.utc) == ("2026-03-09T17:30", "2026-03-09T21:30:00Z")
    assert first_goal.segments == 2


def test_a_check_in_is_shown_as_such(rows: list[Row]) -> None:
    assert [(row.nudge, row.kind) for row in rows if row.local.startswith("2026-03-08")] == [
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


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"], whitelist_characters="\n"), max_size=200))
def test_a_calendar_folds_its_lines_and_loses_nothing(text: str) -> None:
    row = Row(**{**vars(PLAIN), "text": text})
    lines = as_calendar([row], "A").split("\r\n")
    whole = "\r\n".join(lines).replace("\r\n ", "")
    described = next(line for line in whole.split("\r\n") if line.startswith("DESCRIPTION:"))
    words = described.removeprefix("DESCRIPTION:").replace("\\\\", "\x00").replace("\\n", "\n")

    assert max(len(line.encode()) for line in lines) <= 75
    assert words.replace("\\,", ",").replace("\\;", ";").replace("\x00", "\\") == text
