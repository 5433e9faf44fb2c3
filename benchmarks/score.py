"""How well replies are understood: `make score CORPORA=folder` reads its samples and prints what was heard of them.

Reads crisis_phrases.csv (text,language,label), optout_phrases.csv (text,expected) and reply_corpus.csv
(prompt_kind,language,reply,expected), whichever of them the folder has. `-v` lists every row that was read otherwise.
"""

import argparse
import csv
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from coach.content.safety import load_rules
from coach.domain.inbound import Context, OpenQuestion, Reading, interpret
from coach.domain.normal import fold
from coach.domain.program import AnswerKind

ASKED = datetime(2026, 1, 5, 15, tzinfo=UTC)
NOT_TAKEN = {"unclear", "invalid", "skip"}  # what a reply is called whose value nobody may take
HEADS = ("expected", "language", "rows", "recall", "precision")
SLIPPED_FROM = 5  # letters of a word in which a thumb may slip


@dataclass(frozen=True)
class Row:
    """One sample: a text, what it is a sample of, and what it should be read as."""

    text: str
    language: str
    expected: str
    group: str = ""


@dataclass(frozen=True)
class Kind:
    """One file of samples: how its rows are read, and what of them is no find."""

    file: str
    row: Callable[[dict[str, str]], Row]
    read: Callable[[Row], str]
    nothing: frozenset[str]


def heard(row: Row, kind: str = "none") -> Reading:
    """What coach makes of the row, with an open question of that kind."""
    asked = () if kind == "none" else (OpenQuestion(1, AnswerKind(kind), ASKED),)
    return interpret(row.text, Context(row.language, ASKED + timedelta(minutes=5), load_rules(), open=asked))


def danger(row: Row) -> str:
    return heard(row).safety or "none"


def wish(row: Row) -> str:
    return heard(row).consent or "none"


def answer(row: Row) -> str:
    """The value that is taken, or why none is."""
    answers = heard(row, row.group).answers
    if not answers:
        return "none"
    return str(answers[0].value) if answers[0].status == "understood" else answers[0].status


KINDS = (
    Kind(
        "crisis_phrases.csv", lambda row: Row(row["text"], row["language"], row["label"]), danger, frozenset({"none"})
    ),
    Kind("optout_phrases.csv", lambda row: Row(row["text"], "en", row["expected"]), wish, frozenset({"none"})),
    Kind(
        "reply_corpus.csv",
        lambda row: Row(row["reply"], row["language"], row["expected"], row["prompt_kind"]),
        answer,
        frozenset(NOT_TAKEN),
    ),
)


def slip(text: str, draw: random.Random) -> str:
    """`text` with two letters of one longer word swapped, but not its first."""
    words = text.split(" ")
    longer = [place for place, word in enumerate(words) if len(word) >= SLIPPED_FROM and word.isalpha()]
    if not longer:
        return text
    place = draw.choice(longer)
    word, at = words[place], draw.randrange(1, len(words[place]) - 1)
    words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def spoilt(seed: int) -> Iterator[tuple[str, Callable[[str], str]]]:
    """Ways in which the same words arrive otherwise; `seed` decides where a thumb slips."""
    yield "a slip", partial(slip, draw=random.Random(seed))  # noqa: S311 (a sample, no secret)
    yield "shouted", str.upper
    yield "no accents", lambda text: fold(text)[0]
    yield "an emoji", lambda text: f"{text} 😭"
    yield "drawn out", lambda text: text + text[-1:] * 3 if text[-1:].isalpha() else text


def scores(kind: Kind, rows: Sequence[Row]) -> Table:
    """How well each expected value, or kind of answer, is read in each language."""
    table = Table(title=f"{kind.file}: {len(rows)} rows", title_justify="left")
    heads = ("kind", "language", "rows", "right", "wrongly taken") if kind.read is answer else HEADS
    for head in heads:
        table.add_column(head, justify="left" if head in {"expected", "kind", "language"} else "right")
    read = [(row, kind.read(row)) for row in rows]
    for language in sorted({row.language for row in rows}):
        here = [(row, said) for row, said in read if row.language == language]
        for cells in _of_answers(here) if kind.read is answer else _of_values(here):
            table.add_row(cells[0], language, *cells[1:])
        table.add_section()
    for words, part, of in summary(kind, read):
        table.add_row(words, "", str(of), share(part, of), "")
    return table


def _of_values(read: Sequence[tuple[Row, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Each expected value: rows, recall and precision."""
    for name in sorted({row.expected for row, _ in read}):
        mine = [said for row, said in read if row.expected == name]
        found = [row.expected for row, said in read if said == name]
        yield name, str(len(mine)), share(mine.count(name), len(mine)), share(found.count(name), len(found))


def _of_answers(read: Sequence[tuple[Row, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Each kind of answer, and all: rows, those read rightly, and those taken of what is not to be taken."""
    for name in (*sorted({row.group for row, _ in read}), "all"):
        mine = [(row, said) for row, said in read if name in {row.group, "all"}]
        right = sum(row.expected == said for row, said in mine)
        yield name, str(len(mine)), share(right, len(mine)), share(*_taken(mine))


def _taken(read: Sequence[tuple[Row, str]]) -> tuple[int, int]:
    """How many were taken as an answer, and of how many that were not to be."""
    absent = [said for row, said in read if row.expected in NOT_TAKEN]
    return sum(said not in NOT_TAKEN | {"none"} for said in absent), len(absent)


def summary(kind: Kind, read: Sequence[tuple[Row, str]]) -> Iterator[tuple[str, int, int]]:
    """What the file asks above all: found at all, found rightly, and what was found where nothing was."""
    there = [(row, said) for row, said in read if row.expected not in kind.nothing]
    claimed = [(row, said) for row, said in read if said not in kind.nothing | {"none"}]
    yield "as expected, of all", sum(row.expected == said for row, said in read), len(read)
    if kind.read is answer:
        yield ("wrongly taken, of those not to be taken", *_taken(read))
        return
    yield "heard as anything, of what is there", sum(said not in kind.nothing for _, said in there), len(there)
    yield "right to be heard, of what was", sum(row.expected not in kind.nothing for row, _ in claimed), len(claimed)
    if kind.read is wish:
        others = [(row, said) for row, said in read if row.expected != "stop"]
        yield "false stops, of the rest", sum(said == "stop" for _, said in others), len(others)


def losses(kind: Kind, rows: Sequence[Row], seed: int) -> Table:
    """How many of the rows read rightly are read rightly still, once each is spoilt."""
    table = Table(title=f"{kind.file}: the same rows, spoilt", title_justify="left")
    for head in ("how", "right before", "right still", "share kept"):
        table.add_column(head, justify="left" if head == "how" else "right")
    right = [row for row in rows if kind.read(row) == row.expected]
    for name, way in spoilt(seed):
        still = sum(kind.read(replace(row, text=way(row.text))) == row.expected for row in right)
        table.add_row(name, str(len(right)), str(still), share(still, len(right)))
    return table


def share(part: int, of: int) -> str:
    return f"{part / of:.3f}" if of else "-"


def misses(kind: Kind, rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        said = kind.read(row)
        if said != row.expected:
            yield f"{row.group or row.language}: {row.text!r} is {row.expected}, was read as {said}"


def main(arguments: Sequence[str]) -> int:
    """0; 2 where the folder has no samples."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.score", description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("-v", "--verbose", action="store_true", help="list every row that was read otherwise")
    options.add_argument("--seed", type=int, default=1, help="decides where thumbs slip")
    given = options.parse_args(arguments)
    console, seen = Console(width=120), Counter[str]()
    for kind in KINDS:
        if not (given.folder / kind.file).is_file():
            continue
        with (given.folder / kind.file).open(encoding="utf-8", newline="") as file:
            rows = [kind.row(line) for line in csv.DictReader(file)]
        seen[kind.file] = len(rows)
        console.print(scores(kind, rows), losses(kind, rows, given.seed))
        if given.verbose:
            print(*misses(kind, rows), sep="\n")
    if not seen:
        print(
            f"{given.folder} has none of {', '.join(kind.file for kind in KINDS)}; give a folder that does",
            file=sys.stderr,
        )
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
