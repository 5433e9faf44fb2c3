"""What the care team does with a case: takes it, notes, closes it. Everything is a line in the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy import case as sql_case
from sqlmodel import Session, col

from coach.domain.case import CaseCategory, CaseState, Tier, may_move
from coach.domain.errors import CoachError
from coach.services.call_off import lock_calling_off
from coach.services.care import end_holds, holds
from coach.services.silence import end_silence
from coach.storage import cases, patients
from coach.storage.database import Sessions
from coach.storage.tables import Case, CaseEntry, Patient, Reply

LONGEST_NAME, LONGEST_NOTE = 80, 2000  # letters
TIERS = tuple(Tier)


class CaseError(CoachError):
    """It cannot be done with this case as it stands."""


class NoSuchCaseError(CaseError):
    """No case has that number."""


@dataclass(frozen=True)
class CaseLine:
    """One case of the list; times are UTC."""

    id: int
    tier: Tier
    category: CaseCategory
    state: CaseState
    opened_at: datetime
    patient_id: int | None
    who: str  # the patient's name, or the number that nobody knows; empty: the system's own
    taken_by: str | None
    is_paging: bool
    last_at: datetime
    last_line: str


@dataclass(frozen=True)
class CasePage:
    """Some cases, of `total`."""

    lines: Sequence[CaseLine]
    total: int


@dataclass(frozen=True)
class Entry:
    """A line of a case, UTC; `text` is what the person wrote, where a text came."""

    at: datetime
    by: str
    what: str
    text: str | None


@dataclass(frozen=True)
class CaseStory:
    """One case and all its lines, in order."""

    line: CaseLine
    entries: Sequence[Entry]


def list_cases(sessions: Sessions, *, with_closed: bool = False) -> list[CaseLine]:
    """The cases that somebody must act on: the gravest first, of each tier those that nobody has, the oldest.

    Closed ones, if asked, last.
    """
    with sessions.read() as session:
        return _lines(session, these(with_closed=with_closed))


def case_page(sessions: Sessions, *, page: int, size: int) -> CasePage:
    """Page `page` (from 1) of all cases, `size` of them, in the same order."""
    every = these(with_closed=True)
    with sessions.read() as session:
        total: int = session.execute(select(func.count()).select_from(every.subquery())).scalar_one()
        return CasePage(_lines(session, every.limit(size).offset((page - 1) * size)), total)


def these(*, with_closed: bool) -> Select[Case]:
    """The cases in the order in which they want somebody; closed ones, if asked, last, the newest of them first."""
    tier = sql_case({tier: number for number, tier in enumerate(TIERS)}, value=col(Case.tier))
    closed = col(Case.state) == CaseState.RESOLVED
    query = select(Case).where(col(Case.is_test).is_(False))
    taken = col(Case.state) == CaseState.ACKNOWLEDGED
    query = query.order_by(closed, col(Case.resolved_at).desc(), tier, taken, col(Case.opened_at), col(Case.id))
    return query if with_closed else query.where(~closed)


def _lines(session: Session, query: Select[Case]) -> list[CaseLine]:
    found = session.execute(query).scalars().all()
    ids = [case.id for case in found if case.id is not None]
    newest = select(func.max(col(CaseEntry.id))).where(col(CaseEntry.case_id).in_(ids)).group_by(col(CaseEntry.case_id))
    last = session.execute(select(CaseEntry).where(col(CaseEntry.id).in_(newest))).scalars()
    entries = {entry.case_id: entry for entry in last}
    whose = {case.patient_id for case in found if case.patient_id is not None}
    people = {one.id: one for one in session.execute(select(Patient).where(col(Patient.id).in_(whose))).scalars()}
    return [line_of(case, people.get(case.patient_id), entries.get(case.id or 0)) for case in found]


def case_story(sessions: Sessions, case_id: int) -> CaseStory:
    """One case with all its lines. Raises CaseError where there is none."""
    with sessions.read() as session:
        case = session.get(Case, case_id)
        if case is None:
            raise _no_such(case_id)
        found = cases.entries(session, case_id)
        patient = None if case.patient_id is None else session.get(Patient, case.patient_id)
        line = line_of(case, patient, found[-1] if found else None)
        return CaseStory(line, [_entry(session, one) for one in found])


def acknowledge(sessions: Sessions, case_id: int, *, by: str, seen: int | None = None, now: datetime) -> None:
    """`by` has the case: nobody is paged any more, until a further text comes. `seen`: the newest line they have read.

    Raises:
        CaseError: no such case, somebody has it already, it is closed, nobody is named, or a text came after `seen`.
    """
    by = _named(by)
    with sessions.write() as session:
        case = _locked(session, case_id, now)
        if case.state is CaseState.ACKNOWLEDGED and case.paging_since is None:
            raise CaseError(f"{case.acknowledged_by} has case {case_id} already; `coach case note` adds to it")
        _refuse_unread(session, case_id, seen)
        take(session, case, by=by, how="has the case", now=now)


def note(sessions: Sessions, case_id: int, words: str, *, by: str, now: datetime) -> None:
    """The case, open or closed, has one line more; raises CaseError for no such case, nobody named, or no words."""
    by, words = _named(by), _said(words)
    with sessions.write() as session:
        case = cases.lock(session, case_id)
        if case is None:
            raise _no_such(case_id)
        cases.note(session, case, words, by=by, at=now)


def resolve(
    sessions: Sessions, case_id: int, *, by: str, note: str, lift_hold: bool, seen: int | None = None, now: datetime
) -> bool:
    """Whether the person's nudges still are held now that the case is closed.

    Raises:
        CaseError: no such case, closed already, nobody named, no words, or a text came after the line `seen`; or the
            hold is to be lifted while another case of danger of the same person is not closed.
    """
    by, words = _named(by), _said(note)
    with sessions.write() as session:
        patient = _locked_patient(session, case_id)
        case = _locked(session, case_id, now)
        _refuse_unread(session, case_id, seen)
        _close(session, case, by, words, now)
        if patient is None or patient.id is None:
            return False
        if case.category is CaseCategory.SILENCE:
            end_silence(session, patient, by=by, now=now)
        if lift_hold:
            _refuse_while_in_danger(session, patient.id, case)
            if end_holds(session, patient.id, by=by, now=now):
                cases.note(session, case, "the hold is lifted: nudges may leave again", by=by, at=now)
        return bool(holds(session, patient.id, now))


def _locked(session: Session, case_id: int, now: datetime) -> Case:
    case = lock_calling_off(session, case_id, now=now)
    if case is None:
        raise _no_such(case_id)
    return case


def take(session: Session, case: Case, *, by: str, how: str, now: datetime) -> None:
    """`by` has the case, which is locked; raises CaseError where it is closed."""
    if case.state is CaseState.RESOLVED:
        raise CaseError(f"case {case.id} is closed, by {case.resolved_by}; `coach case show {case.id}` tells its story")
    case.state, case.acknowledged_at, case.acknowledged_by, case.paging_since = CaseState.ACKNOWLEDGED, now, by, None
    session.add(case)
    cases.note(session, case, how, by=by, at=now)


def _close(session: Session, case: Case, by: str, words: str, now: datetime) -> None:
    if not may_move(case.state, CaseState.RESOLVED):
        raise CaseError(f"case {case.id} is closed already, by {case.resolved_by}; `coach case note` adds to it")
    case.state, case.resolved_at, case.resolved_by, case.paging_since = CaseState.RESOLVED, now, by, None
    session.add(case)
    cases.note(session, case, f"closed: {words}", by=by, at=now)


def _refuse_unread(session: Session, case_id: int, seen: int | None) -> None:
    """Nobody takes or closes what they have not read: it may be a second cry for help."""
    if seen is not None and any(one.reply_id and (one.id or 0) > seen for one in cases.entries(session, case_id)):
        raise CaseError("another text came since you opened this page: read it first, then press again")


def _refuse_while_in_danger(session: Session, patient_id: int, case: Case) -> None:
    other = next((one for one in cases.dangers_of(session, patient_id) if one.id != case.id), None)
    if other:
        raise CaseError(
            f"case {other.id} ({other.category}) of the same person is not closed: close it first,"
            f" or close case {case.id} without lifting the hold"
        )


def _locked_patient(session: Session, case_id: int) -> Patient | None:
    """Whose case it is; patients are locked before messages and cases."""
    case = session.get(Case, case_id)
    return None if case is None or case.patient_id is None else patients.lock(session, case.patient_id)


def _entry(session: Session, one: CaseEntry) -> Entry:
    reply = None if one.reply_id is None else session.get_one(Reply, one.reply_id)
    return Entry(one.at, one.by, one.what, reply.body if reply else None)


def line_of(case: Case, patient: Patient | None, last: CaseEntry | None) -> CaseLine:
    """The case as a list shows it; `last` is its newest line."""
    assert case.id is not None
    return CaseLine(
        case.id,
        case.tier,
        case.category,
        case.state,
        case.opened_at,
        case.patient_id,
        patient.name if patient else case.phone,
        case.acknowledged_by,
        case.paging_since is not None,
        last.at if last else case.opened_at,
        last.what if last else "",
    )


def _named(by: str) -> str:
    name = " ".join(by.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise CaseError(f"say who you are, in 1 to {LONGEST_NAME} letters; write it as --by 'Nurse Bo'")
    return name


def _said(words: str) -> str:
    said = words.strip()
    if not said or len(said) > LONGEST_NOTE:
        raise CaseError(f"say what was done, in 1 to {LONGEST_NOTE} letters")
    return said


def _no_such(case_id: int) -> NoSuchCaseError:
    return NoSuchCaseError(f"there is no case {case_id}; `coach case list --all` shows them")
