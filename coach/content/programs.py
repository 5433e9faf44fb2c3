"""Programs, read from YAML."""

from dataclasses import dataclass
from pathlib import Path

from coach.content.document import Document, read_document
from coach.content.validate import validate
from coach.domain.program import Program


@dataclass(frozen=True)
class Draft:
    """A program file as read: the program without what is wrong in it, or None; `document` has places and faults."""

    document: Document
    program: Program | None
    whole: bool  # whether the program holds all that was written, but for keys that nobody knows


def read_program(path: Path) -> Draft:
    """The program that the file at `path` describes, with every fault of its form."""
    document = read_document(path)
    program, whole = validate(Program, document)
    return Draft(document, program, whole)
