"""A publication is the same whenever what people read is the same, and another one when a byte differs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.content.faults import ProgramFaults
from coach.content.publication import Publication, StoredProgramError, compile_program, publication_hash
from coach.domain.errors import CoachError
from tests.content.project import ROOT, edit, write_project

TEMPLATES = st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def compiled(program: Path) -> Publication:
    return compile_program(program, program.parents[2] / "messages")


def test_a_publication_holds_the_program_and_every_text(program: Path) -> None:
    publication = compiled(program)

    assert publication.program.name == "tiny"
    assert publication.templates["en/tiny/pain/a"] == "How is your pain?\nReply 0-10.\n"
    assert "es/shared/stop" in publication.templates
    assert len(publication.hash) == 64


def test_the_order_of_keys_does_not_change_the_hash(program: Path) -> None:
    before = compiled(program).hash
    edit(program, "hours: {start: 09:00, end: 20:00}\n", "")
    edit(program, "check_ins:\n", "hours: {end: '20:00', start: '09:00'}  # the same\ncheck_ins:\n")

    assert compiled(program).hash == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("config/programs/tiny.yaml", "cap: 30", "cap: 29"),
        ("config/programs/tiny.yaml", "days: [mon, wed, fri]", "days: [wed, mon, fri]"),
        ("messages/en/tiny/pain/a.txt", "0-10.", "0-10"),
        ("messages/en/tiny/pain/a.txt", "0-10.\n", "0-10."),
        ("messages/en/shared/stop.txt", "you will", "You will"),
    ],
)
def test_a_change_changes_the_hash(program: Path, file: str, old: str, new: str) -> None:
    before = compiled(program).hash
    edit(program.parents[2] / file, old, new)

    assert compiled(program).hash != before


def test_another_line_ending_changes_the_hash(program: Path) -> None:
    before = compiled(program).hash
    text = program.parents[2] / "messages/en/tiny/pain/a.txt"
    text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n"))

    assert compiled(program).hash != before


def test_what_is_stored_comes_back_the_same(program: Path) -> None:
    publication = compiled(program)

    assert Publication.from_stored(publication.document, publication.templates) == publication


def test_a_stored_document_of_another_shape_is_refused_in_one_line() -> None:
    with pytest.raises(StoredProgramError, match="cannot be read at slots: Field required; publish it again"):
        Publication.from_stored('{"name": "a", "title": {}, "languages": ["en"], "weeks": 1}', {})


def test_a_faulty_program_is_not_compiled(program: Path) -> None:
    edit(program, "weeks: 2\n", "weeks: 60\n")

    with pytest.raises(ProgramFaults, match=r"tiny.yaml:4:8: weeks: 60 is too large. write 52 at most") as raised:
        compiled(program)
    assert isinstance(raised.value, CoachError)


@given(document=st.text(max_size=8), templates=TEMPLATES, data=st.data())
def test_the_order_of_files_does_not_change_the_hash(
    document: str, templates: dict[str, str], data: st.DataObject
) -> None:
    other = dict(data.draw(st.permutations(list(templates.items()))))

    assert publication_hash(document, other) == publication_hash(document, templates)


@given(st.tuples(st.text(max_size=8), TEMPLATES), st.tuples(st.text(max_size=8), TEMPLATES))
def test_two_publications_share_a_hash_only_when_equal(
    one: tuple[str, dict[str, str]], other: tuple[str, dict[str, str]]
) -> None:
    assert (publication_hash(*one) == publication_hash(*other)) == (one == other)


def test_a_text_cut_elsewhere_is_another_text() -> None:
    assert publication_hash("ab", {"c": "d"}) != publication_hash("a", {"bc": "d"})
    assert publication_hash("", {"a": "b", "c": "d"}) != publication_hash("", {"a": "b1:c1:d"})


def test_the_shipped_program_compiles() -> None:
    publication = compile_program(ROOT / "config/programs/steady-steps.yaml", ROOT / "messages")

    assert publication.program.name == "steady-steps"
