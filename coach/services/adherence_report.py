"""Adherence from what is stored: each enrollment's questions, read as the domain counts them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from coach.domain.adherence import Adherence, Asked, Barred, of_person
from coach.domain.consent import Consent
from coach.domain.delivery import MAY_HAVE_ARRIVED, MessageState
from coach.storage import enrollments, ledger, messages, patients, questions
from coach.storage.database import Sessions
from coach.storage.tables import Answer, ConsentEntry, Enrollment, Patient, Question, Reply, Spell
from coach.storage.tables.patient import SpellKind
from coach.storage.tables.question import QuestionState

LEFT = (MAY_HAVE_ARRIVED - {MessageState.MISSED}) | {MessageState.UNDELIVERED, MessageState.FAILED}
"""States of a text that left, arrived or not."""


@dataclass(frozen=True)
class PersonReport:
    """One enrollment's adherence."""

    patient_id: int
    patient: str
    enrollment_id: int
    program: str
    adherence: Adherence


def adherence(sessions: Sessions, *, now: datetime, patient_id: int | None = None) -> list[PersonReport]:
    """Every enrollment's adherence at `now`, or one patient's."""
    with sessions.read() as session:
        rows = enrollments.everyone(session) if patient_id is None else enrollments.of_patient(session, patient_id)
        return [_one(session, row, now) for row in rows]


def _one(session: Session, enrollment: Enrollment, now: datetime) -> PersonReport:
    patient = session.get_one(Patient, enrollment.patient_id)
    assert patient.id is not None
    assert enrollment.id is not None
    asked = asked_of(session, enrollment, patient)
    replies = session.execute(
        select(func.count()).select_from(Reply).where(col(Reply.patient_id) == patient.id)
    ).scalar_one()
    stopped = ledger.standing(session, patient.phone) in {Consent.STOPPED, Consent.WITHDRAWN}
    figures = of_person(asked, replies=replies, stopped=stopped, now=now)
    return PersonReport(patient.id, patient.name, enrollment.id, enrollment.program_name, figures)


def asked_of(session: Session, enrollment: Enrollment, patient: Patient) -> list[Asked]:
    """The enrollment's questions as adherence counts them. One that never left is none."""
    assert enrollment.id is not None
    assert patient.id is not None
    asked = [one for one in questions.of_enrollment(session, enrollment.id) if one.state is not QuestionState.CANCELLED]
    answers = questions.current_answers(session, [one.id for one in asked if one.id is not None])
    spells = patients.spells(session, patient.id)
    lines = ledger.lines(session, patient.id)
    found = []
    for one in asked:
        assert one.id is not None
        states = {message.state for message in messages.askings(session, one.id)}
        found.append(as_asked(one, answers.get(one.id), states, spells, lines))
    return found


def as_asked(
    question: Question,
    answer: Answer | None,
    states: Collection[MessageState],
    spells: Sequence[Spell],
    lines: Sequence[ConsentEntry],
) -> Asked:
    """The question as adherence counts it; `states` are those of the texts that put it first."""
    assert question.id is not None
    return Asked(
        question_id=question.id,
        nudge=question.name if question.item is None else question.item,
        kind=question.kind,
        expects=question.expects,
        day=question.local_date,
        week=question.week,
        answer_by=question.answer_by,
        asked_at=question.opened_at if any(state in LEFT for state in states) else None,
        delivered=_delivered(states),
        answered_at=None if answer is None else answer.at if answer.late else min(answer.at, question.answer_by),
        status=None if answer is None else answer.status.value,
        value=None if answer is None else answer.value if not _is_number(question) else _number(answer),
        action=question.action,
        quota=question.quota,
        barred=_barred(question, spells, lines),
        flare=any(spell.kind is SpellKind.FLARE and _in(spell, question.opened_at) for spell in spells),
    )


def _delivered(states: Collection[MessageState]) -> bool | None:
    if MessageState.DELIVERED in states:
        return True
    return None if any(state in MAY_HAVE_ARRIVED for state in states) else False


def _is_number(question: Question) -> bool:
    return question.expects in questions.NUMERIC


def _number(answer: Answer) -> int | None:
    return None if answer.value is None else int(answer.value)


def _barred(question: Question, spells: Sequence[Spell], lines: Sequence[ConsentEntry]) -> Barred | None:
    """What kept the person from answering at some time while the question was open."""
    if any(
        question.opened_at <= line.at < question.answer_by and line.state in {Consent.STOPPED, Consent.WITHDRAWN}
        for line in lines
    ):
        return Barred.STOPPED
    for kind, barred in ((SpellKind.HOLD, Barred.HELD), (SpellKind.PAUSE, Barred.PAUSED)):
        if any(spell.kind is kind and _overlaps(spell, question) for spell in spells):
            return barred
    return None


def _overlaps(spell: Spell, question: Question) -> bool:
    return spell.starts_at < question.answer_by and (spell.ends_at is None or spell.ends_at > question.opened_at)


def _in(spell: Spell, moment: datetime) -> bool:
    return spell.starts_at <= moment and (spell.ends_at is None or spell.ends_at > moment)
