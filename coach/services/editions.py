"""Published programs, ready for use. Each is read from the database once: it never changes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from sqlalchemy import select
from sqlmodel import Session, col

from coach.content.publication import Publication
from coach.content.templates import Texts
from coach.domain.burden import busiest_day, busiest_week
from coach.domain.errors import CoachError
from coach.domain.program import LANGUAGES, Program
from coach.domain.version import nudge_texts, words_key
from coach.storage.tables import PublishedProgram


class NotPublishedError(CoachError):
    """No published program bears that name."""


class NotApprovedError(CoachError):
    """Only approved versions are used, and this one is not."""


@dataclass(frozen=True)
class Edition:
    """One published version: the program and its texts."""

    id: int
    program: Program
    texts: Texts
    templates: Mapping[str, str]  # by path without .txt

    @classmethod
    def of(cls, publication: Publication) -> "Edition":
        """A program that is not published yet; its id is nobody's."""
        return cls(0, publication.program, publication.texts(), publication.templates)

    @cached_property
    def busiest(self) -> tuple[int, int]:
        """The most texts that it brings in a day, and in seven days running."""
        return busiest_day(self.program)[2], busiest_week(self.program)[0]

    @cached_property
    def _says(self) -> Mapping[str, frozenset[str]]:
        """What each text of a nudge says, in each language, as keys of its words."""
        paths = {key: [f"{language}/{key}" for language in LANGUAGES] for _, key in nudge_texts(self.program)}
        return {
            key: frozenset(words_key(self.templates[path]) for path in of if path in self.templates)
            for key, of in paths.items()
        }

    def left_of(self, name: str, used: Sequence[str], words: Collection[str]) -> int:
        """How many texts of a nudge somebody can still get, of whom `used` and `words` tell as in `used_up`."""
        nudge = self.program.nudge(name)
        if nudge is None:
            return 0
        over, said, left = set(used), self.words_of(used).union(words), 0
        for variant in [*nudge.variants, *(variant for one in nudge.instead for variant in one.variants)]:
            key = self.program.text_key(name, variant)
            if key not in over and not self._says[key] & said:
                said, left = said | self._says[key], left + 1
        return left

    def words_of(self, used: Iterable[str]) -> set[str]:
        """What these texts of nudges say, as keys of their words; what this version does not have says nothing."""
        return {words for key in used for words in self._says.get(key, ())}

    def used_up(self, used: Sequence[str], words: Collection[str]) -> list[str]:
        """The texts whose turn is over: those used, and those that say in this version what they, or `words`, said."""
        said = self.words_of(used).union(words)
        return [*used, *(key for key, says in self._says.items() if key not in used and says & said)]


class Editions:
    """The published programs, kept once read. Safe for many threads.

    With `approved_only`, people are put only into versions that a second person approved.
    """

    def __init__(self, *, approved_only: bool = False) -> None:
        self.approved_only = approved_only
        self._kept: dict[int, Edition] = {}
        self._lock = Lock()

    def get(self, session: Session, program_id: int) -> Edition:
        """The version with that id."""
        with self._lock:
            if program_id not in self._kept:
                row = session.get_one(PublishedProgram, program_id)
                self._kept[program_id] = _edition(program_id, row.document, row.templates)
            return self._kept[program_id]

    def newest(self, session: Session, name: str | None = None) -> Edition | None:
        """The version published last, of that name or of any; None where nothing is published."""
        query = select(col(PublishedProgram.id)).order_by(col(PublishedProgram.id).desc()).limit(1)
        if name is not None:
            query = query.where(col(PublishedProgram.name) == name)
        found = session.execute(query).scalar_one_or_none()
        return None if found is None else self.get(session, found)

    def newest_to_use(self, session: Session, name: str) -> Edition:
        """The newest version of that name into which people may be put.

        Raises:
            NotPublishedError: none is published.
            NotApprovedError: only approved ones are used, and none is.
        """
        if not self.approved_only:
            newest = self.newest(session, name)
            if newest is None:
                raise NotPublishedError(f"no program {name!r} is published; `coach program publish` does it")
            return newest
        query = select(col(PublishedProgram.id), col(PublishedProgram.approver)).order_by(col(PublishedProgram.id))
        found = session.execute(query.where(col(PublishedProgram.name) == name)).all()
        approved = [id_ for id_, approver in found if approver is not None]
        if not found:
            raise NotPublishedError(f"no program {name!r} is published; `coach program publish` does it")
        if not approved:
            what = f"no version of {name} is approved, and this coach uses only approved ones"
            raise NotApprovedError(f"{what}; `coach program approve {name} --approver WHO` approves the newest")
        return self.get(session, approved[-1])


def _edition(id_: int, document: str, templates: Mapping[str, str]) -> Edition:
    return Edition(id_, Publication.from_stored(document, templates).program, Texts(templates), templates)
