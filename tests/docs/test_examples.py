"""What the documents show is run: each document is one session, in order, in a folder of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import forks
from tests.docs.documents import DOCUMENTS, PROJECT, Example, examples, matches

SESSIONS = [document for document in DOCUMENTS if examples(document.read_text(encoding="utf-8"))]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as an operator has it: config, messages, and the `coach` command. No database yet."""
    for folder in ("config", "messages"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    (tmp_path / "bin").mkdir()
    ask = f'"{sys.executable}" -S -E -c "$ASK" "{forks.address()}" "$@"'
    for name, words in (("coach", ask), ("python3", f'"{sys.executable}" "$@"')):
        command = tmp_path / "bin" / name
        command.write_text(f"#!/bin/sh\nexec {words}\n", encoding="utf-8")
        command.chmod(0o755)
    return tmp_path


def run(command: str, desk: Path) -> str:
    """What the command writes, errors too."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    env = kept | {
        "PATH": f"{desk / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(PROJECT),
        "COLUMNS": "200",
        "TZ": "UTC",
        "ASK": forks.ASK,
    }
    done = subprocess.run(  # noqa: S603 (commands of our own documents)
        ["/bin/sh", "-c", command],
        cwd=desk,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
    )
    return done.stdout.decode()


def differences(session: list[Example], desk: Path) -> list[str]:
    found = []
    for example in session:
        came = run(example.command, desk)
        if not matches(example.shows, came):
            found.append(f"line {example.line}: $ {example.command}\n{came}")
    return found


@pytest.mark.parametrize("document", SESSIONS, ids=lambda document: document.relative_to(PROJECT).as_posix())
def test_commands_show_what_the_document_says(document: Path, desk: Path) -> None:
    found = differences(examples(document.read_text(encoding="utf-8")), desk)

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("shows", "came", "fits"),
    [
        (["a b"], "a b\n", True),
        (["a b"], "a c\n", False),
        (["a b"], "a b\nc\n", False),
        (["a ... c"], "a much b c\n", True),
        (["a", "...", "z"], "a\nb\nc\nz\n", True),
        (["a", "...", "z"], "a\nb\n", False),
        (["..."], "", True),
        ([], "", True),
        ([], "a\n", False),
    ],
)
def test_dots_stand_for_anything_and_nothing_else_does(shows: list[str], came: str, *, fits: bool) -> None:
    assert matches(shows, came) is fits


def test_a_session_is_read_with_its_long_commands() -> None:
    text = "Hello\n```console\n$ one \\\n    two\nthree\n```\n\n```text\n$ never\n```\n"

    assert examples(text) == [Example(3, "one two", ["three"])]
