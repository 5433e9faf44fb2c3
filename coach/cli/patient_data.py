"""coach patient import, export and erase: people as files, and gone."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coach.cli.export import Format, write_csv


def import_(
    file: Annotated[Path, typer.Argument(help="a CSV file with a header; docs/care-team/looking-after-people.md")],
    by: Annotated[str, typer.Option(help="who you are")] = "staff",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would happen")] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="bring in the others where some rows have faults")
    ] = False,
) -> None:
    """Brings people in from a file, all or nobody. Exit 1 where rows have faults and nobody was brought in."""
    from coach.cli.context import open_coach
    from coach.content.people_file import PeopleFileError
    from coach.services.import_patients import import_patients, preview_import
    from coach.services.newcomers import Means

    coach = open_coach()
    try:
        data = file.read_bytes()
    except OSError as error:
        raise PeopleFileError(f"{file} cannot be read ({error.strerror}); look at its name") from None
    means = Means(coach.clinic.country, coach.erase_key)
    preview = preview_import(coach.sessions, coach.editions, data, means, now=coach.now())
    for fault in preview.faults:
        print(f"{file}:{fault.row}:{fault.column}: {fault.what}; {fault.remedy}")
    if preview.newcomers:
        table = Table("row", "name", "phone", "what happens")
        for one in preview.newcomers:
            table.add_row(str(one.row), escape(one.name), one.phone, escape(one.words))
        Console().print(table)
    if dry_run or (preview.faults and not skip_bad) or not preview.newcomers:
        print(f"nobody was brought in: {len(preview.newcomers)} can go in, {preview.bad_rows} not yet")
        raise typer.Exit(1 if preview.faults else 0)
    ids = import_patients(coach.sessions, coach.editions, data, means, by=by, skip_bad=skip_bad, now=coach.now())
    print(f"{_how_many(len(ids))} now in, {preview.bad_rows} left out")


def _how_many(people: int) -> str:
    return "1 person is" if people == 1 else f"{people} people are"


def export(
    patient_id: Annotated[int, typer.Argument(metavar="ID")],
    format_: Annotated[Format, typer.Option("--format", help="json: everything; csv: the conversation")] = Format.JSON,
) -> None:
    """Writes everything about one person as JSON, or the conversation as CSV: times in UTC, days local to them."""
    from coach.cli.context import open_coach
    from coach.services.export_patient import CONVERSATION, conversation_rows, export_patient

    coach = open_coach()
    if format_ is Format.CSV:
        write_csv(CONVERSATION, conversation_rows(coach.sessions, patient_id))
    else:
        print(json.dumps(export_patient(coach.sessions, patient_id, now=coach.now()), ensure_ascii=False, indent=1))


def erase(
    patient_id: Annotated[int, typer.Argument(metavar="ID")],
    by: Annotated[str, typer.Option(help="who you are")],
    why: Annotated[str, typer.Option(help="why, without the person's name")],
    yes: Annotated[bool, typer.Option("--yes", help="do not ask whether you are sure")] = False,
) -> None:
    """Erases everything about one person. It cannot be taken back."""
    from coach.cli.context import open_coach
    from coach.services.erase import erase as erase_patient

    coach = open_coach()
    if not yes:
        typer.confirm(f"Everything about patient {patient_id} goes, and cannot come back. Are you sure?", abort=True)
    erased = erase_patient(coach.sessions, patient_id, key=coach.erase_key, by=by, why=why, now=coach.now())
    print(f"patient {patient_id} is erased: {sum(erased.rows.values())} rows are gone")
