"""coach explain MESSAGE_ID, and coach explain PATIENT DATE."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:  # every command would wait for it
    from coach.services.explain import Explained


def explain(
    number: Annotated[int, typer.Argument(metavar="MESSAGE_ID|PATIENT", help="a message; or, with a date, a patient")],
    date: Annotated[str | None, typer.Argument(help="a local day of the patient, as 2026-11-23")] = None,
) -> None:
    """Why a text was sent, or why not: one message, or a patient's whole day."""
    from coach.cli.context import open_coach
    from coach.cli.patient import day
    from coach.services.explain import explain_day, explain_message

    coach = open_coach()
    if date is None:
        _print(explain_message(coach.sessions, number))
        return
    found = explain_day(coach.sessions, number, day(date))
    for one in found:
        _print(one)
    if not found:
        print(f"nothing was owed to patient {number} on {date}")


def _print(one: "Explained") -> None:
    console = Console(highlight=False)
    reason = f": {escape(one.reason)}" if one.reason else ""  # a provider's words may hold brackets
    console.print(
        f"[bold]{one.due:%a %d %b %H:%M}  {one.name}[/] ({one.purpose}, message {one.id}) {one.state}{reason}"
    )
    if one.text:
        console.print(f"    “{one.text}”", markup=False)
    for line in one.history:
        console.print(f"    {line.at:%d %b %H:%M:%S}  {line.what}", markup=False)
