"""Runs the web application until a signal ends it."""

import contextlib
import logging
import signal
import socket
import sys

import uvicorn

from coach.bootstrap import Coach
from coach.clock import Beat
from coach.web.app import create_app

log = logging.getLogger(__name__)


class _Server(uvicorn.Server):
    """Says where it listens, once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        log.info("listening on %s:%s", self.config.host, self.config.port)


def run_server(coach: Coach, *, host: str, port: int, with_clock: bool) -> None:
    """Serves until SIGTERM or Ctrl-C; then takes no more, finishes the requests and calls in hand, and exits 0."""
    app = create_app(coach, beat=Beat(coach) if with_clock else None)
    server = _Server(
        uvicorn.Config(
            app, host=host, port=port, log_config=None, access_log=False, server_header=False, proxy_headers=False
        )
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the server takes it first, and raises it again at its end
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(2)
