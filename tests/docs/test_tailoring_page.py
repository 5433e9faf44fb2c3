"""The page on texts that fit the person: its examples are programs, and its words are all there are."""

import re

import pytest
from ruamel.yaml import YAML

from coach.domain.conditions import FACTS, words_of
from coach.domain.program import When
from tests.docs.documents import PROJECT
from tests.people import nudge, publication

PAGE = (PROJECT / "docs/care-team/tailoring.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_part_of_a_program(example: str) -> None:
    written = YAML(typ="safe", pure=True).load(example)
    for item in [*written.get("nudges", []), *(one for ci in written.get("check_ins", []) for one in ci["items"])]:
        item["variants"] = [str(variant) for variant in item["variants"]]
    program = publication(nudge("move"), **written).program

    assert [one.name for one in program.nudges] == [one["name"] for one in written.get("nudges", [{"name": "move"}])]


def test_every_condition_is_in_the_table_with_its_words_and_what_its_text_may_name() -> None:
    assert [row[0].strip("`").split(":")[0] for row in ROWS] == list(When.model_fields)
    for condition, words, names in ROWS[:5]:
        name = condition.strip("`").split(":")[0]

        assert words_of(When.model_validate({name: True})) == (f"for people {words}",)
        assert set(re.findall(r"\{\{ (\w+) \}\}", names)) == FACTS.get(name, set())
