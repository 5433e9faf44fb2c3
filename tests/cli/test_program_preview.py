import json

import pytest
from typer.testing import CliRunner, Result

from coach.cli.program import app
from tests.content.project import edit, write_project

MARCH = ("--start", "2026-03-02", "--timezone", "America/New_York")
AN_EVENING = ("base", "2026-03-02T17:30", "2026-03-02T22:30:00Z")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = write_project(tmp_path_factory.mktemp("preview"))
    edit(file, "weeks: 2\n", "weeks: 2\nthemes: [Fear of harm, Rest]\n")
    edit(
        file,
        "within: 600, reminder: 120}\n",
        "within: 600, reminder: 120}\n    follow_ups: [{at_least: 1, variants: [z]}]\n",
    )
    for language, words in (("en", "Thank you. Rest well."), ("es", "Gracias. Descansa bien.")):
        text = file.parents[2] / "messages" / language / "tiny" / "base" / "z.txt"
        text.write_text(f"{words}\n", encoding="utf-8")
    return str(file)


def run(program: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["preview", program, *MARCH, *arguments])


def rows(program: str, *arguments: str) -> list[tuple[str, str, str]]:
    found = json.loads(run(program, "--format", "json", *arguments).stdout)
    return [(row["nudge"], row["local"], row["utc"]) for row in found]


def test_a_calendar_fits_a_page_and_has_its_sum_below(program: str) -> None:
    result = run(program, "--format", "calendar", "--price", "0.0079", "--language", "es")
    lines = [line.rstrip() for line in result.stdout.splitlines()]

    assert (result.exit_code, result.stderr) == (0, "")
    assert max(len(line) for line in lines) <= 120
    assert lines[0] == "Chico, from 2026-03-02 in America/New_York"
    assert lines[2].split() == ["week", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert lines[4].split() == ["1", "17:30", "base", "17:30", "base", "17:30", "base", "09:30", "weekly"]
    assert " Fear of" in lines[5]
    assert "6 texts, 5 of them different, 6 segments, 0.05 at 0.0079 a segment" in lines
    assert lines[-1].startswith("the fullest is week 1, with 4 texts")


def test_one_week_alone_can_be_shown(program: str) -> None:
    assert rows(program, "--week", "2") == [
        ("walk", "2026-03-09T17:30", "2026-03-09T21:30:00Z"),
        ("weekly", "2026-03-15T09:30", "2026-03-15T13:30:00Z"),
    ]


def test_follow_ups_are_shown_where_they_are_asked_for_and_no_text_comes_twice(program: str) -> None:
    first = rows(program, "--follow-ups", "--week", "1")

    assert first[:2] == [AN_EVENING, ("base", "2026-03-02T17:31", "2026-03-02T22:31:00Z")]
    assert [name for name, _, _ in first] == ["base", "base", "base", "base", "weekly"]
    assert rows(program, "--week", "1")[0] == AN_EVENING
    assert len(rows(program, "--week", "1")) == 4


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--price", "1e30"), "'1e30' is no price of a segment. write it as 0.0079"),
        (("--price", "-1"), "'-1' is no price of a segment. write it as 0.0079"),
        (("--price", "$0.0079"), "'$0.0079' is no price of a segment. write it as 0.0079"),
        (("--price", "nan"), "'nan' is no price of a segment. write it as 0.0079"),
        (("--baseline", "-1"), "-1 minutes are no baseline. write 0 to 1440"),
        (("--baseline", "1441"), "1441 minutes are no baseline. write 0 to 1440"),
        (("--flare", "2026-02-30"), "'2026-02-30' is no date. write it as 2026-03-02"),
        (("--week", "3"), "tiny.yaml has no week 3. write 1 to 2"),
    ],
)
def test_a_wrong_option_is_one_line_and_exit_2(program: str, arguments: tuple[str, ...], words: str) -> None:
    result = run(program, *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("coach: ")
    assert result.stderr.endswith(f"{words}\n")
    assert result.stderr.count("\n") == 1
