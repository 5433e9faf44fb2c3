"""`coach program`: check programs, see what a person would get, and publish them."""

import json
import sys
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from getpass import getuser
from pathlib import Path
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo, available_timezones

import typer

from coach.cli.program_map import show_map
from coach.cli.program_versions import add_commands
from coach.content import folders
from coach.content.check import Checked, check_program
from coach.content.clinic import read_clinic
from coach.content.faults import as_annotation, as_json, in_order
from coach.content.preview import Row, as_calendar, preview_rows
from coach.content.preview import as_json as rows_as_json
from coach.content.publication import Publication, compile_program
from coach.domain.errors import CoachError
from coach.domain.planner import STANDARD, UnknownPresetError
from coach.domain.program import Program

app = typer.Typer(no_args_is_help=True, help="Check, preview and publish programs.")
app.command("map")(show_map)
add_commands(app)

FAULT, USAGE = 1, 2  # exit codes
YEARS = range(1970, 2200)
WIDTH = 220  # of a table that goes to a file: a text a line

Messages = Annotated[
    Path | None, typer.Option(help="The folder of the texts; else messages beside config, or of the project.")
]


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    ICS = "ics"


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
    for note in checked.notes:
        print(f"{file}: {note}")
    if checked.faults or not faults_only:
        print(_summary(file, checked), file=sys.stderr if checked.faults else sys.stdout)
    return checked


def _summary(file: Path, checked: Checked) -> str:
    if checked.program is None or checked.faults:
        found = len(checked.faults)
        return f"{file}: {found} fault{'' if found == 1 else 's'}"
    languages = ", ".join(checked.program.languages)
    return f"{file}: no faults ({checked.program.weeks} weeks, {len(checked.templates)} texts in {languages})"


@app.command()
def preview(
    file: Annotated[Path, typer.Argument(help="A program file.")],
    start: Annotated[str, typer.Option(help="The first local day, as 2026-03-02.")],
    timezone: Annotated[str, typer.Option(help="The patient's time zone, as America/New_York.")],
    language: Annotated[str, typer.Option(help="The patient's language.")] = "en",
    shape: Annotated[Format, typer.Option("--format", help="How to show it.")] = Format.TABLE,
    preset: Annotated[str, typer.Option(help="One of the program's presets.")] = STANDARD,
    messages: Messages = None,
) -> None:
    """Show every text that a made-up person would get: a baseline of 15 minutes, and each question answered on time."""
    zone, begin = _zone(timezone), _day(start)
    try:
        publication = compile_program(file, messages or folders.messages_folder(file))
        spoken = next((known for known in publication.program.languages if known == language), None)
        if spoken is None:
            _refuse(f"{language!r} is no language of {file}. choose one of: {', '.join(publication.program.languages)}")
        clinic = read_clinic(folders.clinic_file(file))
        rows = preview_rows(publication, clinic, start=begin, zone=zone, language=spoken, preset=preset)
    except UnknownPresetError as error:
        _refuse(str(error))
    except CoachError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(FAULT) from None
    title = publication.program.title[spoken]
    if shape is Format.ICS:
        sys.stdout.buffer.write(as_calendar(rows, title).encode())  # its lines end as the standard says, on any system
    elif shape is Format.JSON:
        print(rows_as_json(rows))
    else:
        _print_table(rows, f"{title}, from {begin} in {timezone}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of a program file."""
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Program.model_json_schema()}
    print(json.dumps(described, ensure_ascii=False, indent=2))


def _zone(name: str) -> ZoneInfo:
    zones = available_timezones()
    if name not in zones:
        near = get_close_matches(name, zones, 1)
        remedy = f"did you mean {near[0]}?" if near else "write it as America/New_York"
        _refuse(f"there is no time zone {name!r}. {remedy}")
    return ZoneInfo(name)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        _refuse(f"{text!r} is no date. write it as 2026-03-02")
    if day.year not in YEARS:
        _refuse(f"the year {day.year} is out of reach. start between {YEARS[0]} and {YEARS[-1]}")
    return day


def _refuse(words: str) -> NoReturn:
    print(f"coach: {words}", file=sys.stderr)
    raise typer.Exit(USAGE)


def _print_table(rows: list[Row], title: str) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, box=SIMPLE, title_justify="left")
    for heading in ("local", "nudge", "kind", "seg", "text"):
        table.add_column(heading, no_wrap=heading != "text")
    for row in rows:
        table.add_row(row.local.replace("T", " "), row.nudge, row.kind, str(row.segments), row.text)
    Console(width=None if sys.stdout.isatty() else WIDTH).print(table, markup=False)
