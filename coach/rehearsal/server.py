"""One HTTP server for coach and the sandbox beside it, on this machine, in a thread of its own."""

import logging
import socket
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from threading import Thread
from typing import Any

import uvicorn

from coach.domain.errors import CoachError

App = Callable[
    [MutableMapping[str, Any], Callable[..., Awaitable[Any]], Callable[..., Awaitable[Any]]], Awaitable[None]
]
OURS = ("/sms/", "/healthz", "/readyz")


class PortTakenError(CoachError):
    """The port is in use."""


def side_by_side(coach: App, sandbox: App) -> App:
    """Both applications under one address: coach's own paths go to coach, the rest to the sandbox."""

    async def app(
        scope: MutableMapping[str, Any], receive: Callable[..., Awaitable[Any]], send: Callable[..., Awaitable[Any]]
    ) -> None:
        await (coach if scope.get("path", "").startswith(OURS) else sandbox)(scope, receive, send)

    return app


def listen(port: int) -> socket.socket:
    """A socket that listens on this machine only; port 0 is any free one.

    Raises:
        PortTakenError: something listens there already.
    """
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise PortTakenError(f"port {port} cannot be used ({error.strerror}); name another with --port") from None


@contextmanager
def serving(app: App, listener: socket.socket) -> Iterator[None]:
    """`app` answers on `listener` until the block ends; requests in hand are finished."""
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # the sandbox breaks connections on purpose
    server = uvicorn.Server(
        uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=3)
    )
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, name="http", daemon=True)
    thread.start()
    try:
        yield  # the socket listens already: a request that comes before the server is up waits for it
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()
