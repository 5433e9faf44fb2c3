"""Publishes a program: its document and every template go into the database under one hash."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from coach.content.publication import Publication
from coach.services.versions import another, approve_in
from coach.storage.database import Sessions
from coach.storage.tables import PublishedProgram


@dataclass(frozen=True)
class Published:
    """The version's id and hash, and whether it is new."""

    id: int
    hash: str
    is_new: bool


def publish(
    sessions: Sessions,
    publication: Publication,
    *,
    author: str,
    approver: str | None = None,
    note: str = "",
    now: datetime,
) -> Published:
    """The version stands in the database; publishing the same files twice is publishing once.

    Raises:
        ApprovalError: the approver is the author, or the version was approved by somebody else before.
    """
    if approver is not None:
        another(author, approver)
    with sessions.write() as session:
        query = select(PublishedProgram).where(col(PublishedProgram.hash) == publication.hash)
        found = session.execute(query).scalar_one_or_none()
        if found is not None:
            if approver is not None:
                approve_in(session, found, approver=approver, now=now)
            assert found.id is not None
            return Published(found.id, publication.hash, is_new=False)
        row = PublishedProgram(
            name=publication.program.name,
            hash=publication.hash,
            document=publication.document,
            templates=dict(publication.templates),
            author=author,
            note=note,
            published_at=now,
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        if approver is not None:
            approve_in(session, row, approver=approver, now=now)
        return Published(row.id, publication.hash, is_new=True)
