"""A patient's days: what was owed and is to come, each with why it was sent, why not, and what came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.alerts.history import shown
from coach.domain.calendar import day_bounds, local_day
from coach.domain.delivery import ASKS, PER_WEEK, MessageState, Purpose
from coach.domain.owed_words import BESIDES, meaning, nothing_owed, owed_words
from coach.domain.planner import Due, Occurrence, Withheld
from coach.domain.program import Program
from coach.domain.reasons import STATES, in_words
from coach.domain.text_words import text_name
from coach.services.editions import Editions
from coach.services.explain import WANTS_REASON
from coach.services.foresee import Standing, foresee, standing_of
from coach.services.plan import enrollment_facts
from coach.services.roster import NoSuchPatientError
from coach.storage import enrollments, occurrences
from coach.storage.database import Sessions
from coach.storage.tables import Answer, Enrollment, Message, Patient, Question, Reply
from coach.storage.tables.enrollment import EnrollmentState

Stage = Literal["past", "coming", "foreseen"]
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Heard:
    """One answer: when it came (in the patient's zone), their words, and what they were understood to say.

    One that does not stand was taken back by a later one.
    """

    at: datetime
    said: str
    meaning: str
    late: bool
    stands: bool


@dataclass(frozen=True)
class Line:
    """One text of a day. Times are in the patient's zone; `message_id` is what `explain` takes, none if foreseen.

    `why` says why it is sent at all, `why_not` why it did not leave, waits, or would not leave as things stand.
    """

    at: datetime
    name: str
    purpose: Purpose
    stage: Stage
    state: str
    why: str
    why_not: str = ""
    message_id: int | None = None
    left_at: datetime | None = None
    text: str | None = None
    waits: str = ""  # for its answer, or how long it waited
    heard: tuple[Heard, ...] = ()


@dataclass(frozen=True)
class Day:
    """A local day and its texts in order of time; `nothing` says why a program has none on it."""

    day: date
    lines: tuple[Line, ...]
    nothing: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Facts:
    """All that the lines of some days are made of."""

    patient: Patient
    programs: Mapping[int, tuple[Enrollment, Program]]
    standing: Standing
    births: Mapping[int, str]
    asked: Mapping[int, Question]
    heard: Mapping[int, Sequence[tuple[Answer, Reply]]]
    replies: Mapping[int, Reply]
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.patient.zone)


def calendar(
    sessions: Sessions, editions: Editions, patient_id: int, *, first: date, days: int, now: datetime
) -> list[Day]:
    """`days` local days of the patient from `first`: what was, what is planned, and beyond it what is foreseen.

    Raises:
        NoSuchPatientError: there is no such patient.
    """
    with sessions.read() as session:
        patient = session.get(Patient, patient_id)
        if patient is None:
            raise NoSuchPatientError(f"there is no patient {patient_id}; `coach patient list` shows them")
        return days_of(session, editions, patient, first=first, days=days, now=now)


def days_of(
    session: Session, editions: Editions, patient: Patient, *, first: date, days: int, now: datetime
) -> list[Day]:
    """The same, as it stands in a transaction that is open already."""
    zone = ZoneInfo(patient.zone)
    start, end = day_bounds(first, zone)[0], day_bounds(first + (days - 1) * _DAY, zone)[1]
    owed = occurrences.due_between(session, patient.id or 0, start, end)
    facts = _facts(session, editions, patient, owed, now)
    settled = {key for one in owed if one.state is not MessageState.CANCELLED and (key := _key(one))}
    foreseen = list(foresee(session, editions, patient, first=first, days=days, settled=settled, now=now))
    planned_anew = {(one.decided.occurrence.name, one.decided.occurrence.day) for one in foreseen}
    lines = [_line(one, facts) for one in owed if not _is_replaced(one, settled, planned_anew)]
    lines += [_foreseen(one.program, one.decided, facts) for one in foreseen]
    return [_day(first + number * _DAY, lines, facts) for number in range(days)]


def _facts(session: Session, editions: Editions, patient: Patient, owed: Sequence[Message], now: datetime) -> _Facts:
    assert patient.id is not None
    questions = {one.question_id for one in owed if one.question_id is not None}
    rows = enrollments.of_patient(session, patient.id)
    return _Facts(
        patient=patient,
        programs={row.id: (row, editions.get(session, row.program_id).program) for row in rows if row.id is not None},
        standing=standing_of(session, patient),
        births=occurrences.births(session, [one.id for one in owed if one.id is not None]),
        asked=occurrences.asked(session, questions),
        heard=occurrences.heard(session, questions),
        replies=occurrences.answered_texts(session, {one.reply_id for one in owed if one.reply_id is not None}),
        now=now,
    )


def _key(message: Message) -> tuple[int, Occurrence] | None:
    """Which occurrence of which enrollment it is; none for texts that no program owes by the day."""
    if message.enrollment_id is None or message.local_date is None or message.occurrence is None:
        return None
    return message.enrollment_id, Occurrence(message.name, message.local_date, message.occurrence)


def _is_replaced(message: Message, settled: set[tuple[int, Occurrence]], planned_anew: set[tuple[str, date]]) -> bool:
    """Whether an edit cancelled it and the same occurrence stands again, or will as soon as the day is planned."""
    key = _key(message)
    if key is None or message.state is not MessageState.CANCELLED:
        return False
    return key in settled or (message.name, key[1].day) in planned_anew


def _line(message: Message, facts: _Facts) -> Line:
    planned = message.state is MessageState.PLANNED
    why_not = in_words(message.reason) if message.state in WANTS_REASON else ""
    if planned and not why_not and message.purpose in PER_WEEK:
        why_not = in_words(facts.standing.in_the_way(max(message.due_at, facts.now)))
    line = Line(
        at=message.due_at.astimezone(facts.zone),
        name=text_name(message.name, message.item, message.purpose),
        purpose=message.purpose,
        stage="coming" if planned or message.due_at > facts.now else "past",
        state=STATES[message.state],
        why=_why(message, facts),
        why_not=why_not,
        message_id=message.id,
    )
    if message.left_at is None:
        return line
    return _with_answers(
        replace(line, left_at=message.left_at.astimezone(facts.zone), text=message.text), message, facts
    )


def _why(message: Message, facts: _Facts) -> str:
    """Why the text is owed: the program's rule, the text of theirs that it answers, or what its first event says."""
    if message.written_by:
        return f"written by {message.written_by}"
    reply = facts.replies.get(message.reply_id or 0)
    if message.purpose in BESIDES:
        at = "" if reply is None else f" (of {_moment(reply.received_at, message.due_at, facts.zone)})"
        return f"{BESIDES[message.purpose]}{at}"
    whose = facts.programs.get(message.enrollment_id or 0)
    owed = "" if whose is None else owed_words(whose[1], message.name, facts.patient.slot_times())
    return owed or facts.births.get(message.id or 0, "")


def _moment(moment: datetime, beside: datetime, zone: ZoneInfo) -> str:
    """The time in the patient's zone, with its date where it is another day than `beside`."""
    day, at = local_day(moment, zone), moment.astimezone(zone)
    return f"{at:%H:%M}" if day == local_day(beside, zone) else f"{at:%H:%M} on {shown(day)}"


def _with_answers(line: Line, message: Message, facts: _Facts) -> Line:
    question = facts.asked.get(message.question_id or 0)
    if question is None or message.purpose not in ASKS:
        return line
    heard = tuple(
        _heard(question, answer, reply, facts.zone) for answer, reply in facts.heard.get(question.id or 0, [])
    )
    until = _moment(question.answer_by, message.due_at, facts.zone)
    waits = f"waits for an answer until {until}" if facts.now < question.answer_by else f"no answer came by {until}"
    return replace(line, heard=heard, waits="" if heard else waits)


def _heard(question: Question, answer: Answer, reply: Reply, zone: ZoneInfo) -> Heard:
    return Heard(
        at=answer.at.astimezone(zone),
        said=reply.body,
        meaning=meaning(question.expects, answer.status.value, answer.value),
        late=answer.late,
        stands=answer.superseded_at is None,
    )


def _foreseen(program: Program, one: Due | Withheld, facts: _Facts) -> Line:
    check_in = program.check_in(one.occurrence.name)
    purpose = Purpose.NUDGE if check_in is None else Purpose.CHECK_IN
    held_back = one.reason if isinstance(one, Withheld) else facts.standing.in_the_way(one.at)
    return Line(
        at=one.at.astimezone(facts.zone),
        name=text_name(one.occurrence.name, None if check_in is None else check_in.items[0].name, purpose),
        purpose=purpose,
        stage="foreseen",
        state="foreseen" if held_back is None else "would be withheld",
        why=owed_words(program, one.occurrence.name, facts.patient.slot_times()),
        why_not=in_words(held_back),
    )


def _day(day: date, lines: Sequence[Line], facts: _Facts) -> Day:
    of_day = tuple(sorted((one for one in lines if one.at.date() == day), key=lambda one: one.at))
    if any(one.purpose in ASKS for one in of_day):
        return Day(day, of_day)
    nothing = tuple(
        nothing_owed(
            program,
            enrollment_facts(row, facts.patient, program, facts.standing.spells),
            day,
            ended=row.state is EnrollmentState.ENDED,
        )
        for row, program in facts.programs.values()
    )
    return Day(day, of_day, nothing or ("they are in no program",))
