import json

import pytest
from typer.testing import CliRunner

from coach.cli.reply import app


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
