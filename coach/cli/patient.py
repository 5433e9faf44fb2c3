"""coach patient ..., and coach enroll."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coach.domain.consent import Departure
from coach.domain.errors import CoachError

if TYPE_CHECKING:
    from coach.services.roster import Portrait

app = typer.Typer(no_args_is_help=True)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="what the person wants to be called")],
    phone: Annotated[str, typer.Argument(help="such as +12025550143, or as dialled in the clinic's country")],
    zone: Annotated[str, typer.Option(help="the person's time zone, such as America/New_York")],
    language: Annotated[str, typer.Option(help="en or es")],
    consent: Annotated[
        str, typer.Option(help="how consent was given, and the words shown")
    ] = "recorded by staff at the clinic",
    again: Annotated[bool, typer.Option("--again", help="they were erased, and have asked to come back")] = False,
) -> None:
    """Adds a person, with consent on the ledger. Nothing is sent before they are enrolled."""
    from coach.cli.context import open_coach
    from coach.services.enroll import add_patient

    coach = open_coach()
    patient_id = add_patient(
        coach.sessions,
        name=name,
        phone=phone,
        zone=zone,
        language=language,
        country=coach.clinic.country,
        consent=consent,
        key=coach.erase_key,
        again=again,
        now=coach.now(),
    )
    print(f"patient {patient_id} is added; `coach enroll {patient_id} PROGRAM --start DATE` comes next")


@app.command("list")
def list_() -> None:
    """Everybody, with consent and enrollments."""
    from coach.cli.context import open_coach
    from coach.services.roster import roster

    table = Table("id", "name", "zone", "language", "consent", "programs")
    for line in roster(open_coach().sessions):
        table.add_row(str(line.id), escape(line.name), line.zone, line.language, line.consent, ", ".join(line.programs))
    Console().print(table)


@app.command()
def edit(
    patient_id: Annotated[int, typer.Argument(metavar="ID")],
    zone: Annotated[str | None, typer.Option(help="a new time zone")] = None,
    slot: Annotated[list[str] | None, typer.Option(help="a slot at another local time, as evening=18:00")] = None,
    weekdays_off: Annotated[str | None, typer.Option(help="days without texts, as sat,sun; empty for none")] = None,
) -> None:
    """Changes a person's times; what is planned for later moves with them."""
    from coach.cli.context import open_coach
    from coach.services.edit import Change
    from coach.services.edit import edit as edit_patient

    coach = open_coach()
    change = Change(
        zone=zone,
        slots={one.partition("=")[0]: one.partition("=")[2] for one in slot} if slot else None,
        weekdays_off=None if weekdays_off is None else [day.strip() for day in weekdays_off.split(",") if day.strip()],
    )
    planned = edit_patient(coach.sessions, coach.editions, patient_id, change, by="staff", now=coach.now())
    print(f"patient {patient_id} is changed; {planned} coming texts were planned anew")


@app.command("lift-hold")
def lift_hold(
    patient_id: Annotated[int, typer.Argument(metavar="ID")],
    by: Annotated[str, typer.Option(help="who lifts it")] = "staff",
) -> None:
    """Lets nudges leave again that were held; what was withheld meanwhile is not sent after all."""
    from coach.cli.context import open_coach
    from coach.services import care

    coach = open_coach()
    care.lift_hold(coach.sessions, patient_id, by=by, now=coach.now())
    print(f"patient {patient_id}: nudges may leave again")


@app.command()
def withdraw(
    patient_id: Annotated[int, typer.Argument(metavar="ID")],
    reason: Annotated[Departure, typer.Option(help="why")],
    by: Annotated[str, typer.Option(help="who does it")] = "staff",
) -> None:
    """Ends all texts to a person: what is planned is cancelled, and nothing is sent about it."""
    from coach.cli.context import open_coach
    from coach.services import care

    coach = open_coach()
    cancelled = care.withdraw(coach.sessions, patient_id, reason, by=by, now=coach.now())
    print(f"patient {patient_id} is withdrawn ({reason}); {cancelled} planned texts are cancelled, and none is sent")


@app.command()
def invite(patient_id: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Sends the invitation once more to a person who has not said yes."""
    from coach.cli.context import open_coach
    from coach.services import care

    coach = open_coach()
    care.invite(coach.sessions, patient_id, now=coach.now())
    print(f"patient {patient_id}: an invitation leaves in their hours")


@app.command()
def show(patient_id: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """One person: settings, consent ledger, conversation and adherence."""
    from coach.cli.context import open_coach
    from coach.cli.tables import adherence_table
    from coach.services.adherence_report import adherence
    from coach.services.roster import portrait

    coach = open_coach()
    console = Console(highlight=False)
    for line in story(portrait(coach.sessions, patient_id)):
        console.print(line, markup=False, soft_wrap=True)
    console.print(adherence_table(adherence(coach.sessions, now=coach.now(), patient_id=patient_id)))


def story(found: "Portrait") -> Iterator[str]:
    """A person's story, a line a thing, in their local time."""
    patient, zone = found.patient, ZoneInfo(found.patient.zone)

    def when(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

    yield f"{patient.name}, patient {patient.id}, {patient.phone}, {patient.zone}, {patient.language}"
    for line in found.consent:
        yield f"  {when(line.at)}  consent {line.state} by {line.by}: {line.how}"
    for row in found.enrollments:
        yield f"  in {row.program_name} from {row.start_date}, preset {row.preset}, {row.state}"
    for spell in found.spells:
        ends = "until somebody ends it" if spell.ends_at is None else f"until {when(spell.ends_at)}"
        yield f"  {spell.kind} since {when(spell.starts_at)}, {ends}, by {spell.opened_by}"
    for case in found.cases:
        yield f"  case {case.id}: {case.category}, {case.state}, since {when(case.opened_at)}"
    yield "Conversation, in the person's local time"
    for said in found.conversation:
        note = f"  [{said.note}]" if said.note else ""
        way = "<" if said.inbound else ">"
        yield f"  {said.at.astimezone(zone):%a %d %b %H:%M}  {way} {on_one_line(said.text)}{note}"


def on_one_line(text: str) -> str:
    """What a person wrote, so that it can neither pass for a line of ours nor steer the terminal."""
    joined = " ⏎ ".join(text.splitlines())
    return "".join(letter if letter.isprintable() else "�" for letter in joined)


def enroll(
    patient_id: Annotated[int, typer.Argument(metavar="PATIENT")],
    program: Annotated[str, typer.Argument(help="the name of a published program")],
    start: Annotated[str, typer.Option(help="the first local day, as 2026-11-23")],
    preset: Annotated[str, typer.Option(help="standard, or a lighter one that the program has")] = "standard",
) -> None:
    """Puts a person into a program; the invitation asks for their yes."""
    from coach.cli.context import open_coach
    from coach.services.enroll import enroll as enroll_patient

    coach = open_coach()
    enrollment_id = enroll_patient(
        coach.sessions,
        coach.editions,
        patient_id=patient_id,
        program=program,
        start=day(start),
        preset=preset,
        now=coach.now(),
    )
    print(f"enrollment {enrollment_id}: patient {patient_id} is in {program} from {start}")


class DayError(CoachError):
    """What was given is no date."""


def day(text: str) -> date:
    """The date that `text` (ISO) names. Raises DayError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DayError(f"{text!r} is no date; write it as 2026-11-23") from None
