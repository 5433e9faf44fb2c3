"""Puts what was understood beside its question: answered, asked once more, or let go; and the check-in goes on."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from coach.domain.delivery import MessageState, Purpose
from coach.domain.inbound import Answered, Reading
from coach.domain.planner import NEXT_ITEM_WITHIN
from coach.domain.program import AnswerKind
from coach.services.editions import Editions
from coach.services.feedback import reflect
from coach.services.plan import week_of
from coach.services.respond import answer_with
from coach.storage import messages, questions
from coach.storage.tables import Answer, Enrollment, Message, Patient, Question, Reply
from coach.storage.tables.answer import AnswerStatus
from coach.storage.tables.question import QuestionState

GIVEN = frozenset({AnswerStatus.UNDERSTOOD, AnswerStatus.SKIP})


def take_answers(
    session: Session, editions: Editions, reading: Reading, reply: Reply, patient: Patient, *, now: datetime
) -> bool:
    """Every answer of the reading is beside its question. False where the text turned out to be a note for the team."""
    taken = [_take(session, editions, one, reply, patient, now) for one in reading.answers]
    if reading.safety is None and reading.consent is None:
        _reflect(session, editions, reading, reply, patient, now)
    return any(taken)


def _reflect(
    session: Session, editions: Editions, reading: Reading, reply: Reply, patient: Patient, now: datetime
) -> None:
    """One kind line about the first answer that was understood, unless the check-in goes on with its next question."""
    given = next((one for one in reading.answers if one.status == "understood" and one.value is not None), None)
    assert patient.id is not None
    goes_on = messages.planned(session, patient.id, col(Message.reply_id) == reply.id)
    if given is not None and not goes_on:
        question = session.get_one(Question, given.question_id)
        reflect(session, editions, question, str(given.value), reply, patient, now)


def _take(session: Session, editions: Editions, one: Answered, reply: Reply, patient: Patient, now: datetime) -> bool:
    question = session.get_one(Question, one.question_id)
    given = AnswerStatus(one.status) in GIVEN
    late_words = question.expects is AnswerKind.TEXT and question.state is not QuestionState.OPEN
    if not given and question.state is not QuestionState.OPEN:
        return False  # a question that is over is not asked again: a person may read it
    _write(session, question, one, reply)
    if given:
        _close(session, question, QuestionState.ANSWERED, reply.received_at, now)
        if reply.received_at <= question.answer_by:
            _next_item(session, editions, question, reply, patient, now)
    else:
        _once_more(session, question, reply, patient, now)
    return given and not late_words  # what nobody understood, or words long after the question, a person may read


def _write(session: Session, question: Question, one: Answered, reply: Reply) -> None:
    """The answer stands; what stood before is superseded, and kept. Put right, an answer on time stays on time."""
    assert question.id is not None
    before = questions.current_answers(session, [question.id]).get(question.id)
    was_on_time = before is not None and before.status in GIVEN and not before.late
    session.execute(
        update(Answer)
        .where(col(Answer.question_id) == question.id, col(Answer.superseded_at).is_(None))
        .values(superseded_at=reply.received_at)
    )
    assert reply.id is not None
    session.add(
        Answer(
            question_id=question.id,
            reply_id=reply.id,
            status=AnswerStatus(one.status),
            value=None if one.value is None else str(one.value),
            late=reply.received_at > question.answer_by and not was_on_time,
            at=reply.received_at,
        )
    )
    session.flush()


def _close(session: Session, question: Question, state: QuestionState, at: datetime, now: datetime) -> None:
    question.state, question.closed_at = state, at
    session.add(question)
    why = "the answer is here" if state is QuestionState.ANSWERED else "asked twice, and let go"
    for message in messages.planned(session, question.patient_id, col(Message.question_id) == question.id):
        messages.move(session, message, MessageState.CANCELLED, at=now, why=why)
    for message in messages.planned(session, question.patient_id, col(Message.reason) == "other_question_open"):
        messages.wait(session, message, now, why="the other question is answered")


def _once_more(session: Session, question: Question, reply: Reply, patient: Patient, now: datetime) -> None:
    """Unclear: asked once more with the format shown, then left missing.

    A check-in does not go on past it: with the next question open, "6" at last would be put beside the wrong one. A
    clear answer in time still counts, and then it goes on.
    """
    if messages.planned(
        session, question.patient_id, col(Message.question_id) == question.id, col(Message.purpose) == Purpose.RE_ASK
    ):
        return  # the second half of one thought: the re-ask has not left yet
    if messages.was_asked_again(session, question.id):
        _close(session, question, QuestionState.CLOSED, reply.received_at, now)
        return
    for message in messages.planned(session, question.patient_id, col(Message.question_id) == question.id):
        messages.move(session, message, MessageState.CANCELLED, at=now, why="asked once more instead of reminded")
    answer_with(
        session,
        patient,
        reply,
        purpose=Purpose.RE_ASK,
        name=question.name,
        now=now,
        send_by=min(reply.received_at + NEXT_ITEM_WITHIN, question.answer_by),
        question_id=question.id,
        enrollment_id=question.enrollment_id,
        item=question.item,
    )


def _next_item(
    session: Session, editions: Editions, question: Question, reply: Reply, patient: Patient, now: datetime
) -> None:
    """The next question of a check-in, only now that this one is answered or skipped."""
    enrollment = session.get_one(Enrollment, question.enrollment_id)
    program = editions.get(session, enrollment.program_id).program
    check_in = program.check_in(question.name)
    if check_in is None:
        return
    week = week_of(session, program, enrollment, patient, question.local_date)
    asked = {item.name for item in check_in.asked(week)}
    names = [item.name for item in check_in.items]
    after = names.index(question.item) + 1 if question.item in names else len(names)
    place = next((number for number in range(after, len(names)) if names[number] in asked), None)
    if place is None or messages.has_occurrence(session, enrollment.id, question.name, question.local_date, place + 1):
        return
    answer_with(
        session,
        patient,
        reply,
        purpose=Purpose.ITEM,
        name=question.name,
        now=now,
        send_by=reply.received_at + NEXT_ITEM_WITHIN,
        enrollment_id=question.enrollment_id,
        item=names[place],
        local_date=question.local_date,
        occurrence=place + 1,
    )
