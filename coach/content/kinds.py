"""The kinds of fault that `coach program check` finds: kinds.csv says what each means, and how to mend it."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Kind = Literal[
    "no-file",
    "not-utf-8",
    "empty-file",
    "no-keys",
    "two-in-one-file",
    "not-yaml",
    "loose-colon",
    "tab",
    "odd-character",
    "nested-too-deep",
    "alias",
    "key-of-many-words",
    "key-twice",
    "unknown-key",
    "missing-key",
    "unknown-word",
    "not-in-form",
    "not-a-list",
    "not-a-part",
    "not-one-value",
    "not-a-number",
    "not-true-or-false",
    "not-a-time",
    "too-small",
    "too-large",
    "too-short",
    "too-long",
    "hours-backwards",
    "name-taken",
    "listed-twice",
    "week-beyond",
    "dead-week",
    "themes-not-as-weeks",
    "nudge-as-check-in",
    "too-few-variants",
    "slot-outside-hours",
    "reminder-late",
    "reminder-outside-hours",
    "reminder-of-an-offer",
    "language-unsaid",
    "unknown-nudge",
    "burden-day",
    "burden-week",
    "too-close",
    "goal-without-minutes",
    "baseline-names-goal",
    "too-few-baselines",
    "baseline-left-out",
    "condition-empty",
    "condition-without-goal",
    "condition-language",
    "condition-week",
    "condition-contradicts",
    "instead-unreached",
    "variant-shared",
    "follow-up-unasked",
    "follow-up-for-nothing",
    "follow-up-backwards",
    "follow-up-answer",
    "follow-up-range",
    "follow-up-unreached",
    "item-week",
    "measure-twice",
    "measure-not-a-number",
    "instrument-torn",
    "instrument-partly-worded",
    "alert-twice",
    "alert-without-measure",
    "alert-without-goal",
    "alert-without-exercise",
    "silence-too-late",
    "missing-folder",
    "missing-text",
    "leftover-file",
    "empty-text",
    "template-unreadable",
    "unknown-variable",
    "template-fails",
    "values-differ",
    "too-many-segments",
    "costly-character",
    "no-answer-format",
    "seized-word",
    "invitation-incomplete",
    "repeated-text",
    "reading-grade",
    "diagnosis",
    "self-harm",
    "drug",
    "dose",
    "dose-advice",
    "blame",
]
"""The stable name of each: tools may rely on it."""

GROUPS: Mapping[str, str] = {
    "file": "The file as YAML",
    "form": "Keys and values",
    "plan": "Who gets what, when",
    "goal": "The goal",
    "tailoring": "Conditions, other words and follow-ups",
    "alerts": "Measures and alert rules",
    "texts": "Texts",
    "words": "Words",
}
"""The headings below which the kinds stand."""


@dataclass(frozen=True)
class Described:
    """One kind in words for the care team; `example` and `remedy` are pieces of Markdown."""

    kind: Kind
    group: str
    means: str
    example: str
    remedy: str


@cache
def described() -> tuple[Described, ...]:
    """All kinds, in the order of the table."""
    table = (files("coach.content") / "kinds.csv").read_text(encoding="utf-8")
    _, *rows = csv.reader(table.splitlines())
    return tuple(Described(cast("Kind", kind), *words) for kind, *words in rows)


def faults_page() -> str:
    """docs/care-team/faults-in-a-program.md, whole."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from (
        "# Faults in a program",
        "",
        "`coach program check` says the file, the line, the place in the line, what is wrong, and how to mend it.",
        f"These are all {len(described())} kinds of fault; `--format json` and `--format github` give each its name.",
        "How a program is written: [Writing a program](writing-a-program.md).",
        "This page is made from [kinds.csv](../../coach/content/kinds.csv): `python -m coach.content.kinds` prints it.",
    )
    for group, title in GROUPS.items():
        yield from (
            "",
            f"## {title}",
            "",
            "| kind | what it means | for example | mend it |",
            "| --- | --- | --- | --- |",
        )
        for one in described():
            if one.group == group:
                yield f"| `{one.kind}` | {one.means} | {one.example} | {one.remedy} |"


if __name__ == "__main__":
    print(faults_page(), end="")  # noqa: T201 (the page, for whoever commits it)
