"""What the documents say is so: links lead somewhere, named tests and settings exist, and nothing private is told."""

import re
from pathlib import Path

import pytest

from coach.settings import Settings
from tests.docs.documents import DOCUMENTS, PROJECT, links

README = PROJECT / "README.md"
SETTINGS = {f"COACH_{name.upper()}" for name in Settings.model_fields}
PROMISES = ("Consent", "Local hours", "Burden", "Not twice", "Not late", "Not lost", "Heard", "Explained", "Fair")
WRITTEN = {".md", ".py", ".txt", ".yaml", ".toml", ".in", ".html", ".css", ".js", ".mako", ".json", ".example", ""}
LEFT_OUT = {"__pycache__", "build", ".git", ".venv", ".demo", "coach.egg-info"}
# Put together here, so that this file does not name what it looks for.
PRIVATE = re.compile(
    "|".join(("/wo" + "rk/", "py" + r"pi\.org", "pythonho" + "sted", "npm" + r"js\.org", "--index" + "-url "))
)


def named_tests(text: str) -> list[tuple[str, str]]:
    return re.findall(r"(tests/[\w/]+\.py)::(test_\w+)", text)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.relative_to(PROJECT).as_posix())
def test_links_lead_to_files_of_the_project(document: Path) -> None:
    missing = [link for link in links(document.read_text(encoding="utf-8")) if not (document.parent / link).exists()]

    assert missing == []


def test_every_test_that_a_document_names_exists() -> None:
    named = {pair for document in DOCUMENTS for pair in named_tests(document.read_text(encoding="utf-8"))}
    missing = [
        f"{file}::{test}"
        for file, test in sorted(named)
        if not (PROJECT / file).is_file() or f"def {test}(" not in (PROJECT / file).read_text(encoding="utf-8")
    ]

    assert named
    assert missing == []


def test_each_promise_has_its_proof_or_says_not_yet() -> None:
    section = README.read_text(encoding="utf-8").split("## Nine promises")[1].split("\n## ")[0]
    bare = [
        promise
        for number, promise in enumerate(PROMISES, 1)
        for words in re.findall(rf"^{number}\. \*\*{promise}\.\*\*.*?(?=^\d\. |\Z)", section, re.DOTALL | re.MULTILINE)
        or [""]
        if not named_tests(words) and "not yet" not in words.lower()
    ]

    assert bare == []


def test_the_example_of_settings_names_each_and_no_other() -> None:
    named = re.findall(r"^# ?(COACH_\w+)=", (PROJECT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(named) == sorted(SETTINGS)


def test_the_operators_table_has_each_setting_and_no_other() -> None:
    text = (PROJECT / "docs/operators/running.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(COACH_\w+)` \|", text, re.MULTILINE)

    assert sorted(named) == sorted(SETTINGS)


def test_the_documents_name_no_setting_that_does_not_exist() -> None:
    elsewhere = {"COACH_REQUIRE_BROWSER"}  # of the tests
    named = {name for document in DOCUMENTS for name in re.findall(r"COACH_[A-Z_]+[A-Z]", document.read_text("utf-8"))}

    assert named - SETTINGS - elsewhere == set()


def test_nothing_names_a_package_registry_or_a_path_of_one_machine() -> None:
    files = [
        path
        for path in PROJECT.rglob("*")
        if path.suffix in WRITTEN
        and path.is_file()
        and not any(part in LEFT_OUT or part.endswith("_cache") for part in path.relative_to(PROJECT).parts)
        and path.relative_to(PROJECT).parts[0] != ".hypothesis"
    ]
    telling = [path.relative_to(PROJECT).as_posix() for path in files if PRIVATE.search(path.read_text("utf-8"))]

    assert telling == []
