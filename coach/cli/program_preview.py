"""`coach program preview`: every text that a made-up person would get."""

import sys
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn
from zoneinfo import ZoneInfo, available_timezones

import typer

if TYPE_CHECKING:  # other commands need not wait for it
    from coach.content.preview import Row
    from coach.content.publication import Publication
    from coach.domain.preview import Person

FAULT, USAGE = 1, 2  # exit codes
YEARS = range(1970, 2200)
WIDTH = 220  # of a table that goes to a file: a text a line
GRID = 120  # of a calendar that goes to a file
WEEK = 10  # of its first column: the number and the theme
BORDERS = 17  # of its eight columns
DEAREST = 1000  # a segment, in whatever money: more is a slip


class Format(StrEnum):
    TABLE = "table"
    CALENDAR = "calendar"
    JSON = "json"
    ICS = "ics"


def preview(
    file: Annotated[Path, typer.Argument(help="A program file.")],
    start: Annotated[str, typer.Option(help="The first local day, as 2026-03-02.")],
    timezone: Annotated[str, typer.Option(help="The patient's time zone, as America/New_York.")],
    language: Annotated[str, typer.Option(help="The patient's language.")] = "en",
    shape: Annotated[Format, typer.Option("--format", help="How to show it.")] = Format.TABLE,
    preset: Annotated[str, typer.Option(help="One of the program's presets.")] = "standard",
    baseline: Annotated[int, typer.Option(help="Minutes that they report before they have a goal.")] = 15,
    flare: Annotated[str, typer.Option(help="The first local day of a flare of two weeks; else there is none.")] = "",
    follow_ups: Annotated[
        bool, typer.Option("--follow-ups", help="Show the program's texts in return for answers.")
    ] = False,
    week: Annotated[int | None, typer.Option(help="Only this week of the program.")] = None,
    price: Annotated[str, typer.Option(help="What a segment costs, as 0.0079, for the sum below.")] = "",
    messages: Annotated[Path | None, typer.Option(help="The folder of the texts; else as for `check`.")] = None,
) -> None:
    """Show every text that a made-up person would get who answers each question on time, and keeps to their goal."""
    from coach.content.folders import messages_folder
    from coach.content.publication import compile_program
    from coach.domain.errors import CoachError
    from coach.domain.planner import UnknownPresetError
    from coach.domain.preview import Person

    zone, begin, ill = _zone(timezone), _day(start), _day(flare) if flare else None
    cost, minutes = _price(price), _minutes(baseline)
    try:
        publication = compile_program(file, messages or messages_folder(file))
        spoken = next((known for known in publication.program.languages if known == language), None)
        if spoken is None:
            _refuse(f"{language!r} is no language of {file}. choose one of: {', '.join(publication.program.languages)}")
        if week is not None and not 1 <= week <= publication.program.weeks:
            _refuse(f"{file} has no week {week}. write 1 to {publication.program.weeks}")
        _show(publication, file, Person(begin, zone, spoken, preset, minutes, ill, follow_ups), shape, cost, week)
    except UnknownPresetError as error:
        _refuse(str(error))
    except CoachError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(FAULT) from None


def _show(
    publication: "Publication", file: Path, person: "Person", shape: Format, price: Decimal | None, week: int | None
) -> None:
    from coach.content.clinic import read_clinic
    from coach.content.folders import clinic_file
    from coach.content.preview import as_calendar, as_json, preview_rows
    from coach.content.preview_summary import of_week, summary

    rows = preview_rows(publication, read_clinic(clinic_file(file)), person)
    if week is not None:
        rows = of_week(rows, person.start, week)
    title = publication.program.title[person.language]
    if shape is Format.ICS:
        sys.stdout.buffer.write(as_calendar(rows, title).encode())  # its lines end as the standard says, on any system
        return
    if shape is Format.JSON:
        print(as_json(rows))
        return
    headed = f"{title}, from {person.start} in {person.zone.key}"
    if shape is Format.TABLE:
        _print_table(rows, headed)
    else:
        _print_grid(rows, headed, person, publication.program.themes)
    for line in summary(rows, publication.program, person.start, person.language, price):
        print(line)


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


def _price(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        price = Decimal(text)
    except InvalidOperation:
        price = Decimal(-1)
    if not (price.is_finite() and 0 <= price <= DEAREST):
        _refuse(f"{text!r} is no price of a segment. write it as 0.0079")
    return abs(price)  # -0 is 0


def _minutes(baseline: int) -> int:
    if not 0 <= baseline <= 24 * 60:
        _refuse(f"{baseline} minutes are no baseline. write 0 to 1440")
    return baseline


def _refuse(words: str) -> NoReturn:
    print(f"coach: {words}", file=sys.stderr)
    raise typer.Exit(USAGE)


def _print_table(rows: "list[Row]", title: str) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, box=SIMPLE, title_justify="left")
    for heading in ("local", "nudge", "kind", "seg", "text"):
        table.add_column(heading, no_wrap=heading != "text")
    for row in rows:
        table.add_row(row.local.replace("T", " "), row.nudge, row.kind, str(row.segments), row.text)
    Console(width=None if sys.stdout.isatty() else WIDTH).print(table, markup=False)


def _print_grid(rows: "list[Row]", title: str, person: "Person", themes: list[str]) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    from coach.content.preview_summary import WEEKDAYS, calendar_weeks, in_cell

    console = Console(width=None if sys.stdout.isatty() else GRID)
    room = max((console.width - WEEK - BORDERS) // 7, 5)
    table = Table(title=title, box=SIMPLE, title_justify="left", show_lines=True, padding=(0, 1, 0, 0))
    table.add_column("week")
    for day in range(7):
        table.add_column(WEEKDAYS[(person.start.weekday() + day) % 7])
    for week, days in calendar_weeks(rows, person.start):
        theme = themes[week - 1 : week]
        table.add_row(in_cell([str(week), *theme], WEEK), *(in_cell(lines, room) for lines in days))
    console.print(table, markup=False)
