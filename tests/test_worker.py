"""Clocks and workers as real processes over a real PostgreSQL, against a sandbox in this one."""

import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from coach.bootstrap import real_time
from coach.domain.delivery import MessageState, Purpose
from coach.services.editions import Editions
from coach.services.enroll import enroll
from coach.services.publish import publish
from coach.storage.database import Sessions
from coach.storage.tables import Message
from tests.engine.working import comes_true
from tests.journeys.real import PATIENCE, HeldSandbox, environment, is_one_line, run, start, today_at, zone_at_noon
from tests.people import ana, nudge, publication
from tests.sandbox.serving import serving


class Clinic:
    """One clinic's database and sandbox, and the processes that it starts."""

    def __init__(self, folder: Path, database_url: str, sessions: Sessions, stack: ExitStack) -> None:
        self.folder, self.sessions, self._stack = folder, sessions, stack
        self.sandbox = HeldSandbox(real_time)
        url = stack.enter_context(serving(self.sandbox))
        stack.callback(self.sandbox.open.set)
        self.env = environment(folder, database_url=database_url, sandbox_url=url, segments_per_second="1000")

    def does(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return run(self.folder, *arguments, env=self.env)

    def starts(self, *arguments: str) -> "subprocess.Popen[str]":
        """A process that is killed at the end of the test, if it has not ended by then."""
        process = self._stack.enter_context(start(self.folder, *arguments, env=self.env))
        self._stack.callback(process.kill)
        return process

    def invites(self, count: int, *, first: int = 0) -> None:
        """So many people are owed their invitation now; `first` is the number of the first."""
        now, editions = real_time(), Editions()
        publish(self.sessions, publication(nudge("move")), author="Nurse Bo", now=now)
        zone = zone_at_noon(now)
        for number in range(first, first + count):
            patient_id = ana(self.sessions, phone=f"+120255501{number:02}", zone=zone, confirmed=False, now=now)
            enroll(
                self.sessions,
                editions,
                patient_id=patient_id,
                program="small-steps",
                start=date.fromisoformat(today_at(zone, now)),
                preset="standard",
                now=now,
            )

    def invitations(self) -> Counter[MessageState]:
        """How many invitations are in each state."""
        query = select(col(Message.state), func.count()).where(col(Message.purpose) == Purpose.INVITATION)
        with self.sessions.read() as session:
            return Counter({row[0]: row[1] for row in session.execute(query.group_by(col(Message.state)))})


@pytest.fixture
def kind() -> str:
    """Workers need PostgreSQL."""
    return "postgresql"


@pytest.fixture
def clinic(tmp_path: Path, database_url: str, sessions: Sessions) -> Iterator[Clinic]:
    with ExitStack() as stack:
        clinic = Clinic(tmp_path, database_url, sessions, stack)
        migrated = clinic.does("migrate")
        assert (migrated.returncode, migrated.stderr) == (0, "")
        yield clinic


def ends(process: "subprocess.Popen[str]") -> tuple[int, bool]:
    """How the process ended after SIGTERM, and whether it said that anything was wrong."""
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=PATIENCE)
    return process.returncode, "Traceback" in err or "ERROR" in err


def test_two_clocks_and_two_workers_send_each_text_once_and_end_with_0(clinic: Clinic) -> None:
    clinic.sandbox.open.set()
    processes = [clinic.starts(command) for command in ("clock", "clock", "worker", "worker")]
    clinic.invites(60)
    all_left = comes_true(lambda: clinic.invitations()[MessageState.ACCEPTED] == 60)
    endings = [ends(process) for process in processes]
    sent = Counter(call.to for call in clinic.sandbox.ledger.accepted())

    assert all_left, (clinic.invitations(), endings)
    assert endings == [(0, False)] * 4
    assert set(sent.values()) == {1}
    assert len(sent) == 60


def test_sigterm_lets_a_worker_finish_the_call_in_hand(clinic: Clinic) -> None:
    clinic.invites(1)
    clinic.starts("clock")
    worker = clinic.starts("worker")
    came = clinic.sandbox.came.wait(PATIENCE)
    worker.send_signal(signal.SIGTERM)
    still_running = worker.poll() is None
    clinic.sandbox.open.set()
    ended = ends(worker)

    assert (came, still_running, ended) == (True, True, (0, False))
    assert clinic.invitations() == {MessageState.ACCEPTED: 1}


def test_a_worker_that_is_killed_in_a_call_blocks_nobody_else(clinic: Clinic) -> None:
    clinic.invites(1)
    clinic.starts("clock")
    killed = clinic.starts("worker")
    came = clinic.sandbox.came.wait(PATIENCE)
    killed.kill()
    killed.wait(PATIENCE)
    clinic.sandbox.open.set()
    clinic.starts("worker")
    clinic.invites(1, first=1)
    left = comes_true(lambda: clinic.invitations()[MessageState.ACCEPTED] == 1)
    sent = Counter(call.to for call in clinic.sandbox.ledger.creates())

    assert (came, left) == (True, True)
    assert clinic.invitations() == {MessageState.SENDING: 1, MessageState.ACCEPTED: 1}
    assert set(sent.values()) == {1}


def test_migrating_again_changes_nothing(clinic: Clinic) -> None:
    again = clinic.does("migrate")

    assert (again.returncode, again.stdout, again.stderr) == (0, "the database is up to date\n", "")


@pytest.mark.parametrize("command", ["clock", "worker"])
def test_a_database_without_the_tables_for_jobs_is_one_line_and_exit_2(
    command: str, tmp_path: Path, database_url: str
) -> None:
    ended = run(tmp_path, command, env=environment(tmp_path, database_url=database_url))

    assert (ended.returncode, ended.stdout) == (2, "")
    assert is_one_line(ended.stderr)
    assert "run `coach migrate` first" in ended.stderr


@pytest.mark.parametrize("command", ["clock", "worker", "migrate"])
def test_a_server_that_is_not_there_is_one_line_and_exit_2(command: str, tmp_path: Path) -> None:
    away = f"postgresql://nobody@/coach?host={tmp_path}"
    ended = run(tmp_path, command, env=environment(tmp_path, database_url=away))

    assert (ended.returncode, ended.stdout) == (2, "")
    assert is_one_line(ended.stderr), ended.stderr
    assert "COACH_DATABASE_URL" in ended.stderr


def test_on_sqlite_there_is_no_worker_and_no_database_is_made_by_asking(tmp_path: Path) -> None:
    ended = run(tmp_path, "worker", env=environment(tmp_path))

    assert ended.returncode == 2
    assert is_one_line(ended.stderr)
    assert "Workers need PostgreSQL" in ended.stderr
    assert not (tmp_path / "coach.db").exists()
