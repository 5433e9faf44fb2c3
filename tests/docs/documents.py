"""The project's documents as its tests read them: files, fenced sessions and links."""

import re
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

PROJECT = Path(__file__).parents[2]
DOCUMENTS = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass
class Example:
    """One command of a session, and the lines that it shows."""

    line: int  # in the document, from 1
    command: str
    shows: list[str] = field(default_factory=list)


def examples(text: str) -> list[Example]:
    """Every command of the ```console blocks of a document, in order."""
    found: list[Example] = []
    for fence in _FENCE.finditer(text):
        if fence[1] != "console":
            continue
        first = text.count("\n", 0, fence.start()) + 2
        for number, line in enumerate(fence[2].splitlines(), first):
            if line.startswith("$ "):
                found.append(Example(number, line[2:]))
            elif found and found[-1].command.endswith("\\"):
                found[-1].command = f"{found[-1].command[:-1].rstrip()} {line.strip()}"
            else:
                found[-1].shows.append(line)
    return found


def matches(shows: list[str], came: str) -> bool:
    """Whether the output is what the document shows; `...` alone on a line is any lines, within a line any words."""
    parts = []
    for any_lines, lines in groupby(shows, lambda line: line.strip() == "..."):
        parts += [r"(?:.*\n)*?" if any_lines else _pattern(line) + "\n" for line in lines]
    return re.fullmatch("".join(parts), "".join(f"{line.rstrip()}\n" for line in came.splitlines())) is not None


def _pattern(line: str) -> str:
    return ".*?".join(re.escape(words) for words in line.rstrip().split("..."))


def links(text: str) -> list[str]:
    """Every link of a document that leads into the project, without its #place."""
    text = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text))
    found = [target.split("#")[0] for target in _LINK.findall(text)]
    return [target for target in found if target and "://" not in target and not target.startswith("mailto:")]
