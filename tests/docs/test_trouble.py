"""The operators' page of troubles: each row says all that its columns promise, and names its proof."""

import pytest

from tests.docs.documents import PROJECT

PAGE = (PROJECT / "docs" / "operators" / "trouble.md").read_text(encoding="utf-8")
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ") and "---" not in line]
TROUBLES = ("PostgreSQL is stopped", "SQLite file", "disk is full", "connection", "put back", "slept", "Two clocks")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_row_has_its_five_cells_and_a_proof(row: list[str]) -> None:
    assert len(row) == 5
    assert all(row)
    assert row[-1] == "shown by" or row[-1].startswith("`tests/")


@pytest.mark.parametrize("trouble", TROUBLES)
def test_each_trouble_has_its_row(trouble: str) -> None:
    assert any(trouble in row[0] for row in ROWS)
