"""Erases a person: every row about them goes; what stays is a mark of their number that nobody can read back."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, literal, or_, select
from sqlmodel import Session, SQLModel, col

from coach.domain.delivery import MessageState
from coach.domain.errors import CoachError
from coach.storage import cases, patients
from coach.storage.database import Sessions
from coach.storage.insert import insert_new
from coach.storage.tables import (
    Alert,
    Answer,
    Attempt,
    Case,
    CaseEntry,
    ConsentEntry,
    DoNotText,
    Enrollment,
    Message,
    MessageEvent,
    Page,
    Patient,
    Question,
    Receipt,
    Reply,
    Spell,
    Tally,
)

IN_THE_AIR = (MessageState.SENDING, MessageState.UNKNOWN)
LONGEST_WHY = 300  # letters
AT_ONCE = 500  # rows a statement


class EraseError(CoachError):
    """Nobody is erased."""


@dataclass(frozen=True)
class Erased:
    """How many rows of each table are gone."""

    rows: dict[str, int]


def erase(sessions: Sessions, patient_id: int, *, key: bytes, by: str, why: str, now: datetime) -> Erased:
    """Nothing of the person is left but the audit's ids and a keyed hash of their number, which is texted no more.

    Raises:
        EraseError: no such patient, no `key`, no reason, a case of danger that is not closed, or a text in the air.
    """
    said = why.strip()
    if not key:
        raise EraseError("set COACH_SECRET_KEY first: with it the number is kept as a mark that nobody can read back")
    if not said or len(said) > LONGEST_WHY:
        raise EraseError(f"say why, in 1 to {LONGEST_WHY} letters, without the person's name")
    with sessions.write() as session:
        if session.get(Patient, patient_id) is None:
            raise EraseError(f"there is no patient {patient_id}")
        patient = patients.lock(session, patient_id)
        _refuse(session, patient)
        rows, number, is_free = _rows(session, patient), patient.phone, not _has_another(session, patient)
        session.expunge_all()
        gone = {str(table.__tablename__): _delete(session, table, ids) for table, ids in rows}
        if is_free:
            mark = {"phone_hash": hash_of(number, key), "at": now, "why": f"erased by {by}: {said}"}
            insert_new(session, DoNotText, [mark])
        return Erased({name: count for name, count in gone.items() if count})


def hash_of(phone: str, key: bytes) -> str:
    """What do_not_text keeps of a number: HMAC-SHA256 under the clinic's key, in hexadecimal."""
    return hmac.new(key, phone.encode(), hashlib.sha256).hexdigest()


def is_barred(session: Session, phone: str, key: bytes) -> bool:
    """Whether the number is that of somebody who was erased."""
    if not key:
        return False
    found = select(col(DoNotText.id)).where(col(DoNotText.phone_hash) == hash_of(phone, key))
    return session.execute(found).first() is not None


def unbar(session: Session, phone: str, key: bytes) -> None:
    """The number may be added again: its owner asked for it."""
    session.execute(delete(DoNotText).where(col(DoNotText.phone_hash) == hash_of(phone, key)))


def _refuse(session: Session, patient: Patient) -> None:
    assert patient.id is not None
    if danger := cases.dangers_of(session, patient.id):
        raise EraseError(f"case {danger[0].id} of this person is about danger, and is not closed: close it first")
    flying = select(col(Message.id)).where(col(Message.patient_id) == patient.id, col(Message.state).in_(IN_THE_AIR))
    if session.execute(flying).first():
        raise EraseError("a text to this person is on its way just now; try again in half an hour")


def _rows(session: Session, patient: Patient) -> list[tuple[type[SQLModel], Sequence[int]]]:
    """Every row of the person, those that refer to others first; what their number wrote as a stranger's is theirs."""
    who, alone = patient.id, not _has_another(session, patient)

    def theirs(table: Any) -> ColumnElement[bool]:  # noqa: ANN401 (a table with both columns)
        as_a_stranger = and_(col(table.patient_id).is_(None), col(table.phone) == patient.phone, literal(alone))
        return or_(col(table.patient_id) == who, as_a_stranger)

    found = _ids(session, Case, theirs(Case))
    pages = _ids(session, Page, col(Page.case_id).in_(found))
    replies = _ids(session, Reply, theirs(Reply))
    messages = _ids(session, Message, or_(theirs(Message), col(Message.case_id).in_(found), _carries(pages)))
    questions = _ids(session, Question, col(Question.patient_id) == who)
    attempts = _ids(session, Attempt, col(Attempt.message_id).in_(messages))
    enrollments = _ids(session, Enrollment, col(Enrollment.patient_id) == who)
    answers = or_(col(Answer.question_id).in_(questions), col(Answer.reply_id).in_(replies))
    return [
        (Receipt, _ids(session, Receipt, col(Receipt.attempt_id).in_(attempts))),
        (Attempt, attempts),
        (MessageEvent, _ids(session, MessageEvent, col(MessageEvent.message_id).in_(messages))),
        (Page, pages),
        (Message, messages),
        (Answer, _ids(session, Answer, answers)),
        (Question, questions),
        (CaseEntry, _ids(session, CaseEntry, col(CaseEntry.case_id).in_(found))),
        (ConsentEntry, _ids(session, ConsentEntry, theirs(ConsentEntry))),
        (Spell, _ids(session, Spell, col(Spell.patient_id) == who)),
        (Alert, _ids(session, Alert, col(Alert.enrollment_id).in_(enrollments))),
        (Case, found),
        (Reply, replies),
        (Enrollment, enrollments),
        (Tally, _ids(session, Tally, col(Tally.patient_id) == who)),
        (Patient, _ids(session, Patient, col(Patient.id) == who)),
    ]


def _carries(pages: Sequence[int]) -> ColumnElement[bool]:
    """Which texts called somebody of the team by one of these pages."""
    return col(Message.id).in_(select(col(Page.message_id)).where(col(Page.id).in_(pages)))


def _has_another(session: Session, patient: Patient) -> bool:
    """Whether the number belongs, or belonged, to another patient too."""
    query = select(col(Patient.id)).where(col(Patient.phone) == patient.phone, col(Patient.id) != patient.id)
    return session.execute(query).first() is not None


def _ids(session: Session, table: Any, condition: ColumnElement[bool]) -> list[int]:  # noqa: ANN401 (any table)
    return list(session.execute(select(col(table.id)).where(condition)).scalars())


def _delete(session: Session, table: Any, ids: Sequence[int]) -> int:  # noqa: ANN401 (likewise)
    for first in range(0, len(ids), AT_ONCE):
        session.execute(delete(table).where(col(table.id).in_(ids[first : first + AT_ONCE])))
    return len(ids)
