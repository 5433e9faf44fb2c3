"""A local end of the provider's API, a process of its own, that takes every text at once."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
END_OF_HEAD = b"\r\n\r\n"


class Endpoint(asyncio.Protocol):
    """Answers each POST of a kept connection with 201 and a new id."""

    def __init__(self) -> None:
        self._got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        while END_OF_HEAD in self._got:
            head, _, rest = self._got.partition(END_OF_HEAD)
            length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            if len(rest) < length:
                return
            self._got = rest[length:]
            self._transport.write(_answer())


def _answer() -> bytes:
    body = b'{"sid": "SM%s", "status": "accepted", "num_segments": "1"}' % uuid4().hex.encode()
    head = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    return head + body


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(Endpoint, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def endpoint() -> Iterator[str]:
    """Its address, while the block runs."""
    with process("benchmarks.endpoint") as first_line:
        yield f"http://127.0.0.1:{first_line}"


@contextmanager
def process(module: str, *arguments: str) -> Iterator[str]:
    """The first line that `python -m module` prints, once it is ready; it is ended after the block."""
    running = subprocess.Popen(  # noqa: S603 (our own modules)
        [sys.executable, "-m", module, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    try:
        yield running.stdout.readline().strip()
    finally:
        running.terminate()
        running.wait()
        running.stdout.close()


if __name__ == "__main__":
    asyncio.run(_serve())
