import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner, Result

from coach.cli import build_app
from coach.storage.database import Sessions
from tests.people import CY, Practice, asks, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
MINUTE = timedelta(minutes=1)
Coach = Callable[..., Result]


@pytest.fixture
def coach(sessions: Sessions) -> Coach:
    """`coach` on the database of a practice that had a morning."""
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("rate", answer=asks("scale_0_10")))
    practice.at(TEN)
    practice.hears("6", at=TEN + MINUTE)
    practice.hears('=HYPERLINK("http://x","y")', at=TEN + 2 * MINUTE, phone=CY)
    practice.hears("ñandú, \n two lines", at=TEN + 3 * MINUTE, phone=CY)

    def run(*arguments: str) -> Result:
        environment = {"COACH_DATABASE_URL": sessions.engine.url.render_as_string()}
        return CliRunner().invoke(build_app(), list(arguments), env=environment)

    return run


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0
    return list(csv.DictReader(io.StringIO(result.stdout, newline="")))


@pytest.mark.parametrize(("what", "count"), [("messages", 4), ("replies", 3), ("answers", 1), ("adherence", 3)])
def test_csv_and_json_hold_the_same_rows_and_columns(coach: Coach, what: str, count: int) -> None:
    flat = rows(coach("export", what, "--format", "csv"))
    full = json.loads(coach("export", what, "--format", "json").stdout)

    assert len(flat) == len(full) == count
    assert [list(row) for row in flat] == [list(row) for row in full]


def test_times_are_in_utc_and_days_local(coach: Coach) -> None:
    first = rows(coach("export", "messages"))[0]

    assert (first["due_at"], first["local_date"]) == ("2026-11-23T14:30:00Z", "2026-11-23")


def test_what_a_spreadsheet_would_take_for_a_formula_is_defused_in_csv_and_raw_in_json(coach: Coach) -> None:
    flat = rows(coach("export", "replies"))
    full = json.loads(coach("export", "replies", "--format", "json").stdout)

    assert [row["body"] for row in flat] == ["6", '\'=HYPERLINK("http://x","y")', "ñandú, \n two lines"]
    assert flat[1]["phone"] == "'+12025550177"
    assert [row["body"] for row in full] == ["6", '=HYPERLINK("http://x","y")', "ñandú, \n two lines"]
    assert full[1]["phone"] == "+12025550177"


def test_a_reading_is_json_in_its_column(coach: Coach) -> None:
    reading = json.loads(rows(coach("export", "replies"))[0]["reading"])

    assert reading["answers"] == [{"question_id": 1, "status": "understood", "value": 6}]


def test_what_cannot_be_exported_is_a_usage_error(coach: Coach) -> None:
    assert coach("export", "secrets").exit_code == 2


@pytest.mark.parametrize("what", ["messages", "replies", "answers", "adherence"])
def test_an_export_of_nothing_has_its_header(sessions: Sessions, what: str) -> None:
    environment = {"COACH_DATABASE_URL": sessions.engine.url.render_as_string()}
    lines = CliRunner().invoke(build_app(), ["export", what], env=environment).stdout.splitlines()

    assert len(lines) == 1
    assert "patient_id" in lines[0].split(",")
