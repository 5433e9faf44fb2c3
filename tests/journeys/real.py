"""Real time and real processes: a zone where it is midday now, and coach as its own process."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

from coach.gateway.base import Outbound, Outcome
from coach.sandbox.faults import Fault
from coach.sandbox.message import Message
from coach.sandbox.provider import Clock, Sandbox
from tests import forks
from tests.people import accept

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds until a test gives up on what should take one or two
BOGUS_PROXY = "http://192.0.2.1:9"  # an address that nobody has: whatever asks for the network falls flat


def zone_at_noon(now: datetime) -> str:
    """A zone of the tz database in which `now` lies between 12:00 and 13:00."""
    ahead = 12 - now.hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def today_at(zone: str, now: datetime) -> str:
    """The local date in a zone, ISO."""
    return now.astimezone(ZoneInfo(zone)).date().isoformat()


class Gate:
    """Lets calls in, says that one came, and lets none out before it is opened."""

    def __init__(self) -> None:
        self.came, self.open = Event(), Event()

    def __call__(self, outbound: Outbound) -> Outcome:
        self.came.set()
        assert self.open.wait(PATIENCE)
        return accept(outbound)


class HeldSandbox(Sandbox):
    """A sandbox that says that a call came, and answers none before it is opened."""

    def __init__(self, now: Clock) -> None:
        super().__init__(now)
        self.came, self.open = Event(), Event()

    def create(self, form: Sequence[tuple[str, str]]) -> tuple[Message, Fault | None]:
        self.came.set()
        assert self.open.wait(PATIENCE)
        return super().create(form)


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of a coach process that works in `folder`: ours without COACH_*, and no way to the network."""
    ours = {name: value for name, value in os.environ.items() if not name.upper().startswith("COACH_")}
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"), BOGUS_PROXY)
    coach = {f"COACH_{name.upper()}": value for name, value in settings.items()}
    database = {"COACH_DATABASE_URL": f"sqlite:///{folder / 'coach.db'}"}
    return {**ours, **proxies, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **database, **coach}


def start(folder: Path, *arguments: str, env: Mapping[str, str]) -> "subprocess.Popen[str]":
    """`python -m coach` with these arguments, at work in `folder`."""
    return subprocess.Popen(  # noqa: S603 (our own command)
        [sys.executable, "-m", "coach", *arguments],
        cwd=folder,
        env=dict(env),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )


def run(folder: Path, *arguments: str, env: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """How `coach` ended, with what it said."""
    return forks.run(folder, arguments, env)


def is_one_line(words: str) -> bool:
    return words.count("\n") == 1 and words.endswith("\n") and "Traceback" not in words
