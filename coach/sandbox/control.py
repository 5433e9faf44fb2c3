"""Levers for tests and rehearsals that run in another process."""

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


def routes(sandbox: Sandbox) -> list[Route]:
    """Texts from phones, faults to come, and the ledger."""

    async def text(request: Request) -> Response:
        refuse_foreign(request)
        number, body = request.path_params["number"], (await fields_of(request)).get("body")
        if not is_possible(number) or not isinstance(body, str):
            raise HTTPException(400, 'needs a number such as +12025550143 and {"body": "..."}')
        posting = await run_in_threadpool(sandbox.text_from, number, body)
        return JSONResponse({"status": posting.status, "words": posting.words}, 201)

    async def fault(request: Request) -> Response:
        refuse_foreign(request)
        fields = await fields_of(request)
        try:
            ordered = Fault(
                kind=FaultKind(str(fields.get("kind"))),
                to=str(fields["to"]) if fields.get("to") else None,
                count=int(str(fields.get("count", 1))),
                code=int(str(fields.get("code", Fault.code))),
                seconds=int(str(fields.get("seconds", 0))),
            )
        except ValueError as error:
            raise HTTPException(400, f"{error}; kinds: {', '.join(FaultKind)}") from None
        sandbox.faults.order(ordered)
        return JSONResponse({"kind": ordered.kind.value}, 201)

    def ledger(_request: Request) -> Response:
        return JSONResponse({"entries": [dict(as_json(entry)) for entry in sandbox.ledger.entries()]})

    return [
        Route("/sandbox/phones/{number}/texts", text, methods=["POST"]),
        Route("/sandbox/faults", fault, methods=["POST"]),
        Route("/sandbox/ledger", ledger),
    ]
