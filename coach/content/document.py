"""YAML files as plain values, with the place of each. Scalars stay strings: whoever reads them converts them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from coach.content.faults import Fault
from coach.content.kinds import Kind

Loc = tuple[str | int, ...]
Place = tuple[int, int]  # line and column, from 1
EMPTY = {"", "~", "null", "Null", "NULL"}
DEEPEST = 50
_TOO_DEEP = "brackets are nested too deep"


@dataclass
class Document:
    """A YAML file: its values as strings, lists and dicts, where each key and value stands, and its faults."""

    file: str
    data: Any = None
    keys: dict[Loc, Place] = field(default_factory=dict)
    values: dict[Loc, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, loc: Loc, kind: Kind, what: str, remedy: str, *, at_key: bool = False) -> Fault:
        """A fault at the value (or the key) of `loc`, or at the nearest thing around it that is written."""
        return Fault(self.file, *self.place(loc, at_key=at_key), kind, what, remedy)

    def place(self, loc: Loc, *, at_key: bool = False) -> Place:
        """Line and column of `loc`, or of the nearest thing around it that is written."""
        if at_key and loc in self.keys:
            return self.keys[loc]
        while loc and loc not in self.values:
            loc = loc[:-1]
        return self.values.get(loc, (1, 1))


def read_document(path: Path, file: str | None = None) -> Document:
    """The file at `path`; what cannot be read is among its faults. `file` is the name that the faults show."""
    document = Document(file or str(path))
    text = read_text(path, document.file, document.faults)
    if text is not None:
        _compose(text, document)
    return document


def read_text(path: Path, file: str, faults: list[Fault]) -> str | None:
    """The text of a file, byte for byte in UTF-8, or None and a fault more."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        faults.append(Fault(file, *_place_of(before), "not-utf-8", "this is not UTF-8", "save the file as UTF-8"))
    except FileNotFoundError:
        faults.append(Fault(file, 1, 1, "no-file", "there is no such file", "check its name and folder"))
    except OSError as error:
        faults.append(
            Fault(file, 1, 1, "no-file", f"the file cannot be read: {error.strerror}", "check its name and its rights")
        )
    return None


def _compose(text: str, document: Document) -> None:
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, RecursionError) as error:
        document.faults.append(_syntax_fault(error, text, document.file))
        return
    if node is None:
        document.faults.append(
            Fault(document.file, 1, 1, "empty-file", "the file is empty", "write it, or take it out")
        )
    elif not isinstance(node, MappingNode):
        place = _place(node)
        document.faults.append(
            Fault(document.file, *place, "no-keys", "the file holds no keys", "begin with a line such as name: x")
        )
    else:
        document.data = _read(node, (), document, set())


def _syntax_fault(error: Exception, text: str, file: str) -> Fault:
    """What YAML says of a file that it cannot read, in plain words."""
    if isinstance(error, ReaderError):
        place = _place_of(text[: error.position])
        return Fault(
            file, *place, "odd-character", "a character that YAML does not allow", "take it out, or type it again"
        )
    if not isinstance(error, MarkedYAMLError):
        return Fault(file, 1, 1, "nested-too-deep", _TOO_DEEP, f"nest at most {DEEPEST}")
    mark = error.problem_mark or error.context_mark
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = str(error.problem or error.context or "this is not YAML")
    if "'\\t'" in problem:
        return Fault(file, *place, "tab", "a tab stands where spaces belong", "indent with spaces")
    kind, remedy = next((said for words, said in _SYNTAX.items() if words in problem), _OTHER_SYNTAX)
    return Fault(file, *place, kind, f"this is not YAML: {problem}", remedy)


_SYNTAX: Mapping[str, tuple[Kind, str]] = {
    "another document": ("two-in-one-file", "keep one program a file, without --- lines"),
    "mapping values are not allowed": (
        "loose-colon",
        "put a value that holds a colon in quotes, or mend the indentation",
    ),
    "undefined alias": ("alias", "write the value out; a leading * is read as an alias, so quote it"),
}
"""What YAML's own words mean for whoever wrote the file."""
_OTHER_SYNTAX: tuple[Kind, str] = ("not-yaml", "mend the brackets, quotes or indentation")


def _read(node: Node, loc: Loc, document: Document, seen: set[int]) -> Any:  # noqa: ANN401 (values of any YAML)
    """The plain value of a node; its place is written down, and what coach does not read becomes a fault."""
    # An empty value has no place of its own: YAML puts it where the next thing begins.
    empty = isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index
    document.values[loc] = document.keys.get(loc, _place(node)) if empty else _place(node)
    if len(loc) > DEEPEST:
        document.faults.append(document.fault(loc, "nested-too-deep", _TOO_DEEP, f"nest at most {DEEPEST}"))
        return None
    if id(node) in seen:
        document.faults.append(
            document.fault(loc, "alias", "aliases (*name) are not read here", "write the value out again")
        )
        return None
    seen.add(id(node))
    if isinstance(node, ScalarNode):
        return None if node.style is None and node.value in EMPTY else node.value
    if isinstance(node, SequenceNode):
        return [_read(item, (*loc, number), document, seen) for number, item in enumerate(node.value)]
    assert isinstance(node, MappingNode)  # YAML has no fourth kind
    return dict(_pairs(node, loc, document, seen))


def _pairs(node: MappingNode, loc: Loc, document: Document, seen: set[int]) -> Iterator[tuple[str, Any]]:
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            document.faults.append(
                Fault(document.file, *_place(key), "key-of-many-words", "a key is one word", "write it as key: value")
            )
            continue
        inner = (*loc, key.value)
        if inner in document.keys:
            what = f"key {key.value!r} stands here twice, first in line {document.keys[inner][0]}"
            document.faults.append(Fault(document.file, *_place(key), "key-twice", what, "keep one of them"))
            continue
        document.keys[inner] = _place(key)
        yield key.value, _read(value, inner, document, seen)


def _place(node: Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _place_of(before: str) -> Place:
    """Line and column of what follows `before`."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def place_in(text: str, offset: int) -> Place:
    """Line and column of an offset in a text."""
    return _place_of(text[:offset])


def without(data: Any, loc: Loc) -> bool:  # noqa: ANN401 (values of any YAML)
    """Take the value at `loc` out of plain data, in place; whether there was one."""
    for part in loc[:-1]:
        data = _inside(data, part)
    if not loc or _inside(data, loc[-1], absent=...) is ...:
        return False
    del data[loc[-1]]
    return True


def _inside(data: Any, part: str | int, absent: object = None) -> Any:  # noqa: ANN401 (values of any YAML)
    if isinstance(data, Mapping):
        return data.get(part, absent)
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return absent
