"""What a browser sees where a page cannot be shown or a button does nothing: what, and what to do now."""

import re

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from coach.bootstrap import Coach
from coach.domain.errors import CoachError
from coach.services.cases import NoSuchCaseError
from coach.services.explain import NothingToExplainError
from coach.services.roster import NoSuchPatientError
from coach.services.sign_in import who_was
from coach.web.access import ForeignFormError, NotAllowedError, NotSignedInError, cookie_name, is_poll, refuse_foreign
from coach.web.pages.sign_in import KEPT_FOR, ask_to_sign_in, kept_for
from coach.web.rendering import page

GONE_OR_NEVER = 404
SECRETS = {"form_key", "password", "current", "repeated"}


def add_handlers(app: FastAPI) -> None:
    """The application's pages say what is wrong, in a page."""
    app.add_exception_handler(NotSignedInError, _sign_in_first)
    app.add_exception_handler(CoachError, _in_words)
    app.add_exception_handler(HTTPException, _not_there)
    app.add_exception_handler(RequestValidationError, _not_there)


async def _sign_in_first(request: Request, _error: Exception) -> Response:
    """To sign in. What was written into a form comes along, and is shown again afterwards."""
    coach: Coach = request.app.state.coach
    if is_poll(request):
        return Response(status_code=401)
    if request.method == "GET":
        return RedirectResponse(f"/sign-in?next={request.url.path}" if request.url.path != "/" else "/sign-in", 303)
    try:
        refuse_foreign(request, coach)
    except ForeignFormError:
        return ask_to_sign_in(request, coach, back="/", status=401)
    whose = await run_in_threadpool(who_was, coach.sessions, request.cookies.get(cookie_name(coach), ""))
    form = await request.form(max_files=1, max_fields=100)
    kept = [(name, value) for name, value in form.multi_items() if isinstance(value, str) and name not in SECRETS]
    if whose is None:  # nobody's words are shown to whoever comes next
        return ask_to_sign_in(request, coach, back="/", status=401)
    kept.append((KEPT_FOR, kept_for(coach, whose)))
    return ask_to_sign_in(request, coach, back=request.url.path, kept=kept, status=401)


async def _in_words(request: Request, error: Exception) -> Response:
    coach: Coach = request.app.state.coach
    if isinstance(error, NotAllowedError | ForeignFormError):
        return page(request, coach, "problem.html", _facts(request, "Not allowed", str(error)), status=403)
    if isinstance(error, NoSuchPatientError | NoSuchCaseError | NothingToExplainError):
        return page(request, coach, "problem.html", _facts(request, "Not found", str(error)), status=404)
    return page(request, coach, "problem.html", _facts(request, "Not done", str(error)), status=409)


async def _not_there(request: Request, error: Exception) -> Response:
    """Browsers get a page, the provider and other machines what they always got."""
    status = error.status_code if isinstance(error, HTTPException) else GONE_OR_NEVER
    if "text/html" not in request.headers.get("accept", ""):
        detail = error.detail if isinstance(error, HTTPException) else "no such page"
        return JSONResponse({"detail": detail}, status)
    coach: Coach = request.app.state.coach
    words = "there is no such page, or not any more" if status == GONE_OR_NEVER else "this cannot be done here"
    return page(request, coach, "problem.html", _facts(request, "Not found", words), status=status)


def away_page(request: Request) -> Response:
    """What people see while the database does not answer."""
    words = "coach cannot reach its database just now, and nothing was saved. Go back and try again in a moment"
    return page(request, request.app.state.coach, "problem.html", _facts(request, "Not now", words), status=503)


def _facts(request: Request, title: str, words: str) -> dict[str, str]:
    found = re.match(r"/(patients|cases)/\d+|/(patients|cases|people)\b", request.url.path)
    return {"title": title, "words": words, "back": found[0] if found and request.method == "POST" else "/"}
