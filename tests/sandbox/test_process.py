"""The sandbox as a process of its own."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from coach.cli.sandbox import SandboxOptionError, check_file, check_port, read_fault
from coach.sandbox.faults import Fault, FaultKind
from tests.gateway.answering import free_port

COMMAND = [sys.executable, "-c", "import typer; from coach.cli.sandbox import sandbox; typer.run(sandbox)"]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_the_phones_are_serves_them_and_ends_with_0(ending: signal.Signals) -> None:
    port = free_port()
    with subprocess.Popen([*COMMAND, "--port", str(port)], stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 (our own command)
        assert process.stdout is not None
        line = process.stdout.readline()
        with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
            answer = client.get(f"http://127.0.0.1:{port}/")
        process.send_signal(ending)
        code = process.wait(15)

    assert f"http://127.0.0.1:{port}/" in line
    assert (answer.status_code, code) == (200, 0)


def test_a_busy_port_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SandboxOptionError, match=f"port {port} .* choose another with --port"):
            check_port("127.0.0.1", port)


def test_a_ledger_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SandboxOptionError, match="choose another file"):
        check_file(tmp_path / "nowhere" / "ledger.jsonl")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("lost_answer=0.02", (Fault(FaultKind.LOST_ANSWER), 0.02)),
        ("list_lag=0.5,seconds=60", (Fault(FaultKind.LIST_LAG, seconds=60), 0.5)),
        ("failed=1,code=30003,seconds=2", (Fault(FaultKind.FAILED, code=30003, seconds=2), 1.0)),
    ],
)
def test_faults_are_read_with_their_probability_and_shape(text: str, read: tuple[Fault, float]) -> None:
    assert read_fault(text) == read


@pytest.mark.parametrize(
    "text",
    ["", "lost_answer", "lost_answer=often", "gremlins=0.1", "throttled=2", "failed=1,code=x", "failed=1,size=2"],
)
def test_a_fault_that_cannot_be_read_says_how_to_write_it(text: str) -> None:
    with pytest.raises(SandboxOptionError, match="--fault"):
        read_fault(text)
