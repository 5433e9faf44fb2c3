"""What is done for one patient with a button: pause, flare, hold, an invitation, a program, the end."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from coach.domain.consent import Departure
from coach.domain.errors import CoachError
from coach.domain.rights import Right
from coach.services import care, spells
from coach.services.audit import Deed
from coach.services.sign_in import Who
from coach.services.talk_spell import end_talk
from coach.web.access import DIGITS, does, ours
from coach.web.deps import CoachDep, Id
from coach.web.forms import Fields, see
from coach.web.pages.patient import show_conversation

router = APIRouter(prefix="/patients/{patient_id}", dependencies=[Depends(ours)])


def _cares(deed: Deed) -> object:
    return Depends(does(deed, Right.CARE))


@router.post("/pause")
def pause(
    patient_id: Id, request: Request, coach: CoachDep, fields: Fields, who: Annotated[Who, _cares(Deed.PAUSED)]
) -> Response:
    """Their texts are paused for some days."""
    days, why = fields.get("days", ""), fields.get("why", "")
    number = int(days) if days.isascii() and days.isdecimal() and len(days) < DIGITS else 0
    try:
        spells.pause(coach.sessions, coach.editions, patient_id, days=number, by=who.name, why=why, now=coach.now())
    except (care.CareError, spells.DaysError) as error:
        return show_conversation(request, coach, patient_id, error=str(error), typed={"days": days, "why": why})
    return see(f"/patients/{patient_id}", "paused")


@router.post("/resume")
def resume(patient_id: Id, coach: CoachDep, who: Annotated[Who, _cares(Deed.RESUMED)]) -> Response:
    """The pause is over."""
    spells.resume(coach.sessions, coach.editions, patient_id, by=who.name, now=coach.now())
    return see(f"/patients/{patient_id}", "resumed")


@router.post("/flare")
def flare(patient_id: Id, coach: CoachDep, fields: Fields, who: Annotated[Who, _cares(Deed.FLARED)]) -> Response:
    """A flare is noted."""
    spells.flare(coach.sessions, patient_id, by=who.name, why=fields.get("why", ""), now=coach.now())
    return see(f"/patients/{patient_id}", "flared")


@router.post("/better")
def better(patient_id: Id, coach: CoachDep, who: Annotated[Who, _cares(Deed.EASED)]) -> Response:
    """The flare is over."""
    spells.better(coach.sessions, patient_id, by=who.name, now=coach.now())
    return see(f"/patients/{patient_id}", "eased")


@router.post("/hold")
def hold(patient_id: Id, coach: CoachDep, fields: Fields, who: Annotated[Who, _cares(Deed.HELD)]) -> Response:
    """Nothing automatic leaves until somebody lifts it."""
    spells.hold(coach.sessions, patient_id, by=who.name, why=fields.get("why", ""), now=coach.now())
    return see(f"/patients/{patient_id}", "held")


@router.post("/release")
def release(patient_id: Id, request: Request, coach: CoachDep, who: Annotated[Who, _cares(Deed.RELEASED)]) -> Response:
    """The hold is lifted."""
    try:
        care.lift_hold(coach.sessions, patient_id, by=who.name, now=coach.now())
    except care.CareError as error:
        return show_conversation(request, coach, patient_id, error=str(error))
    return see(f"/patients/{patient_id}", "released")


@router.post("/talk/end")
def go_on(patient_id: Id, coach: CoachDep, who: Annotated[Who, _cares(Deed.ENDED_TALK)]) -> Response:
    """Automatic texts go on."""
    end_talk(coach.sessions, patient_id, by=who.name, now=coach.now())
    return see(f"/patients/{patient_id}", "talked")


@router.post("/invite")
def invite(patient_id: Id, request: Request, coach: CoachDep, _who: Annotated[Who, _cares(Deed.INVITED)]) -> Response:
    """One more invitation leaves in their hours."""
    try:
        care.invite(coach.sessions, patient_id, now=coach.now())
    except care.CareError as error:
        return show_conversation(request, coach, patient_id, error=str(error))
    return see(f"/patients/{patient_id}", "invited")


@router.post("/withdraw")
def withdraw(patient_id: Id, coach: CoachDep, fields: Fields, who: Annotated[Who, _cares(Deed.WITHDREW)]) -> Response:
    """Nothing more is sent to them."""
    try:
        reason = Departure(fields.get("reason", ""))
    except ValueError:
        raise WhyError(f"choose why: {', '.join(Departure)}") from None
    care.withdraw(coach.sessions, patient_id, reason, by=who.name, now=coach.now())
    return see(f"/patients/{patient_id}/settings", "withdrawn")


class WhyError(CoachError):
    """It was not said why."""
