"""Learns what danger, and what a stop, sounds like: `make learn` turns each examples.csv into weights.csv beside it.

scikit-learn fits the weights; coach reads them without it. The same examples give the same weights.
"""

import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from coach.content.safety import load_rules
from coach.domain.consent_line import read_consent_line
from coach.domain.likeness import is_word, piece_features, word_features
from coach.domain.normal import Line
from coach.domain.safety import CATEGORIES, in_full

CONFIG = Path(__file__).parents[1] / "config"
KEPT = 15_000  # features; more hear hardly better
RARE = 2  # a piece of a word that fewer examples have teaches nothing
STRENGTH = 30.0  # C of the regression
NONE = "none"

Counts = Counter[tuple[str, str]]


@dataclass(frozen=True)
class Task:
    """What is learnt: the folder of the examples, how a text is read, and the kinds beside none."""

    folder: Path
    read: Callable[[str], Line]
    kinds: Sequence[str]


TASKS = (
    Task(CONFIG / "safety", lambda text: in_full(text, load_rules()), CATEGORIES),
    Task(
        CONFIG / "consent", lambda text: read_consent_line(text, load_rules().wish_speller), ("stop", "start", "help")
    ),
)


def counts_of(line: Line) -> Counts:
    """How often each feature stands in the line: ("word", n-gram) and ("piece", letters)."""
    said = [(place, token.word) for place, token in enumerate(line.tokens) if is_word(token.word)]
    return Counter(
        [*(("word", name) for name, _ in word_features(said)), *(("piece", name) for name, _ in piece_features(said))]
    )


class Matrix:
    """Examples as rows of tf-idf over `names`, words and pieces each scaled to length one."""

    def __init__(self, rows: Sequence[Counts], names: Sequence[tuple[str, str]]) -> None:
        self.names = list(names)
        place = {name: number for number, name in enumerate(self.names)}
        seen = Counter(name for row in rows for name in row if name in place)
        self.idf = np.array([np.log((1 + len(rows)) / (1 + seen[name])) + 1 for name in self.names])
        self._place = place
        self.values = self.of(rows)

    def of(self, rows: Sequence[Counts]) -> Any:  # noqa: ANN401 (a sparse matrix)
        return sparse.hstack([self._half(rows, "word"), self._half(rows, "piece")]).tocsr()

    def _half(self, rows: Sequence[Counts], kind: str) -> Any:  # noqa: ANN401 (likewise)
        mine = {name: number for number, name in enumerate(name for name in self.names if name[0] == kind)}
        cells, columns, starts = [], [], [0]
        for row in rows:
            found = [
                (mine[name], (1 + np.log(count)) * self.idf[self._place[name]])
                for name, count in row.items()
                if name in mine
            ]
            norm = np.sqrt(sum(value * value for _, value in found)) or 1.0
            columns += [column for column, _ in found]
            cells += [value / norm for _, value in found]
            starts.append(len(cells))
        return sparse.csr_matrix((cells, columns, starts), shape=(len(rows), len(mine)))


def fit(matrix: Matrix, labels: Sequence[str]) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=3000).fit(matrix.values, labels)


def learn(task: Task, rows: Sequence[tuple[str, str]]) -> tuple[Matrix, LogisticRegression]:
    """The features that say most, and their weights."""
    counts, labels = [counts_of(task.read(text)) for text, _ in rows], [label for _, label in rows]
    seen = Counter(name for row in counts for name in row)
    names = sorted(name for name, count in seen.items() if name[0] == "word" or count >= RARE)
    everything = Matrix(counts, [*(n for n in names if n[0] == "word"), *(n for n in names if n[0] == "piece")])
    first = fit(everything, labels)
    says = np.abs(first.coef_).max(axis=0) * np.sqrt(np.asarray(everything.values.power(2).sum(axis=0)).ravel())
    kept = sorted(everything.names[number] for number in np.argsort(-says, kind="stable")[:KEPT])
    best = Matrix(counts, [*(n for n in kept if n[0] == "word"), *(n for n in kept if n[0] == "piece")])
    return best, fit(best, labels)


def write(task: Task, matrix: Matrix, model: LogisticRegression, learnt_from: str) -> None:
    classes = list(model.classes_)
    rows = [classes.index(name) for name in task.kinds]
    against = model.coef_[rows] - model.coef_[classes.index(NONE)]
    bias = model.intercept_[rows] - model.intercept_[classes.index(NONE)]
    with (task.folder / "weights.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["kind", "feature", "idf", *task.kinds])
        out.writerow(["learnt from", learnt_from, "", *[""] * len(task.kinds)])
        out.writerow(["bias", "", "", *(f"{value:.3f}" for value in bias)])
        for number, (kind, name) in enumerate(matrix.names):
            out.writerow([kind, name, f"{matrix.idf[number]:.2f}", *(f"{value:.2f}" for value in against[:, number])])


def read_examples(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["label"]) for row in csv.DictReader(file)]


def main() -> int:
    """0 once the weights are written."""
    for task in TASKS:
        examples = task.folder / "examples.csv"
        rows = read_examples(examples)
        write(task, *learn(task, rows), hashlib.sha256(examples.read_bytes()).hexdigest())
        counted = dict(sorted(Counter(label for _, label in rows).items()))
        print(f"{examples.relative_to(CONFIG)}: {len(rows)} examples, {counted}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
