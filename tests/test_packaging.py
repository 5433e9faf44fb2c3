"""What is installed and started: files beside the code, locked requirements, and the processes of the Procfile."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from coach.cli import build_app

PROJECT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKED = ("requirements.txt", "requirements-postgres.txt", "requirements-dev.txt", "requirements-learn.txt")


def test_every_file_beside_the_code_is_installed_with_it() -> None:
    patterns = PYPROJECT["tool"]["setuptools"]["package-data"]["coach"]
    installed = {path for pattern in patterns for path in (PROJECT / "coach").glob(pattern)}
    beside = {
        path
        for path in (PROJECT / "coach").rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and not path.name.startswith(".")
    }

    assert beside - installed == set()


def test_every_folder_of_code_is_a_package_that_is_found() -> None:
    folders = {path.parent for path in (PROJECT / "coach").rglob("*.py")}
    migrations = PROJECT / "coach/storage/migrations"
    bare = {folder for folder in folders if not (folder / "__init__.py").is_file()}

    assert bare <= {migrations, migrations / "versions"}  # Alembic reads these as files


@pytest.mark.parametrize("file", LOCKED)
def test_every_locked_requirement_has_one_version_and_its_hashes(file: str) -> None:
    text = (PROJECT / file).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    loose = [line for line in lines if not re.match(r"[a-z0-9._\[\]-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)]

    assert lines
    assert loose == []


def locked(file: str) -> dict[str, str]:
    text = (PROJECT / file).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[\S+\])?==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize(("small", "large"), [LOCKED[:2], LOCKED[1:3], (LOCKED[0], LOCKED[3])])
def test_the_larger_lock_holds_the_smaller_one_to_the_version(small: str, large: str) -> None:
    missing_or_other = locked(small).items() - locked(large).items()

    assert missing_or_other == set()


def test_the_extra_names_what_its_lock_adds() -> None:
    extra = {
        re.split(r"[\[>=]", requirement)[0] for requirement in PYPROJECT["project"]["optional-dependencies"]["postgres"]
    }
    text = (PROJECT / "requirements-postgres.in").read_text(encoding="utf-8")
    asked = set(re.findall(r"^([a-z0-9_-]+)(?:\[\S+\])?==", text, re.MULTILINE))

    assert extra == asked
    assert extra <= locked("requirements-postgres.txt").keys() - locked("requirements.txt").keys()


def test_the_procfile_starts_commands_that_exist() -> None:
    commands: dict[str, object] = getattr(get_command(build_app()), "commands", {})
    lines = (PROJECT / "Procfile").read_text(encoding="utf-8").splitlines()
    started = [shlex.split(line.partition(":")[2])[:2] for line in lines]

    assert [words for words in started if words[0] != "coach" or words[1] not in commands] == []
