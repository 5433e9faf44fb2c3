"""The processes under test: each lives until it is killed, and is followed by another at once."""

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from random import Random
from socket import create_connection

from tests.torture.points import POINTS
from tests.torture.processes import Clinic, run, run_sandbox
from tests.torture.provider import Scheme

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds for a process to come up or to end
POINT_WITHIN = 1.5  # seconds until a process that did not pass its point dies where it is
ANYWHERE = ("",) * 3
LISTENING = frozenset({"web", "serve"})


def fork_context() -> ForkServerContext:
    """Processes fork from one that has imported everything: a new one is soon at work."""
    os.environ["PYTHONPATH"] = str(ROOT)
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.torture.warm"])
    return context


@dataclass
class Life:
    """One process of a role, from its start to its end. `point`: where it dies when it is told to; "": anywhere."""

    role: str
    point: str
    process: ForkServerProcess
    ready: Connection
    doomed_at: float | None = None

    @property
    def is_over(self) -> bool:
        return self.process.exitcode is not None


class Ward:
    """All processes of one run, but for the sandbox."""

    def __init__(self, clinic: Clinic, roles: Sequence[str], random: Random) -> None:
        self._clinic, self._random, self._context = clinic, random, fork_context()
        self.kills: list[str] = []  # where each killed process died
        self.endings: list[str] = []  # ends that nobody wanted
        self._lives = [self._begin(role) for role in roles]

    @property
    def doomed(self) -> int:
        """How many have been told to die, and have not yet."""
        return sum(life.doomed_at is not None for life in self._lives)

    def doom_one(self) -> None:
        """Some process that is at work dies at its point, or where it happens to be."""
        grown = [life for life in self._lives if life.doomed_at is None and not life.is_over and life.ready.poll()]
        if not grown:
            return
        life = self._random.choice(grown)
        life.doomed_at = time.monotonic()
        if life.point and life.process.pid is not None:
            os.kill(life.process.pid, signal.SIGUSR1)
        else:
            life.process.kill()

    def look(self) -> None:
        """Who did not pass their point in time dies where they are, and who is dead is followed."""
        now = time.monotonic()
        for place, life in enumerate(self._lives):
            if life.doomed_at is not None and now - life.doomed_at > POINT_WITHIN and not life.is_over:
                life.point = ""
                life.process.kill()
            if life.is_over:
                self._note(life)
                life.ready.close()
                self._lives[place] = self._begin(life.role)

    def end(self) -> None:
        """All end in order, by SIGTERM; those that take webhooks last."""
        for life in sorted(self._lives, key=lambda life: life.role in LISTENING):
            life.process.terminate()
            life.process.join(PATIENCE)
            if life.process.exitcode != 0:
                self.endings.append(f"{life.role} ended with {life.process.exitcode} on SIGTERM")
                life.process.kill()

    def _note(self, life: Life) -> None:
        if life.process.exitcode == -signal.SIGKILL:
            self.kills.append(f"{life.role} {life.point or 'anywhere'}")
        else:
            self.endings.append(f"{life.role} ended by itself with {life.process.exitcode}")

    def _begin(self, role: str) -> Life:
        point = self._random.choice([*POINTS[role], *ANYWHERE])
        ready, says_so = self._context.Pipe(duplex=False)
        process = self._context.Process(target=run, args=(role, self._clinic, point, says_so), daemon=True)
        process.start()
        says_so.close()
        return Life(role, point, process, ready)


@contextmanager
def sandbox_of(clinic: Clinic, scheme: Scheme) -> Iterator[Event]:
    """A sandbox process; it calms down once the event is set."""
    context = fork_context()
    calm = context.Event()
    process = context.Process(target=run_sandbox, args=(clinic, scheme, calm), daemon=True)
    process.start()
    assert comes_true(lambda: _answers(clinic.sandbox_port), within=PATIENCE)
    try:
        yield calm
    finally:
        process.terminate()
        process.join(PATIENCE)
        process.kill()


def comes_true(condition: Callable[[], bool], *, within: float, meanwhile: Callable[[], None] = lambda: None) -> bool:
    """Whether it came true in so many seconds."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        meanwhile()
        if condition():
            return True
        time.sleep(0.02)
    return False


def _answers(port: int) -> bool:
    try:
        create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
