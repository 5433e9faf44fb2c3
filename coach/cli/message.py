"""`coach message`: texts that did not leave, and what texts cost on the air."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coach.cli.reply import json_strings, show

if TYPE_CHECKING:
    from coach.services.not_gone import NotGone

app = typer.Typer(no_args_is_help=True)


class State(StrEnum):
    WITHHELD = "withheld"
    EXPIRED = "expired"
    MISSED = "missed"
    FAILED = "failed"
    UNDELIVERED = "undelivered"
    CANCELLED = "cancelled"


class Shown(StrEnum):
    TABLE = "table"
    JSON = "json"


@app.command("list")
def list_(
    state: Annotated[list[State] | None, typer.Option(help="one state; may be given again; all but cancelled")] = None,
    since: Annotated[str | None, typer.Option(help="the first local day, as 2026-11-23")] = None,
    format_: Annotated[Shown, typer.Option("--format", help="table or json")] = Shown.TABLE,
) -> None:
    """Texts that were owed and did not leave or arrive, each with its reason; times are the patient's own."""
    from coach.cli.context import open_coach
    from coach.cli.patient import day
    from coach.domain.delivery import MessageState
    from coach.services.not_gone import NOT_GONE, not_gone

    states = NOT_GONE if not state else tuple(MessageState(one) for one in state)
    found = not_gone(open_coach().sessions, states, since=None if since is None else day(since))
    if format_ is Shown.JSON:
        rows = [asdict(one) | {"due": one.due.isoformat(timespec="minutes")} for one in found]
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        _print(found)


def _print(found: "Iterable[NotGone]") -> None:
    table = Table("id", "patient", "text", "due", "state", "reason")
    for one in found:
        table.add_row(
            str(one.id), str(one.patient_id), one.name, f"{one.due:%Y-%m-%d %H:%M}", one.state, escape(one.reason)
        )
    if table.row_count:
        Console(highlight=False).print(table)
    else:
        print("no such text")


@app.command()
def count() -> None:
    """Read JSON strings, one a line, from standard input; write the encoding, segments and units of each."""
    from coach.domain.segment import count as size_of

    for text in json_strings():
        show(asdict(size_of(text)))
