"""What examples of danger teach: texts that nothing was learnt from are heard, and form changes nothing."""

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.content.safety import SafetyRulesError, load_rules, read_weights
from coach.domain.likeness import Likeness, liken
from coach.domain.normal import fold, read_line
from coach.domain.safety import read

ROOT = Path(__file__).parents[2]
SAFETY = ROOT / "config" / "safety"
RULES = load_rules(ROOT / "config")
DATA = Path(__file__).parent / "data"
SAMPLES = [text for text, _ in json.loads((DATA / "safety.json").read_text(encoding="utf-8"))]
with (DATA / "unseen.csv").open(encoding="utf-8", newline="") as file:
    UNSEEN = [(row["text"], row["label"]) for row in csv.DictReader(file)]
AIMS = {"crisis_suicide": 0.97, "crisis_overdose": 0.97, "red_flag_spine": 0.92, "red_flag_other": 0.92}
"""The share of texts of each kind that must be heard as danger."""

FORMS = {
    "shouted": str.upper,
    "without accents": lambda text: fold(text)[0],
    "with blanks": lambda text: f"  {'   '.join(text.split())} ",
    "with full stops": lambda text: f"{text}...",
    "with an exclamation": lambda text: f"{text}!!",
}


def category(text: str) -> str:
    finding = read(text, RULES)
    return finding.category if finding else "none"


def test_of_texts_that_nothing_was_learnt_from_nearly_all_danger_is_heard_and_little_else() -> None:
    heard = [(label, category(text)) for text, label in UNSEEN]
    there = Counter(label for label, _ in heard)
    found = Counter(label for label, said in heard if said != "none")
    claimed = [label for label, said in heard if said != "none"]

    assert {kind: found[kind] / there[kind] >= aim for kind, aim in AIMS.items()} == dict.fromkeys(AIMS, True)
    assert sum(label != "none" for label in claimed) / len(claimed) >= 0.9


def test_none_of_those_texts_is_an_example() -> None:
    with (SAFETY / "examples.csv").open(encoding="utf-8", newline="") as examples:
        taught = {fold(row["text"])[0].strip() for row in csv.DictReader(examples)}

    assert taught.isdisjoint({fold(text)[0].strip() for text, _ in UNSEEN})


@pytest.mark.parametrize("what", ["safety", "consent"])
def test_the_weights_are_those_of_the_examples(what: str) -> None:
    folder = ROOT / "config" / what
    with (folder / "weights.csv").open(encoding="utf-8", newline="") as weights:
        learnt_from = list(csv.reader(weights))[1][1]

    assert learnt_from == hashlib.sha256((folder / "examples.csv").read_bytes()).hexdigest(), "run: make learn"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_form_changes_nothing(form: object) -> None:
    assert callable(form)
    changed = [text for text in (*SAMPLES, *(text for text, _ in UNSEEN)) if category(text) != category(form(text))]

    assert changed == []


@given(st.text(max_size=60), st.sampled_from(SAMPLES))
def test_the_words_that_decided_are_the_writers_own(around: str, sample: str) -> None:
    text = f"{around} {sample}"
    finding = read(text, RULES)

    assert finding is None or (finding.because and all(words in text for words in finding.because))


def test_the_loudest_words_are_named() -> None:
    taught = Likeness(("danger",), (-1.0,), {"dark": (1.0, 9.0), "day": (1.0, 0.5), "walk": (1.0, -3.0)}, {})
    alike = liken(read_line("a dark day").tokens, taught)

    assert alike is not None
    assert (alike.kind, alike.places) == ("danger", (1,))
    assert alike.likelihood > 0.9
    assert liken(read_line("a long walk").tokens, taught).likelihood < 0.1  # type: ignore[union-attr]  # it has words
    assert liken(read_line("dark day !?").tokens, taught) is None  # too few words to be like anything
    assert liken(read_line("a dark day").tokens, Likeness((), (), {}, {})) is None


def test_weights_that_were_changed_by_hand_are_named(tmp_path: Path) -> None:
    (tmp_path / "weights.csv").write_text("kind,feature\nlearnt from,x\nbias,\nword,die,much\n")

    with pytest.raises(SafetyRulesError, match="write it again with: make learn"):
        read_weights(tmp_path / "weights.csv")
    assert read_weights(tmp_path / "none.csv") == Likeness((), (), {}, {})
