import json

from typer.testing import CliRunner

from coach.cli.message import app


def test_each_text_is_measured_in_order() -> None:
    result = CliRunner().invoke(app, ["count"], input='"hello"\n"sí"\n')

    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"encoding": "GSM-7", "segments": 1, "units": 5},
        {"encoding": "UCS-2", "segments": 1, "units": 2},
    ]
