"""docs/operators/faults.md says of every fault and every code what the project's data says."""

import re
from pathlib import Path

from coach.gateway.codes import EFFECTS, MEANINGS, Stage
from coach.sandbox.faults import FaultKind

PAGE = Path(__file__).parents[2] / "docs/operators/faults.md"
FOUND = {Stage.CREATE: "answer to the call", Stage.RECEIPT: "receipt"}
HEAD = (
    "| kind | where | codes | what coach concludes | what the patient gets | what the team sees |",
    "| --- | --- | --- | --- | --- | --- |",
)
LEGEND = ("| code | where | kind | what it means |", "| --- | --- | --- | --- |")


def class_rows() -> list[str]:
    """A row for each kind of error at each stage."""
    rows = []
    for (kind, stage), effect in EFFECTS.items():
        codes = [str(one.code) for one in MEANINGS.values() if (one.kind, one.stage) == (kind, stage)]
        shown = ", ".join(codes) or "none known"
        rows.append(f"| {kind} | {FOUND[stage]} | {shown} | {effect.concludes} | {effect.patient} | {effect.team} |")
    return rows


def code_rows() -> list[str]:
    return [f"| {one.code} | {FOUND[one.stage]} | {one.kind} | {one.words} |" for one in MEANINGS.values()]


def wanted() -> str:
    return "\n".join([*HEAD, *class_rows(), "", "### Each code", "", *LEGEND, *code_rows()]) + "\n"


def test_the_page_ends_with_the_tables_that_the_data_makes() -> None:
    tables = PAGE.read_text(encoding="utf-8").partition("no reason to send again.\n\n")[2]

    assert tables == wanted(), f"the page's tables should be:\n{wanted()}"


def test_the_page_has_one_row_for_each_fault_and_no_other() -> None:
    section = PAGE.read_text(encoding="utf-8").partition("## Faults")[2].partition("\n## ")[0]
    named = re.findall(r"\| `(\w+)` \|$", section, re.MULTILINE)

    assert sorted(named) == sorted(FaultKind)


def test_no_cell_of_the_data_breaks_its_table() -> None:
    words = [one.words for one in MEANINGS.values()]
    words += [cell for one in EFFECTS.values() for cell in (one.concludes, one.patient, one.team)]

    assert [cell for cell in words if "|" in cell or "\n" in cell or cell != cell.strip()] == []
