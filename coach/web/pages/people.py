"""People and rights: who of the team may sign in, and as what."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from coach.bootstrap import Coach
from coach.domain.rights import Right, Role
from coach.services.accounts import (
    AccountError,
    add_account,
    change_role,
    close_account,
    invite_again,
    members,
    open_again,
)
from coach.services.audit import Deed, record
from coach.services.sign_in import Who
from coach.web.access import does, ours
from coach.web.deps import CoachDep, Id
from coach.web.forms import Fields, see
from coach.web.rendering import page

router = APIRouter(prefix="/people", dependencies=[Depends(ours)])
ROLES = {
    Role.VIEWER: "viewer: looks at patients, changes nothing",
    Role.CLINICIAN: "clinician: looks after patients and cases",
    Role.ADMIN: "admin: all that, and people, the audit, and erasing",
}


@router.get("")
def everybody(
    request: Request, coach: CoachDep, _who: Annotated[Who, Depends(does(Deed.LOOKED_AT_PEOPLE, Right.RULE))]
) -> HTMLResponse:
    """Everybody with an account, and a form to invite somebody."""
    return _show(request, coach)


@router.post("")
def invite(
    request: Request,
    coach: CoachDep,
    fields: Fields,
    who: Annotated[Who, Depends(does(Deed.ADDED_ACCOUNT, Right.RULE))],
) -> HTMLResponse:
    """Somebody has an account; the page shows the link with which they set a password, once."""
    email, name, role = fields.get("email", ""), fields.get("name", ""), fields.get("role", "")
    try:
        new, token = add_account(coach.sessions, email=email, name=name, role=_role(role), now=coach.now())
    except AccountError as error:
        return _show(request, coach, error=str(error), email=email, name=name, role=role)
    record(coach.sessions, who, Deed.ADDED_ACCOUNT, now=coach.now(), detail=f"account {new}: {role}")
    return _show(request, coach, link=_link(coach, token), for_whom=name)


@router.post("/{account_id}/link")
def link_again(
    account_id: Id,
    request: Request,
    coach: CoachDep,
    _who: Annotated[Who, Depends(does(Deed.ADDED_ACCOUNT, Right.RULE))],
) -> HTMLResponse:
    """A new link; older ones work no more."""
    token = invite_again(coach.sessions, account_id, now=coach.now())
    return _show(request, coach, link=_link(coach, token), for_whom=_name(coach, account_id))


@router.post("/{account_id}/role")
def change(
    account_id: Id, coach: CoachDep, fields: Fields, who: Annotated[Who, Depends(does(Deed.CHANGED_ROLE, Right.RULE))]
) -> Response:
    """The account has other rights."""
    role = _role(fields.get("role", ""))
    change_role(coach.sessions, account_id, role, now=coach.now())
    record(coach.sessions, who, Deed.CHANGED_ROLE, now=coach.now(), detail=f"account {account_id}: {role}")
    return see("/people", "account")


@router.post("/{account_id}/close")
def close(
    account_id: Id, coach: CoachDep, _who: Annotated[Who, Depends(does(Deed.CLOSED_ACCOUNT, Right.RULE))]
) -> Response:
    """Nobody signs in with it any more."""
    close_account(coach.sessions, account_id, now=coach.now())
    return see("/people", "account-closed")


@router.post("/{account_id}/open")
def reopen(
    account_id: Id,
    request: Request,
    coach: CoachDep,
    _who: Annotated[Who, Depends(does(Deed.OPENED_ACCOUNT, Right.RULE))],
) -> HTMLResponse:
    """Its owner may come again, with a new password."""
    token = open_again(coach.sessions, account_id, now=coach.now())
    return _show(request, coach, link=_link(coach, token), for_whom=_name(coach, account_id))


def _show(
    request: Request,
    coach: Coach,
    *,
    error: str = "",
    link: str = "",
    for_whom: str = "",
    email: str = "",
    name: str = "",
    role: str = Role.CLINICIAN,
) -> HTMLResponse:
    typed = {"email": email, "name": name, "role": role}
    facts = {"members": members(coach.sessions), "roles": ROLES, "error": error, "link": link, "for_whom": for_whom}
    return page(request, coach, "people.html", facts | {"typed": typed}, status=422 if error else 200)


def _link(coach: Coach, token: str) -> str:
    return f"{coach.public_base_url}/welcome/{token}"


def _name(coach: Coach, account_id: int) -> str:
    return next(one.name for one in members(coach.sessions) if one.id == account_id)


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError:
        raise AccountError(f"{word!r} is no role; choose one of: {', '.join(Role)}") from None
