"""Signing in and out, the link that sets a password, and one's own account."""

import hashlib
import hmac
import logging
import re

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from coach.bootstrap import Coach
from coach.services.accounts import AccountError, accept, change_password, look_up
from coach.services.audit import Deed, record
from coach.services.sign_in import SignInError, Who, sign_in, sign_out, who_is
from coach.web.access import cookie_name, form_key, ours, refuse_foreign, set_cookie, signed_in
from coach.web.deps import CoachDep
from coach.web.forms import KEPT, Fields, see, within
from coach.web.rendering import page

log = logging.getLogger(__name__)
router = APIRouter()
Me = Depends(signed_in)
KEPT_FOR = "kept-for"
UNLIKE = "the two passwords are not alike; write the same twice"


@router.get("/sign-in")
def ask(request: Request, coach: CoachDep, next: str = "/") -> Response:  # noqa: A002 (the address's own word)
    """The form; who is signed in already goes on."""
    if who_is(coach.sessions, request.cookies.get(cookie_name(coach), ""), now=coach.now(), idle=coach.idle):
        return RedirectResponse(within(next), 303)
    return ask_to_sign_in(request, coach, back=within(next))


def ask_to_sign_in(
    request: Request,
    coach: Coach,
    *,
    back: str,
    email: str = "",
    error: str = "",
    kept: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HTMLResponse:
    """The form that leads on to `back`. `kept` is what somebody sent who had been signed out."""
    facts = {"next": back, "email": email, "error": error, "kept": kept or []}
    return page(request, coach, "sign_in.html", facts, status=status)


@router.post("/sign-in")
def enter(request: Request, coach: CoachDep, fields: Fields) -> Response:
    """The browser is signed in, and goes where it was going."""
    refuse_foreign(request, coach)
    email, back = fields.get("email", ""), within(fields.get("next", "/"))
    kept = [(name.removeprefix(KEPT), value) for name, value in fields.items() if name.startswith(KEPT)]
    try:
        token = sign_in(
            coach.sessions, coach.passwords, email=email, password=fields.get("password", ""), now=coach.now()
        )
    except SignInError as error:
        log.warning("somebody could not sign in")
        if error.begins_wait:
            record(
                coach.sessions, "somebody who is not signed in", Deed.REFUSED, now=coach.now(), detail="wrong passwords"
            )
        return ask_to_sign_in(request, coach, back=back, email=email, error=str(error), kept=kept, status=403)
    who = who_is(coach.sessions, token, now=coach.now(), idle=coach.idle)
    assert who is not None
    is_theirs = hmac.compare_digest(dict(kept).get(KEPT_FOR, ""), kept_for(coach, who.account_id))
    words = [(name, value) for name, value in kept if name != KEPT_FOR]
    request.state.who, request.state.form_key = who, form_key(token)
    response = _once_more(request, coach, back, words) if words and is_theirs else see("/" if kept else back)
    return _entered(response, coach, token)


def kept_for(coach: Coach, account_id: int) -> str:
    """The mark by which words that somebody had sent are shown to them alone."""
    return hmac.new(coach.link_key, f"kept for {account_id}".encode(), hashlib.sha256).hexdigest()


@router.post("/sign-out", dependencies=[Depends(ours)])
def leave(coach: CoachDep, who: Who = Me) -> Response:
    """The browser is signed in no more."""
    sign_out(coach.sessions, who.sign_in_id, now=coach.now())
    record(coach.sessions, who, Deed.SIGNED_OUT, now=coach.now())
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(cookie_name(coach), path="/", secure=coach.public_base_url.startswith("https://"))
    return response


@router.get("/welcome/{token}")
def invite(token: str, request: Request, coach: CoachDep) -> HTMLResponse:
    """The form behind an invitation's link. Opening it uses nothing up."""
    return _welcome(request, coach, token)


@router.post("/welcome/{token}")
def come(token: str, request: Request, coach: CoachDep, fields: Fields) -> Response:
    """The password is set, and the browser is signed in."""
    refuse_foreign(request, coach)
    if fields.get("password") != fields.get("repeated"):
        return _welcome(request, coach, token, error=UNLIKE)
    try:
        signed = accept(coach.sessions, coach.passwords, token, fields.get("password", ""), now=coach.now())
    except AccountError as error:
        return _welcome(request, coach, token, error=str(error))
    return _entered(see("/"), coach, signed, deed=Deed.SET_PASSWORD)


@router.get("/me")
def mine(request: Request, coach: CoachDep, _who: Who = Me) -> HTMLResponse:
    """One's own account."""
    return page(request, coach, "me.html", {"error": ""})


@router.post("/me", dependencies=[Depends(ours)])
def renew(request: Request, coach: CoachDep, fields: Fields, who: Who = Me) -> Response:
    """The password is another one, and only this browser is signed in."""
    if fields.get("password") != fields.get("repeated"):
        return page(request, coach, "me.html", {"error": UNLIKE}, status=422)
    try:
        current, new = fields.get("current", ""), fields.get("password", "")
        token = change_password(coach.sessions, coach.passwords, who, current=current, new=new, now=coach.now())
    except (AccountError, SignInError) as error:
        return page(request, coach, "me.html", {"error": str(error)}, status=422)
    return _entered(see("/me", "password"), coach, token, deed=Deed.SET_PASSWORD)


def _welcome(request: Request, coach: Coach, token: str, *, error: str = "") -> HTMLResponse:
    invited = look_up(coach.sessions, token, now=coach.now())
    status = 422 if error else 200 if invited and invited.is_usable else 410
    return page(request, coach, "welcome.html", {"invited": invited, "error": error}, status=status)


def _once_more(request: Request, coach: Coach, action: str, kept: list[tuple[str, str]]) -> Response:
    """What somebody had sent when they were signed out, to be looked at and sent once more."""
    found = re.match(r"/(?:patients|cases)/\d+", action)
    return page(request, coach, "again.html", {"kept": kept, "action": action, "back": found[0] if found else "/"})


def _entered(response: Response, coach: Coach, token: str, *, deed: Deed = Deed.SIGNED_IN) -> Response:
    who = who_is(coach.sessions, token, now=coach.now(), idle=coach.idle)
    assert who is not None
    record(coach.sessions, who, deed, now=coach.now())
    set_cookie(response, coach, token)
    return response
