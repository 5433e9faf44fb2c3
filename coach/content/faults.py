"""What is wrong in a file that people write: where, what, and how to mend it."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

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
        return f"{self.file}:{self.line}:{self.column}: {self.words}"

    @property
    def words(self) -> str:
        """What is wrong, and how to mend it."""
        return f"{self.what.rstrip('.')}. {self.remedy}"


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


def as_json(faults: Iterable[Fault]) -> str:
    """The faults as a JSON list, one object each."""
    return json.dumps([asdict(fault) for fault in faults], ensure_ascii=False, indent=2)


def as_annotation(fault: Fault) -> str:
    """The fault as a workflow command of GitHub, which shows it beside its line."""
    place = f"file={_property(fault.file)},line={fault.line},col={fault.column},title={_property(fault.kind)}"
    return f"::error {place}::{_data(fault.words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
