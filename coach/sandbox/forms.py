"""What comes in from a browser or a script."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request


async def fields_of(request: Request) -> Mapping[str, object]:
    """The fields of a form or of a JSON object, whichever was sent; HTTP 400 for anything else."""
    body = await request.body()
    try:
        if "json" not in request.headers.get("Content-Type", ""):
            return dict(parse_qsl(body.decode(), keep_blank_values=True))
        fields = json.loads(body)
    except ValueError:
        raise HTTPException(400, "send a form or a JSON object") from None
    if not isinstance(fields, dict):
        raise HTTPException(400, "send a JSON object")
    return fields


def refuse_foreign(request: Request) -> None:
    """HTTP 403 where another site's page posts here through somebody's browser."""
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        raise HTTPException(403, "this form belongs to the page of phones")


async def pairs_of(request: Request) -> list[tuple[str, str]]:
    """The pairs of a form, repeated and blank ones too."""
    return parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True)
