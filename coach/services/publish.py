"""Publishes a program: its document and every template go into the database under one hash."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from coach.content.publication import Publication
from coach.storage.database import Sessions
from coach.storage.tables import PublishedProgram


@dataclass(frozen=True)
class Published:
    """The version's id and hash, and whether it is new."""

    id: int
    hash: str
    is_new: bool


def publish(sessions: Sessions, publication: Publication, *, author: str, note: str = "", now: datetime) -> Published:
    """The version stands in the database; publishing the same files twice is publishing once."""
    with sessions.write() as session:
        query = select(col(PublishedProgram.id)).where(col(PublishedProgram.hash) == publication.hash)
        found = session.execute(query).scalar_one_or_none()
        if found is not None:
            return Published(found, publication.hash, is_new=False)
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
        return Published(row.id, publication.hash, is_new=True)
