"""The minutes that a person reported, as the goal's rule reads them."""

from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.calendar import local_day
from coach.domain.goal import Report
from coach.domain.program import AnswerKind
from coach.storage import questions
from coach.storage.tables import Enrollment, Patient
from coach.storage.tables.answer import AnswerStatus
from coach.storage.tables.question import QuestionState


def reports_of(session: Session, enrollment: Enrollment, patient: Patient) -> list[Report]:
    """Every question for minutes that the enrollment was asked, in order, answered or not."""
    assert enrollment.id is not None
    asked = [
        question
        for question in questions.of_enrollment(session, enrollment.id)
        if question.expects is AnswerKind.MINUTES and question.state is not QuestionState.CANCELLED
    ]
    answers = questions.current_answers(session, [question.id for question in asked if question.id is not None])
    zone = ZoneInfo(patient.zone)
    reports = []
    for question in asked:
        answer = answers.get(question.id or 0)
        if answer is not None and answer.status is AnswerStatus.UNDERSTOOD and answer.value is not None:
            reports.append(Report(question.local_date, question.name, int(answer.value), local_day(answer.at, zone)))
        else:
            reports.append(Report(question.local_date, question.name, None))
    return reports
