"""A text that somebody of the team writes to a patient: counted while it is written, then sent."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from coach.bootstrap import Coach
from coach.domain.rights import Right
from coach.services.audit import Deed, record
from coach.services.care import CareError
from coach.services.sign_in import Who
from coach.services.staff_text import check_text, take_back, write_text
from coach.web.access import does, is_poll, needs, ours
from coach.web.deps import CoachDep, Id
from coach.web.forms import Fields, see
from coach.web.pages.patient import show_conversation
from coach.web.rendering import page

router = APIRouter(prefix="/patients/{patient_id}/texts", dependencies=[Depends(ours)])


@router.post("")
def write(
    patient_id: Id,
    request: Request,
    coach: CoachDep,
    fields: Fields,
    who: Annotated[Who, Depends(does(Deed.WROTE, Right.CARE))],
) -> Response:
    """The text is on its way, or waits for the allowed hours; or the page says what speaks against it."""
    text, why, now = fields.get("text", ""), fields.get("override", ""), coach.now()
    try:
        message = write_text(coach.sessions, coach.editions, patient_id, text, by=who.name, override=why, now=now)
    except CareError as error:
        return _again(request, coach, patient_id, fields, str(error))
    if message.override:
        detail = f"patient {patient_id}, message {message.id}, outside the usual rules"
        record(coach.sessions, who, Deed.WROTE, now=now, patients=[patient_id], detail=detail)
    return see(f"/patients/{patient_id}", "written" if message.due_at <= now else "waiting")


@router.post("/{message_id}/take-back")
def unwrite(
    patient_id: Id, message_id: Id, coach: CoachDep, who: Annotated[Who, Depends(does(Deed.TOOK_BACK, Right.CARE))]
) -> Response:
    """The text that waits does not leave."""
    take_back(coach.sessions, patient_id, message_id, by=who.name, now=coach.now())
    return see(f"/patients/{patient_id}", "taken-back")


@router.post("/check")
def check(
    patient_id: Id,
    request: Request,
    coach: CoachDep,
    fields: Fields,
    _who: Annotated[Who, Depends(needs(Right.CARE))],
) -> HTMLResponse:
    """What the text would cost and whether it may leave: the page, or for its script just that line."""
    if not is_poll(request):
        return _again(request, coach, patient_id, fields, "")
    verdict = check_text(coach.sessions, coach.editions, patient_id, fields.get("text", ""), now=coach.now())
    return page(request, coach, "text_verdict.html", {"verdict": verdict})


def _again(request: Request, coach: Coach, patient_id: int, fields: dict[str, str], error: str) -> HTMLResponse:
    verdict = check_text(coach.sessions, coach.editions, patient_id, fields.get("text", ""), now=coach.now())
    return show_conversation(request, coach, patient_id, error=error, typed=fields, verdict=verdict)
