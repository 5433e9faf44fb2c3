"""coach demo as a real process."""

import fcntl
import socket
from pathlib import Path

import pytest

from tests.journeys.real import environment, is_one_line, run

QUICK = ("demo", "--days", "2", "--answer", "--port", "0")
BAD_SETTINGS = {
    "gateway": "twilio",
    "twilio_account_sid": "AC" + "9" * 32,
    "twilio_auth_tokens": "a,b,c",
    "twilio_messaging_service_sid": "nonsense",
    "sandbox_url": "https://api.twilio.com",
    "public_base_url": "nowhere",
    "port": "eighty",
    "parallel_calls": "0",
    "database_url": "postgresql://192.0.2.1/live",
}


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path, **BAD_SETTINGS)


def test_it_ends_with_the_adherence_table_and_the_reasons_whatever_the_environment_says(
    tmp_path: Path, env: dict[str, str]
) -> None:
    told = run(tmp_path, "demo", "--days", "6", "--answer", "--port", "0", "--folder", "fresh", env=env)

    assert (told.returncode, told.stderr) == (0, "")
    assert "Traceback" not in told.stdout
    for name in ("Rosa", "Ben", "Alex"):
        assert f"{name} " in told.stdout.partition("Not sent, and why")[0]
    assert "withheld: " in told.stdout.partition("Not sent, and why")[2]
    assert (tmp_path / "fresh/demo.db").exists()


def test_two_runs_tell_the_same_story(tmp_path: Path, env: dict[str, str]) -> None:
    first, second = (run(tmp_path, *QUICK, "--folder", "again", env=env).stdout.splitlines()[1:] for _ in range(2))

    assert first == second
    assert len(first) > 5


def test_a_busy_port_is_one_line_and_exit_2(tmp_path: Path, env: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run(tmp_path, "demo", "--days", "2", "--answer", "--port", port, env=env)

    assert ended.returncode == 2
    assert is_one_line(ended.stderr), ended.stderr
    assert f"port {port} cannot be used" in ended.stderr


@pytest.mark.parametrize("folder", ["taken", "taken/below"])
def test_a_folder_that_cannot_be_written_is_one_line_and_exit_2(
    folder: str, tmp_path: Path, env: dict[str, str]
) -> None:
    (tmp_path / "taken").write_text("a file stands here", encoding="ascii")
    ended = run(tmp_path, *QUICK, "--folder", folder, env=env)

    assert ended.returncode == 2
    assert is_one_line(ended.stderr), ended.stderr
    assert "--folder" in ended.stderr


def test_a_second_demo_in_the_same_folder_is_one_line_and_exit_2(tmp_path: Path, env: dict[str, str]) -> None:
    (tmp_path / "both").mkdir()
    with (tmp_path / "both/lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = run(tmp_path, *QUICK, "--folder", "both", env=env)

    assert ended.returncode == 2
    assert is_one_line(ended.stderr), ended.stderr
    assert "another demo is running" in ended.stderr
