"""The roster: everybody who is texted, found and ordered; and one more person by hand."""

from datetime import date
from typing import Annotated
from zoneinfo import available_timezones

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from coach.bootstrap import Coach
from coach.domain.calendar import local_day
from coach.domain.errors import CoachError
from coach.domain.rights import Right
from coach.domain.standing import WORDS, Stands
from coach.services.audit import Deed, record
from coach.services.enroll import Begins, EnrollError, add_patient, enroll
from coach.services.offers import Offer, offers
from coach.services.roster_page import Wanted, roster_page
from coach.services.sign_in import Who
from coach.web.access import needs, ours
from coach.web.deps import CoachDep
from coach.web.forms import Fields, PageNumber, address, see
from coach.web.rendering import page

router = APIRouter(prefix="/patients", dependencies=[Depends(ours)])
Cares = Annotated[Who, Depends(needs(Right.CARE))]
ZONES = sorted(
    name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))
)
LAST_YEAR = 2100
LANGUAGE_NAMES = {"en": "English", "es": "Spanish (español)"}


@router.get("")
def roster(
    request: Request,
    coach: CoachDep,
    who: Annotated[Who, Depends(needs(Right.LOOK))],
    search: Annotated[str, Query(max_length=100)] = "",
    stands: str = "",
    program: str = "",
    sort: str = "name",
    down: bool = False,
    page_: PageNumber = 1,
) -> HTMLResponse:
    """One page of everybody who is wanted."""
    wanted = Wanted(search, Stands(stands) if stands in set(Stands) else None, program, sort, down)
    found = roster_page(coach.sessions, wanted, page=page_, now=coach.now())
    record(coach.sessions, who, Deed.LOOKED_AT_ROSTER, now=coach.now(), patients=[row.id for row in found.rows])
    asked = {"search": search, "stands": stands, "program": program}
    order = {"sort": sort if sort != "name" else "", "down": "1" if down else ""}
    facts = {
        "found": found,
        "asked": asked,
        "sort": sort,
        "down": down,
        "stands_words": WORDS,
        "programs": choices(offers(coach.sessions, coach.editions))["programs"],
        "to_page": address("/patients", asked | order),
        "to_order": address("/patients", asked),
    }
    return page(request, coach, "patients.html", facts)


@router.get("/add")
def ask(request: Request, coach: CoachDep, _who: Cares) -> HTMLResponse:
    """The form for one more person."""
    zone = coach.clinic.zone
    typed = {"zone": "" if zone.key == "UTC" else zone.key, "start": local_day(coach.now(), zone).isoformat()}
    return _form(request, coach, typed)


@router.post("/add")
def add(request: Request, coach: CoachDep, fields: Fields, who: Cares) -> Response:
    """They are a patient, with consent on the ledger, and in the program if one was chosen."""
    try:
        patient_id = _add(coach, fields, who)
    except CoachError as error:
        return _form(request, coach, fields, error=str(error))
    return see(f"/patients/{patient_id}", "enrolled" if fields.get("program") else "added")


def _add(coach: Coach, fields: dict[str, str], who: Who) -> int:
    how = fields.get("consent", "").strip()
    if not how:
        raise EnrollError("say how they consented, and which words they were shown")
    now, begins = coach.now(), None
    if fields.get("program"):
        begins = Begins(coach.editions, fields["program"], start_of(fields), fields.get("preset") or "standard")
    patient_id = add_patient(
        coach.sessions,
        name=fields.get("name", ""),
        phone=fields.get("phone", ""),
        zone=fields.get("zone", ""),
        language=fields.get("language", ""),
        country=coach.clinic.country,
        consent=f"{how} (noted by {who.name})",
        key=coach.erase_key,
        again=fields.get("again") == "yes",
        begins=begins,
        now=now,
    )
    record(coach.sessions, who, Deed.ADDED_PATIENT, now=now, patients=[patient_id])
    if begins is not None:
        record(coach.sessions, who, Deed.ENROLLED, now=now, patients=[patient_id])
    return patient_id


def begin(coach: Coach, who: Who, patient_id: int, fields: dict[str, str]) -> None:
    """They are in the program that the form names. Raises EnrollError or NotPublishedError."""
    record(coach.sessions, who, Deed.ENROLLED, now=coach.now(), patients=[patient_id])
    enroll(
        coach.sessions,
        coach.editions,
        patient_id=patient_id,
        program=fields.get("program", ""),
        start=start_of(fields),
        preset=fields.get("preset", "standard"),
        now=coach.now(),
    )


def start_of(fields: dict[str, str]) -> date:
    """The first local day that a form names. Raises EnrollError."""
    try:
        start = date.fromisoformat(fields.get("start", ""))
    except ValueError:
        start = None
    if start is None or start.year > LAST_YEAR:
        raise EnrollError(f"{fields.get('start', '')!r} is no day; write it as 2026-11-23")
    return start


def choices(found: list[Offer]) -> dict[str, list[tuple[str, str]]]:
    """What a form offers: programs with their weeks and languages, and every preset in words."""
    presets = list(dict.fromkeys(preset for one in found for preset in one.presets))
    return {
        "programs": [(one.name, f"{one.title}, {one.weeks} weeks ({', '.join(one.languages)})") for one in found],
        "all_presets": [(preset, preset.replace("_", " ")) for preset in presets],
    }


def _form(request: Request, coach: Coach, typed: dict[str, str], *, error: str = "") -> HTMLResponse:
    facts = {"typed": typed, "error": error, "languages": LANGUAGE_NAMES, "zones": ZONES}
    offered = choices(offers(coach.sessions, coach.editions))
    return page(request, coach, "patient_add.html", facts | offered, status=422 if error else 200)
