"""The programs into which somebody can be put: the newest version of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from coach.services.editions import Editions
from coach.services.enroll import BUILT_IN_PRESETS
from coach.storage.database import Sessions
from coach.storage.tables import Enrollment, PublishedProgram


@dataclass(frozen=True)
class Offer:
    """One program: its name, its title in English or its first language, its weeks, languages and presets."""

    name: str
    title: str
    weeks: int
    languages: Sequence[str]
    presets: Sequence[str]


def presets_of(sessions: Sessions, editions: Editions, row: Enrollment) -> list[tuple[str, str]]:
    """What the enrollment may have of its own version, each with its words; the one that it has among them."""
    with sessions.read() as session:
        found = {*BUILT_IN_PRESETS, *editions.get(session, row.program_id).program.presets, row.preset}
    return [(name, name.replace("_", " ")) for name in sorted(found, key=lambda name: (name != "standard", name))]


def offers(sessions: Sessions, editions: Editions) -> list[Offer]:
    """The newest version of each published program, by name; the newest approved one, where only those are used."""
    newest = select(func.max(col(PublishedProgram.id))).group_by(col(PublishedProgram.name))
    if editions.approved_only:
        newest = newest.where(col(PublishedProgram.approver).is_not(None))
    with sessions.read() as session:
        programs = [editions.get(session, id_).program for id_ in session.execute(newest).scalars() if id_ is not None]
    return [
        Offer(
            one.name,
            one.title.get("en") or one.title[one.languages[0]],
            one.weeks,
            one.languages,
            sorted(BUILT_IN_PRESETS | set(one.presets), key=lambda name: (name != "standard", name)),
        )
        for one in sorted(programs, key=lambda one: one.name)
    ]
