"""Measures and alert rules: each fault has a project that has it, and the line that the check prints."""

import json
from pathlib import Path

import pytest

from coach.content.check import check_program
from coach.content.publication import canonical
from coach.domain.case import Tier
from coach.domain.program import Program
from tests.content.project import PROGRAM, YAML, edit, write_project

ITEM = """\
      - name: pain
        variants: [a]
        answer: {kind: scale_0_10, within: 600}
"""
FED = "        measure: pain\n"
ALERTS = "alerts:\n  - {name: high, kind: pain_high}\n"
LINES = YAML.count("\n")
FIRST = LINES + 3  # of the rules, once there is a measure too

FORM = [
    ("{name: high, kind: pain_hig}", 24, "kind: 'pain_hig' is not known here. did you mean 'pain_high'?"),
    ("{name: high, kind: [pain_high]}", 24, "kind: one of phq2_high, phq2_urgent, pain_high,"),
    ("{name: high}", 5, "the key 'kind' is missing. add it: kind: ..."),
    ("{kind: pain_high}", 5, "the key 'name' is missing. add it: name: ..."),
    ("pain_high", 5, "alerts: 'pain_high' stands where a part with keys belongs. write its keys below it, indented"),
    ("{name: high, kind: pain_high, risse: 3}", 35, "unknown key 'risse'. did you mean 'rise'?"),
    ("{name: high, kind: pain_high, days: 3}", 35, "unknown key 'days'. use one of: name, kind, tier, at_least, times"),
    ("{name: high, kind: pain_high, rise: 0.4}", 41, "rise: 0.4 is too small. write 0.5 at least"),
    ("{name: high, kind: pain_high, rise: nan}", 41, "rise: nan is too large. write 10.0 at most"),
    (
        "{name: high, kind: pain_high, rise: two}",
        41,
        "rise: 'two' stands where a number belongs. write digits, such as",
    ),
    (
        "{name: high, kind: pain_high, tier: soon}",
        41,
        "tier: 'soon' is not known here. use one of: now, today, routine",
    ),
    (
        "{name: High!, kind: pain_high}",
        12,
        "name: 'High!' is no name. use lower-case letters, digits and single hyphens",
    ),
    (
        "{name: quiet, kind: silence, days: 7, text_after: 7}",
        5,
        "alerts: the friendly text comes before the case. write text_after smaller than days",
    ),
    ("{name: steps, kind: boom_and_bust, over_percent: 100}", 54, "over_percent: 100 is too small. write 110 at least"),
    (
        "{name: bad, kind: sleep_poor}",
        23,
        "sleep_poor needs the measure 'sleep', and no check-in asks it. give an item",
    ),
    (
        "{name: down, kind: spiral}",
        24,
        "spiral needs the measure 'mood', and no check-in asks it. give an item measure:",
    ),
    ("{name: hard, kind: exercise_trouble}", 24, "exercise_trouble needs a nudge of the kind exercise that asks for"),
]


def faults(program: Path) -> list[str]:
    folder = program.parents[2]
    found = check_program(program, folder / "messages").faults
    return [str(fault).removeprefix(f"{folder}/{PROGRAM}:") for fault in found]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def fed(program: Path, alerts: str = ALERTS) -> None:
    edit(program, ITEM, ITEM + FED + alerts)


def test_rules_that_are_asked_for_and_fed_have_no_fault(program: Path) -> None:
    fed(program)

    assert faults(program) == []


@pytest.mark.parametrize(("rule", "column", "line"), FORM)
def test_a_fault_of_a_rule_is_found_in_its_place(program: Path, rule: str, column: int, line: str) -> None:
    fed(program, f"alerts:\n  - {rule}\n")

    found = faults(program)

    assert [words[: len(f"{FIRST}:{column}: {line}")] for words in found] == [f"{FIRST}:{column}: {line}"]


def test_all_faults_of_the_rules_come_at_once(program: Path) -> None:
    fed(program, ALERTS + "  - {name: high, kind: silence, dais: 3}\n  - {name: other, kind: pain_high, times: 0}\n")

    found = faults(program)

    assert [words.split(". ")[0] for words in found] == [
        f"{FIRST + 1}:12: the name 'high' is taken",
        f"{FIRST + 1}:33: unknown key 'dais'",
        f"{FIRST + 2}:25: the kind 'pain_high' is that of 'high' too",
        f"{FIRST + 2}:43: times: 0 is too small",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (ITEM, f"{ITEM}        measure: pane\n", "34:18: measure: 'pane' is not known here. did you mean 'pain'?"),
        (
            ITEM,
            f"{ITEM}{FED}{ITEM.replace('pain', 'again')}{FED}",
            "38:18: the measure 'pain' is asked by 'pain' on the same day. take one out, or ask on another day",
        ),
        (
            "answer: {kind: scale_0_10, within: 600}\n",
            f"answer: {{kind: minutes, within: 600}}\n{FED}",
            "33:24: the measure 'pain' is a number from 0 to 10, and pain asks for minutes. ask for scale_0_10, or",
        ),
        (
            "goal: {baseline: base, nudges: [walk], cap: 30}\n",
            "alerts: [{name: steps, kind: boom_and_bust}]\n",
            "9:30: boom_and_bust needs a goal. write one, or take the rule out",
        ),
    ],
)
def test_a_fault_of_a_measure_is_found_in_its_place(program: Path, old: str, new: str, line: str) -> None:
    edit(program, old, new)

    found = [words[: len(line)] for words in faults(program)]

    assert line in found


def test_rules_come_back_from_the_stored_document_as_they_were(program: Path) -> None:
    fed(program, ALERTS + "  - {name: quiet, kind: silence, days: 21, tier: today}\n")
    checked = check_program(program, program.parents[2] / "messages").program
    assert checked is not None

    again = Program.model_validate_json(canonical(checked))

    assert again == checked
    assert [(rule.kind, rule.tier) for rule in again.alerts] == [("pain_high", Tier.ROUTINE), ("silence", Tier.TODAY)]


def test_a_document_from_before_there_were_rules_is_read(program: Path) -> None:
    checked = check_program(program, program.parents[2] / "messages").program
    assert checked is not None
    before = json.loads(canonical(checked))
    del before["alerts"]
    for check_in in before["check_ins"]:
        for item in check_in["items"]:
            del item["measure"]

    assert Program.model_validate(before) == checked


def test_the_schema_knows_each_kind_of_rule_with_its_numbers() -> None:
    schema = Program.model_json_schema()

    assert schema["properties"]["alerts"]["items"]["discriminator"]["mapping"]["silence"] == "#/$defs/Silence"
    assert {"days", "text_after", "questions"} <= {*schema["$defs"]["Silence"]["properties"]}
