"""Sets the demo up, runs it, and tells how it went."""

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from coach.bootstrap import Coach, build
from coach.content.folders import config_folder, messages_folder, program_file
from coach.content.publication import Publication, compile_program
from coach.domain.delivery import MessageState, Purpose
from coach.domain.reasons import STATES, in_words
from coach.domain.text_words import text_name
from coach.rehearsal.cast import PEOPLE, START
from coach.rehearsal.demo import Demo
from coach.rehearsal.folder import own_folder
from coach.rehearsal.server import listen, serving, side_by_side
from coach.rehearsal.team import team_pages
from coach.rehearsal.time import VirtualClock
from coach.sandbox.app import create_app as create_sandbox_app
from coach.sandbox.provider import Account, Sandbox
from coach.sandbox.stage import Stage
from coach.services.adherence_report import PersonReport, adherence
from coach.services.publish import publish
from coach.settings import Settings
from coach.storage.database import Sessions
from coach.storage.schema import migrate
from coach.storage.tables import Message, Patient
from coach.web.app import create_app

NOT_GONE = (
    MessageState.WITHHELD,
    MessageState.EXPIRED,
    MessageState.MISSED,
    MessageState.FAILED,
    MessageState.UNDELIVERED,
)


@dataclass(frozen=True)
class Told:
    """How a run went: the figures, and a line for each text that did not go out."""

    adherence: list[PersonReport]
    not_gone: list[str]


def run_demo(
    *,
    days: int,
    answers_itself: bool,
    port: int,
    folder: Path,
    say: Callable[[str], None],
    tell: Callable[[Told], None],
    stay: Callable[[str, str], None] | None,
) -> None:
    """The demo runs for `days` virtual days; `tell` gets how it went, and `stay` keeps phones and pages up.

    Raises:
        CoachError: the port or the folder cannot be used, or the program has faults.
    """
    publication = compile_program(program_file("steady-steps"), messages_folder(program_file("steady-steps")))
    with own_folder(folder) as database, contextlib.ExitStack() as stack:
        listener = listen(port)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        clock = VirtualClock(START)
        coach = build(demo_settings(database, address), now=clock)
        sandbox = Sandbox(clock, account=Account(), inbound_url=f"{address}/sms/inbound")
        pause = (lambda _seconds: None) if answers_itself else time.sleep
        demo = Demo(coach, sandbox, clock, say=say, pause=pause, waits=not answers_itself)
        stack.enter_context(
            serving(side_by_side(create_app(coach), create_sandbox_app(sandbox, _stage(demo))), listener)
        )
        stack.callback(sandbox.close)
        stack.callback(coach.sessions.engine.dispose)
        _ = coach.reader  # a fault in the words of danger ends it here
        prepare(coach, publication)
        say(f"[bold]The phones are at {address}[/]" + ("" if answers_itself else "; the third one is yours."))
        demo.enroll_everybody(publication.program)
        demo.live(days)
        tell(Told(adherence(coach.sessions, now=clock()), list(not_gone(coach.sessions))))
        if stay is not None:
            with team_pages(coach, listener.getsockname()[1] + 1) as link:
                stay(address, link)


def prepare(coach: Coach, publication: Publication) -> None:
    """The database is migrated, and the program published in it."""
    migrate(coach.sessions.engine)
    publish(coach.sessions, publication, author="the demo", now=coach.now())


def demo_settings(database: Path, address: str) -> Settings:
    """Settings of the demo alone: nothing of the environment reaches it, least of all an account with a provider."""
    values: dict[str, object] = {
        name: field.get_default(call_default_factory=True) for name, field in Settings.model_fields.items()
    }
    account = Account()
    ours = {
        "database_url": f"sqlite:///{database.resolve()}",
        "sqlite_synchronous": "NORMAL",
        "config_dir": config_folder(),
        "public_base_url": address,
        "sandbox_url": address,
        "twilio_account_sid": account.sid,
        "twilio_auth_tokens": [account.auth_token],
        "parallel_calls": 1,
        "segments_per_second": 1000,  # virtual time stands still while texts leave
    }
    return Settings(_env_file=None, **{**values, **ours})  # type: ignore[arg-type]  # validated, whatever their type


def not_gone(sessions: Sessions) -> list[str]:
    """A line for each text that was withheld, expired or missed, with its reason, in order of time."""
    with sessions.read() as session:
        rows = session.execute(
            select(Message, Patient)
            .join(Patient, col(Patient.id) == col(Message.patient_id))
            .where(col(Message.state).in_(NOT_GONE))
            .order_by(col(Message.due_at), col(Message.id))
        ).all()
    return [
        f"{_local(message, patient)}: {_what(message)} {STATES[message.state]}: {in_words(message.reason)}"
        for message, patient in rows
    ]


def _what(message: Message) -> str:
    asked_again = {Purpose.REMINDER: " (its reminder)", Purpose.RE_ASK: " (asked once more)"}
    if message.purpose is Purpose.FOLLOW_UP:
        return text_name(message.name, purpose=message.purpose).lower()
    item = "" if message.item is None else f", {message.item}"
    return f"{message.name}{item}{asked_again.get(message.purpose, '')}"


def _local(message: Message, patient: Patient) -> str:
    return f"{message.due_at.astimezone(ZoneInfo(patient.zone)):%a %d %b %H:%M} {patient.name.split()[0]}"


def _stage(demo: Demo) -> Stage:
    yours = next(person for person in PEOPLE if person.is_yours)
    return Stage(
        title="coach: two weeks of Steady Steps",
        line=lambda: f"{demo.clock():%A %d %B %Y, %H:%M} UTC",
        waiting=lambda: {yours.phone: "Time waits for your answer"} if demo.waiting else {},
        move_on=demo.moved_on.set if demo.waits else None,
    )
