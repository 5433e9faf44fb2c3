"""Today: what a nurse looks at first, and can act on in one click."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from coach.domain.case_words import ABOUT, HOW_SOON, TO_DO
from coach.domain.rights import Right
from coach.services.audit import Deed, record
from coach.services.case_cards import open_cards
from coach.services.notes import mark_seen, patient_of_note, waiting_notes
from coach.services.sign_in import Who
from coach.services.today import doing_well, not_arrived, quiet_people
from coach.web.access import needs, ours, record_look
from coach.web.deps import CoachDep, Id
from coach.web.forms import see
from coach.web.rendering import page

router = APIRouter(dependencies=[Depends(ours)])
NOTES, PEOPLE = 20, 8  # at most, of each list


@router.get("/")
def today(request: Request, coach: CoachDep, who: Annotated[Who, Depends(needs(Right.LOOK))]) -> HTMLResponse:
    """The page. The audit says whom it showed."""
    now, sessions = coach.now(), coach.sessions
    cards, notes = open_cards(sessions, now=now), waiting_notes(sessions, limit=NOTES)
    quiet = quiet_people(sessions, now=now, limit=PEOPLE)
    lost = not_arrived(sessions, now=now, limit=PEOPLE)
    well = doing_well(sessions, now=now, limit=PEOPLE)
    shown = [one.line.patient_id for one in cards.cards] + [one.patient_id for one in notes.notes]
    shown += [one.patient_id for part in (quiet, lost, well) for one in part.people]
    record_look(request, coach, who, Deed.LOOKED_AT_TODAY, shown)
    line = coach.clinic.line(now)
    on_duty = [one for one in line if one.is_on_duty(now.astimezone(coach.clinic.zone))]
    facts = {"cases": cards, "notes": notes, "quiet": quiet, "lost": lost, "well": well}
    words = {"about": ABOUT, "to_do": TO_DO, "how_soon": HOW_SOON}
    return page(request, coach, "today.html", facts | words | {"on_duty": on_duty, "rota": line})


@router.post("/notes/{note_id}/seen")
def note_seen(note_id: Id, coach: CoachDep, who: Annotated[Who, Depends(needs(Right.CARE))]) -> Response:
    """The note has been read by whoever pressed the button."""
    patient_id = patient_of_note(coach.sessions, note_id)
    about = [] if patient_id is None else [patient_id]
    record(coach.sessions, who, Deed.READ_NOTE, now=coach.now(), patients=about, detail=f"note {note_id}")
    mark_seen(coach.sessions, note_id, by=who.name, now=coach.now())
    return see("/", "seen")
