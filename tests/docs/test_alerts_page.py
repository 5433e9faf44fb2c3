"""The page on alert rules says what the rules are."""

from typing import get_args

import pytest
from pydantic import BaseModel

from coach.domain.alerts.rules import ConductRule, SymptomRule
from coach.domain.measures import RANGES, Measure
from tests.docs.documents import PROJECT

PAGE = (PROJECT / "docs/care-team/alerts.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| `")]
RULES: list[type[BaseModel]] = [*get_args(SymptomRule), *get_args(ConductRule)]


def kind_of(rule: type[BaseModel]) -> str:
    (kind,) = get_args(rule.model_fields["kind"].annotation)
    return str(kind)


@pytest.mark.parametrize("rule", RULES, ids=kind_of)
def test_the_page_has_each_rule_with_its_numbers_and_its_tier(rule: type[BaseModel]) -> None:
    (row,) = [cells for cells in ROWS if cells[0] == f"`{kind_of(rule)}`"]
    numbers = {name: field.default for name, field in rule.model_fields.items() if name not in {"name", "kind", "tier"}}

    assert row[2] == ", ".join(f"`{name}: {value}`" for name, value in numbers.items())
    assert row[3] == rule.model_fields["tier"].default.value


@pytest.mark.parametrize("measure", list(Measure))
def test_the_page_has_each_measure_with_its_range(measure: Measure) -> None:
    (row,) = [cells for cells in ROWS if f"`{measure.value}`" in cells[0]]
    least, greatest = RANGES[measure]

    assert row[2] == f"{least} to {greatest}"
