"""Cases and their lines: found, locked, and written to."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlmodel import Session, col

from coach.domain.case import DANGERS, CaseState
from coach.storage.tables import Case, CaseEntry

AFRESH = {"populate_existing": True}


def lock(session: Session, case_id: int) -> Case | None:
    """The case, its row locked until the transaction ends. Messages are locked before it, and pages after it."""
    query = select(Case).where(col(Case.id) == case_id).with_for_update()
    return session.execute(query, execution_options=AFRESH).scalar_one_or_none()


def paging(session: Session) -> list[Case]:
    """The cases about which somebody is being paged, the oldest paging first."""
    query = select(Case).where(col(Case.paging_since).is_not(None)).order_by(col(Case.paging_since), col(Case.id))
    return list(session.execute(query).scalars())


def unresolved_of(session: Session, patient_id: int) -> list[Case]:
    """The patient's cases that nobody has closed."""
    query = select(Case).where(col(Case.patient_id) == patient_id, col(Case.state) != CaseState.RESOLVED)
    return list(session.execute(query.order_by(col(Case.id))).scalars())


def dangers_of(session: Session, patient_id: int) -> list[Case]:
    """The patient's cases of danger that nobody has closed."""
    return [case for case in unresolved_of(session, patient_id) if case.category in DANGERS]


def entries(session: Session, case_id: int) -> list[CaseEntry]:
    """The lines of the case in the order in which they were written, whatever the clocks said."""
    query = select(CaseEntry).where(col(CaseEntry.case_id) == case_id)
    return list(session.execute(query.order_by(col(CaseEntry.id))).scalars())


def note(session: Session, case: Case, what: str, *, by: str, at: datetime) -> None:
    """The case has one line more."""
    assert case.id is not None
    session.add(CaseEntry(case_id=case.id, at=at, by=by, what=what))


def note_once(session: Session, case: Case, what: str, *, by: str, at: datetime) -> None:
    """The same, unless that very line was written within an hour: trouble that lasts is said, and does not drown."""
    said = exists().where(
        col(CaseEntry.case_id) == case.id, col(CaseEntry.what) == what, col(CaseEntry.at) > at - timedelta(hours=1)
    )
    if not session.execute(select(said)).scalar_one():
        note(session, case, what, by=by, at=at)
