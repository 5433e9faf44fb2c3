"""coach serve, clock, worker, migrate, doctor: the processes, and whether they can run."""

import socket
from typing import TYPE_CHECKING, Annotated

import typer

from coach.domain.errors import CoachError

if TYPE_CHECKING:
    from coach.engine.procrastinate import Queue
    from coach.settings import Settings


class PortError(CoachError):
    """The port is taken."""


def serve(
    clock: Annotated[
        bool, typer.Option("--clock/--no-clock", help="run the duties inside, or leave them to `coach clock`")
    ] = True,
) -> None:
    """Serves webhooks, and runs the clock inside. SIGTERM finishes the calls in hand and exits 0."""
    from coach import log
    from coach.cli.context import open_listening_coach
    from coach.settings import read_settings
    from coach.web.server import run_server

    settings = read_settings()
    log.set_up(settings.log_level)
    check_port(settings.host, settings.port)
    run_server(open_listening_coach(), host=settings.host, port=settings.port, with_clock=clock)


def clock() -> None:
    """Runs the duties alone, until SIGTERM or Ctrl-C; on PostgreSQL it hands them to the workers."""
    from coach import log
    from coach.bootstrap import is_postgresql
    from coach.cli.context import open_listening_coach
    from coach.clock import Beat
    from coach.settings import read_settings

    settings = read_settings()
    log.set_up(settings.log_level)
    queue = prepared_queue(settings) if is_postgresql(settings.database_url) else None
    Beat(open_listening_coach(), engine=queue, shards=settings.shards).run_until_signal()


def worker() -> None:
    """Does the jobs that `coach clock` hands over on PostgreSQL. On SQLite there is nothing for it to do: exit 2."""
    from coach import log
    from coach.cli.context import open_listening_coach
    from coach.settings import read_settings
    from coach.worker import Worker

    settings = read_settings()
    log.set_up(settings.log_level)
    prepared_queue(settings)
    Worker(open_listening_coach(), at_once=settings.worker_jobs).run_until_signal()


def prepared_queue(settings: "Settings") -> "Queue":
    """The queue of jobs, with its tables.

    Raises:
        CoachError: the database has none: it is SQLite, does not open, or is not up to date.
    """
    from coach.bootstrap import open_queue
    from coach.cli.context import NotMigratedError

    queue = open_queue(settings.database_url)
    if not queue.is_prepared():
        raise NotMigratedError("the tables for jobs are missing; run `coach migrate` first")
    return queue


def migrate() -> None:
    """Brings the database up to date, on PostgreSQL the tables for jobs too; a second time changes nothing."""
    from coach.bootstrap import is_postgresql, open_queue
    from coach.cli.context import database_opens
    from coach.settings import read_settings
    from coach.storage.database import open_engine
    from coach.storage.schema import migrate as migrate_schema

    settings = read_settings()
    queue = open_queue(settings.database_url) if is_postgresql(settings.database_url) else None
    with database_opens():
        migrate_schema(open_engine(settings.database_url))
    if queue is not None:
        queue.prepare()
    print("the database is up to date")


def doctor() -> None:
    """Says what is set up, what is not, and how to mend it. Exit 1 where something is wrong."""
    from coach.cli.doctor import examine
    from coach.settings import read_settings

    findings = examine(read_settings())
    for finding in findings:
        print(finding)
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
