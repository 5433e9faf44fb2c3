"""coach export: rows for a spreadsheet or a study, on standard output."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from coach.content.csv_cells import defused


class What(StrEnum):
    MESSAGES = "messages"
    REPLIES = "replies"
    ANSWERS = "answers"
    SCORES = "scores"
    ADHERENCE = "adherence"
    CASES = "cases"


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"


def export(
    what: Annotated[What, typer.Argument(help="which rows")],
    format_: Annotated[Format, typer.Option("--format", help="csv or json")] = Format.CSV,
) -> None:
    """Writes every row of one kind: times in UTC, days local to the patient."""
    from coach.cli.context import open_coach
    from coach.services.export import EXPORTS

    coach = open_coach()
    wanted = EXPORTS[what]
    rows = wanted.rows(coach.sessions, coach.now())
    if format_ is Format.JSON:
        json.dump(
            [{name: _plain(value) for name, value in row.items()} for row in rows],
            sys.stdout,
            ensure_ascii=False,
            indent=1,
        )
        print()
    else:
        write_csv(wanted.columns, rows)


def write_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    """The rows as CSV; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    writer = csv.DictWriter(sys.stdout, fieldnames=columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(_plain(value)) for name, value in row.items()})


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else defused(value)
