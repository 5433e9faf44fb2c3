import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from coach.cli.program import app
from tests import forks
from tests.content.project import PROGRAM, ROOT, edit, write_project

STEADY = str(ROOT / "config/programs/steady-steps.yaml")
TEXTS = sum(
    len(list((ROOT / "messages").glob(f"*/{folder}/**/*.txt"))) for folder in ("shared", "feedback", "steady-steps")
)
NEW_YORK = ("--start", "2026-03-02", "--timezone", "America/New_York")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_a_program_without_faults_is_told_and_exits_0() -> None:
    result = run("check", STEADY)

    assert result.exit_code == 0
    assert result.stderr.startswith(f"{STEADY}: left out, for want of words that your clinic enters: PEG of sunday")
    assert result.stdout == f"{STEADY}: no faults (12 weeks, {TEXTS} texts in en, es)\n"


def test_faults_come_one_a_line_with_a_summary_and_exit_1(tmp_path: Path) -> None:
    program = write_project(tmp_path)
    edit(program, "weeks: 2\n", "weeks: 60\n")
    edit(program, "slot: morning", "slot: mornin")

    result = run("check", str(program), STEADY)

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{tmp_path}/{PROGRAM}:4:8: weeks: 60 is too large. write 52 at most",
        f"{tmp_path}/{PROGRAM}:29:11: slot: 'mornin' is not known here. did you mean 'morning'?",
        f"{STEADY}: no faults (12 weeks, {TEXTS} texts in en, es)",
    ]
    assert result.stderr.splitlines()[0] == f"{program}: 2 faults"


def test_faults_come_as_json_and_as_annotations(tmp_path: Path) -> None:
    program = write_project(tmp_path)
    edit(program, "weeks: 2\n", "weeks: 60\n")

    as_json, as_github = (run("check", str(program), "--format", shape) for shape in ("json", "github"))

    assert (as_json.exit_code, as_github.exit_code) == (1, 1)
    assert [(one["line"], one["kind"]) for one in json.loads(as_json.stdout)] == [(4, "too-large")]
    assert as_github.stdout == (
        f"::error file={program},line=4,col=8,title=too-large::weeks: 60 is too large. write 52 at most\n"
    )


def test_no_faults_are_an_empty_list_or_no_annotation(tmp_path: Path) -> None:
    program = str(write_project(tmp_path))

    assert [run("check", program, "--format", shape).stdout for shape in ("json", "github")] == ["[]\n", ""]
    assert run("check", program, "--format", "json").exit_code == 0


def test_a_program_elsewhere_is_checked_with_the_messages_that_it_is_given(tmp_path: Path) -> None:
    program = write_project(tmp_path)
    moved = program.rename(tmp_path / "draft.yaml")

    assert run("check", str(moved), "--messages", str(tmp_path / "messages")).exit_code == 0
    assert run("check", str(moved)).exit_code == 1


def test_paths_are_relative_to_the_working_directory_first(tmp_path: Path) -> None:
    write_project(tmp_path)

    done = forks.run(tmp_path, ["program", "check", "config/programs/tiny.yaml"], os.environ)

    assert done.stdout.startswith("config/programs/tiny.yaml: no faults")


def test_a_preview_keeps_local_times_when_the_clocks_change() -> None:
    result = run("preview", STEADY, *NEW_YORK, "--language", "en", "--format", "json")
    rows = json.loads(result.stdout)
    pacing = [(row["local"], row["utc"]) for row in rows if row["kind"] == "pacing"]

    assert set(rows[0]) == {"nudge", "kind", "local", "utc", "text", "segments"}
    assert pacing[2] == ("2026-03-06T17:30", "2026-03-06T22:30:00Z")
    assert pacing[3] == ("2026-03-09T17:30", "2026-03-09T21:30:00Z")
    assert {row["segments"] for row in rows} == {1}


@pytest.mark.parametrize("shape", ["table", "json", "ics"])
def test_a_preview_comes_in_each_shape(shape: str) -> None:
    result = run("preview", STEADY, *NEW_YORK, "--language", "es", "--format", shape)

    assert (result.exit_code, result.stderr) == (0, "")
    assert "Hola" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--start", "2026-03-02", "--timezone", "America/New_Yrk"), "did you mean America/New_York?"),
        (("--start", "2026-03-02", "--timezone", "America"), "there is no time zone 'America'. "),
        (("--start", "2026-02-30", "--timezone", "UTC"), "'2026-02-30' is no date. write it as 2026-03-02"),
        (("--start", "9999-12-31", "--timezone", "UTC"), "the year 9999 is out of reach. start between 1970 and 2199"),
        ((*NEW_YORK, "--language", "fr"), f"'fr' is no language of {STEADY}. choose one of: en, es"),
        ((*NEW_YORK, "--preset", "heavy"), "has no preset 'heavy'; choose one of: check_ins_only, light, standard"),
    ],
)
def test_a_wrong_option_is_one_line_and_exit_2(arguments: tuple[str, ...], words: str) -> None:
    result = run("preview", STEADY, *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_faulty_program_is_not_shown(tmp_path: Path) -> None:
    program = write_project(tmp_path)
    edit(program, "weeks: 2\n", "weeks: 60\n")

    result = run("preview", str(program), *NEW_YORK)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "4:8: weeks: 60 is too large" in result.stderr


def test_the_schema_is_one_that_validators_take() -> None:
    described = json.loads(run("schema").stdout)
    Draft202012Validator.check_schema(described)

    assert described["additionalProperties"] is False
    assert "nudges" in described["required"]
