"""The past of enrollments as alert rules read it: one query for each kind of fact, however many they are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.adherence import CREDIT, Asked, exclusion
from coach.domain.alerts.history import Asking, Effort, Failure, History, Measured, Outcome, Reported
from coach.domain.calendar import local_day
from coach.domain.consent import Consent
from coach.domain.delivery import MessageState
from coach.domain.measures import Measure
from coach.domain.program import SCALES, AnswerKind, NudgeKind, Program
from coach.gateway.base import RejectionKind
from coach.gateway.codes import kind_in_receipt
from coach.services.adherence_report import as_asked
from coach.services.editions import Editions
from coach.storage import alerts, ledger
from coach.storage.tables import Answer, ConsentEntry, Enrollment, Patient, Question, Spell
from coach.storage.tables.answer import AnswerStatus
from coach.storage.tables.enrollment import EnrollmentState
from coach.storage.tables.patient import PatientState

FAILURES_SINCE = timedelta(days=30)  # longer than any rule looks back for them
OUTCOMES: Mapping[object, Outcome] = {"done": "done", "partial": "partial", "not_done": "not_done"}


@dataclass(frozen=True)
class Watched:
    """One enrollment under its program's alert rules, with its past, on the patient's local date `today`."""

    enrollment: Enrollment
    patient: Patient
    program: Program
    history: History
    today: date


@dataclass(frozen=True)
class _Facts:
    """What is known of several enrollments, by enrollment, question, patient or number."""

    questions: Mapping[int, Sequence[tuple[Question, Answer | None]]]
    states: Mapping[int, Collection[MessageState]]
    failures: Mapping[int, Sequence[tuple[datetime, str | None]]]
    heard: Mapping[int, datetime]
    spells: Mapping[int, Sequence[Spell]]
    lines: Mapping[int, Sequence[ConsentEntry]]
    standings: Mapping[str, Consent]


def watched(session: Session, editions: Editions, ids: Sequence[int], *, now: datetime) -> list[Watched]:
    """These enrollments, but for those whose program has no alert rules or whose patient is withdrawn."""
    rows = alerts.these(session, ids)
    people = alerts.people(session, {row.patient_id for row in rows})
    found = []
    facts = _gather(session, ids, people, now)
    for row in rows:
        program, patient = editions.get(session, row.program_id).program, people[row.patient_id]
        if program.alerts and patient.state is PatientState.ACTIVE:
            history = _history(row, patient, program, facts, now)
            found.append(Watched(row, patient, program, history, local_day(now, ZoneInfo(patient.zone))))
    return found


def _gather(session: Session, ids: Sequence[int], people: Mapping[int, Patient], now: datetime) -> _Facts:
    return _Facts(
        questions=alerts.questions_of(session, ids),
        states=alerts.asking_states(session, ids),
        failures=alerts.failures(session, people.keys(), now - FAILURES_SINCE),
        heard=alerts.last_heard(session, people.keys()),
        spells=alerts.spells(session, people.keys()),
        lines=alerts.ledger_lines(session, people.keys()),
        standings=ledger.standings(session, {patient.phone for patient in people.values()}),
    )


def _history(row: Enrollment, patient: Patient, program: Program, facts: _Facts, now: datetime) -> History:
    assert row.id is not None
    zone = ZoneInfo(patient.zone)
    spells, lines = facts.spells.get(row.patient_id, []), facts.lines.get(row.patient_id, [])
    asked = [
        as_asked(question, answer, _states(facts, question), spells, lines)
        for question, answer in facts.questions.get(row.id, [])
    ]
    return History(
        measures=measures_of(program, facts.questions.get(row.id, [])),
        reports=tuple(
            Reported(one.day, one.value, one.quota, one.flare)
            for one in asked
            if one.expects is AnswerKind.MINUTES and one.status == "understood" and isinstance(one.value, int)
        ),
        efforts=tuple(
            Effort(one.day, OUTCOMES.get(one.value))
            for one in asked
            if one.kind is NudgeKind.EXERCISE and one.expects is AnswerKind.DONE
        ),
        askings=tuple(_asking(one) for one in asked if exclusion(one, now) is None),
        failures=tuple(
            Failure(at, local_day(at, zone))
            for at, code in facts.failures.get(row.patient_id, [])
            if kind_in_receipt(code or "") is not RejectionKind.ACCOUNT  # that is no fault of the number's
        ),
        quiet_since=_quiet_since(row, patient, facts, zone, now),
    )


def _states(facts: _Facts, question: Question) -> Collection[MessageState]:
    assert question.id is not None
    return facts.states.get(question.id, ())


def measures_of(
    program: Program, questions: Sequence[tuple[Question, Answer | None]]
) -> dict[Measure, tuple[Measured, ...]]:
    """What these questions of the program measured, each question once, answered or not."""
    found: dict[Measure, tuple[Measured, ...]] = {}
    named = {(one.name, item.name): item.measure for one in program.check_ins for item in one.items}
    for question, answer in questions:
        measure = named.get((question.name, question.item or ""))
        if measure is not None:
            measured = Measured(question.local_date, _number(question, answer))
            found[measure] = (*found.get(measure, ()), measured)
    return found


def _number(question: Question, answer: Answer | None) -> int | None:
    if answer is None or answer.value is None or question.expects not in SCALES:
        return None
    return int(answer.value) if answer.status is AnswerStatus.UNDERSTOOD else None


def _asking(one: Asked) -> Asking:
    credit = None
    if one.action and one.expects in CREDIT:
        credit = CREDIT[one.expects].get(str(one.value), 0.0)
    return Asking(one.day, one.answered_at is not None, credit, one.flare)


def _quiet_since(row: Enrollment, patient: Patient, facts: _Facts, zone: ZoneInfo, now: datetime) -> date | None:
    if row.state is not EnrollmentState.ACTIVE or facts.standings[patient.phone] is not Consent.CONFIRMED:
        return None
    who = row.patient_id
    return quiet_since(
        row.start_date, facts.spells.get(who, []), facts.lines.get(who, []), facts.heard.get(who), zone=zone, now=now
    )


def quiet_since(
    start: date,
    spells: Sequence[Spell],
    lines: Sequence[ConsentEntry],
    heard: datetime | None,
    *,
    zone: ZoneInfo,
    now: datetime,
) -> date | None:
    """The last local date on which a person was heard, or could not be expected to write. None: nor is it now."""
    if any(one.starts_at <= now and (one.ends_at is None or one.ends_at > now) for one in spells):
        return None
    moments = [one.ends_at for one in spells if one.ends_at is not None and one.ends_at <= now]
    moments += [line.at for line in lines if line.state is Consent.CONFIRMED]
    moments += [] if heard is None else [heard]
    return max([start, *(local_day(at, zone) for at in moments)])
