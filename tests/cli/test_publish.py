from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach.cli import build_app
from coach.cli.context import NotMigratedError
from coach.storage.database import Sessions
from coach.storage.tables import PublishedProgram
from tests.content.project import PROGRAM, ROOT, edit, write_project
from tests.people import Practice

STEADY = str(ROOT / "config/programs/steady-steps.yaml")


def publish(database: str, *arguments: str) -> Result:
    return CliRunner().invoke(build_app(), ["program", "publish", *arguments], env={"COACH_DATABASE_URL": database})


@pytest.fixture
def database(sessions: Sessions) -> str:
    return sessions.engine.url.render_as_string()


def test_a_program_is_published_once_under_one_hash(sessions: Sessions, database: str) -> None:
    first = publish(database, STEADY, "--author", "Nurse Bo", "--note", "the first")
    second = publish(database, STEADY)
    stored = Practice(sessions).rows(PublishedProgram)

    assert [(one.name, one.author, one.note) for one in stored] == [("steady-steps", "Nurse Bo", "the first")]
    assert first.stdout == f"steady-steps {stored[0].hash[:12]}: published\n"
    assert second.stdout == f"steady-steps {stored[0].hash[:12]}: published before, unchanged\n"


def test_a_changed_text_is_another_version(sessions: Sessions, database: str, tmp_path: Path) -> None:
    program = write_project(tmp_path)
    publish(database, str(program))
    text = next((tmp_path / "messages/en").glob("*/*/*.txt"))
    text.write_text(text.read_text().replace(".", "!", 1) if "." in text.read_text() else text.read_text() + "!")

    assert publish(database, str(program)).stdout.endswith(": published\n")
    assert len({one.hash for one in Practice(sessions).rows(PublishedProgram)}) == 2


def test_every_fault_is_told_and_nothing_is_published(sessions: Sessions, database: str, tmp_path: Path) -> None:
    program = write_project(tmp_path)
    edit(program, "weeks: 2\n", "weeks: 60\n")
    edit(program, "slot: morning", "slot: mornin")
    result = publish(database, str(program))

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{tmp_path}/{PROGRAM}:4:8: weeks: 60 is too large. write 52 at most",
        f"{tmp_path}/{PROGRAM}:29:11: slot: 'mornin' is not known here. did you mean 'morning'?",
    ]
    assert Practice(sessions).rows(PublishedProgram) == []


def test_a_database_that_is_not_migrated_is_said(tmp_path: Path) -> None:
    assert isinstance(publish(f"sqlite:///{tmp_path}/new.db", STEADY).exception, NotMigratedError)
