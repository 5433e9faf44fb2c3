"""The pages' style and script, which a browser may keep: their address changes with their content."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from coach.web.rendering import STATIC


class Static(StaticFiles):
    """The files in coach/web/static."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; for a year where the address names its content."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if scope["query_string"] else "no-cache"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
