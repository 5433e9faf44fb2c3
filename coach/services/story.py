"""The story of somebody's last seven days, from their own record alone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.calendar import local_day
from coach.domain.story import Said, tell
from coach.storage import questions
from coach.storage.tables import Patient
from coach.storage.tables.answer import AnswerStatus

LOOK_BACK = timedelta(days=20)  # of asking: what was asked two weeks ago may have been answered since


def story_of(session: Session, patient: Patient, *, now: datetime) -> dict[str, object]:
    """What the text `progress` may name, of the patient's last seven local days, today among them."""
    zone = ZoneInfo(patient.zone)
    assert patient.id is not None
    asked = questions.asked_since(session, patient.id, now - LOOK_BACK)
    answers = questions.current_answers(session, [one.id for one in asked if one.id is not None])
    said = [
        Said(question.kind, question.expects, answer.value, local_day(answer.at, zone))
        for question in asked
        if (answer := answers.get(question.id or 0)) is not None and answer.status is AnswerStatus.UNDERSTOOD
    ]
    return tell(said, local_day(now, zone))
