"""Gathers what the last look looks at. Called under the patient's lock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.delivery import ARRIVED, ASKS, Purpose
from coach.domain.last_look import Burden, Look
from coach.domain.program import Hours, Limits
from coach.services.editions import Edition, Editions
from coach.storage import enrollments, ledger, messages, patients, questions, replies
from coach.storage.questions import NUMERIC
from coach.storage.tables import Enrollment, Message, Patient, Question, Reply
from coach.storage.tables.enrollment import EnrollmentState
from coach.storage.tables.patient import SpellKind
from coach.storage.tables.question import QuestionState

HOURS_WITHOUT_PROGRAM = Hours(start=time(9), end=time(20))
BURDEN_WITHOUT_PROGRAM = Burden(per_day=2, per_week=10, minutes_between=60)
ANSWERS = frozenset({Purpose.KEYWORD, Purpose.RE_ASK, Purpose.SAFETY})  # a check-in's next item is a new question
LOOK_BACK = timedelta(days=9)  # seven local days reach back eight and some hours at most


def gather(
    session: Session, editions: Editions, message: Message, patient: Patient, *, asks_number: bool, now: datetime
) -> Look:
    """The look at one message of `patient` at `now`."""
    assert patient.id is not None
    enrollment = None if message.enrollment_id is None else session.get_one(Enrollment, message.enrollment_id)
    programs = [editions.get(session, row.program_id) for row in enrollments.active_of(session, patient.id)]
    own = None if enrollment is None else editions.get(session, enrollment.program_id)
    question = None if message.question_id is None else session.get_one(Question, message.question_id)
    spells = patients.spells_at(session, patient.id, now)
    return Look(
        now=now,
        purpose=message.purpose,
        send_by=message.send_by,
        zone=ZoneInfo(patient.zone),
        hours=HOURS_WITHOUT_PROGRAM if own is None else own.program.hours,
        consent=ledger.standing(session, patient.phone),
        burden=strictest([edition.program.limits for edition in programs]),
        left=messages.left_since(session, patient.id, now - LOOK_BACK),
        held=SpellKind.HOLD in spells,
        paused=SpellKind.PAUSE in spells,
        ended=enrollment is not None and enrollment.state is EnrollmentState.ENDED,
        answers_text_at=_answered_text(session, message),
        question_answered=question is not None and question.state is QuestionState.ANSWERED,
        question_closed=question is not None and question.state is QuestionState.CLOSED,
        question_arrived=question is None or _arrived(session, message, question),
        unread=replies.has_unread(session, patient.phone),
        numeric=asks_number,
        numeric_open=asks_number and questions.number_open(session, patient.id, but=message.question_id),
    )


def strictest(limits: list[Limits]) -> Burden:
    """The strictest of each limit, over all programs of a person."""
    if not limits:
        return BURDEN_WITHOUT_PROGRAM
    return Burden(
        per_day=min(limit.per_day for limit in limits),
        per_week=min(limit.per_week for limit in limits),
        minutes_between=max(limit.minutes_between for limit in limits),
    )


def asks_number(edition: Edition | None, message: Message) -> bool:
    """Whether the message opens a question for a number."""
    if edition is None or message.purpose not in ASKS:
        return False
    answer = edition.program.answer_of(message.name, message.item)
    return answer is not None and answer.kind in NUMERIC


def _answered_text(session: Session, message: Message) -> datetime | None:
    if message.reply_id is None or message.purpose not in ANSWERS:
        return None
    return session.get_one(Reply, message.reply_id).received_at


def _arrived(session: Session, message: Message, question: Question) -> bool:
    if message.purpose is not Purpose.REMINDER:
        return True
    assert question.id is not None
    return any(asking.state in ARRIVED for asking in messages.askings(session, question.id))
