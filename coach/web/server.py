"""Runs the web application until a signal ends it."""

import uvicorn

from coach.bootstrap import Coach
from coach.clock import Beat
from coach.web.app import create_app


def run_server(coach: Coach, *, host: str, port: int, with_clock: bool) -> None:
    """Serves until SIGTERM or Ctrl-C; then takes no more, finishes the requests and calls in hand, and returns."""
    app = create_app(coach, beat=Beat(coach) if with_clock else None)
    uvicorn.run(app, host=host, port=port, log_config=None, access_log=False, server_header=False, proxy_headers=False)
