"""A program and its messages as a checker reads them, before anything is published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.content.document import Document, Loc, place_in
from coach.content.faults import Fault
from coach.content.kinds import Kind
from coach.content.messages import Needed, needed, template_file
from coach.domain.program import Program


@dataclass(frozen=True)
class Manuscript:
    """What the rules look at: the program, the places in its file, the messages folder, and the texts found in it."""

    document: Document
    program: Program
    messages: Path
    templates: Mapping[str, str]
    whole: bool = True  # whether the program holds all that is written in its file

    def written(self) -> Iterator[tuple[Needed, str]]:
        """The templates that the program needs and that are there, with their text."""
        for template in needed(self.program):
            if template.path in self.templates:
                yield template, self.templates[template.path]

    def fault(self, loc: Loc, kind: Kind, what: str, remedy: str, *, at_key: bool = False) -> Fault:
        """A fault in the program's file."""
        return self.document.fault(loc, kind, what, remedy, at_key=at_key)

    def text_fault(self, path: str, offset: int, kind: Kind, what: str, remedy: str) -> Fault:
        """A fault in a template, at an offset of its text."""
        file = template_file(self.messages, path)
        return Fault(str(file), *place_in(self.templates.get(path, ""), offset), kind, what, remedy)
