"""Who may open a page, and press its buttons: a cookie, a right, a form of ours; and the audit's line before it."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Annotated, cast
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request, Response
from starlette.requests import HTTPConnection

from coach.bootstrap import Coach
from coach.domain.errors import CoachError
from coach.domain.rights import Right, may
from coach.services.audit import Deed, record, recorded, was_recorded
from coach.services.sign_in import Who, who_is
from coach.web.deps import CoachDep

POLL = "X-Coach-Poll"
"""The header with which a page asks what is new. Nobody did anything: they are as idle as before."""

DIGITS = 10  # of a number of ours
ONE_LOOK = timedelta(hours=1)  # within it a page's own polls are the same look


class NotSignedInError(CoachError):
    """Nobody is signed in, or not any more."""


class NotAllowedError(CoachError):
    """Somebody is signed in who has not the right."""


class ForeignFormError(CoachError):
    """A form was sent that is not of our own page."""


def signed_in(request: Request, coach: CoachDep) -> Who:
    """Who is signed in. Raises NotSignedInError."""
    if any("\0" in part for part in (*request.query_params.values(), *request.path_params.values())):
        raise HTTPException(404, "no address has such a character")
    token = request.cookies.get(cookie_name(coach), "")
    who = who_is(coach.sessions, token, now=coach.now(), idle=coach.idle, is_active=not is_poll(request))
    if who is None:
        raise NotSignedInError("sign in first")
    request.state.who, request.state.form_key = who, form_key(token)
    return who


def needs(right: Right) -> Callable[..., Who]:
    """A dependency: who is signed in, and has that right. Raises NotSignedInError or NotAllowedError."""

    def dependency(who: Annotated[Who, Depends(signed_in)], request: Request, coach: CoachDep) -> Who:
        _check(request, coach, who, right)
        return who

    return dependency


def does(deed: Deed, right: Right, *, at_most_hourly: bool = False) -> Callable[..., Who]:
    """The same, and the audit says so before anything is shown or done: the ids are those of the address."""

    def dependency(who: Annotated[Who, Depends(signed_in)], request: Request, coach: CoachDep) -> Who:
        _check(request, coach, who, right)
        patient_id = _patient_of(request)
        is_one_look = at_most_hourly or (
            is_poll(request) and request.method == "GET" and deed is Deed.LOOKED_AT_PATIENT
        )
        if is_one_look and was_recorded(coach.sessions, who, deed, patient_id, since=coach.now() - ONE_LOOK):
            return who
        about = [] if patient_id is None else [patient_id]
        record(coach.sessions, who, deed, now=coach.now(), patients=about, detail=_ids(request))
        return who

    return dependency


def record_look(
    request: Request, coach: Coach, who: Who, deed: Deed, shown: Iterable[int | None], detail: str = ""
) -> None:
    """The audit names everybody whom the page shows; of a page left open, those whom it had not within the hour."""
    whom = {one for one in shown if one is not None}
    if is_poll(request):
        whom -= recorded(coach.sessions, who, deed, since=coach.now() - ONE_LOOK)
        if not whom:
            return
    record(coach.sessions, who, deed, now=coach.now(), patients=whom, detail=detail)


async def ours(request: Request, coach: CoachDep, _who: Annotated[Who, Depends(signed_in)]) -> None:
    """A form comes from a page of ours, of this very sign-in. Raises NotSignedInError or ForeignFormError."""
    if request.method in {"GET", "HEAD"}:
        return
    refuse_foreign(request, coach)
    key, sent_as = request.state.form_key, "form_key"
    sent = (await request.form()).get(sent_as)
    if not isinstance(sent, str) or not hmac.compare_digest(sent.encode(), key.encode()):
        raise ForeignFormError("this page was open for too long, or in another window: open it again, then press again")


def refuse_foreign(request: HTTPConnection, coach: Coach) -> None:
    """Raises ForeignFormError where a browser says that another site's page sends the form."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    hosts = {request.headers.get("host", ""), urlsplit(coach.public_base_url).netloc}
    if site not in {None, "same-origin", "none"} or (origin is not None and urlsplit(origin).netloc not in hosts):
        raise ForeignFormError("this form was not sent by a page of coach")


def is_poll(request: Request) -> bool:
    """Whether a page asks by itself what is new."""
    return POLL in request.headers


def form_key(token: str) -> str:
    """What every form of a sign-in carries: only our own pages know it."""
    return hmac.new(token.encode(), b"forms", hashlib.sha256).hexdigest()


def cookie_name(coach: Coach) -> str:
    """The name of the cookie; over HTTPS one that no other site of the same domain can set."""
    return "__Host-coach" if is_https(coach) else "coach"


def is_https(coach: Coach) -> bool:
    """Whether people reach coach over HTTPS."""
    return coach.public_base_url.startswith("https://")


def set_cookie(response: Response, coach: Coach, token: str) -> None:
    """The browser keeps the sign-in until it is closed; scripts cannot read it, and no other site's form sends it."""
    response.set_cookie(cookie_name(coach), token, httponly=True, secure=is_https(coach), samesite="lax", path="/")


def _check(request: Request, coach: Coach, who: Who, right: Right) -> None:
    if not may(who.role, right):
        record(coach.sessions, who, Deed.REFUSED, now=coach.now(), detail=f"{request.method} {_route(request)}")
        raise NotAllowedError(
            f"your account may not do this: you are signed in as {who.role}. An admin of your clinic can change that"
        )


def _patient_of(request: Request) -> int | None:
    found = str(request.path_params.get("patient_id", ""))
    return int(found) if found.isascii() and found.isdecimal() and len(found) <= DIGITS else None


def _ids(request: Request) -> str:
    """The ids that the address names: "case 12"."""
    return ", ".join(f"{name.removesuffix('_id')} {value}" for name, value in request.path_params.items())


def _route(request: Request) -> str:
    return cast("str", getattr(request.scope.get("route"), "path", "a page"))
