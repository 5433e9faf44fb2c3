"""The web application: webhooks and health, over one Coach."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import CapacityLimiter
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from coach.bootstrap import Coach
from coach.clock import Beat
from coach.storage.database import AWAY, PoolExhaustedError
from coach.web import acknowledge, health, metrics, self_test, webhooks
from coach.web.pages import PAGES
from coach.web.problems import add_handlers, away_page
from coach.web.static import Static

log = logging.getLogger(__name__)


async def _database_away(request: Request, error: Exception) -> Response:
    """503: nothing was kept of the request, and whoever made it must bring it again."""
    words = str(getattr(error, "orig", error)).partition("\n")[0]
    # The route as it is written: the address itself may be a page's live link.
    route = getattr(request.scope.get("route"), "path", "a request")
    log.warning("%s was answered with 503: %s", route, words)
    if "text/html" in request.headers.get("accept", ""):
        return away_page(request)
    return JSONResponse({"status": "the database does not answer"}, 503)


def create_app(coach: Coach, *, beat: Beat | None = None) -> FastAPI:
    """The application. With `beat`, the duties run inside while it serves; its end waits for the calls in hand."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if beat is not None:
            beat.start()
        yield
        if beat is not None:
            beat.stop()

    # A redirect would lose the form, and its address is not the one that was signed.
    app = FastAPI(
        title="coach", lifespan=lifespan, redirect_slashes=False, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.coach = coach
    app.state.readers = CapacityLimiter(1)
    for trouble in (*AWAY, PoolExhaustedError):
        app.add_exception_handler(trouble, _database_away)
    app.include_router(webhooks.router)
    app.include_router(health.router)
    app.include_router(acknowledge.router)
    app.include_router(metrics.router)
    app.include_router(self_test.router)
    for router in PAGES:
        app.include_router(router)
    app.mount("/static", Static())
    add_handlers(app)
    return app
