"""People as files: brought in with a preview, taken out, and erased."""

import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from coach.bootstrap import Coach
from coach.content.csv_cells import defused
from coach.content.people_file import COLUMNS, LARGEST, PeopleFileError
from coach.domain.errors import CoachError
from coach.domain.rights import Right
from coach.domain.standing import WORDS
from coach.services.audit import Deed, record
from coach.services.erase import erase
from coach.services.export_patient import export_patient
from coach.services.import_patients import ImportFaultsError, import_patients, preview_import
from coach.services.newcomers import Means
from coach.services.person import person
from coach.services.roster_page import Row, everybody
from coach.services.sign_in import Who
from coach.web.access import does, needs, ours
from coach.web.deps import CoachDep, Id
from coach.web.forms import Fields, see
from coach.web.rendering import headers_of, page

router = APIRouter(prefix="/patients", dependencies=[Depends(ours)])
Cares = Annotated[Who, Depends(needs(Right.CARE))]
OUT = ("id", "name", "phone ends in", "language", "stands", "programs", "answered", "eligible", "trend", "heard (UTC)")


class NotSureError(CoachError):
    """The name was not written as it stands."""


@router.get("/import")
def ask(request: Request, coach: CoachDep, _who: Cares) -> HTMLResponse:
    """The form for a file."""
    return _show(request, coach)


async def uploaded(request: Request) -> AsyncIterator[bytes]:
    """The file that the form brought, as far as it may be large; empty where it brought none."""
    form = await request.form()
    file = form.get("file")
    try:
        yield await file.read(LARGEST + 1) if isinstance(file, UploadFile) else b""
    finally:
        await form.close()


@router.post("/import")
def look(request: Request, coach: CoachDep, _who: Cares, data: Annotated[bytes, Depends(uploaded)]) -> HTMLResponse:
    """What would happen with each row; nothing is saved."""
    return _preview(request, coach, data)


@router.post("/import/now")
def bring_in(
    request: Request, coach: CoachDep, fields: Fields, who: Annotated[Who, Depends(does(Deed.IMPORTED, Right.CARE))]
) -> Response:
    """Everybody of the file is a patient, or those without a fault if that was pressed, or nobody."""
    data, skip_bad = fields.get("data", "").encode(), fields.get("skip_bad") == "yes"
    means, now = _means(coach), coach.now()
    try:
        ids = import_patients(coach.sessions, coach.editions, data, means, by=who.name, skip_bad=skip_bad, now=now)
    except (ImportFaultsError, PeopleFileError) as error:
        return _preview(request, coach, data, error=str(error))
    record(coach.sessions, who, Deed.ADDED_PATIENT, now=now, patients=ids)
    return see("/patients?sort=added&down=1", "imported")


@router.get("/export.csv")
def take_out_everybody(coach: CoachDep, who: Annotated[Who, Depends(needs(Right.CARE))]) -> Response:
    """The roster as CSV; what a spreadsheet would take for a formula has an apostrophe before it."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(OUT)
    rows = list(everybody(coach.sessions, now=coach.now()))
    record(coach.sessions, who, Deed.EXPORTED_ROSTER, now=coach.now(), patients=[row.id for row in rows])
    for row in rows:
        writer.writerow([defused(cell) for cell in _cells(row)])
    return _file(coach, lines.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "patients.csv")


@router.get("/{patient_id}/export.json")
def take_out(
    patient_id: Id, coach: CoachDep, _who: Annotated[Who, Depends(does(Deed.EXPORTED, Right.CARE))]
) -> Response:
    """Everything about one person."""
    found = json.dumps(export_patient(coach.sessions, patient_id, now=coach.now()), ensure_ascii=False, indent=1)
    return _file(coach, found.encode(), "application/json", f"patient-{patient_id}.json")


@router.post("/{patient_id}/erase")
def erase_one(
    patient_id: Id, coach: CoachDep, fields: Fields, who: Annotated[Who, Depends(does(Deed.ERASED, Right.RULE))]
) -> Response:
    """Nothing of them is left."""
    name = person(coach.sessions, patient_id, now=coach.now()).patient.name
    if fields.get("sure", "").strip() != name:
        raise NotSureError(f"to be sure, write the name as it stands: {name}. Nothing is erased")
    erase(coach.sessions, patient_id, key=coach.erase_key, by=who.name, why=fields.get("why", ""), now=coach.now())
    return see("/patients", "erased")


def _preview(request: Request, coach: Coach, data: bytes, *, error: str = "") -> HTMLResponse:
    if not data:
        return _show(request, coach, error="choose a file first")
    try:
        found = preview_import(coach.sessions, coach.editions, data, _means(coach), now=coach.now())
    except PeopleFileError as fault:
        return _show(request, coach, error=str(fault))
    return _show(request, coach, error=error, preview=found, data=data.decode("utf-8-sig"))


def _show(request: Request, coach: Coach, *, error: str = "", preview: object = None, data: str = "") -> HTMLResponse:
    facts = {"columns": COLUMNS, "error": error, "preview": preview, "data": data}
    return page(request, coach, "patients_import.html", facts, status=422 if error else 200)


def _means(coach: Coach) -> Means:
    return Means(coach.clinic.country, coach.erase_key)


def _cells(row: Row) -> list[object]:
    heard = "" if row.heard_at is None else f"{row.heard_at:%Y-%m-%d %H:%M}"
    who = [row.id, row.name, row.ends_in, row.language, WORDS[row.stands], ", ".join(row.programs)]
    return [*who, row.answered, row.eligible, row.trend, heard]


def _file(coach: Coach, content: bytes, kind: str, name: str) -> Response:
    headers = headers_of(coach) | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)
