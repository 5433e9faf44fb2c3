"""What Today shows beside cases: who has gone quiet, what did not arrive, and who does well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, literal_column, select
from sqlmodel import Session, col

from coach.domain.case import CaseCategory, CaseState
from coach.domain.delivery import MessageState, Purpose
from coach.domain.reasons import STATES, in_words
from coach.domain.tally import Trend
from coach.gateway.codes import kind_in_receipt
from coach.gateway.rejection import RejectionKind
from coach.services.quiet import NAME as FRIENDLY
from coach.services.roster_page import rows
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Case, Message, Patient, Tally
from coach.storage.tables.patient import PatientState

QUIET_AFTER = timedelta(days=7)
LOST_SINCE = timedelta(days=3)
MOST = 99  # people that are counted
_DOES_WELL: Any = literal_column("tally.does_well")  # as its index has it
_IS_LOST: Any = literal_column("message.state IN ('undelivered', 'failed', 'missed', 'expired')")  # as its index has it
NOTHING_TO_DO = "Nothing to do: the next text goes as planned."
TO_DO: Mapping[MessageState, str] = {
    MessageState.MISSED: NOTHING_TO_DO,
    MessageState.EXPIRED: NOTHING_TO_DO,
}
BY_KIND: Mapping[RejectionKind, str] = {
    RejectionKind.BAD_NUMBER: "Ask them for a number that takes texts.",
    RejectionKind.OPTED_OUT: "They have told their carrier STOP; only their own START opens it again.",
    RejectionKind.ACCOUNT: "Whoever keeps coach up must look at the provider's account.",
    RejectionKind.BAD_MESSAGE: "Whoever writes the program should look at this text.",
}
ELSE = "If it happens again, call them, and ask whether their phone is on and takes texts."


@dataclass(frozen=True)
class Somebody:
    """One person, what there is to say of them, and what to do, if anything."""

    patient_id: int
    name: str
    words: str
    to_do: str = ""


@dataclass(frozen=True)
class People:
    """Some people, of `total`; more than MOST are not counted."""

    people: Sequence[Somebody]
    total: int


def quiet_people(sessions: Sessions, *, now: datetime, limit: int) -> People:
    """Who has not been heard for a week though they could have been, the longest first."""
    quiet = (
        select(Patient, Tally)
        .join(Tally, col(Tally.patient_id) == Patient.id)
        .where(col(Tally.quiet_since) <= (now - QUIET_AFTER).date(), col(Patient.state) == PatientState.ACTIVE)
    )
    with sessions.read() as session:
        total = _count(session, quiet.with_only_columns(col(Patient.id)))
        found = session.execute(quiet.order_by(col(Tally.quiet_since), col(Patient.id)).limit(limit)).all()
        done = _done_about_silence(session, [patient.id for patient, _ in found if patient.id is not None])
    people = []
    for patient, tally in found:
        days = (now.date() - tally.quiet_since).days
        people.append(Somebody(patient.id, patient.name, f"nothing heard for {days} days{done.get(patient.id, '')}"))
    return People(people, total)


def _count(session: Session, query: Select[Any]) -> int:
    """How many there are, up to one more than MOST: nobody reads on, and it takes no longer in a large clinic."""
    count: int = session.execute(select(func.count()).select_from(query.limit(MOST + 1).subquery())).scalar_one()
    return count


def _done_about_silence(session: Session, ids: Sequence[int]) -> dict[int, str]:
    wrote = select(col(Message.patient_id)).where(
        col(Message.patient_id).in_(ids),
        col(Message.purpose) == Purpose.STAFF,
        col(Message.name) == FRIENDLY,
        col(Message.left_at).is_not(None),
    )
    cases = select(col(Case.patient_id)).where(
        col(Case.patient_id).in_(ids),
        col(Case.category) == CaseCategory.SILENCE,
        col(Case.state) != CaseState.RESOLVED,
    )
    said = {id_: "; a friendly text went out" for id_ in session.execute(wrote).scalars() if id_ is not None}
    return said | {id_: "; a case is open" for id_ in session.execute(cases).scalars() if id_ is not None}


def not_arrived(sessions: Sessions, *, now: datetime, limit: int) -> People:
    """Whose texts of the last three days did not arrive or leave, the newest first, with what to do about it."""
    query = (
        select(Message, Patient)
        .join(Patient, col(Patient.id) == Message.patient_id)
        .where(_IS_LOST, col(Message.due_at) > now - LOST_SINCE, col(Patient.state) == PatientState.ACTIVE)
        .where(col(Message.purpose) != Purpose.REMINDER)  # whose question is what matters
        .order_by(col(Message.due_at).desc(), col(Message.id).desc())
    )
    with sessions.read() as session:
        lost: dict[int, list[tuple[Message, Patient]]] = {}
        for message, patient in session.execute(query):
            lost.setdefault(patient.id, []).append((message, patient))
        shown = list(lost.values())[:limit]
        return People([_lost(session, texts) for texts in shown], len(lost))


def _lost(session: Session, texts: Sequence[tuple[Message, Patient]]) -> Somebody:
    message, patient = texts[0]
    code = session.execute(
        select(col(Attempt.error_code))
        .where(col(Attempt.message_id) == message.id)
        .order_by(col(Attempt.id).desc())
        .limit(1)
    ).scalar_one_or_none()
    reason = in_words(message.reason) or STATES[message.state]
    words = reason if len(texts) == 1 else f"{len(texts)} texts; the newest: {reason}"
    assert patient.id is not None
    return Somebody(patient.id, patient.name, words, _to_do(message, code))


def _to_do(message: Message, code: str | None) -> str:
    if message.state in TO_DO:
        return TO_DO[message.state]
    return BY_KIND.get(kind_in_receipt(code or ""), ELSE)


def doing_well(sessions: Sessions, *, now: datetime, limit: int) -> People:
    """Who answers more than in their own weeks before, or has answered all of them; the most first."""
    well = (
        select(col(Tally.patient_id))
        .join(Patient, col(Patient.id) == Tally.patient_id)
        .where(_DOES_WELL, col(Patient.state) == PatientState.ACTIVE)
    )
    with sessions.read() as session:
        total = _count(session, well)
        most = well.order_by(col(Tally.share).desc(), col(Tally.patient_id)).limit(limit)
        found = rows(session, list(session.execute(most).scalars()), now)
    return People(
        [Somebody(row.id, row.name, _well(row.answered, row.eligible, row.trend, row.trend_words)) for row in found],
        total,
    )


def _well(answered: int, eligible: int, trend: Trend, words: str) -> str:
    if trend is Trend.UP:
        return words
    return f"answered all {eligible} questions of the last four weeks" if answered == eligible else words
