"""The sandbox as an ASGI application."""

from starlette.applications import Starlette

from coach.sandbox import api, control, page
from coach.sandbox.provider import Sandbox
from coach.sandbox.stage import Stage
from coach.sandbox.validation import ApiError


def create_app(sandbox: Sandbox, stage: Stage | None = None) -> Starlette:
    """The API, the page of phones with `stage` on top, and the levers, all on this `sandbox`. It does not move time."""
    return Starlette(
        routes=[*api.routes(sandbox), *control.routes(sandbox), *page.routes(sandbox, stage or Stage())],
        exception_handlers={ApiError: api.api_error},
    )
