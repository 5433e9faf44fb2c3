"""Short commands as forks of one process that has imported coach: each is a process of its own, and starts at once.

To import coach takes a second of a processor, and the suite runs hundreds of commands. What serves for longer, or is
sent signals, is started as `python -m coach` (tests.journeys.real.start).
"""

import atexit
import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import coach
from coach.cli import main
from coach.content.safety import known_words

PATIENCE = 60.0
ASK = """import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect(sys.argv[1])
    asked = json.dumps({"arguments": sys.argv[2:], "folder": os.getcwd(), "env": dict(os.environ)}).encode()
    socket.send_fds(server, [b"%9d" % len(asked)], [0, 1, 2])
    server.sendall(asked)
    sys.exit((server.recv(1) or b"\\xff")[0])
"""
"""A command for the shell: `python -c ASK ADDRESS ARGUMENTS` is `coach ARGUMENTS`, in its folder, with its streams."""


@cache
def address() -> str:
    """Where this test process's own server listens; it is started when it is first asked for."""
    folder = Path(tempfile.mkdtemp(prefix="forks-"))
    at = folder / "asks"
    server = subprocess.Popen([sys.executable, "-m", "tests.forks", str(at)], stdout=subprocess.PIPE)  # noqa: S603 (ours)
    atexit.register(_ends, server, folder)
    assert server.stdout is not None
    assert server.stdout.readline() == b"listening\n"
    return str(at)


def run(folder: Path, arguments: Sequence[str], env: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """How `coach` ended that was started in `folder` with this environment, and what it wrote."""
    return subprocess.run(  # noqa: S603 (ours)
        [sys.executable, "-S", "-E", "-c", ASK, address(), *arguments],
        cwd=folder,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def _ends(server: "subprocess.Popen[bytes]", folder: Path) -> None:
    server.kill()
    server.communicate()
    (folder / "asks").unlink(missing_ok=True)
    folder.rmdir()


def _listens(at: str) -> None:
    for module in pkgutil.walk_packages(coach.__path__, "coach."):  # commands import what they need when they run
        if module.name != "coach.__main__" and ".migrations" not in module.name:
            importlib.import_module(module.name)
    known_words()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks: each tells its end itself
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(at)
        server.listen()
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        while True:
            connection, _ = server.accept()
            with connection:
                size, streams, _, _ = socket.recv_fds(connection, 9, 3)
                if os.fork() == 0:
                    server.close()
                    _is_coach(connection, int(size), streams)
                for stream in streams:
                    os.close(stream)


def _is_coach(connection: socket.socket, size: int, streams: list[int]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with connection.makefile("rb") as asks:
        asked = json.loads(asks.read(size))
    for stream, place in zip(streams, range(3), strict=True):
        os.dup2(stream, place)
        os.close(stream)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["env"])
    time.tzset()
    sys.argv = ["coach", *asked["arguments"]]
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", buffering=1)  # noqa: SIM115
    code = 1
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 (as Python itself ends)
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        connection.sendall(bytes([code]))
        os._exit(code)


if __name__ == "__main__":
    _listens(sys.argv[1])
