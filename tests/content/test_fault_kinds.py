"""Each kind of fault has a folder below faults/ that has exactly that fault.

A folder holds what differs from the sound project. A file called x.gone takes x out of it, and one called x.latin-1
becomes an x in that encoding.
"""

import ast
import shutil
from pathlib import Path
from typing import get_args

import pytest

from coach.content.check import Checked, check_program
from coach.content.kinds import GROUPS, Kind, described, faults_page
from tests.content.project import PROGRAM, ROOT

HERE = Path(__file__).parent
FOLDERS = sorted(folder.name for folder in (HERE / "faults").iterdir())
PAGE = ROOT / "docs/care-team/faults-in-a-program.md"


def checked(folder: Path, fault: str | None = None) -> Checked:
    """The sound project in `folder`, with what the fault's folder changes."""
    for language in ("en", "es"):
        shared = folder / "messages" / language / "shared"
        shared.parent.mkdir(parents=True, exist_ok=True)
        shared.symlink_to(ROOT / "messages" / language / "shared", target_is_directory=True)
    _lay(HERE / "sound", folder)
    if fault:
        _lay(HERE / "faults" / fault, folder)
    return check_program(folder / PROGRAM, folder / "messages")


def _lay(changes: Path, folder: Path) -> None:
    for file in sorted(path for path in changes.rglob("*") if path.is_file()):
        path = file.relative_to(changes).as_posix()
        target = folder / (path.replace("program.yaml", PROGRAM, 1) if path.startswith("program.yaml") else path)
        if target.parent.is_symlink():
            target.parent.unlink()
            shutil.copytree(ROOT / target.parent.relative_to(folder), target.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".latin-1":
            target.with_suffix("").write_text(file.read_text(encoding="utf-8"), encoding="latin-1")
        elif file.suffix != ".gone":
            shutil.copyfile(file, target)
        elif (gone := target.with_suffix("")).is_dir():
            shutil.rmtree(gone)
        else:
            gone.unlink()


def test_the_sound_project_has_no_fault(tmp_path: Path) -> None:
    assert checked(tmp_path).faults == ()


@pytest.mark.parametrize("kind", FOLDERS)
def test_each_folder_has_exactly_its_fault_at_a_line_and_a_column(tmp_path: Path, kind: str) -> None:
    found = checked(tmp_path, kind).faults

    assert [fault.kind for fault in found] == [kind], [str(fault) for fault in found]
    assert found[0].line >= 1
    assert found[0].column >= 1
    assert found[0].what
    assert found[0].remedy


def test_every_kind_has_a_folder_and_a_line_in_the_table() -> None:
    kinds = [one.kind for one in described()]

    assert sorted(kinds) == FOLDERS
    assert kinds == list(get_args(Kind))
    assert len(kinds) >= 40


def test_every_kind_says_what_it_means_an_example_and_a_remedy() -> None:
    for one in described():
        assert one.group in GROUPS, one.kind
        assert all(words and "|" not in words for words in (one.means, one.example, one.remedy)), one.kind
        assert one.means.endswith("."), one.kind


def test_the_page_of_faults_is_what_the_table_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == faults_page(), "python -m coach.content.kinds > the page"


def test_what_the_model_refuses_has_a_kind_of_the_table_too() -> None:
    known = set(get_args(Kind))
    for file in (ROOT / "coach/domain").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Misfit":
                assert isinstance(node.args[0], ast.Constant), file
                assert node.args[0].value in known, file
