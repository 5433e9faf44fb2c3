"""A difference between two versions, as `coach program diff` says it: for people, and as JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from coach.cli.patient import on_one_line
from coach.domain.version_diff import PLAN, Change
from coach.domain.version_effect import Affected
from coach.services.diff_version import Difference
from coach.services.versions import SHORT


def in_words(found: Difference) -> Iterator[str]:
    """What changes for whom, a line a change, and what is true of all of it."""
    if found.against is None:
        yield f"no version of {found.program} is published yet: publishing this one changes nothing for anybody"
        return
    if not found.changes:
        yield f"{found.program}: nothing is different from version {found.against[:SHORT]}"
        return
    yield f"{found.program}, against version {found.against[:SHORT]} with {people(found.people)} in the program now:"
    for change, count in found.changes:
        yield from _line(change, count, proven=not found.twice)
    yield from _in_all(found)


def people(count: int) -> str:
    """How many people, in words."""
    return "1 person" if count == 1 else f"{count} people"


def _line(change: Change, count: Affected, *, proven: bool) -> Iterator[str]:
    told = [change.what, *_texts("more", count.more, count.people), *_texts("less", count.less, count.people)]
    if change.kind in PLAN and count.people and proven:
        told.append("nobody gets a text twice")
    yield f"  {people(count.people)}: {'; '.join(told)}"
    if change.example is not None:
        yield f"      {change.example.path}"
        yield from (
            f"        {mark} {on_one_line(text.rstrip())}"
            for mark, text in (("-", change.example.old), ("+", change.example.new))
            if text is not None
        )


def _texts(way: str, counts: Sequence[int], everybody: int) -> list[str]:
    """Such as: each gets 2 texts more; 12 of them get 1 to 3 texts less."""
    some = [count for count in counts if count]
    if not some:
        return []
    least, most = min(some), max(some)
    many = f"{most} text{'' if most == 1 else 's'}" if least == most else f"{least} to {most} texts"
    who = "each gets" if len(some) == everybody else f"{len(some)} of them {'gets' if len(some) == 1 else 'get'}"
    return [f"{'' if everybody == 1 else f'{who} '}{many} {way}"]


def _in_all(found: Difference) -> Iterator[str]:
    if found.elsewhere:
        yield f"{people(found.elsewhere)} of them are in another version: theirs is compared with this one"
    for one in found.stay:
        yield f"patient {one.patient_id} ({on_one_line(one.name)}) would stay in their version: {one.why}"
    if found.wordless:
        texts = "1 coming text" if found.wordless == 1 else f"{found.wordless} coming texts"
        yield f"{texts} more than now would not leave: every wording of theirs has been sent"
    for what in found.twice:
        yield f"TWICE: somebody would get {what}"
    if not any(change.kind in PLAN for change, _ in found.changes):
        yield "no schedule is touched: what is planned for people stays as it is"
    move = f"`coach program move {found.program}`"
    yield f"nothing is saved yet; `coach program publish` saves it, and {move} brings people in"


def as_json(found: Difference) -> str:
    """The same for tools."""
    document: dict[str, Any] = {
        "program": found.program,
        "against": found.against,
        "people": found.people,
        "in_other_versions": found.elsewhere,
        "changes": [
            {
                "kind": change.kind,
                "name": change.name,
                "what": change.what,
                "people": count.people,
                "more": sum(count.more),
                "less": sum(count.less),
                "language": change.language,
                "example": None if change.example is None else vars(change.example),
            }
            for change, count in found.changes
        ],
        "stay": [{"patient": one.patient_id, "why": one.why} for one in found.stay],
        "wordless": found.wordless,
        "twice": found.twice,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)
