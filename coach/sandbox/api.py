"""Twilio's Messages API over HTTP: create, fetch, list."""

import base64
import binascii
import hmac
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from coach.sandbox.faults import FaultKind
from coach.sandbox.message import API_VERSION, Message, resource
from coach.sandbox.provider import Sandbox
from coach.sandbox.validation import ApiError

PAGE_SIZE, LARGEST_PAGE = 50, 1000
PATH = f"/{API_VERSION}/Accounts/{{account}}/Messages"


def routes(sandbox: Sandbox) -> list[Route]:
    """The routes of the API, each behind Basic authentication."""

    async def create(request: Request) -> Response:
        _authorize(request, sandbox)
        form = parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True)
        message, fault = await run_in_threadpool(sandbox.create, form)
        if fault is not None and fault.kind is FaultKind.LOST_ANSWER:
            return BrokenOff()
        if fault is not None and fault.kind is FaultKind.ERROR_AFTER:
            raise ApiError(500, 20500, "Internal Server Error")
        return JSONResponse(resource(message, sandbox.account.sid), 201)

    async def fetch(request: Request) -> Response:
        _authorize(request, sandbox)
        message = sandbox.message(request.path_params["sid"])
        if message is None:
            raise _not_found(request)
        return JSONResponse(resource(message, sandbox.account.sid))

    async def listing(request: Request) -> Response:
        _authorize(request, sandbox)
        return JSONResponse(list_messages(sandbox, request.query_params))

    return [
        Route(PATH + ".json", create, methods=["POST"]),
        Route(PATH + ".json", listing, methods=["GET"]),
        Route(PATH + "/{sid}.json", fetch, methods=["GET"]),
    ]


class BrokenOff(Response):
    """An answer that breaks off before its body: the server closes a connection on which it still owes bytes."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 201, "headers": headers})


async def api_error(_request: Request, error: Exception) -> Response:
    """The provider's shape of an error."""
    assert isinstance(error, ApiError)
    headers = {"WWW-Authenticate": 'Basic realm="Twilio API"'} if error.status == 401 else None  # noqa: PLR2004
    return JSONResponse(error.body(), error.status, headers)


def list_messages(sandbox: Sandbox, query: Mapping[str, str]) -> dict[str, object]:
    """One page of the messages that `query` asks for, the newest first."""
    size = _page_size(query.get("PageSize", str(PAGE_SIZE)))
    found = [message for message in sandbox.messages() if _matches(message, query)]
    start = _place_after(found, query.get("PageToken", "").removeprefix("PA"))
    page = found[start : start + size]
    number = start // size
    following = {"Page": str(number + 1), "PageToken": "PA" + page[-1].sid} if start + size < len(found) else None
    return {
        "messages": [resource(message, sandbox.account.sid) for message in page],
        "page": number,
        "page_size": size,
        "start": start,
        "end": max(start + len(page) - 1, 0),
        "first_page_uri": _uri(sandbox, query, size, {"Page": "0"}),
        "next_page_uri": _uri(sandbox, query, size, following) if following else None,
        "previous_page_uri": _uri(sandbox, query, size, {"Page": str(number - 1)}) if number else None,
        "uri": _uri(sandbox, query, size, {"Page": str(number)}),
    }


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


def _page_size(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= LARGEST_PAGE:
        return int(text)
    raise ApiError(400, 20422, f"The PageSize must be 1 to {LARGEST_PAGE}.")


def _place_after(messages: list[Message], sid: str) -> int:
    return next((place + 1 for place, message in enumerate(messages) if message.sid == sid), 0)


def _matches(message: Message, query: Mapping[str, str]) -> bool:
    numbers = query.get("To") in {None, "", message.to} and query.get("From") in {None, "", message.from_}
    return numbers and all(
        _sent(message, sign, query[name])
        for name, sign in (("DateSent", "="), ("DateSent<", "<"), ("DateSent>", ">"))
        if query.get(name)
    )


def _sent(message: Message, sign: str, text: str) -> bool:
    """Whether the message left on, until or since the date or instant (UTC); one still queued matches none."""
    try:
        asked = datetime.fromisoformat(text)
    except ValueError:
        raise ApiError(400, 20422, f"{text} is not a date.") from None
    if message.sent is None:
        return False
    whole_days = len(text) == len("2026-11-22")
    sent: date = message.sent.date() if whole_days else message.sent
    when: date = asked.date() if whole_days else asked.replace(tzinfo=asked.tzinfo or message.sent.tzinfo)
    return {"=": sent == when, "<": sent <= when, ">": sent >= when}[sign]


def _uri(sandbox: Sandbox, query: Mapping[str, str], size: int, place: Mapping[str, str]) -> str:
    asked = {name: value for name, value in query.items() if name not in {"Page", "PageToken", "PageSize"}}
    path = PATH.format(account=sandbox.account.sid)
    return f"{path}.json?{urlencode({**asked, 'PageSize': str(size), **place})}"
