"""The audit: who looked at whom, and who changed what. Lines are added, never changed; ids and words of ours only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlmodel import Session, col

from coach.services.sign_in import Who
from coach.storage.database import Sessions
from coach.storage.insert import insert_all
from coach.storage.tables import AuditEntry, AuditSubject


class Deed(StrEnum):
    """What a line says that somebody did."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SET_PASSWORD = "set a password"  # noqa: S105 (a deed)
    LOOKED_AT_TODAY = "looked at Today"
    LOOKED_AT_ROSTER = "looked at the roster"
    LOOKED_AT_CASES = "looked at the cases"
    LOOKED_AT_CASE = "looked at a case"
    LOOKED_AT_PATIENT = "looked at a patient"
    LOOKED_AT_PEOPLE = "looked at people and rights"
    LOOKED_AT_AUDIT = "looked at the audit"
    TOOK_CASE = "took a case"
    NOTED = "wrote into a case"
    CLOSED_CASE = "closed a case"
    READ_NOTE = "read a note"
    ADDED_PATIENT = "added a patient"
    IMPORTED = "imported patients"
    ENROLLED = "put a patient into a program"
    INVITED = "sent an invitation"
    CHANGED_SETTINGS = "changed a patient's settings"
    PAUSED = "paused a patient's texts"
    RESUMED = "ended a pause"
    FLARED = "noted a flare"
    EASED = "ended a flare"
    HELD = "held a patient's texts"
    RELEASED = "lifted a hold"
    WROTE = "wrote to a patient"
    TOOK_BACK = "took a text back"
    ENDED_TALK = "let automatic texts go on"
    WITHDREW = "withdrew a patient"
    EXPORTED = "took out a patient's data"
    EXPORTED_ROSTER = "took out the roster"
    ERASED = "erased a patient"
    APPROVED = "approved a program"
    MOVED = "moved a patient to a version"
    ADDED_ACCOUNT = "invited somebody to the team"
    CHANGED_ROLE = "changed somebody's rights"
    CLOSED_ACCOUNT = "closed somebody's account"
    OPENED_ACCOUNT = "opened somebody's account again"
    REFUSED = "was refused"


@dataclass(frozen=True)
class Line:
    """One line, UTC; `patients` are the ids of those whom it is about."""

    at: datetime
    who: str
    what: str
    detail: str
    patients: Sequence[int]


@dataclass(frozen=True)
class Found:
    """One page of the lines that were searched for, the newest first, of `total`."""

    lines: Sequence[Line]
    total: int


@dataclass(frozen=True)
class Search:
    """Which lines: all that are given must hold. `since` and `until` are UTC, half-open."""

    account_id: int | None = None
    what: str = ""
    patient_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def record(
    sessions: Sessions, who: Who | str, what: Deed, *, now: datetime, patients: Collection[int] = (), detail: str = ""
) -> None:
    """The audit has one line more, before anything is shown or done. `who`: an account, or what else acts.

    `detail` holds nothing of a patient but ids.
    """
    with sessions.write() as session:
        add_line(session, who, what, now=now, patients=patients, detail=detail)


def add_line(
    session: Session, who: Who | str, what: Deed, *, now: datetime, patients: Collection[int] = (), detail: str = ""
) -> None:
    """The same within a transaction that is open already."""
    name, account_id = (who, None) if isinstance(who, str) else (who.name, who.account_id)
    entry = AuditEntry(at=now, account_id=account_id, who=name, what=what, detail=detail)
    session.add(entry)
    session.flush()
    assert entry.id is not None
    insert_all(session, AuditSubject, [{"entry_id": entry.id, "patient_id": one} for one in sorted(set(patients))])


def was_recorded(sessions: Sessions, who: Who, what: Deed, patient_id: int | None, *, since: datetime) -> bool:
    """Whether such a line of that person, about that patient where one is given, stands since `since` (UTC)."""
    query = select(col(AuditEntry.id)).where(
        col(AuditEntry.account_id) == who.account_id, col(AuditEntry.what) == what, col(AuditEntry.at) >= since
    )
    if patient_id is not None:
        query = query.join(AuditSubject, col(AuditSubject.entry_id) == AuditEntry.id)
        query = query.where(col(AuditSubject.patient_id) == patient_id)
    with sessions.read() as session:
        return session.execute(query.limit(1)).first() is not None


def recorded(sessions: Sessions, who: Who, what: Deed, *, since: datetime) -> set[int]:
    """About which patients such lines of that person stand since `since` (UTC)."""
    query = (
        select(col(AuditSubject.patient_id))
        .join(AuditEntry, col(AuditEntry.id) == AuditSubject.entry_id)
        .where(col(AuditEntry.account_id) == who.account_id, col(AuditEntry.at) >= since, col(AuditEntry.what) == what)
    )
    with sessions.read() as session:
        return set(session.execute(query.distinct()).scalars())


def search(sessions: Sessions, wanted: Search, *, page: int = 1, size: int = 50) -> Found:
    """The lines that `wanted` asks for, the newest first: page `page` (from 1) of `size` lines."""
    query = select(AuditEntry)
    if wanted.account_id is not None:
        query = query.where(col(AuditEntry.account_id) == wanted.account_id)
    if wanted.what:
        query = query.where(col(AuditEntry.what) == wanted.what)
    if wanted.since is not None:
        query = query.where(col(AuditEntry.at) >= wanted.since)
    if wanted.until is not None:
        query = query.where(col(AuditEntry.at) < wanted.until)
    if wanted.patient_id is not None:
        about = select(col(AuditSubject.entry_id)).where(col(AuditSubject.patient_id) == wanted.patient_id)
        query = query.where(col(AuditEntry.id).in_(about))
    with sessions.read() as session:
        total: int = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        newest = query.order_by(col(AuditEntry.id).desc()).limit(size).offset((page - 1) * size)
        rows = session.execute(newest).scalars().all()
        about_whom = _subjects(session, [row.id for row in rows if row.id is not None])
        return Found(
            [Line(row.at, row.who, row.what, row.detail, about_whom.get(row.id or 0, [])) for row in rows], total
        )


def _subjects(session: Session, entry_ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    query = select(AuditSubject).where(col(AuditSubject.entry_id).in_(entry_ids)).order_by(col(AuditSubject.patient_id))
    for row in session.execute(query).scalars():
        found.setdefault(row.entry_id, []).append(row.patient_id)
    return found
