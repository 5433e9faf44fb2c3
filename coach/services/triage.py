"""Cases: opened once per number and category, further texts appended; nudges held until a person says otherwise."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain import self_test
from coach.domain.case import CaseCategory, CaseState, Tier, graver, tier_of
from coach.storage import patients
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
    if case is None:
        who = None if patient is None else patient.id
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
    return _unresolved(session, category, phone) is not None


def resolve_case(session: Session, category: CaseCategory, *, phone: str, what: str, now: datetime) -> None:
    """The unresolved case of that number and category, where there is one, is resolved by coach itself."""
    case = _unresolved(session, category, phone)
    if case is not None:
        assert case.id is not None
        case.state, case.resolved_at, case.resolved_by, case.paging_since = CaseState.RESOLVED, now, "coach", None
        session.add_all([case, CaseEntry(case_id=case.id, at=now, by="coach", what=what)])


def _unresolved(session: Session, category: CaseCategory, phone: str) -> Case | None:
    query = select(Case).where(
        col(Case.phone) == phone, col(Case.category) == category, col(Case.state) != CaseState.RESOLVED
    )
    return session.execute(query).scalar_one_or_none()


def hold(session: Session, patient: Patient, case: Case, *, now: datetime) -> None:
    """No nudge leaves until a person lifts it. A second hold adds nothing."""
    assert patient.id is not None
    if SpellKind.HOLD not in patients.spells_at(session, patient.id, now):
        session.add(
            Spell(patient_id=patient.id, kind=SpellKind.HOLD, starts_at=now, opened_by="coach", case_id=case.id)
        )
