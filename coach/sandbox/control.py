"""Levers for tests and rehearsals that run in another process."""

from collections.abc import Mapping
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from coach.sandbox.faults import Fault, FaultKind
from coach.sandbox.forms import fields_of, refuse_foreign
from coach.sandbox.ledger import as_json
from coach.sandbox.provider import Sandbox
from coach.sandbox.validation import is_possible

FOREVER = "forever"


def routes(sandbox: Sandbox) -> list[Route]:
    """Texts from phones, faults to come, and the ledger."""

    async def text(request: Request) -> Response:
        refuse_foreign(request)
        number, body = request.path_params["number"], (await fields_of(request)).get("body")
        if not is_possible(number) or not isinstance(body, str):
            raise HTTPException(400, 'needs a number such as +12025550143 and {"body": "..."}')
        posting = await run_in_threadpool(sandbox.text_from, number, body)
        return JSONResponse({"status": posting.status, "words": posting.words}, 201)

    async def order(request: Request) -> Response:
        refuse_foreign(request)
        fault = read_order(await fields_of(request))
        sandbox.faults.order(fault)
        return JSONResponse({"kind": fault.kind.value, "count": fault.count}, 201)

    def lift(request: Request) -> Response:
        refuse_foreign(request)
        kind = request.query_params.get("kind")
        return JSONResponse({"lifted": sandbox.faults.lift(read_kind(kind) if kind else None)})

    def ledger(request: Request) -> Response:
        start = request.query_params.get("start", "0")
        entries = sandbox.ledger.entries(int(start) if start.isascii() and start.isdecimal() else 0)
        return JSONResponse({"entries": [dict(as_json(entry)) for entry in entries]})

    return [
        Route("/sandbox/phones/{number}/texts", text, methods=["POST"]),
        Route("/sandbox/faults", order, methods=["POST"]),
        Route("/sandbox/faults", lift, methods=["DELETE"]),
        Route("/sandbox/ledger", ledger),
    ]


def read_order(fields: Mapping[str, object]) -> Fault:
    """The fault that is ordered; HTTP 400 where it cannot be read. A count of "forever" lasts until it is lifted."""
    kind = read_kind(str(fields.get("kind")))
    usual = FOREVER if kind is FaultKind.ACCOUNT_BLOCKED else 1
    count, until = fields.get("count", usual), fields.get("until")
    try:
        return Fault(
            kind=kind,
            to=str(fields["to"]) if fields.get("to") else None,
            count=None if count == FOREVER else int(str(count)),
            until=datetime.fromisoformat(str(until)) if until else None,
            code=int(str(fields.get("code", Fault.code))),
            seconds=float(str(fields.get("seconds", Fault.seconds))),
        )
    except ValueError as error:
        raise HTTPException(400, str(error)) from None


def read_kind(text: str) -> FaultKind:
    """The kind of that name; HTTP 400, with all names, where there is none."""
    try:
        return FaultKind(text)
    except ValueError as error:
        raise HTTPException(400, f"{error}; kinds: {', '.join(FaultKind)}") from None
