"""`coach program approve`, `list`: the versions of a program, who wrote and who approved them, and who is in them."""

from typing import Annotated

import typer

WIDTH = 160  # of a table that goes to a file


def add_commands(app: typer.Typer) -> None:
    """The commands of this file, on `coach program`."""
    app.command()(approve)
    app.command("list")(list_)


def approve(
    which: Annotated[str, typer.Argument(metavar="NAME|HASH", help="a program's newest version, or that of a hash")],
    approver: Annotated[str, typer.Option(help="who approves it: another person than the author")],
) -> None:
    """Approve a published version, once and for good."""
    from coach.cli.context import open_coach
    from coach.services.versions import SHORT
    from coach.services.versions import approve as approve_version

    coach = open_coach()
    done = approve_version(coach.sessions, which, approver=approver, now=coach.now())
    print(f"{done.name} {done.hash[:SHORT]}: approved by {done.approver}")


def list_() -> None:
    """List the published versions: who wrote and who approved them, and how many people are in each."""
    import sys

    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from coach.cli.context import open_coach
    from coach.services.versions import SHORT, versions

    table = Table("program", "version", "published (UTC)", "author", "approver", "note", "people")
    for one in versions(open_coach().sessions):
        approver = escape(one.approver or "not approved")
        when = f"{one.published_at:%Y-%m-%d %H:%M}"
        table.add_row(one.name, one.hash[:SHORT], when, escape(one.author), approver, escape(one.note), str(one.people))
    Console(width=None if sys.stdout.isatty() else WIDTH).print(table)
