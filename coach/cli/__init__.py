"""The command line: one file a noun. Errors are one line on standard error, with the remedy."""

import sys
from io import TextIOWrapper

import typer

# Typer carries its own click, and keeps it private.
from typer._click.exceptions import ClickException, NoArgsIsHelpError

from coach.domain.errors import CoachError


def main() -> None:
    """Runs `coach`. Exit 0: done; 1: a fault was found; 2: it was asked wrongly, or cannot start."""
    if isinstance(sys.stdout, TextIOWrapper):  # what is said on both streams stays in order, through a pipe too
        sys.stdout.reconfigure(line_buffering=True)
    try:
        sys.exit(build_app()(standalone_mode=False))
    except NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except ClickException as error:
        print(f"coach: {error.format_message()} See `coach --help`.", file=sys.stderr)
        sys.exit(2)
    except CoachError as error:
        print(f"coach: {error}", file=sys.stderr)
        sys.exit(2)
    except typer.Abort:
        sys.exit(130)


def build_app() -> typer.Typer:
    """All commands."""
    from coach.cli import (
        case,
        demo,
        explain,
        export,
        message,
        patient,
        patient_data,
        program,
        reply,
        run,
        sandbox,
        transfer,
        user,
    )

    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Small, well-timed texts, and ears for the answers.",
    )
    for command in (
        *(demo.demo, run.serve, run.clock, run.worker, run.migrate, transfer.transfer, run.doctor, sandbox.sandbox),
        *(patient.enroll, explain.explain, export.export),
    ):
        app.command()(command)
    patient.app.command("import")(patient_data.import_)
    patient.app.command()(patient_data.export)
    patient.app.command()(patient_data.erase)
    app.add_typer(patient.app, name="patient", help="People who are texted.")
    app.add_typer(case.app, name="case", help="What somebody must act on.")
    app.add_typer(program.app, name="program", help="What a care team writes.")
    app.add_typer(reply.app, name="reply", help="What patients write.")
    app.add_typer(message.app, name="message", help="Texts that did not leave, and what a text costs.")
    app.add_typer(user.app, name="user", help="Who of the care team may sign in.")
    return app
