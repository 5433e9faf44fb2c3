"""A patient's settings with their effect before it is saved, their programs, and the consent ledger."""

import hashlib
import json
from datetime import datetime
from typing import Annotated, Any, get_args
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from coach.bootstrap import Coach
from coach.domain.calendar import local_day
from coach.domain.consent import Departure
from coach.domain.errors import CoachError
from coach.domain.program import SlotName
from coach.domain.rights import Right
from coach.services.audit import Deed
from coach.services.edit import Change, EditError, edit
from coach.services.effect import Effect, effect_of
from coach.services.offers import offers, presets_of
from coach.services.person import Person, consent_lines, person
from coach.services.sign_in import Who
from coach.web.access import DIGITS, does, needs, ours
from coach.web.deps import CoachDep, Id
from coach.web.forms import Fields, see
from coach.web.pages.patient import Looks, show
from coach.web.pages.patients import LANGUAGE_NAMES, ZONES, begin, choices

router = APIRouter(prefix="/patients/{patient_id}", dependencies=[Depends(ours)])
SLOTS = get_args(SlotName)
DAYS = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}
WHY = {
    Departure.FINISHED: "they have finished",
    Departure.TRANSFERRED: "they are looked after elsewhere",
    Departure.DECEASED: "they have died",
    Departure.ASKED: "they told us that they want no more texts",
    Departure.MISTAKE: "they were added by mistake",
}


@router.get("/settings")
def settings(patient_id: Id, request: Request, coach: CoachDep, _who: Looks) -> HTMLResponse:
    """How texts reach this person, and by which consent."""
    return _show(request, coach, patient_id)


@router.post("/settings/effect")
def foresee(
    patient_id: Id, request: Request, coach: CoachDep, fields: Fields, _who: Annotated[Who, Depends(needs(Right.CARE))]
) -> HTMLResponse:
    """What saving would change; nothing is saved."""
    return _again(request, coach, patient_id, fields)


@router.post("/settings")
def save(
    patient_id: Id,
    request: Request,
    coach: CoachDep,
    fields: Fields,
    who: Annotated[Who, Depends(does(Deed.CHANGED_SETTINGS, Right.CARE))],
) -> Response:
    """The settings are others, and what is planned follows them."""
    if fields.get("shown") != _digest(coach, patient_id, fields):
        error = "what you see was changed since its effect was shown: look at the effect below, then save"
        return _again(request, coach, patient_id, fields, error if fields.get("shown") else "")
    try:
        edit(coach.sessions, coach.editions, patient_id, _change(fields), by=who.name, now=coach.now())
    except EditError as error:
        return _show(request, coach, patient_id, typed=fields, error=str(error))
    return see(f"/patients/{patient_id}/settings", "saved")


@router.post("/enroll")
def enroll(
    patient_id: Id, request: Request, coach: CoachDep, fields: Fields, who: Annotated[Who, Depends(needs(Right.CARE))]
) -> Response:
    """They are in one more program."""
    try:
        begin(coach, who, patient_id, fields)
    except CoachError as error:
        return _show(request, coach, patient_id, enrolling=fields, error=str(error))
    return see(f"/patients/{patient_id}/settings", "enrolled")


def _again(request: Request, coach: Coach, patient_id: int, fields: dict[str, str], error: str = "") -> HTMLResponse:
    """The form as it was typed, with what saving it would change."""
    try:
        effect = effect_of(coach.sessions, coach.editions, patient_id, _change(fields), now=coach.now())
    except EditError as fault:
        return _show(request, coach, patient_id, typed=fields, error=str(fault))
    return _show(request, coach, patient_id, typed=fields, effect=effect, error=error)


def _digest(coach: Coach, patient_id: int, fields: dict[str, str]) -> str:
    """What was typed, and what stands: where either changes, what was shown of the effect is true no more."""
    stands = _stands(person(coach.sessions, patient_id, now=coach.now()))
    typed = {name: value for name, value in fields.items() if name not in {"form_key", "shown"} and value}
    return hashlib.sha256(json.dumps([typed, stands], sort_keys=True).encode()).hexdigest()


def _change(fields: dict[str, str]) -> Change:
    """What the form asks for, as far as it was sent: a box that is not ticked sends nothing."""
    presets = {name.removeprefix("preset-"): value for name, value in fields.items() if name.startswith("preset-")}
    return Change(
        zone=fields.get("zone"),
        slots={slot: fields.get(f"slot-{slot}", "") for slot in SLOTS},
        weekdays_off=[day for day in DAYS if fields.get(f"off-{day}")],
        language=fields.get("language"),
        name=fields.get("name"),
        presets={
            int(number): value for number, value in presets.items() if number.isdecimal() and len(number) < DIGITS
        },
    )


def _show(
    request: Request,
    coach: Coach,
    patient_id: int,
    *,
    typed: dict[str, str] | None = None,
    enrolling: dict[str, str] | None = None,
    effect: Effect | None = None,
    error: str = "",
) -> HTMLResponse:
    found, offered = person(coach.sessions, patient_id, now=coach.now()), offers(coach.sessions, coach.editions)
    presets = {row.id: presets_of(coach.sessions, coach.editions, row) for row in found.active}
    facts: dict[str, Any] = {
        "typed": typed if typed is not None else _stands(found),
        "enrolling": enrolling or {"start": _today(found, coach.now()), "preset": "standard"},
        "effect": effect,
        "shown": _digest(coach, patient_id, typed) if effect and typed else "",
        "consent": consent_lines(coach.sessions, patient_id),
        "presets": presets,
        "languages": LANGUAGE_NAMES,
        "zones": ZONES,
        "slots": SLOTS,
        "weekdays": DAYS,
        "departures": list(WHY.items()),
    }
    return show(
        request,
        coach,
        patient_id,
        "Settings and consent",
        "patient_settings.html",
        facts | choices(offered),
        error=error,
    )


def _stands(found: Person) -> dict[str, str]:
    """The form's fields as they stand."""
    patient = found.patient
    fields = {"name": patient.name, "language": patient.language, "zone": patient.zone}
    fields |= {f"slot-{slot}": patient.slots.get(slot, "") for slot in SLOTS}
    fields |= {f"off-{day}": "yes" for day in patient.weekdays_off}
    return fields | {f"preset-{row.id}": row.preset for row in found.active}


def _today(found: Person, now: datetime) -> str:
    return local_day(now, ZoneInfo(found.patient.zone)).isoformat()
