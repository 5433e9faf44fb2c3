"""`coach program`: check programs, see what a person would get, and publish them."""

import json
import sys
from enum import StrEnum
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from coach.cli.program_map import show_map
from coach.cli.program_preview import preview
from coach.cli.program_versions import add_commands
from coach.content import folders
from coach.content.check import Checked, check_program
from coach.content.faults import as_annotation, as_json, in_order
from coach.content.publication import Publication
from coach.domain.program import Program

app = typer.Typer(no_args_is_help=True, help="Check, preview and publish programs.")
app.command()(preview)
app.command("map")(show_map)
add_commands(app)

FAULT = 1  # exit code

Messages = Annotated[
    Path | None, typer.Option(help="The folder of the texts; else messages beside config, or of the project.")
]


class Report(StrEnum):
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Program files.")],
    messages: Messages = None,
    shape: Annotated[
        Report, typer.Option("--format", help="How to say it: for people, for tools, for a GitHub workflow.")
    ] = Report.TEXT,
) -> None:
    """Say all that is wrong in programs and their texts; exit 1 if anything is."""
    if shape is Report.TEXT:
        faults = [fault for file in files for fault in _told(file, messages).faults]
    else:
        checked = [check_program(file, messages or folders.messages_folder(file)) for file in files]
        faults = list(in_order(fault for one in checked for fault in one.faults))
        for line in [as_json(faults)] if shape is Report.JSON else map(as_annotation, faults):
            print(line)
    if faults:
        raise typer.Exit(FAULT)


@app.command()
def publish(
    file: Annotated[Path, typer.Argument(help="A program file.")],
    author: Annotated[str, typer.Option(help="Who publishes; else who is signed in on this machine.")] = "",
    approver: Annotated[str | None, typer.Option(help="Who approves it: another person than the author.")] = None,
    note: Annotated[str, typer.Option(help="What changed, and why.")] = "",
    messages: Messages = None,
) -> None:
    """Put a program with all its texts into the database, under one hash; exit 1 if anything is wrong in it."""
    from coach.cli.context import open_coach
    from coach.services.publish import publish as publish_program

    checked = _told(file, messages, faults_only=True)
    if checked.program is None or checked.faults:
        raise typer.Exit(FAULT)
    coach = open_coach()
    publication = Publication.of(checked.program, checked.templates)
    who = " ".join(author.split()) or getuser()
    done = publish_program(coach.sessions, publication, author=who, approver=approver, note=note, now=coach.now())
    print(f"{checked.program.name} {done.hash[:12]}: {'published' if done.is_new else 'published before, unchanged'}")


def _told(file: Path, messages: Path | None, *, faults_only: bool = False) -> Checked:
    """The program checked, and every fault of it printed."""
    checked = check_program(file, messages or folders.messages_folder(file))
    for fault in checked.faults:
        print(fault)
    for note in () if faults_only else checked.notes:
        print(f"{file}: {note}", file=sys.stderr)
    if checked.faults or not faults_only:
        print(_summary(file, checked), file=sys.stderr if checked.faults else sys.stdout)
    return checked


def _summary(file: Path, checked: Checked) -> str:
    if checked.program is None or checked.faults:
        found = len(checked.faults)
        return f"{file}: {found} fault{'' if found == 1 else 's'}"
    languages, weeks = ", ".join(checked.program.languages), checked.program.weeks
    return f"{file}: no faults ({weeks} week{'' if weeks == 1 else 's'}, {len(checked.templates)} texts in {languages})"


@app.command()
def schema() -> None:
    """Print the JSON Schema of a program file."""
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Program.model_json_schema()}
    print(json.dumps(described, ensure_ascii=False, indent=2))
