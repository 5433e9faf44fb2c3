"""One line after an answer, within a minute: the program's own follow-up, or a kind line; at most one a question."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.content.templates import TextError
from coach.domain.calendar import local_day
from coach.domain.delivery import Purpose
from coach.domain.feedback import Told, line_about
from coach.domain.measures import Measure
from coach.domain.program import AnswerKind, Program
from coach.services.editions import Edition, Editions
from coach.services.follow_up import follow_up_to
from coach.services.respond import answer_with
from coach.storage import messages, patients, questions
from coach.storage.tables import Enrollment, Patient, Question, Reply
from coach.storage.tables.patient import SpellKind

log = logging.getLogger(__name__)

WITHIN = timedelta(minutes=10)  # of their text: later, a line about it would puzzle
WEEK = timedelta(days=7)
LOOK_BACK = timedelta(days=10)  # of asking: an answer may come two days late


def reflect(
    session: Session, editions: Editions, question: Question, value: str, reply: Reply, patient: Patient, now: datetime
) -> None:
    """The line about the answer `value` to `question` is planned, unless the question has had one.

    The program's own follow-up to that answer comes first, while it has words that the person has not had. Either is
    the first to give way where the week's limit is near.
    """
    assert question.id is not None
    edition = editions.get(session, session.get_one(Enrollment, question.enrollment_id).program_id)
    if messages.of_question(session, question.id, Purpose.FOLLOW_UP):
        return
    follow_up = follow_up_to(session, edition, question, value, patient)
    if follow_up is not None:
        _plan(session, question, reply, patient, now, name="follow_up", variant=follow_up)
    elif edition.program.feedback:
        key, text = _kind_line(session, edition, question, value, patient, now)
        if text is not None:
            _plan(session, question, reply, patient, now, name="feedback", variant=key, text=text)


def _plan(session: Session, question: Question, reply: Reply, patient: Patient, now: datetime, **words: str) -> None:
    answer_with(
        session,
        patient,
        reply,
        purpose=Purpose.FOLLOW_UP,
        now=now,
        send_by=reply.received_at + WITHIN,
        enrollment_id=question.enrollment_id,
        question_id=question.id,
        **words,
    )


def _kind_line(
    session: Session, edition: Edition, question: Question, value: str, patient: Patient, now: datetime
) -> tuple[str, str | None]:
    """The line's key and its words; no words where they cannot be put together."""
    assert patient.id is not None
    line = line_about(_told(session, edition.program, question, value, patient, now))
    key = line.text(messages.recent_variants(session, patient.id, Purpose.FOLLOW_UP))
    try:
        return key, edition.texts.render(key, patient.language, line.facts)
    except TextError as error:
        log.warning("an answer gets no line: %s", error)
        return key, None


def _told(session: Session, program: Program, question: Question, value: str, patient: Patient, now: datetime) -> Told:
    assert patient.id is not None
    check_in = program.check_in(question.name)
    about, said, measure = question, value, None
    if check_in is not None:  # the line is about the whole of it: pain, where it was asked, may be less
        pain = next((one.name for one in check_in.items if one.measure is Measure.PAIN), None)
        found = questions.of_day(session, question, pain) if pain else None
        if found is not None:
            about, said, measure = found[0], found[1], Measure.PAIN
    return Told(
        expects=question.expects,
        value=said,
        quota=question.quota,
        before=_before(session, about),
        times=_times(session, patient, now) if question.expects is AnswerKind.DONE else 0,
        check_in=check_in is not None,
        measure=measure,
        in_flare=SpellKind.FLARE in patients.spells_at(session, patient.id, now),
    )


def _before(session: Session, question: Question) -> int | None:
    """The value of their last answer to the same question before this one."""
    if question.expects not in questions.NUMERIC:
        return None
    value = questions.last_value(session, question)
    return None if value is None else int(value)


def _times(session: Session, patient: Patient, now: datetime) -> int:
    """How often they said done in their last seven local days."""
    assert patient.id is not None
    zone = ZoneInfo(patient.zone)
    today = local_day(now, zone)
    asked = questions.asked_since(session, patient.id, now - LOOK_BACK)
    answers = questions.current_answers(session, [one.id for one in asked if one.expects is AnswerKind.DONE and one.id])
    return sum(one.value == "done" and today - WEEK < local_day(one.at, zone) for one in answers.values())
