"""coach serve, clock, worker, migrate, doctor: the processes, and whether they can run."""

import socket
import sys
from typing import Annotated

import typer

from coach.domain.errors import CoachError


class PortError(CoachError):
    """The port is taken."""


def serve(
    clock: Annotated[
        bool, typer.Option("--clock/--no-clock", help="run the duties inside, or leave them to `coach clock`")
    ] = True,
) -> None:
    """Serves webhooks, and runs the clock inside. SIGTERM finishes the calls in hand and exits 0."""
    from coach import log
    from coach.cli.context import open_coach
    from coach.settings import read_settings
    from coach.web.server import run_server

    settings = read_settings()
    log.set_up(settings.log_level)
    check_port(settings.host, settings.port)
    run_server(open_coach(), host=settings.host, port=settings.port, with_clock=clock)


def clock() -> None:
    """Runs the duties alone, until SIGTERM or Ctrl-C."""
    from coach import log
    from coach.cli.context import open_coach
    from coach.clock import Beat
    from coach.settings import read_settings

    log.set_up(read_settings().log_level)
    Beat(open_coach()).run_until_signal()


def worker() -> None:
    """Runs jobs on PostgreSQL. On SQLite there is nothing for it to do."""
    print("coach: on SQLite one process does it all: run `coach serve`. Workers need PostgreSQL.", file=sys.stderr)
    raise typer.Exit(2)


def migrate() -> None:
    """Brings the database up to date; a second time changes nothing."""
    from coach.cli.context import database_opens
    from coach.settings import read_settings
    from coach.storage.database import open_engine
    from coach.storage.schema import migrate as migrate_schema

    settings = read_settings()
    with database_opens():
        migrate_schema(open_engine(settings.database_url))
    print("the database is up to date")


def doctor() -> None:
    """Says what is set up, what is not, and how to mend it. Exit 1 where something is wrong."""
    from coach.cli.doctor import examine
    from coach.settings import read_settings

    findings = examine(read_settings())
    for finding in findings:
        print(f"{'ok  ' if finding.ok else 'MEND'}  {finding.what}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def check_port(host: str, port: int) -> None:
    """Nothing listens there yet.

    Raises:
        PortError: something does, or the address is not this machine's.
    """
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        raise PortError(
            f"port {port} on {host} cannot be used ({error.strerror}); choose another with COACH_PORT"
        ) from None
