"""The audit: who looked at whom, and changed what."""

from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from coach.domain.calendar import to_utc
from coach.domain.rights import Right
from coach.services.accounts import members
from coach.services.audit import Deed, Search, search
from coach.services.sign_in import Who
from coach.web.access import DIGITS, does, ours
from coach.web.deps import CoachDep
from coach.web.forms import PageNumber, address
from coach.web.rendering import page

router = APIRouter(dependencies=[Depends(ours)])
SIZE = 50


@router.get("/audit")
def lines(
    request: Request,
    coach: CoachDep,
    _who: Annotated[Who, Depends(does(Deed.LOOKED_AT_AUDIT, Right.RULE))],
    account: str = "",
    what: str = "",
    patient: str = "",
    since: str = "",
    until: str = "",
    page_: PageNumber = 1,
) -> HTMLResponse:
    """The lines that are searched for, the newest first."""
    asked = {"account": account, "what": what, "patient": patient, "since": since, "until": until}
    zone = coach.clinic.zone
    wanted = Search(
        account_id=_number(account),
        what=what,
        patient_id=_number(patient),
        since=_start(since, zone),
        until=_start(until, zone, days=1),
    )
    wrong = (
        "" if _all_read(asked, wanted) else "a number of a patient has digits only, and a day is written as 2026-11-23"
    )
    found = search(coach.sessions, wanted, page=page_, size=SIZE)
    facts = {"found": found, "asked": asked, "deeds": list(Deed), "members": members(coach.sessions), "error": wrong}
    pages = {"number": page_, "pages": -(-found.total // SIZE), "address": address("/audit", asked)}
    return page(request, coach, "audit.html", facts | pages)


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdecimal() and len(word) < DIGITS else None


def _start(day: str, zone: ZoneInfo, *, days: int = 0) -> datetime | None:
    try:
        return to_utc(date.fromisoformat(day) + timedelta(days=days), time(0), zone)
    except (ValueError, OverflowError):
        return None


def _all_read(asked: dict[str, str], wanted: Search) -> bool:
    """Whether everything that was typed was understood."""
    read = {"account": wanted.account_id, "patient": wanted.patient_id, "since": wanted.since, "until": wanted.until}
    return all(value is not None for name, value in read.items() if asked[name])
