"""Erases a person: every row about them goes; what stays is a mark of their number that nobody can read back."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, delete, literal, or_, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col

from coach.domain.case import DANGERS, CaseState, Tier
from coach.domain.consent import Consent
from coach.domain.delivery import MessageState
from coach.domain.errors import CoachError
from coach.services.sweep import reaches_back_to
from coach.storage import ledger, messages, patients, senders
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
    Turn,
)
from coach.storage.tables.reply import ReplyState

Theirs = Mapping[type[SQLModel], Sequence[int]]  # ids by table, those that refer to others first
Stored = TypeVar("Stored", Case, Reply)
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
        EraseError: no such patient, no `key`, no reason, a case that may be about danger is not closed, a text of
            theirs is not read or may come once more, or one to them is in the air.
    """
    said = why.strip()
    if not key:
        raise EraseError("set COACH_SECRET_KEY first: with it the number is kept as a mark that nobody can read back")
    if not said or len(said) > LONGEST_WHY:
        raise EraseError(f"say why, in 1 to {LONGEST_WHY} letters, without the person's name")
    try:
        with sessions.write() as session:
            patient, heir = _locked(session, patient_id)
            mark = {"phone_hash": hash_of(patient.phone, key), "at": now, "why": f"erased by {by}: {said}"}
            return _erase(session, patient, heir, mark, now)
    except IntegrityError:
        raise EraseError(f"something new about patient {patient_id} came in just now; try again") from None


def _locked(session: Session, patient_id: int) -> tuple[Patient, Patient | None]:
    """The patient, and who else has the number now; their rows are locked."""
    patient = session.get(Patient, patient_id)
    if patient is None:
        raise EraseError(f"there is no patient {patient_id}")
    holder = patients.by_phone(session, patient.phone) or patient
    people = patients.lock_all(session, {id_ for id_ in (patient.id, holder.id) if id_ is not None})
    if patient_id not in people:
        raise EraseError(f"patient {patient_id} has just been erased")
    return people.pop(patient_id), next(iter(people.values()), None)


def _erase(session: Session, patient: Patient, heir: Patient | None, mark: Mapping[str, Any], now: datetime) -> Erased:
    number, theirs = patient.phone, _rows(session, patient, is_held=heir is not None)
    _refuse(session, theirs, now)
    has_said_stop = ledger.has_said_stop(session, number)
    session.expunge_all()
    gone = {str(table.__tablename__): _delete(session, table, ids) for table, ids in theirs.items()}
    if heir is None:
        insert_new(session, DoNotText, [mark])
    elif has_said_stop and not ledger.has_said_stop(session, number):
        ledger.add(session, heir, Consent.STOPPED, at=now, by="coach", how="the STOP of this number stands")
    return Erased({name: count for name, count in gone.items() if count})


def hash_of(phone: str, key: bytes) -> str:
    """What do_not_text keeps of a number: HMAC-SHA256 under the clinic's key, in hexadecimal."""
    return hmac.new(key, phone.encode(), hashlib.sha256).hexdigest()


def is_barred(session: Session, phone: str, key: bytes) -> bool:
    """Whether the number is that of somebody who was erased.

    Raises:
        EraseError: people were erased, and without the `key` nobody can say who.
    """
    marks = select(col(DoNotText.id)).limit(1)
    if key:
        marks = marks.where(col(DoNotText.phone_hash) == hash_of(phone, key))
    found = session.execute(marks).first() is not None
    if found and not key:
        raise EraseError(
            "people were erased here, and COACH_SECRET_KEY is not set: set it as it was, so that none of them is texted"
        )
    return found


def unbar(session: Session, phone: str, key: bytes) -> None:
    """The number may be added again: its owner asked for it."""
    session.execute(delete(DoNotText).where(col(DoNotText.phone_hash) == hash_of(phone, key)))


def _refuse(session: Session, theirs: Theirs, now: datetime) -> None:
    """Raises EraseError where somebody may be in danger, or where something could come or leave afterwards."""
    for case in _of(session, Case, theirs):
        if case.state is not CaseState.RESOLVED and (case.category in DANGERS or case.tier is Tier.NOW):
            raise EraseError(f"case {case.id} of this person is about danger, and is not closed: close it first")
    written = _of(session, Reply, theirs)
    if any(reply.state is ReplyState.UNREAD for reply in written):
        raise EraseError("a text of this person is not read yet, and may be a cry for help; try again in a minute")
    again_from = reaches_back_to(senders.heard_through(session), now)
    if any(reply.received_at >= again_from for reply in written):
        raise EraseError(
            "this person wrote just now, and the provider may bring it once more; try again in half an hour"
        )
    # Whatever has no patient has no other row to be locked by.
    if any(message.state in IN_THE_AIR for message in messages.lock_all(session, theirs[Message])):
        raise EraseError("a text to this person, or about them, is on its way just now; try again in half an hour")


def _of(session: Session, table: type[Stored], theirs: Theirs) -> Sequence[Stored]:
    return session.execute(select(table).where(col(table.id).in_(theirs[table]))).scalars().all()


def _rows(session: Session, patient: Patient, *, is_held: bool) -> Theirs:
    """Every row of the person, those that refer to others first.

    What their number wrote as a stranger's is theirs too, unless it `is_held` by somebody else now.
    """
    who = patient.id

    def theirs(table: Any) -> ColumnElement[bool]:  # noqa: ANN401 (a table with both columns)
        as_a_stranger = and_(col(table.patient_id).is_(None), col(table.phone) == patient.phone, literal(not is_held))
        return or_(col(table.patient_id) == who, as_a_stranger)

    found = _ids(session, Case, theirs(Case))
    pages = _ids(session, Page, col(Page.case_id).in_(found))
    replies = _ids(session, Reply, theirs(Reply))
    messages = _ids(session, Message, or_(theirs(Message), col(Message.case_id).in_(found), _carries(pages)))
    questions = _ids(session, Question, col(Question.patient_id) == who)
    attempts = _ids(session, Attempt, col(Attempt.message_id).in_(messages))
    enrollments = _ids(session, Enrollment, col(Enrollment.patient_id) == who)
    answers = or_(col(Answer.question_id).in_(questions), col(Answer.reply_id).in_(replies))
    return {
        Receipt: _ids(session, Receipt, col(Receipt.attempt_id).in_(attempts)),
        Attempt: attempts,
        MessageEvent: _ids(session, MessageEvent, col(MessageEvent.message_id).in_(messages)),
        Page: pages,
        Message: messages,
        Answer: _ids(session, Answer, answers),
        Question: questions,
        CaseEntry: _ids(session, CaseEntry, col(CaseEntry.case_id).in_(found)),
        ConsentEntry: _ids(session, ConsentEntry, theirs(ConsentEntry)),
        Spell: _ids(session, Spell, col(Spell.patient_id) == who),
        Turn: _ids(session, Turn, col(Turn.patient_id) == who),
        Alert: _ids(session, Alert, col(Alert.enrollment_id).in_(enrollments)),
        Case: found,
        Reply: replies,
        Enrollment: enrollments,
        Tally: _ids(session, Tally, col(Tally.patient_id) == who),
        Patient: _ids(session, Patient, col(Patient.id) == who),
    }


def _carries(pages: Sequence[int]) -> ColumnElement[bool]:
    """Which texts called somebody of the team by one of these pages."""
    return col(Message.id).in_(select(col(Page.message_id)).where(col(Page.id).in_(pages)))


def _ids(session: Session, table: Any, condition: ColumnElement[bool]) -> list[int]:  # noqa: ANN401 (any table)
    return list(session.execute(select(col(table.id)).where(condition)).scalars())


def _delete(session: Session, table: Any, ids: Sequence[int]) -> int:  # noqa: ANN401 (likewise)
    for first in range(0, len(ids), AT_ONCE):
        session.execute(delete(table).where(col(table.id).in_(ids[first : first + AT_ONCE])))
    return len(ids)
