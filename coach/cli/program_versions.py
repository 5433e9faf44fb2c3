"""`coach program approve`, `list`, `move`, `diff`: versions, who is in them, and what a new one changes."""

from datetime import UTC, datetime
from enum import StrEnum
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.domain.errors import CoachError

if TYPE_CHECKING:
    from coach.services.move import Moved

FAULT = 1  # exit code
WIDTH = 160  # of a table that goes to a file


class Shape(StrEnum):
    TEXT = "text"
    JSON = "json"


class MomentError(CoachError):
    """What was given is no moment."""


def add_commands(app: typer.Typer) -> None:
    """The commands of this file, on `coach program`."""
    app.command()(approve)
    app.command("list")(list_)
    app.command()(move)
    app.command()(diff)


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


def move(
    name: Annotated[str, typer.Argument(help="a program's name")],
    patient: Annotated[list[int] | None, typer.Option(help="only this patient's id; may be given again")] = None,
    to: Annotated[str | None, typer.Option(metavar="HASH", help="another version than the newest")] = None,
    by: Annotated[str, typer.Option(help="who moves them; else who is signed in on this machine")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would be done")] = False,
) -> None:
    """Bring the people who are in a program to its newest version: nothing comes twice, and nothing late."""
    from coach.cli.context import open_coach
    from coach.services.move import move as move_people

    coach = open_coach()
    found = move_people(
        coach.sessions,
        coach.editions,
        name,
        to=to,
        people=patient or None,
        by=" ".join(by.split()) or getuser(),
        dry_run=dry_run,
        now=coach.now,
    )
    for line in _told(found, dry_run=dry_run):
        print(line)


def _told(found: "Moved", *, dry_run: bool) -> list[str]:
    from coach.cli.patient import on_one_line
    from coach.cli.version_words import people
    from coach.services.versions import SHORT

    one = len(found.moved) == 1
    verb = "would be" if dry_run else "are"
    moved = f"{people(len(found.moved))} {'is' if one and not dry_run else verb} moved to it"
    lines = [f"{found.program} {found.hash[:SHORT]}: {moved}"]
    if found.undisturbed:
        lines.append(f"  {found.undisturbed} of them only get other words: what is planned for them stays as it is")
    if found.planned:
        lines.append(f"  {found.planned} texts of the coming days {verb} planned anew")
    if found.there_already:
        lines.append(f"  {found.there_already} were in it already")
    return lines + [f"  patient {one.patient_id} ({on_one_line(one.name)}) stays: {one.why}" for one in found.stay]


def diff(
    file: Annotated[Path, typer.Argument(help="a program file")],
    against: Annotated[str | None, typer.Option(metavar="HASH", help="another version than the newest")] = None,
    now: Annotated[str | None, typer.Option(help="as if they were moved then: 2026-11-23T09:00Z; else now")] = None,
    shape: Annotated[Shape, typer.Option("--format", help="for people, or for tools")] = Shape.TEXT,
    messages: Annotated[Path | None, typer.Option(help="the folder of the texts")] = None,
) -> None:
    """Say what a program file would change for whom, before anything is saved."""
    from coach.cli.context import open_coach
    from coach.content import folders
    from coach.content.check import check_program
    from coach.content.publication import Publication
    from coach.services.diff_version import diff as diff_version

    checked = check_program(file, messages or folders.messages_folder(file))
    for fault in checked.faults:
        print(fault)
    if checked.program is None or checked.faults:
        raise typer.Exit(FAULT)
    coach = open_coach()
    publication = Publication.of(checked.program, checked.templates)
    moment = coach.now() if now is None else _moment(now)
    found = diff_version(coach.sessions, coach.editions, publication, against=against, now=moment)
    if shape is Shape.JSON:
        from coach.cli.version_words import as_json

        print(as_json(found))
    else:
        from coach.cli.version_words import in_words

        for line in in_words(found):
            print(line)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise MomentError(f"{text!r} is no moment; write it as 2026-11-23T09:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
