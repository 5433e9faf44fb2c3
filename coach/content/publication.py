"""A program with all its words, as one immutable value under one hash."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from coach.content.check import check_program
from coach.content.faults import ProgramFaults
from coach.content.templates import Texts
from coach.domain.errors import CoachError
from coach.domain.program import Program


class StoredProgramError(CoachError):
    """A stored program is not one that this version of coach can read."""


@dataclass(frozen=True)
class Publication:
    """A program, its canonical document, and every template by its path without .txt."""

    program: Program
    document: str
    templates: Mapping[str, str]
    hash: str

    @classmethod
    def of(cls, program: Program, templates: Mapping[str, str]) -> "Publication":
        """The publication of a program with its templates."""
        document = canonical(program)
        return cls(program, document, dict(sorted(templates.items())), publication_hash(document, templates))

    @classmethod
    def from_stored(cls, document: str, templates: Mapping[str, str]) -> "Publication":
        """The publication that was stored; its hash is computed anew. Raises StoredProgramError."""
        try:
            program = Program.model_validate_json(document)
        except ValidationError as error:
            detail = error.errors()[0]
            place = ".".join(str(part) for part in detail["loc"]) or "its start"
            words = f"a stored program cannot be read at {place}: {detail['msg']}; publish it again"
            raise StoredProgramError(words) from None
        return cls(program, document, dict(sorted(templates.items())), publication_hash(document, templates))

    def texts(self) -> Texts:
        """What renders this publication's texts."""
        return Texts(self.templates)


def compile_program(path: Path, messages: Path) -> Publication:
    """The publication of a program file; raises ProgramFaults with every fault that `program check` finds."""
    checked = check_program(path, messages)
    if checked.program is None or checked.faults:
        raise ProgramFaults(checked.faults)
    return Publication.of(checked.program, checked.templates)


def canonical(program: Program) -> str:
    """The program as JSON that does not depend on the order of keys in its file."""
    return json.dumps(program.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def publication_hash(document: str, templates: Mapping[str, str]) -> str:
    """The SHA-256 (hex) over the document and each template; lengths go in too, so that no two parts run together."""
    digest = sha256()
    for part in _parts(document, templates):
        data = part.encode()
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()


def _parts(document: str, templates: Mapping[str, str]) -> Iterator[str]:
    yield document
    for path in sorted(templates):
        yield path
        yield templates[path]
