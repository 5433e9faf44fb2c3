"""The published versions of programs: found by name or hash, listed, and approved by a second person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from coach.domain.errors import CoachError
from coach.services.audit import Deed, add_line
from coach.services.editions import Editions, NotApprovedError, NotPublishedError
from coach.storage.database import Sessions
from coach.storage.tables import Enrollment, PublishedProgram
from coach.storage.tables.enrollment import EnrollmentState

SHORT = 12  # letters of a hash that are shown
FEWEST = 6  # letters of a hash that find a version


class ApprovalError(CoachError):
    """A version cannot be approved so."""


@dataclass(frozen=True)
class Version:
    """One published version; `published_at` is UTC, `people` are in it now."""

    name: str
    hash: str
    published_at: datetime
    author: str
    approver: str | None
    note: str
    people: int


def versions(sessions: Sessions) -> list[Version]:
    """Every version, by name, the newest of each first."""
    active = select(col(Enrollment.program_id), func.count()).where(col(Enrollment.state) == EnrollmentState.ACTIVE)
    query = select(PublishedProgram).order_by(col(PublishedProgram.name), col(PublishedProgram.id).desc())
    with sessions.read() as session:
        people = {row[0]: row[1] for row in session.execute(active.group_by(col(Enrollment.program_id)))}
        return [_version(row, people.get(row.id or 0, 0)) for row in session.execute(query).scalars()]


def _version(row: PublishedProgram, people: int) -> Version:
    return Version(row.name, row.hash, row.published_at, row.author, row.approver, row.note, people)


def find(session: Session, which: str, *, name: str | None = None) -> PublishedProgram:
    """The newest version of the program `which`, or that whose hash begins with it; `name`: of this program only.

    Raises:
        NotPublishedError: there is none, or more than one hash begins so.
    """
    query = select(PublishedProgram).order_by(col(PublishedProgram.id).desc())
    if name is None:
        newest: PublishedProgram | None = session.execute(
            query.where(col(PublishedProgram.name) == which).limit(1)
        ).scalar_one_or_none()
        if newest is not None:
            return newest
    else:
        query = query.where(col(PublishedProgram.name) == name)
    found: Sequence[PublishedProgram] = ()
    if len(which) >= FEWEST and which.isalnum():
        found = session.execute(query.where(col(PublishedProgram.hash).startswith(which.lower()))).scalars().all()
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} versions begin with {which!r}" if found else f"no version {which!r} is published"
    of = "" if name is None else f" of {name}"
    raise NotPublishedError(f"{what}{of}; `coach program list` shows all of them")


def version_for(session: Session, editions: Editions, name: str, which: str | None) -> PublishedProgram:
    """The version of `name` that people may be put into: the newest, or that of the hash `which`.

    Raises:
        NotPublishedError: there is none.
        NotApprovedError: this coach takes only approved versions, and it is not approved.
    """
    if which is None:
        return session.get_one(PublishedProgram, editions.newest_to_use(session, name).id)
    row = find(session, which, name=name)
    if editions.approved_only and row.approver is None:
        what = f"version {row.hash[:SHORT]} of {name} is not approved, and this coach uses only approved ones"
        raise NotApprovedError(f"{what}; `coach program approve {row.hash[:SHORT]} --approver WHO` approves it")
    return row


def approve(sessions: Sessions, which: str, *, approver: str, now: datetime) -> Version:
    """The version (a program's newest, or that of a hash) is approved, once and for good, by another than its author.

    Raises:
        NotPublishedError: there is no such version.
        ApprovalError: the approver is its author or nobody, or it was approved before.
    """
    with sessions.write() as session:
        row = find(session, which)
        approve_in(session, row, approver=approver, now=now)
        session.refresh(row)
        return _version(row, 0)


def approve_in(session: Session, row: PublishedProgram, *, approver: str, now: datetime) -> None:
    """The same in a transaction that is open already."""
    second = another(row.author, approver)
    if row.approver is not None and row.approver.casefold() == second.casefold():
        return
    waiting = (col(PublishedProgram.id) == row.id, col(PublishedProgram.approver).is_(None))
    written = session.execute(
        update(PublishedProgram).where(*waiting).values(approver=second).returning(col(PublishedProgram.id))
    ).first()
    if written is None:
        session.refresh(row)
        what = f"version {row.hash[:SHORT]} of {row.name} was approved by {row.approver}"
        raise ApprovalError(f"{what}; an approval is never changed: publish what is to be approved anew")
    add_line(session, second, Deed.APPROVED, now=now, detail=f"{row.name} {row.hash[:SHORT]}")


def another(author: str, approver: str) -> str:
    """The approver's name, tidied. Raises ApprovalError where it is the author's, or empty."""
    tidied = " ".join(approver.split())
    if not tidied:
        raise ApprovalError("an approval wants a name; write who approves as --approver")
    if tidied.casefold() == " ".join(author.split()).casefold():
        raise ApprovalError(f"{author} is the author, and approves nothing of their own; ask a colleague to approve it")
    return tidied
