"""What is wrong in a file that people write: where, what, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from coach.content.kinds import Kind
from coach.domain.errors import CoachError


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend; line and column count from 1."""

    file: str
    line: int
    column: int
    kind: Kind
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.what.rstrip('.')}. {self.remedy}"


class FileError(CoachError):
    """Files that people write cannot be used; `faults` has every reason, in the order of the files."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ProgramFaults(FileError):  # noqa: N818 (it holds faults, the word that authors read)
    """A program, or its messages, cannot be used."""


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults by file and place, each once."""
    return tuple(sorted(set(faults)))
