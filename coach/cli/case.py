"""coach case ...: what somebody must act on."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from coach.services.cases import CaseLine, CaseStory

app = typer.Typer(no_args_is_help=True)
CaseId = Annotated[int, typer.Argument(metavar="ID", help="the number of the case")]
By = Annotated[str, typer.Option(help="who you are")]


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"


@app.command("list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help="closed ones too")] = False,
    format_: Annotated[Format, typer.Option("--format", help="table, in the clinic's time; or json, in UTC")] = (
        Format.TABLE
    ),
) -> None:
    """What somebody must act on, the gravest first."""
    from coach.cli.context import open_coach
    from coach.services.cases import list_cases

    coach = open_coach()
    lines = list_cases(coach.sessions, with_closed=all_)
    if format_ is Format.JSON:
        print(json.dumps([_plain(line) for line in lines], ensure_ascii=False, indent=1))
    elif lines:
        Console().print(_table(lines, coach.clinic.zone))
    else:
        print("no such case" if all_ else "no case is open")


@app.command()
def show(case_id: CaseId) -> None:
    """One case: every line of it, with the texts that came, in the clinic's time."""
    from coach.cli.context import open_coach
    from coach.services.cases import case_story

    coach = open_coach()
    console = Console(highlight=False)
    for line in _story(case_story(coach.sessions, case_id), coach.clinic.zone):
        console.print(line, markup=False, soft_wrap=True)


@app.command()
def ack(case_id: CaseId, by: By) -> None:
    """You have the case: nobody else is paged about it."""
    from coach.cli.context import open_coach
    from coach.services.cases import acknowledge

    coach = open_coach()
    acknowledge(coach.sessions, case_id, by=by, now=coach.now())
    print(f"case {case_id}: {by} has it, and nobody is paged any more")


@app.command()
def note(case_id: CaseId, text: Annotated[str, typer.Argument(help="what was done or learnt")], by: By) -> None:
    """Writes a line into the case."""
    from coach.cli.context import open_coach
    from coach.services.cases import note as add_note

    coach = open_coach()
    add_note(coach.sessions, case_id, text, by=by, now=coach.now())
    print(f"case {case_id}: noted")


@app.command()
def close(
    case_id: CaseId,
    by: By,
    note: Annotated[str, typer.Option(help="what was done")],
    lift_hold: Annotated[bool, typer.Option("--lift-hold", help="nudges may leave again")] = False,
) -> None:
    """Closes the case. Where nudges are held, they stay so unless you say --lift-hold."""
    from coach.cli.context import open_coach
    from coach.services.cases import resolve

    coach = open_coach()
    held = resolve(coach.sessions, case_id, by=by, note=note, lift_hold=lift_hold, now=coach.now())
    still = "; the nudges stay held: `coach patient lift-hold` lets them leave again" if held else ""
    print(f"case {case_id} is closed{still}")


def _table(lines: "list[CaseLine]", zone: ZoneInfo) -> Table:
    table = Table("id", "tier", "category", f"since ({zone.key})", "who", "state", "last line")
    for line in lines:
        table.add_row(
            str(line.id),
            line.tier,
            line.category,
            f"{line.opened_at.astimezone(zone):%Y-%m-%d %H:%M}",
            escape(_who(line)),
            escape(_state(line)),
            escape(line.last_line),
        )
    return table


def _story(story: "CaseStory", zone: ZoneInfo) -> Iterator[str]:
    from coach.cli.patient import on_one_line

    def when(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

    line = story.line
    yield f"case {line.id}: {line.category}, {line.tier}, {_state(line)}, since {when(line.opened_at)} ({zone.key})"
    yield f"  {_who(line)}"
    for entry in story.entries:
        yield f"  {when(entry.at)}  {on_one_line(entry.by)}: {on_one_line(entry.what)}"
        if entry.text is not None:
            yield f"      < {on_one_line(entry.text)}"


def _who(line: "CaseLine") -> str:
    if line.patient_id is not None:
        return f"patient {line.patient_id}, {line.who}"
    return line.who or "coach itself"


def _state(line: "CaseLine") -> str:
    if line.is_paging:
        return f"{line.state}, paging"
    return f"{line.state} by {line.taken_by}" if line.state == "acknowledged" else str(line.state)


def _plain(line: "CaseLine") -> dict[str, object]:
    return {
        name: value.isoformat(timespec="seconds").replace("+00:00", "Z") if isinstance(value, datetime) else value
        for name, value in asdict(line).items()
    }
