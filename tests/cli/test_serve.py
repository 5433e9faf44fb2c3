"""coach serve, clock and worker as real processes, against a sandbox in this one."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coach.bootstrap import real_time
from tests.gateway.answering import free_port
from tests.journeys.real import (
    PATIENCE,
    ROOT,
    HeldSandbox,
    environment,
    is_one_line,
    run,
    start,
    today_at,
    zone_at_noon,
)
from tests.sandbox.serving import serving


class Clinic:
    """One clinic's folder and settings; what it sends goes to `sandbox`."""

    def __init__(self, folder: Path, sandbox: HeldSandbox, sandbox_url: str) -> None:
        port = free_port()
        self.folder, self.sandbox, self.port = folder, sandbox, port
        public = f"http://127.0.0.1:{port}"
        self.env = environment(folder, port=str(port), public_base_url=public, sandbox_url=sandbox_url)

    def does(self, *arguments: str) -> None:
        done = run(self.folder, *arguments, env=self.env)

        assert (done.returncode, done.stderr) == (0, "")

    def invites_ana(self) -> None:
        zone = zone_at_noon(real_time())
        self.does("migrate")
        self.does("program", "publish", str(ROOT / "config/programs/steady-steps.yaml"), "--author", "Nurse Bo")
        self.does("patient", "add", "Ana Reyes", "+12025550143", "--zone", zone, "--language", "en")
        self.does("enroll", "1", "steady-steps", "--start", today_at(zone, real_time()))


@contextmanager
def clinic_in(folder: Path) -> Iterator[Clinic]:
    sandbox = HeldSandbox(real_time)
    with serving(sandbox) as url:
        try:
            yield Clinic(folder, sandbox, url)
        finally:
            sandbox.open.set()


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    with clinic_in(tmp_path_factory.mktemp("clinic")) as clinic:
        clinic.does("migrate")
        yield clinic


@contextmanager
def killed_at_the_end(process: "subprocess.Popen[str]") -> Iterator["subprocess.Popen[str]"]:
    with process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("command", ["serve", "clock"])
def test_sigterm_finishes_the_call_in_hand_and_exits_0(command: str, tmp_path: Path) -> None:
    with clinic_in(tmp_path) as clinic:
        clinic.invites_ana()
        with killed_at_the_end(start(tmp_path, command, env=clinic.env)) as process:
            assert clinic.sandbox.came.wait(PATIENCE), process.communicate(timeout=PATIENCE)
            process.send_signal(signal.SIGTERM)
            still_running = process.poll() is None
            clinic.sandbox.open.set()
            _, err = process.communicate(timeout=PATIENCE)
        shown = run(tmp_path, "export", "messages", "--format", "csv", env=clinic.env).stdout

    assert still_running
    assert (process.returncode, "Traceback" in err) == (0, False)
    assert [call.to for call in clinic.sandbox.ledger.accepted()] == ["+12025550143"]
    assert "invitation" in shown
    assert "accepted" in shown


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("command", [("serve",), ("serve", "--no-clock"), ("clock",)])
def test_an_idle_process_ends_with_0(clinic: Clinic, command: tuple[str, ...], ending: signal.Signals) -> None:
    env = {**clinic.env, "COACH_PORT": str(free_port()), "COACH_LOG_LEVEL": "INFO"}
    with killed_at_the_end(start(clinic.folder, *command, env=env)) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        process.send_signal(ending)
        _, err = process.communicate(timeout=PATIENCE)

    assert "coach" in line
    assert (process.returncode, "Traceback" in err) == (0, False)


def test_a_busy_port_is_one_line_and_exit_2(clinic: Clinic) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run(clinic.folder, "serve", env={**clinic.env, "COACH_PORT": str(port)})

    assert (ended.returncode, ended.stdout) == (2, "")
    assert is_one_line(ended.stderr)
    assert f"port {port} on 127.0.0.1 cannot be used" in ended.stderr


@pytest.mark.parametrize("command", ["serve", "clock"])
@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("COACH_PORT", "eighty", "COACH_PORT"),
        ("COACH_GATEWAY", "twilio", "no crisis path: a clinician"),
        ("COACH_DATABASE_URL", "mysql://localhost/coach", "SQLite or PostgreSQL"),
        ("COACH_DATABASE_URL", "sqlite:////no/such/folder/coach.db", "COACH_DATABASE_URL"),
        ("COACH_DATABASE_URL", "sqlite:///new.db", "run `coach migrate` first"),
        ("COACH_CONFIG_DIR", "/no/such/folder", "clinic.yaml"),
    ],
)
def test_what_it_cannot_start_with_is_one_line_and_exit_2(
    clinic: Clinic, command: str, setting: str, value: str, words: str
) -> None:
    ended = run(clinic.folder, command, env={**clinic.env, setting: value})

    assert (ended.returncode, ended.stdout) == (2, "")
    assert is_one_line(ended.stderr), ended.stderr
    assert words in ended.stderr


def test_a_worker_on_sqlite_says_why_there_is_none(clinic: Clinic) -> None:
    ended = run(clinic.folder, "worker", env=clinic.env)

    assert ended.returncode == 2
    assert is_one_line(ended.stderr)
    assert "coach serve" in ended.stderr
