"""One patient: the conversation, the calendar with why and why not, how they have been, and each text's story."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from coach.bootstrap import Coach
from coach.domain.calendar import local_day
from coach.domain.case_words import ABOUT
from coach.domain.consent_standing import STANDINGS
from coach.domain.rights import Right
from coach.services.audit import Deed
from coach.services.explain import NothingToExplainError, explain_message
from coach.services.goals import goal_story
from coach.services.patient_calendar import calendar
from coach.services.person import Person, message_of, person
from coach.services.sign_in import Who
from coach.services.staff_text import Verdict
from coach.services.talk import talk
from coach.services.trends import trends
from coach.services.turns import turns_of
from coach.web.access import does, ours
from coach.web.deps import CoachDep, Id
from coach.web.pages.patient_charts import charts_of
from coach.web.rendering import page

router = APIRouter(prefix="/patients/{patient_id}", dependencies=[Depends(ours)])
Looks = Annotated[Who, Depends(does(Deed.LOOKED_AT_PATIENT, Right.LOOK))]
MOST = 60  # texts of a conversation at first
Week = Annotated[date | None, Query(ge=date(2000, 1, 1), le=date(2100, 1, 1))]
WEEK = timedelta(weeks=1)


@router.get("")
def conversation(
    patient_id: Id, request: Request, coach: CoachDep, _who: Looks, most: Annotated[int, Query(ge=1, le=5000)] = MOST
) -> HTMLResponse:
    """The conversation as on a phone, and what can be done for this person."""
    return show_conversation(request, coach, patient_id, most=most)


def show_conversation(
    request: Request,
    coach: Coach,
    patient_id: int,
    *,
    most: int = MOST,
    error: str = "",
    typed: Mapping[str, str] | None = None,
    verdict: Verdict | None = None,
) -> HTMLResponse:
    """The same page, after a form that was not taken too: what was typed stands in it still."""
    facts = {
        "talk": talk(coach.sessions, patient_id, most=most),
        "turns": turns_of(coach.sessions, patient_id),
        "typed": typed or {},
        "verdict": verdict,
    }
    return show(request, coach, patient_id, "Conversation", "patient.html", facts, error=error)


@router.get("/calendar")
def days(patient_id: Id, request: Request, coach: CoachDep, _who: Looks, first: Week = None) -> HTMLResponse:
    """A week, from Monday on."""
    found = person(coach.sessions, patient_id, now=coach.now())
    today = local_day(coach.now(), ZoneInfo(found.patient.zone))
    monday = (first or today) - timedelta(days=(first or today).weekday())
    week = calendar(coach.sessions, coach.editions, patient_id, first=monday, days=7, now=coach.now())
    facts = {"days": week, "today": today, "before": monday - WEEK, "after": monday + WEEK}
    return show(request, coach, patient_id, "Calendar", "patient_calendar.html", facts)


@router.get("/progress")
def progress(patient_id: Id, request: Request, coach: CoachDep, _who: Looks) -> HTMLResponse:
    """Charts with their tables, and the goals."""
    found = trends(coach.sessions, coach.editions, patient_id, now=coach.now())
    goals = goal_story(coach.sessions, coach.editions, patient_id, now=coach.now())
    facts = {"charts": charts_of(found), "goals": goals}
    return show(request, coach, patient_id, "Progress", "patient_progress.html", facts)


@router.get("/texts/{message_id}")
def text(patient_id: Id, message_id: Id, request: Request, coach: CoachDep, _who: Looks) -> HTMLResponse:
    """Everything that happened to one text."""
    override = message_of(coach.sessions, patient_id, message_id)
    if override is None:
        raise NothingToExplainError(f"patient {patient_id} has no text {message_id}")
    facts = {"one": explain_message(coach.sessions, message_id), "override": override}
    return show(request, coach, patient_id, "", "patient_text.html", facts)


def show(
    request: Request,
    coach: Coach,
    patient_id: int,
    tab: str,
    template: str,
    facts: Mapping[str, Any],
    *,
    error: str = "",
) -> HTMLResponse:
    """A page of the patient, with how they stand at its top."""
    found: Person = person(coach.sessions, patient_id, now=coach.now())
    ours_ = {"person": found, "tab": tab, "error": error, "about": ABOUT, "consent_words": STANDINGS}
    return page(request, coach, template, ours_ | dict(facts), status=422 if error else 200)
