import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner, Result

from coach.cli import build_app
from coach.cli.reply import app
from coach.storage.database import Sessions
from tests.people import CY, MONDAY_6AM, Practice, nudge


def test_each_line_is_answered_in_order_the_empty_one_too() -> None:
    result = CliRunner().invoke(app, ["read", "--expects", "scale_0_10"], input='"6 today"\n""\n"STOP"\n')
    rows = [json.loads(line) for line in result.stdout.splitlines()]

    assert [row["text"] for row in rows] == ["6 today", "", "STOP"]
    assert rows[0]["answer"] == {"status": "understood", "value": 6}
    assert rows[0]["because"] == ["6"]
    assert rows[1]["answer"] == {"status": "unclear", "value": None}
    assert (rows[2]["consent"], rows[2]["answer"]) == ("stop", None)


def test_without_a_question_nothing_is_an_answer() -> None:
    result = CliRunner().invoke(app, ["read", "--language", "es"], input='"6"\n')

    assert json.loads(result.stdout)["answer"] is None


@pytest.mark.parametrize("line", ["6", "nope", '{"text": "6"}', '"half'])
def test_a_line_that_is_no_string_is_named(line: str) -> None:
    result = CliRunner().invoke(app, ["read"], input=f'"6"\n{line}\n')

    assert result.exit_code == 2
    assert result.stderr.startswith("line 2 of standard input")


def test_notes_are_listed_newest_last_until_somebody_has_seen_them(sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.hears("my sister\nmoved in\x1b[2J", at=MONDAY_6AM)
    practice.hears("who is this", at=MONDAY_6AM + timedelta(hours=1), phone=CY)
    environment = {"COACH_DATABASE_URL": sessions.engine.url.render_as_string()}

    def coach(*arguments: str) -> Result:
        return CliRunner().invoke(build_app(), ["reply", *arguments], env=environment)

    assert coach("notes").stdout.splitlines() == [
        "1  2026-11-23 11:00  patient 1, Ana Reyes: my sister ⏎ moved in�[2J",
        f"2  2026-11-23 12:00  {CY}: who is this",
    ]

    assert coach("seen", "1", "--by", "Nurse Bo").stdout == "note 1: read by Nurse Bo\n"
    assert [line[:1] for line in coach("notes").stdout.splitlines()] == ["2"]

    coach("seen", "2", "--by", "Nurse Bo")

    assert coach("notes").stdout == "no note waits to be read\n"
