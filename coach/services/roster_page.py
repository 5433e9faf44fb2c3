"""One page of the roster: found, ordered, with everybody's weeks; as quick with 10,000 people as with a hundred."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from coach.domain.case import CaseState
from coach.domain.consent import Consent
from coach.domain.standing import Stands
from coach.domain.tally import Tallied, Trend, WeekTally, trend_words
from coach.storage import ledger, patients
from coach.storage.database import Sessions
from coach.storage.enrollments import all_active_of
from coach.storage.tables import Case, ConsentEntry, Enrollment, Patient, Spell, Tally
from coach.storage.tables.enrollment import EnrollmentState
from coach.storage.tables.patient import PatientState, SpellKind

SIZE = 25
AT_ONCE = 500
SHORTEST_NUMBER, LONGEST_ID = 3, 9  # digits
SPELLS: Mapping[SpellKind, Stands] = {
    SpellKind.HOLD: Stands.HELD,
    SpellKind.TALK: Stands.TALKING,
    SpellKind.FLARE: Stands.FLARE,
    SpellKind.PAUSE: Stands.PAUSED,
}
WAITING = (Consent.RECORDED, Consent.INVITED)
NOT_CONFIRMED = tuple(one for one in Consent if one is not Consent.CONFIRMED)  # few, where the confirmed are nearly all
IS_OPEN = (col(Case.state) != CaseState.RESOLVED, col(Case.is_test).is_(False))


@dataclass(frozen=True)
class Row:
    """One person of the roster. Times are UTC, weeks and days local to the person."""

    id: int
    name: str
    ends_in: str  # the last four digits of their number
    language: str
    stands: Stands
    programs: Sequence[str]
    weeks: Sequence[WeekTally]
    answered: int
    eligible: int
    trend: Trend
    trend_words: str
    heard_at: datetime | None
    quiet_since: date | None


@dataclass(frozen=True)
class RosterPage:
    """One page of `pages`, of `total` people."""

    rows: Sequence[Row]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Wanted:
    """Whom to show, and in which order. `search`: part of a name, the end of a number, or the patient's number."""

    search: str = ""
    stands: Stands | None = None
    program: str = ""
    sort: str = "name"
    descending: bool = False


def roster_page(sessions: Sessions, wanted: Wanted, *, page: int = 1, size: int = SIZE, now: datetime) -> RosterPage:
    """Page `page` (from 1; past the end, the last) of those who are wanted. Withdrawn people only if asked for."""
    with sessions.read() as session:
        query = _those(wanted, now)
        found = _found(session, _ordered(query, wanted, now), wanted.search) if plain(wanted.search) else None
        total = _count(session, query) if found is None else len(found)
        pages = max(1, -(-total // size))
        shown = max(1, min(page, pages))
        first = (shown - 1) * size
        ids = (
            _slice(session, _ordered(query, wanted, now), first, size) if found is None else found[first : first + size]
        )
        return RosterPage(rows(session, ids, now), total, shown, pages)


def everybody(sessions: Sessions, *, now: datetime) -> Iterator[Row]:
    """All who are not withdrawn, by number."""
    last = 0
    with sessions.read() as session:
        while True:
            query = select(col(Patient.id)).where(col(Patient.state) == PatientState.ACTIVE, col(Patient.id) > last)
            ids = list(session.execute(query.order_by(col(Patient.id)).limit(AT_ONCE)).scalars())
            if not ids:
                return
            yield from rows(session, ids, now)
            last = ids[-1]


def rows(session: Session, ids: Sequence[int], now: datetime) -> list[Row]:
    """These people as the roster shows them, in this order."""
    people = {one.id: one for one in session.execute(select(Patient).where(col(Patient.id).in_(ids))).scalars()}
    tallies = {
        one.patient_id: one for one in session.execute(select(Tally).where(col(Tally.patient_id).in_(ids))).scalars()
    }
    facts = _Facts(
        patients.all_spells_at(session, ids, now),
        ledger.standings(session, {one.phone for one in people.values()}),
        _with_cases(session, ids),
        _programs(session, ids),
    )
    return [_row(people[id_], tallies.get(id_), facts) for id_ in ids]


@dataclass(frozen=True)
class _Facts:
    spells: Mapping[int, Collection[SpellKind]]
    consents: Mapping[str, Consent]
    with_cases: Collection[int]
    programs: Mapping[int, Sequence[str]]


def _row(patient: Patient, tally: Tally | None, facts: _Facts) -> Row:
    assert patient.id is not None
    weeks = [] if tally is None else [_week(one) for one in tally.weeks]
    tallied, trend = Tallied(weeks), Trend.UNKNOWN if tally is None else tally.trend
    answered, eligible = tallied.last
    return Row(
        patient.id,
        patient.name,
        patient.phone[-4:],
        patient.language,
        _stands(patient, facts),
        facts.programs.get(patient.id, []),
        weeks,
        answered,
        eligible,
        trend,
        trend_words(trend, tallied.last, tallied.before),
        None if tally is None else tally.heard_at,
        None if tally is None else tally.quiet_since,
    )


def _week(kept: dict[str, Any]) -> WeekTally:
    return WeekTally(date.fromisoformat(kept["starts"]), kept["answered"], kept["eligible"], kept["left_out"])


def _stands(patient: Patient, facts: _Facts) -> Stands:
    assert patient.id is not None
    if patient.state is PatientState.WITHDRAWN:
        return Stands.WITHDRAWN
    if patient.id in facts.with_cases:
        return Stands.NEEDS_YOU
    spells = facts.spells.get(patient.id, ())
    if found := next((stands for kind, stands in SPELLS.items() if kind in spells), None):
        return found
    consent = facts.consents[patient.phone]
    if consent is Consent.STOPPED:
        return Stands.STOPPED
    if not facts.programs.get(patient.id):
        return Stands.OVER
    return Stands.ACTIVE if consent is Consent.CONFIRMED else Stands.WAITING


def _with_cases(session: Session, ids: Sequence[int]) -> set[int]:
    query = select(col(Case.patient_id)).where(col(Case.patient_id).in_(ids), *IS_OPEN)
    return {id_ for id_ in session.execute(query).scalars() if id_ is not None}


def _programs(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row in all_active_of(session, ids, []):
        found.setdefault(row.patient_id, []).append(row.program_name)
    return found


def _those(wanted: Wanted, now: datetime) -> Select[Any]:
    query = select(col(Patient.id))
    if wanted.stands is Stands.WITHDRAWN:
        query = query.where(col(Patient.state) == PatientState.WITHDRAWN)
    else:
        query = query.where(col(Patient.state) == PatientState.ACTIVE)
    if wanted.stands is not None:
        query = query.where(*who_stand(wanted.stands, now))
    return query.where(_is_in(wanted.program)) if wanted.program else query


def _count(session: Session, query: Select[Any]) -> int:
    count: int = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    return count


def _slice(session: Session, query: Select[Any], first: int, size: int) -> list[int]:
    return list(session.execute(query.limit(size).offset(first)).scalars())


def _is_in(program: str | None = None) -> Any:  # noqa: ANN401 (SQL)
    condition = exists().where(
        col(Enrollment.patient_id) == Patient.id, col(Enrollment.state) == EnrollmentState.ACTIVE
    )
    return condition if program is None else condition.where(col(Enrollment.program_name) == program)


def who_stand(stands: Stands, now: datetime) -> Sequence[Any]:
    """Who stands so, by the rules of `_stands`; somebody who is held and has a case is found by both."""
    conditions: dict[Stands, Sequence[Any]] = {
        Stands.NEEDS_YOU: (_has_case(),),
        Stands.STOPPED: (_consents(Consent.STOPPED),),
        Stands.WAITING: (_consents(*WAITING), _is_in()),
        Stands.OVER: (~_is_in(), ~_has_case()),
        Stands.ACTIVE: (~_consents(*NOT_CONFIRMED), _is_in(), ~_has_case(), ~_in_spell(now, *SPELLS)),
    }
    conditions |= {found: (_in_spell(now, kind),) for kind, found in SPELLS.items()}
    return conditions.get(stands, ())


def _has_case() -> Any:  # noqa: ANN401 (SQL)
    return col(Patient.id).in_(select(col(Case.patient_id)).where(col(Case.patient_id).is_not(None), *IS_OPEN))


def _in_spell(now: datetime, *kinds: SpellKind) -> Any:  # noqa: ANN401 (SQL)
    ends = or_(col(Spell.ends_at).is_(None), col(Spell.ends_at) > now)
    who = select(col(Spell.patient_id)).where(col(Spell.kind).in_(kinds), col(Spell.starts_at) <= now, ends)
    return col(Patient.id).in_(who)


def _consents(*standing: Consent) -> Any:  # noqa: ANN401 (SQL)
    line, later = aliased(ConsentEntry), aliased(ConsentEntry)
    is_last = ~exists().where(col(later.phone) == line.phone, col(later.id) > line.id)
    return col(Patient.phone).in_(select(col(line.phone)).where(col(line.state).in_(standing), is_last))


def _found(session: Session, query: Select[Any], search: str) -> list[int]:
    """Those whom the search means, in order. No two databases leave accents away alike, so names are compared here."""
    sought = plain(search)
    digits = "".join(letter for letter in sought if letter.isdecimal())
    is_number = bool(digits) and not any(letter.isalpha() for letter in sought)
    ends = digits if is_number and len(digits) >= SHORTEST_NUMBER else None
    id_ = int(digits[:LONGEST_ID]) if is_number else None
    everybody = session.execute(query.add_columns(col(Patient.name), col(Patient.phone)))
    return [
        row[0]
        for row in everybody
        if sought in plain(row[1]) or row[0] == id_ or (ends is not None and row[2].endswith(ends))
    ]


def plain(words: str) -> str:
    """The words in small letters and without accents."""
    folded = words.strip().casefold()
    if folded.isascii():
        return folded
    apart = unicodedata.normalize("NFKD", folded)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _ordered(query: Select[Any], wanted: Wanted, now: datetime) -> Select[Any]:
    joined = query.outerjoin(Tally, col(Tally.patient_id) == Patient.id)
    column: Any
    match wanted.sort:
        case "answers":
            column = col(Tally.share)
        case "heard":
            column = col(Tally.heard_at)
        case "added":
            column, joined = col(Patient.created_at), query
        case "trend":
            column = sql_case({trend: place for place, trend in enumerate(Trend)}, value=col(Tally.trend))
        case "stands":
            column, joined = _gravity(now), query
        case _:
            column, joined = col(Patient.name), query
    order = column.desc() if wanted.descending else column.asc()
    return joined.order_by(order.nulls_last(), col(Patient.id))


def _gravity(now: datetime) -> Any:  # noqa: ANN401 (SQL)
    """0 for who needs somebody, then by spell in the order of SPELLS; those of whom neither is true come last."""
    steps = [(_has_case(), 0), *((_in_spell(now, kind), place) for place, kind in enumerate(SPELLS, 1))]
    return sql_case(*steps, else_=len(SPELLS) + 1)
