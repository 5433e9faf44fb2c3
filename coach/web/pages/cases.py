"""Cases: what somebody must act on, and everything that was done."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from coach.bootstrap import Coach
from coach.domain.case import DANGERS
from coach.domain.case_words import ABOUT, HOW_SOON, STANDS, TO_DO
from coach.domain.rights import Right
from coach.services.audit import Deed, record
from coach.services.case_cards import card, patient_of
from coach.services.cases import CaseError, acknowledge, case_page, note, resolve
from coach.services.sign_in import Who
from coach.web.access import DIGITS, needs, ours, record_look
from coach.web.deps import CoachDep, Id
from coach.web.forms import Fields, PageNumber, see, within
from coach.web.rendering import page

router = APIRouter(dependencies=[Depends(ours)])
Cares = Annotated[Who, Depends(needs(Right.CARE))]
SIZE = 50
WORDS = {"about": ABOUT, "to_do": TO_DO, "how_soon": HOW_SOON, "stands": STANDS}


@router.get("/cases")
def everything(
    request: Request, coach: CoachDep, who: Annotated[Who, Depends(needs(Right.LOOK))], page_: PageNumber = 1
) -> HTMLResponse:
    """Every case, those that are not closed first."""
    found = case_page(coach.sessions, page=page_, size=SIZE)
    record_look(request, coach, who, Deed.LOOKED_AT_CASES, [line.patient_id for line in found.lines])
    return page(
        request, coach, "cases.html", WORDS | {"found": found, "number": page_, "pages": -(-found.total // SIZE)}
    )


@router.get("/cases/{case_id}")
def one(
    case_id: Id, request: Request, coach: CoachDep, who: Annotated[Who, Depends(needs(Right.LOOK))]
) -> HTMLResponse:
    """One case with all its lines."""
    whose = patient_of(coach.sessions, case_id)
    record_look(request, coach, who, Deed.LOOKED_AT_CASE, [whose], f"case {case_id}")
    return _show(request, coach, case_id)


@router.post("/cases/{case_id}/acknowledge")
def take(case_id: Id, request: Request, coach: CoachDep, fields: Fields, who: Cares) -> Response:
    """Whoever pressed the button has the case; nobody else is called."""
    _record(coach, who, Deed.TOOK_CASE, case_id)
    try:
        acknowledge(coach.sessions, case_id, by=who.name, seen=_seen(fields), now=coach.now())
    except CaseError as error:
        return _show(request, coach, case_id, error=str(error))
    return see(_back(fields, case_id), "taken")


@router.post("/cases/{case_id}/note")
def write(case_id: Id, request: Request, coach: CoachDep, fields: Fields, who: Cares) -> Response:
    """The case has one line more."""
    _record(coach, who, Deed.NOTED, case_id)
    try:
        note(coach.sessions, case_id, fields.get("words", ""), by=who.name, now=coach.now())
    except CaseError as error:
        return _show(request, coach, case_id, error=str(error), words=fields.get("words", ""))
    return see(_back(fields, case_id), "noted")


@router.post("/cases/{case_id}/close")
def close(case_id: Id, request: Request, coach: CoachDep, fields: Fields, who: Cares) -> Response:
    """The case is closed, with what was done; and the hold is lifted, if that was asked for."""
    _record(coach, who, Deed.CLOSED_CASE, case_id)
    lift = fields.get("lift_hold") == "yes"
    words = fields.get("words", "").strip() or _without_words(coach, case_id)
    try:
        held = resolve(
            coach.sessions, case_id, by=who.name, note=words, lift_hold=lift, seen=_seen(fields), now=coach.now()
        )
    except CaseError as error:
        return _show(request, coach, case_id, error=str(error), words=words)
    return see(_back(fields, case_id), "closed-held" if held else "closed")


def _without_words(coach: Coach, case_id: int) -> str:
    """What is written where somebody just pressed the button; of a danger, they must say what was done."""
    found = card(coach.sessions, case_id, now=coach.now())
    return "" if found.line.category in DANGERS else "nothing further to note"


def _show(request: Request, coach: Coach, case_id: int, *, error: str = "", words: str = "") -> HTMLResponse:
    found = card(coach.sessions, case_id, now=coach.now())
    facts = WORDS | {"card": found, "error": error, "words": words}
    return page(request, coach, "case.html", facts, status=422 if error else 200)


def _record(coach: Coach, who: Who, deed: Deed, case_id: int) -> None:
    """The audit names the case's patient too."""
    patient_id = patient_of(coach.sessions, case_id)
    about = [] if patient_id is None else [patient_id]
    record(coach.sessions, who, deed, now=coach.now(), patients=about, detail=f"case {case_id}")


def _seen(fields: dict[str, str]) -> int | None:
    """The newest line that the page had which sent the form."""
    word = fields.get("seen", "")
    return int(word) if word.isascii() and word.isdecimal() and len(word) < DIGITS else None


def _back(fields: dict[str, str], case_id: int) -> str:
    return within(fields["back"]) if "back" in fields else f"/cases/{case_id}"
