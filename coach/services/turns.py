"""Who turned a patient's dial, when, and to what: a line each, for the patient's page."""

from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain.commands import Word
from coach.storage.database import Sessions
from coach.storage.tables import Patient, Reply, Turn

SHOWN = 20  # lines
Version = Literal["VERSION"]
VERSION: Version = "VERSION"  # the word for a move to another version of a program: only the team turns it


def note_turn(
    session: Session,
    patient: Patient,
    word: Word | Version,
    what: str,
    *,
    by: str,
    now: datetime,
    reply: Reply | None = None,
) -> None:
    """One line: `what` it was turned to in the care team's words, and by whom ("patient", or one of the team)."""
    assert patient.id is not None
    reply_id = None if reply is None else reply.id
    session.add(Turn(patient_id=patient.id, at=now, by=by, word=word, what=what, reply_id=reply_id))


def moves_of(session: Session, patient_id: int, program: str, since: datetime) -> list[Turn]:
    """The patient's moves to other versions of that program since `since` (UTC), oldest first."""
    query = select(Turn).where(
        col(Turn.patient_id) == patient_id,
        col(Turn.word) == VERSION,
        col(Turn.at) >= since,
        col(Turn.what).startswith(f"{program}: ", autoescape=True),
    )
    return list(session.execute(query.order_by(col(Turn.at), col(Turn.id))).scalars())


def turns_of(sessions: Sessions, patient_id: int) -> list[Turn]:
    """The patient's newest turns, newest first, twenty at most."""
    query = select(Turn).where(col(Turn.patient_id) == patient_id)
    with sessions.read() as session:
        return list(session.execute(query.order_by(col(Turn.at).desc(), col(Turn.id).desc()).limit(SHOWN)).scalars())
