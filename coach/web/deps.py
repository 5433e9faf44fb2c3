"""What routes ask for: the Coach of this process, and a form whose signature holds."""

from typing import Annotated, cast
from urllib.parse import parse_qsl

from anyio import CapacityLimiter
from fastapi import Depends, HTTPException, Path, Request

from coach.bootstrap import Coach

MAX_FORM = 64 * 1024  # bytes; a webhook has a few hundred


def coach_of(request: Request) -> Coach:
    """The Coach that this process serves."""
    return cast("Coach", request.app.state.coach)


def readers_of(request: Request) -> CapacityLimiter:
    """How many texts this process reads at once: one."""
    return cast("CapacityLimiter", request.app.state.readers)


Id = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""A number of ours in an address, as far as a database counts."""

CoachDep = Annotated[Coach, Depends(coach_of)]
ReadersDep = Annotated[CapacityLimiter, Depends(readers_of)]
Form = list[tuple[str, str]]


async def signed_form(request: Request, coach: CoachDep) -> Form:
    """The form as it came, pair by pair, once its signature holds over our public address; else 403.

    The address that the server saw is a proxy's: only COACH_PUBLIC_BASE_URL, the path and the raw query were signed.
    """
    body = await _body(request)
    query = request.scope["query_string"].decode("latin-1")
    url = coach.public_base_url + request.scope["path"] + (f"?{query}" if query else "")
    try:
        form = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), errors="strict", max_num_fields=500
        )
    except ValueError:  # not a form, or not UTF-8
        raise HTTPException(403, "the signature does not hold") from None
    if not coach.gateway.verify(url, form, request.headers.get("X-Twilio-Signature")):
        raise HTTPException(403, "the signature does not hold")
    return form


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM:
            raise HTTPException(413, "too long for a webhook")
    return body


SignedForm = Annotated[Form, Depends(signed_form)]
