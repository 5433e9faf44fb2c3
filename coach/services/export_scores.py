"""The scores of instruments as rows for a spreadsheet or a study: one a check-in, incomplete ones included."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain.measures import INSTRUMENTS, Measure, counts
from coach.domain.program import SCALES, Program
from coach.services.editions import Editions
from coach.storage import alerts
from coach.storage.database import Sessions
from coach.storage.tables import Answer, Enrollment, Question
from coach.storage.tables.answer import AnswerStatus

COLUMNS = ("patient_id", "enrollment_id", "check_in", "local_date", "week", "instrument", "answered", "items", "score")
Asked = tuple[Question, Answer | None]
Row = dict[str, object]
BATCH = 200  # enrollments


def scores(sessions: Sessions) -> Iterator[Row]:
    """Each instrument of each check-in that asked any of it; without a score where not all of it was answered.

    A mean is rounded to four places. `answered` are the items with a value.
    """
    editions = Editions()
    with sessions.read() as session:
        rows = list(session.execute(select(Enrollment).order_by(col(Enrollment.id))).scalars())
        for start in range(0, len(rows), BATCH):
            yield from _of_enrollments(session, editions, rows[start : start + BATCH])


def _of_enrollments(session: Session, editions: Editions, rows: Sequence[Enrollment]) -> Iterator[Row]:
    asked = alerts.questions_of(session, [row.id for row in rows if row.id is not None])
    for row in rows:
        program = editions.get(session, row.program_id).program
        for (name, day), pairs in sorted(_check_ins(asked.get(row.id or 0, [])).items(), key=lambda one: one[0][::-1]):
            for scored in _scored(program, name, pairs):
                where = {"patient_id": row.patient_id, "enrollment_id": row.id, "check_in": name}
                yield where | {"local_date": day, "week": pairs[0][0].week} | scored


def _check_ins(pairs: Sequence[Asked]) -> dict[tuple[str, date], list[Asked]]:
    found: defaultdict[tuple[str, date], list[Asked]] = defaultdict(list)
    for question, answer in pairs:
        if question.item is not None:
            found[question.name, question.local_date].append((question, answer))
    return found


def _scored(program: Program, name: str, pairs: Sequence[Asked]) -> Iterator[Row]:
    check_in = program.check_in(name)
    measures = {item.name: item.measure for item in check_in.items} if check_in else {}
    values: dict[Measure, int | None] = {}
    for question, answer in pairs:
        measure = measures.get(question.item or "")
        if measure is not None:
            values[measure] = _value(question, answer)
    for instrument in INSTRUMENTS:
        if values.keys() & set(instrument.items):
            score = instrument.score(values)
            yield {
                "instrument": instrument.name,
                "answered": sum(counts(item, values.get(item)) for item in instrument.items),
                "items": len(instrument.items),
                "score": None if score is None else round(float(score), 4),
            }


def _value(question: Question, answer: Answer | None) -> int | None:
    if answer is None or answer.value is None or answer.status is not AnswerStatus.UNDERSTOOD:
        return None
    return int(answer.value) if question.expects in SCALES else None
