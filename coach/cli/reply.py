"""`coach reply`: what patients' texts are understood to say, and those that a person must read."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from coach.domain.program import AnswerKind

app = typer.Typer(no_args_is_help=True, help="What patients' texts are understood to say.")

Expected = Literal["yes_no", "done", "scale_0_10", "scale_0_3", "scale_1_7", "minutes", "text", "time", "none"]
# The command line knows no day: any moment will do, as long as the question was sent well before the reply.
REPLIED = datetime(2000, 1, 2, tzinfo=UTC)
ASKED = REPLIED - timedelta(hours=1)


@app.callback()
def group() -> None:
    """What patients' texts are understood to say."""


@app.command()
def read(
    expects: Annotated[Expected, typer.Option(help="The kind of answer that is waited for, or none.")] = "none",
    language: Annotated[Literal["en", "es"], typer.Option(help="The patient's language.")] = "en",
    config: Annotated[Path | None, typer.Option(help="The config folder; by default ./config, or coach's own.")] = None,
) -> None:
    """Read JSON strings, one a line, from standard input; write what each means as one JSON object a line."""
    from coach.content.safety import load_rules
    from coach.domain.errors import CoachError
    from coach.domain.inbound import Context, OpenQuestion, interpret

    try:
        rules = load_rules(config)
    except CoachError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    asked = () if expects == "none" else (OpenQuestion(1, AnswerKind(expects), ASKED),)
    context = Context(language=language, received_at=REPLIED, rules=rules, open=asked)
    for text in json_strings():
        reading = interpret(text, context)
        answers = [{"status": one.status, "value": one.value} for one in reading.answers]
        show(
            {
                "text": reading.text,
                "safety": reading.safety,
                "consent": None if reading.consent == "unsure" else reading.consent,
                "asks_back": reading.consent == "unsure",
                "command": reading.command.word if reading.command else None,
                "argument": (reading.command.argument or None) if reading.command else None,
                "answer": answers[0] if answers else None,
                "answers": answers,
                "because": list(reading.because),
            }
        )


@app.command()
def notes(limit: Annotated[int, typer.Option(help="so many at most, the oldest", min=1)] = 100) -> None:
    """Texts that a person must still read, strangers' too: number, the clinic's time, who, and words; newest last."""
    from coach.cli.context import open_coach
    from coach.cli.patient import on_one_line
    from coach.services.notes import waiting_notes

    coach = open_coach()
    waiting = waiting_notes(coach.sessions, limit=limit)
    for note in waiting.notes:
        when = f"{note.came_at.astimezone(coach.clinic.zone):%Y-%m-%d %H:%M}"
        who = note.who if note.patient_id is None else f"patient {note.patient_id}, {on_one_line(note.who)}"
        typer.echo(f"{note.id}  {when}  {who}: {on_one_line(note.words)}")
    if waiting.total > len(waiting.notes):
        typer.echo(f"and {waiting.total - len(waiting.notes)} more")
    if not waiting.notes:
        typer.echo("no note waits to be read")


@app.command()
def seen(
    note_id: Annotated[int, typer.Argument(metavar="ID", help="the number of the note")],
    by: Annotated[str, typer.Option(help="who you are")],
) -> None:
    """You have read the note: it is listed no more."""
    from coach.cli.context import open_coach
    from coach.services.notes import mark_seen

    coach = open_coach()
    who = mark_seen(coach.sessions, note_id, by=by, now=coach.now())
    typer.echo(f"note {note_id}: read by {who}")


def json_strings() -> Iterator[str]:
    """Each line of standard input as the string it is in JSON; exits with 2 at the first line that is none."""
    for number, line in enumerate(typer.get_text_stream("stdin", encoding="utf-8", errors="replace"), start=1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)
        except (ValueError, RecursionError):
            text = None
        if not isinstance(text, str):
            typer.echo(f'line {number} of standard input is no JSON string; write one a line, like "yes"', err=True)
            raise typer.Exit(2)
        yield text


def show(fields: dict[str, Any]) -> None:
    """Write `fields` as one line of JSON; half a surrogate pair is written as an escape."""
    try:
        line = json.dumps(fields, ensure_ascii=False)
        line.encode()
    except UnicodeEncodeError:
        line = json.dumps(fields)
    typer.get_text_stream("stdout", encoding="utf-8").write(line + "\n")
