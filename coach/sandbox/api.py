"""Twilio's Messages API over HTTP: create, fetch, list."""

import base64
import binascii
import hmac

from anyio import sleep
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from coach.sandbox.faults import Fault, FaultKind, Occasion
from coach.sandbox.forms import pairs_of
from coach.sandbox.listing import PATH, list_messages
from coach.sandbox.message import resource
from coach.sandbox.provider import Sandbox
from coach.sandbox.validation import ApiError, NoAnswerError


def routes(sandbox: Sandbox) -> list[Route]:
    """The routes of the API, each behind Basic authentication."""

    async def create(request: Request) -> Response:
        _authorize(request, sandbox)
        try:
            message, fault = await run_in_threadpool(sandbox.create, await pairs_of(request))
        except NoAnswerError:
            return HungUp()
        return await _befallen(JSONResponse(resource(message, sandbox.account.sid), 201), fault)

    def fetch(request: Request) -> Response:
        _authorize(request, sandbox)
        if sandbox.draw(Occasion.FETCH) is not None:
            raise _internal()
        message = sandbox.message(request.path_params["sid"])
        if message is None:
            raise _not_found(request)
        return JSONResponse(resource(message, sandbox.account.sid))

    def listing(request: Request) -> Response:
        _authorize(request, sandbox)
        query = request.query_params
        occasion = Occasion.NEXT_PAGE if query.get("PageToken") else Occasion.LIST
        fault = sandbox.draw(occasion, query.get("To", ""))
        if fault is not None and fault.kind is not FaultKind.LIST_CUT:
            raise _internal()
        page = JSONResponse(list_messages(sandbox, query))
        return page if fault is None else BrokenOff(page, kept=len(page.body) // 2)

    return [
        Route(PATH + ".json", create, methods=["POST"]),
        Route(PATH + ".json", listing, methods=["GET"]),
        Route(PATH + "/{sid}.json", fetch, methods=["GET"]),
    ]


async def _befallen(answer: Response, fault: Fault | None) -> Response:
    """The answer to an accepted call, as `fault` would have it."""
    match fault and fault.kind:
        case FaultKind.LOST_ANSWER:
            return BrokenOff(answer, kept=0)
        case FaultKind.ERROR_AFTER:
            raise _internal()
        case FaultKind.SLOW_AFTER:
            assert fault is not None
            await sleep(fault.seconds)
    return answer


class BrokenOff(Response):
    """An answer that breaks off after `kept` bytes of its body: the server closes a connection that it owes bytes."""

    def __init__(self, whole: Response, *, kept: int) -> None:
        super().__init__()
        self._whole, self._kept = whole, kept

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        start = {"status": self._whole.status_code, "headers": self._whole.raw_headers}
        await send({"type": "http.response.start", **start})
        if self._kept:
            kept = bytes(self._whole.body[: self._kept])
            await send({"type": "http.response.body", "body": kept, "more_body": True})


class HungUp(Response):
    """No answer at all: a header that no server will write makes it close the connection before the first byte."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"no answer\n", b"")]})


async def api_error(_request: Request, error: Exception) -> Response:
    """The provider's shape of an error."""
    assert isinstance(error, ApiError)
    headers = {"WWW-Authenticate": 'Basic realm="Twilio API"'} if error.status == 401 else {}  # noqa: PLR2004
    if error.retry_after:
        headers["Retry-After"] = str(error.retry_after)
    return JSONResponse(error.body(), error.status, headers)


def _authorize(request: Request, sandbox: Sandbox) -> None:
    """Nothing where the call comes with the account's id and token; else ApiError."""
    kind, _, coded = request.headers.get("Authorization", "").partition(" ")
    try:
        given = base64.b64decode(coded, validate=True) if kind.lower() == "basic" else b""
    except binascii.Error:
        given = b""
    if not hmac.compare_digest(given, f"{sandbox.account.sid}:{sandbox.account.auth_token}".encode()):
        raise ApiError(401, 20003, "Authenticate")
    if request.path_params["account"] != sandbox.account.sid:
        raise _not_found(request)


def _not_found(request: Request) -> ApiError:
    return ApiError(404, 20404, f"The requested resource {request.url.path} was not found")


def _internal() -> ApiError:
    return ApiError(500, 20500, "Internal Server Error")
