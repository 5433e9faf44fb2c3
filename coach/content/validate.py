"""From a YAML document to a checked model: every fault at once, in plain words, with a remedy."""

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeVar, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from coach.content.document import Document, Loc, without
from coach.content.faults import Fault
from coach.content.kinds import Kind
from coach.domain.part import Misfit

Model = TypeVar("Model", bound=BaseModel)
Words = tuple[Kind, str, str]  # the kind of fault, what is wrong, and the remedy
ROUNDS = 20  # how often a document is made smaller before it is given up


class _Detail(NamedTuple):
    """What pydantic says, at the place as it is written, and the part of the model in which that lies."""

    code: str  # pydantic's name of the fault
    loc: Loc
    input: Any
    msg: str
    ctx: Mapping[str, Any]
    part: type[BaseModel]


def validate(model: type[Model], document: Document) -> tuple[Model | None, bool]:
    """The document as `model`; its faults join the document's, and what is wrong is left out where that can be done.

    The second value is whether the model holds all that was written, but for keys that nobody knows.
    """
    data, whole = deepcopy(document.data), not document.faults
    for number in range(ROUNDS if document.data is not None else 0):
        try:
            return model.model_validate(data), whole
        except ValidationError as error:
            details = [_as_written(model, detail) for detail in error.errors()]
        if not number:
            document.faults.extend(_fault(document, detail) for detail in details)
        whole = whole and all(detail.code == "extra_forbidden" for detail in details)
        # Last items first, so that the numbers of those before them stay true.
        if not [
            loc for loc in sorted({_wrong(detail) for detail in details}, key=_rank, reverse=True) if without(data, loc)
        ]:
            break
    return None, False


def _as_written(model: type[BaseModel], detail: ErrorDetails) -> _Detail:
    """Where a list holds parts of several kinds, pydantic adds the kind to the place, and has its own words for it."""
    loc, part = _written(model, detail["loc"])
    said = _Detail(detail["type"], loc, detail["input"], detail["msg"], detail.get("ctx", {}), part)
    if said.code == "union_tag_not_found":
        return said._replace(code="missing", loc=(*loc, "kind"))
    if said.code == "union_tag_invalid":
        return said._replace(
            code="enum", loc=(*loc, "kind"), input=said.input["kind"], ctx={"expected": said.ctx["expected_tags"]}
        )
    return said


def _written(model: type[BaseModel], loc: Loc) -> tuple[Loc, type[BaseModel]]:
    """`loc` without the kinds that pydantic put there, and the part of `model` in which it lies."""
    written: list[str | int] = []
    kinds: tuple[type[BaseModel], ...] = ()
    for number, part in enumerate(loc):
        if kinds and isinstance(part, str):
            model = next(one for one in kinds if part in get_args(one.model_fields["kind"].annotation))
            kinds = ()
            continue
        written.append(part)
        field = model.model_fields.get(str(part)) if number < len(loc) - 1 else None
        inner = tuple(_models(field.annotation)) if field else ()
        kinds = inner if len(inner) > 1 else kinds
        model = inner[0] if len(inner) == 1 else model
    return tuple(written), model


def _wrong(detail: _Detail) -> Loc:
    """The smallest part without which the rest may be right."""
    return detail.loc[:-1] if detail.code == "missing" else _of_value(detail.loc)


def _of_value(loc: Loc) -> Loc:
    """Pydantic marks a dict's faulty key by a last part [key]."""
    return loc[:-1] if loc and loc[-1] == "[key]" else loc


def _rank(loc: Loc) -> list[tuple[bool, int, str]]:
    return [(isinstance(part, str), part if isinstance(part, int) else 0, str(part)) for part in loc]


def _fault(document: Document, detail: _Detail) -> Fault:
    loc = detail.loc
    if detail.code == "extra_forbidden":
        remedy = _nearest(str(loc[-1]), tuple(detail.part.model_fields))
        return document.fault(loc, "unknown-key", f"unknown key {loc[-1]!r}", remedy, at_key=True)
    if detail.code == "missing":
        what, remedy = f"the key {str(loc[-1])!r} is missing", f"add it: {loc[-1]}: ..."
        return document.fault(loc[:-1], "missing-key", what, remedy, at_key=True)
    words: Callable[[Any, _Detail], Words] = _WORDS.get(detail.code, _as_pydantic_says)
    kind, what, remedy = words(detail.input, detail)
    at_key = loc[-1:] == ("[key]",)
    named = _of_value(loc)
    name = next((f"{part}: " for part in reversed(named) if isinstance(part, str)), "")
    return document.fault(named, kind, f"{'' if at_key else name}{what}", remedy, at_key=at_key)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def did_you_mean(word: str, known: tuple[str, ...]) -> str | None:
    """A question that offers the known word nearest to `word`, or None."""
    near = get_close_matches(word.lower().replace("_", "-"), [name.replace("_", "-") for name in known], 1, 0.6)
    found = next((name for name in known if near and name.replace("_", "-") == near[0]), None)
    return f"did you mean {found!r}?" if found else None


def _nearest(word: str, known: tuple[str, ...]) -> str:
    return did_you_mean(word, known) or f"use one of: {', '.join(known)}"


def _choice(value: object, detail: _Detail) -> Words:
    known = tuple(re.findall(r"'([^']*)'", str(detail.ctx.get("expected", ""))))
    if not isinstance(value, str):
        return "unknown-word", f"one of {', '.join(known)} stands here", "write one word"
    return "unknown-word", f"{value!r} is not known here", _nearest(value, known)


def _own(_: object, detail: _Detail) -> Words:
    """The words of our own validators: what, a semicolon, the remedy."""
    what, _, remedy = detail.msg.removeprefix("Value error, ").partition("; ")
    kind = cast("Kind", raised.kind) if isinstance(raised := detail.ctx.get("error"), Misfit) else "not-in-form"
    return kind, what, remedy or "mend it"


def _as_pydantic_says(_: object, detail: _Detail) -> Words:
    return "not-in-form", detail.msg[:1].lower() + detail.msg[1:], "mend it"


def _bound(kind: Kind, side: str, word: str) -> Callable[[object, _Detail], Words]:
    def words(value: object, detail: _Detail) -> Words:
        bound = detail.ctx.get(side)
        return kind, f"{value} is too {'small' if word == 'least' else 'large'}", f"write {bound} at {word}"

    return words


def _shape(kind: Kind, what: str, remedy: str) -> Callable[[object, _Detail], Words]:
    def words(value: object, _: _Detail) -> Words:
        shown = "nothing" if value is None else _shown(value)
        return kind, f"{shown} stands where {what} belongs", remedy

    return words


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "a part with keys"
    return "a list" if isinstance(value, list) else repr(value)


def _length(kind: Kind, word: str) -> Callable[[object, _Detail], Words]:
    def words(_: object, detail: _Detail) -> Words:
        context: Mapping[str, Any] = detail.ctx
        bound = context.get("min_length", context.get("max_length"))
        return kind, f"this is too {word}", f"give at {'least' if word == 'short' else 'most'} {bound}"

    return words


def _pattern(value: object, detail: _Detail) -> Words:
    form = _FORMS.get(str(detail.loc[-1]))
    what, remedy = (f"{value!r} is not in its form", form) if form else (f"{value!r} is no name", f"use {_NAME}")
    return "not-in-form", what, remedy


_FORMS = {"phone": "write it as 202-555-0143", "country": "write it as US"}
_NAME = "lower-case letters, digits and single hyphens, such as pacing-goal"
_LIST = _shape("not-a-list", "a list", "write it as [a, b], or one - item a line")
_PART = _shape("not-a-part", "a part with keys", "write its keys below it, indented")
_TEXT = _shape("not-one-value", "one value", "write one word or sentence")
_NUMBER = _shape("not-a-number", "a whole number", "write digits, such as 120")
_POINTS = _shape("not-a-number", "a number", "write digits, such as 2 or 1.75")
_SWITCH = _shape("not-true-or-false", "true or false", "write true or false")

_WORDS: Mapping[str, Callable[[Any, _Detail], Words]] = {
    "literal_error": _choice,
    "enum": _choice,
    "value_error": _own,
    "string_pattern_mismatch": _pattern,
    "greater_than_equal": _bound("too-small", "ge", "least"),
    "less_than_equal": _bound("too-large", "le", "most"),
    "too_short": _length("too-short", "short"),
    "too_long": _length("too-long", "long"),
    "string_too_short": _length("too-short", "short"),
    "string_too_long": _length("too-long", "long"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _PART,
    "model_type": _PART,
    "model_attributes_type": _PART,
    "string_type": _TEXT,
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": _NUMBER,
    "float_type": _POINTS,
    "float_parsing": _POINTS,
    "finite_number": _POINTS,
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
}
