"""Who turned a patient's dial, when, and to what: a line each, for the patient's page."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain.commands import Word
from coach.storage.database import Sessions
from coach.storage.tables import Patient, Reply, Turn

SHOWN = 20  # lines


def note_turn(
    session: Session, patient: Patient, word: Word, what: str, *, by: str, now: datetime, reply: Reply | None = None
) -> None:
    """One line: `what` it was turned to in the care team's words, and by whom ("patient", or one of the team)."""
    assert patient.id is not None
    reply_id = None if reply is None else reply.id
    session.add(Turn(patient_id=patient.id, at=now, by=by, word=word, what=what, reply_id=reply_id))


def turns_of(sessions: Sessions, patient_id: int) -> list[Turn]:
    """The patient's newest turns, newest first, twenty at most."""
    query = select(Turn).where(col(Turn.patient_id) == patient_id)
    with sessions.read() as session:
        return list(session.execute(query.order_by(col(Turn.at).desc(), col(Turn.id).desc()).limit(SHOWN)).scalars())
