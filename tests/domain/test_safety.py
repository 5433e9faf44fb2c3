import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from coach.content.safety import load_rules
from coach.domain.safety import read

ROWS = json.loads((Path(__file__).parent / "data" / "safety.json").read_text(encoding="utf-8"))
RULES = load_rules(Path(__file__).parents[2] / "config")


def test_danger_is_heard_and_figures_of_speech_are_not() -> None:
    found = [(text, label, read(text, RULES)) for text, label in ROWS]

    assert [one for one in found if (one[2].category if one[2] else "none") != one[1]] == []


@given(st.text(max_size=80))
def test_the_words_that_decided_are_the_writers_own(text: str) -> None:
    finding = read(text + " i want to die", RULES)

    assert finding is None or all(words in text + " i want to die" for words in finding.because)
