"""Notes: texts that no program takes, which a person of the care team reads; strangers' too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, literal_column, select
from sqlmodel import Session, col

from coach.domain.errors import CoachError
from coach.storage.database import Sessions
from coach.storage.tables import CaseEntry, Patient, Reply

# Written out, so that the partial index is seen to fit.
_IS_WAITING: Any = literal_column("reply.is_note AND reply.seen_at IS NULL")


class NoteError(CoachError):
    """What was asked cannot be done with that note."""


@dataclass(frozen=True)
class Note:
    """A text that waits for somebody to read it. Without a patient, `who` is the number that wrote. UTC."""

    id: int
    came_at: datetime
    patient_id: int | None
    who: str
    words: str


@dataclass(frozen=True)
class Waiting:
    """The notes that have waited longest, of `total`."""

    notes: Sequence[Note]
    total: int


def waiting_notes(sessions: Sessions, *, limit: int) -> Waiting:
    """The notes that nobody has said to have read, the newest last: the oldest `limit` of them."""
    in_a_case = exists().where(col(CaseEntry.reply_id) == Reply.id)  # whoever has the case reads it there
    waits = (_IS_WAITING, ~in_a_case)
    query = select(Reply, Patient).outerjoin(Patient, col(Patient.id) == Reply.patient_id).where(*waits)
    with sessions.read() as session:
        total: int = session.execute(select(func.count()).select_from(Reply).where(*waits)).scalar_one()
        oldest = session.execute(query.order_by(col(Reply.received_at), col(Reply.id)).limit(limit))
        return Waiting([_note(reply, patient) for reply, patient in oldest], total)


def patient_of_note(sessions: Sessions, reply_id: int) -> int | None:
    """Whose text that is; None: a stranger's, or no text of that number."""
    with sessions.read() as session:
        reply = session.get(Reply, reply_id)
        return None if reply is None else reply.patient_id


def mark_seen(sessions: Sessions, reply_id: int, *, by: str, now: datetime) -> str:
    """Who has read the note: `by`, or who said so before.

    Raises:
        NoteError: there is no such note, or `by` is nobody.
    """
    if not by.strip():
        raise NoteError('it must say who read the note: --by "Nurse Bo"')
    with sessions.write() as session:
        reply = _locked(session, reply_id)
        if reply.seen_at is None:
            reply.seen_at, reply.seen_by = now, by.strip()
            session.add(reply)
        return reply.seen_by or ""


def _locked(session: Session, reply_id: int) -> Reply:
    query = select(Reply).where(col(Reply.id) == reply_id, col(Reply.is_note)).with_for_update()
    reply: Reply | None = session.execute(query).scalar_one_or_none()
    if reply is None:
        raise NoteError(f"{reply_id} is no note; `coach reply notes` shows those that wait to be read")
    return reply


def _note(reply: Reply, patient: Patient | None) -> Note:
    assert reply.id is not None
    who = reply.phone if patient is None else patient.name
    return Note(reply.id, reply.received_at, reply.patient_id, who, reply.body)
