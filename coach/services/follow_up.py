"""The program's own text in return for an answer, chosen by the answer and the person's record."""

from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.calendar import local_day
from coach.domain.conditions import follow_up_for
from coach.domain.variant import choose_fresh, draw_key
from coach.services.editions import Edition
from coach.services.record import record_of
from coach.storage import messages
from coach.storage.tables import Enrollment, Patient, Question


def follow_up_to(session: Session, edition: Edition, question: Question, value: str, patient: Patient) -> str | None:
    """The path of the follow-up to the answer `value`; None where the program has none, or none that is fresh."""
    program = edition.program
    nudge = program.nudge(question.name)
    if nudge is None or not nudge.follow_ups:
        return None
    enrollment = session.get_one(Enrollment, question.enrollment_id)
    day = local_day(question.opened_at, ZoneInfo(patient.zone))
    record = record_of(session, program, enrollment, patient, day)
    chosen = follow_up_for(nudge.follow_ups, value, record)
    if chosen is None:
        return None
    assert enrollment.id is not None
    used = edition.used_up(messages.used_variants(session, [enrollment.id])[enrollment.id], enrollment.words_seen)
    key = draw_key(enrollment.seed, enrollment.id, nudge.name, str(question.local_date), 1)
    return choose_fresh(f"{program.name}/{nudge.name}/", [chosen.variants], used, "in_order", key)
