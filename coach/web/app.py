"""The web application: webhooks and health, over one Coach."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from coach.bootstrap import Coach
from coach.clock import Beat
from coach.web import health, webhooks


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
    app.include_router(webhooks.router)
    app.include_router(health.router)
    return app
