"""Cases: opened once per number and category, further texts appended; nudges held until a person says otherwise."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain import self_test
from coach.domain.case import CaseCategory, CaseState, Tier, graver, tier_of
from coach.services.call_off import lock_calling_off
from coach.storage import cases, patients
from coach.storage.tables import Case, CaseEntry, Patient, Reply, Spell
from coach.storage.tables.patient import SpellKind


def open_case(
    session: Session,
    category: CaseCategory,
    *,
    patient: Patient | None,
    phone: str,
    what: str,
    now: datetime,
    reply: Reply | None = None,
    tier: Tier | None = None,
) -> Case:
    """The unresolved case of that number and category, with one entry more; new where there was none.

    Where it is for now, somebody is paged: also those who had acknowledged it before this came.
    """
    case = _unresolved(session, category, phone)
    tier = tier or tier_of(category)
    who = None if patient is None else patient.id
    if case is not None and who is not None and case.patient_id != who:
        case = _hand_over(session, case, who, now)
    if case is None:
        case = Case(patient_id=who, phone=phone, category=category, tier=tier, opened_at=now)
        case.is_test = phone == self_test.PHONE
    case.tier = graver(case.tier, tier)
    if tier is Tier.NOW and case.paging_since is None:
        case.state, case.paging_since = CaseState.OPEN, now
    session.add(case)
    session.flush()
    assert case.id is not None
    session.add(CaseEntry(case_id=case.id, at=now, by="coach", what=what, reply_id=reply.id if reply else None))
    return case


def is_open(session: Session, category: CaseCategory, phone: str) -> bool:
    """Whether there is an unresolved case of that number and category."""
    return session.execute(_query(category, phone)).first() is not None


def resolve_case(session: Session, category: CaseCategory, *, phone: str, what: str, now: datetime) -> None:
    """The unresolved case of that number and category, where there is one, is resolved by coach itself."""
    found = session.execute(_query(category, phone)).scalar_one_or_none()
    case = None if found is None or found.id is None else lock_calling_off(session, found.id, now=now, why=what)
    if case is not None and case.state is not CaseState.RESOLVED:
        assert case.id is not None
        case.state, case.resolved_at, case.resolved_by, case.paging_since = CaseState.RESOLVED, now, "coach", None
        session.add_all([case, CaseEntry(case_id=case.id, at=now, by="coach", what=what)])


def _hand_over(session: Session, case: Case, who: int, now: datetime) -> Case | None:
    """The case of a stranger who is a patient now is theirs; that of who had the number before ends: None."""
    assert case.id is not None
    if case.patient_id is None:
        case.patient_id = who
        return case
    what = f"patient {who} has this number now, and a case of their own; of patient {case.patient_id} nothing new came"
    case.state, case.resolved_at, case.resolved_by, case.paging_since = CaseState.RESOLVED, now, "coach", None
    session.add_all([case, CaseEntry(case_id=case.id, at=now, by="coach", what=what)])
    session.flush()
    return None


def _unresolved(session: Session, category: CaseCategory, phone: str) -> Case | None:
    """The case, locked: whoever acknowledges it waits, or was first and is seen."""
    locked = _query(category, phone).with_for_update()
    return session.execute(locked, execution_options=cases.AFRESH).scalar_one_or_none()


def _query(category: CaseCategory, phone: str) -> Any:  # noqa: ANN401 (SQL)
    return select(Case).where(
        col(Case.phone) == phone, col(Case.category) == category, col(Case.state) != CaseState.RESOLVED
    )


def hold(session: Session, patient: Patient, case: Case, *, now: datetime) -> None:
    """No nudge leaves until a person lifts it. A second hold adds nothing."""
    assert patient.id is not None
    if SpellKind.HOLD not in patients.spells_at(session, patient.id, now):
        session.add(
            Spell(patient_id=patient.id, kind=SpellKind.HOLD, starts_at=now, opened_by="coach", case_id=case.id)
        )
