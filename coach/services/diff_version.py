"""What a program that is not published yet would change, and for whom: nothing is written."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from coach.content.publication import Publication
from coach.domain.calendar import local_day
from coach.domain.delivery import MessageState
from coach.domain.planner import NotPlanned, Occurrence
from coach.domain.version import this_week
from coach.domain.version_diff import Change, changes
from coach.domain.version_effect import Affected, Alike, Simulation, affected, concerned_names
from coach.services.editions import Edition, Editions
from coach.services.fast_forward import Step, was_had
from coach.services.move import Stays, stays_because
from coach.services.plan import enrollment_facts
from coach.services.versions import find
from coach.storage import messages, patients
from coach.storage.database import Sessions
from coach.storage.tables import Enrollment, Message, Patient, PublishedProgram, Spell
from coach.storage.tables.enrollment import EnrollmentState
from coach.storage.tables.patient import PatientState

AT_ONCE = 2000  # enrollments whose texts are read in one query
LOOK_BACK = timedelta(days=9)  # a program week, wherever in the world


@dataclass
class Difference:
    """The changes and whom each concerns, against the version `against` (None: nothing is published).

    `elsewhere` people are in another version than that; what they would get is worked out from theirs. `stay` cannot
    be moved. `wordless` texts would find no words that are new to the person. `twice` must be empty: what somebody
    would get a second time.
    """

    program: str
    against: str | None
    people: int = 0
    elsewhere: int = 0
    changes: list[tuple[Change, Affected]] = field(default_factory=list)
    stay: list[Stays] = field(default_factory=list)
    wordless: int = 0
    twice: list[str] = field(default_factory=list)


class _Stood(NamedTuple):
    """An occurrence of these days that is written down."""

    name: str
    day: date
    state: MessageState
    reason: str | None
    due_at: datetime


def diff(
    sessions: Sessions, editions: Editions, publication: Publication, *, against: str | None = None, now: datetime
) -> Difference:
    """What publishing this, and moving everybody to it now (UTC), would change; against the newest version or a hash.

    Raises:
        NotPublishedError: there is no version of that hash.
    """
    program = publication.program
    newest = select(PublishedProgram).where(col(PublishedProgram.name) == program.name)
    with sessions.read() as session:
        if against is None:
            row = session.execute(newest.order_by(col(PublishedProgram.id).desc()).limit(1)).scalar_one_or_none()
        else:
            row = find(session, against, name=program.name)
        if row is None:
            return Difference(program.name, None)
        assert row.id is not None
        before, after = editions.get(session, row.id), Edition.of(publication)
        step = Step(before, after)
        found = changes(before.program, program, before.templates, after.templates, step.renamed)
        done = Difference(program.name, row.hash)
        _People(session, editions, before, after, found, now).count(done)
        return done


def _key(one: Alike) -> tuple[object, ...]:
    """The same for two people exactly where all that is looked at is the same."""
    person = one.person
    when = (person.start, person.zone.key, person.preset, frozenset(person.slots.items()), person.weekdays_off)
    return (*when, person.anew, one.language, one.settled, one.had, one.left)


@dataclass(frozen=True)
class _People:
    """Everybody who is in the program, whatever version, and what the new one is to them."""

    session: Session
    editions: Editions
    before: Edition
    after: Edition
    found: Sequence[Change]
    now: datetime

    def count(self, done: Difference) -> None:
        """The numbers are in `done`."""
        alike: dict[tuple[object, ...], Alike] = {}
        many: Counter[tuple[object, ...]] = Counter()
        for enrollment, patient, pauses in self._everybody():
            done.people += 1
            done.elsewhere += enrollment.program_id != self.before.id
            why_not = next(stays_because(self.after, patient, enrollment), None)
            if why_not is None:
                one = self._alike(enrollment, patient, pauses)
                key = (enrollment.program_id, *_key(one))
                alike.setdefault(key, one)
                many[key] += 1
            else:
                done.stay.append(Stays(enrollment.patient_id, patient.name, why_not))
        outlooks = []
        for key, one in alike.items():
            outlook = self._simulation.outlook(one, self._steps[int(str(key[0]))].renamed)
            outlooks.append((one, outlook, many[key]))
            done.wordless += outlook.wordless * many[key]
            done.twice += outlook.twice
        done.changes = list(zip(self.found, affected(self.found, outlooks), strict=True))

    @cached_property
    def _simulation(self) -> Simulation:
        return Simulation(self.after.program, self.now, concerned_names(self.found, self._names))

    @cached_property
    def _names(self) -> dict[str, str]:
        return dict(Step(self.before, self.after).renamed)

    @cached_property
    def _steps(self) -> dict[int, Step]:
        """From each version that somebody is in."""
        query = select(col(Enrollment.program_id)).where(*self._active).distinct()
        versions = [self.editions.get(self.session, id_) for id_ in self.session.execute(query).scalars()]
        return {one.id: Step(one, self.after) for one in versions}

    @property
    def _active(self) -> tuple[ColumnElement[bool], ...]:
        return (
            col(Enrollment.program_name) == self.after.program.name,
            col(Enrollment.state) == EnrollmentState.ACTIVE,
        )

    def _everybody(self) -> Iterator[tuple[Enrollment, Patient, Sequence[Spell]]]:
        query = (
            select(Enrollment, Patient)
            .join(Patient, col(Patient.id) == col(Enrollment.patient_id))
            .where(*self._active, col(Patient.state) == PatientState.ACTIVE)
            .order_by(col(Enrollment.id))
        )
        rows = self.session.execute(query).all()
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            pauses = patients.pauses_of(self.session, [patient.id for _, patient in part])
            self._read([enrollment.id for enrollment, _ in part])
            yield from ((enrollment, patient, pauses[patient.id]) for enrollment, patient in part)

    def _read(self, ids: Sequence[int]) -> None:
        """What these enrollments have had this week, and which texts ever."""
        query = select(
            col(Message.enrollment_id),
            col(Message.name),
            col(Message.local_date),
            col(Message.state),
            col(Message.reason),
            col(Message.due_at),
        ).where(
            col(Message.enrollment_id).in_(ids),
            col(Message.occurrence) == 1,
            col(Message.due_at) > self.now - LOOK_BACK,
            col(Message.state) != MessageState.CANCELLED,
        )
        self._stood.clear()
        for row in self.session.execute(query):
            self._stood[row[0]].append(_Stood(*row[1:]))
        self._used.clear()
        self._used.update(messages.used_variants(self.session, ids))

    @cached_property
    def _stood(self) -> defaultdict[int, list[_Stood]]:
        return defaultdict(list)

    @cached_property
    def _used(self) -> dict[int, list[str]]:
        return {}

    @cached_property
    def _left(self) -> dict[tuple[int, frozenset[str], tuple[str, ...]], frozenset[tuple[str, int, int]]]:
        return {}

    def _alike(self, enrollment: Enrollment, patient: Patient, pauses: Sequence[Spell]) -> Alike:
        assert enrollment.id is not None
        step = self._steps[enrollment.program_id]
        new_name = {old: new for new, old in step.renamed.items()}
        person = replace(enrollment_facts(enrollment, patient, step.after.program, pauses), id=0, seed=0)
        today = local_day(self.now, ZoneInfo(patient.zone))
        week = set(this_week(person, today))
        concerned = self._simulation.concerned
        stood = [
            (new_name.get(one.name, one.name), one)
            for one in self._stood[enrollment.id]
            if not self._is_planned_anew(one, today)
            and (concerned is None or one.name in concerned or new_name.get(one.name) in concerned)
        ]
        had = Counter(name for name, one in stood if one.day in week and was_had(one.state, one.reason))
        return Alike(
            before=step.before.program,
            person=person,
            language=patient.language,
            settled=frozenset(Occurrence(name, one.day) for name, one in stood if one.day in week or one.day >= today),
            had=frozenset(had.items()),
            left=self._left_of(step, self._used.get(enrollment.id, []), enrollment.words_seen),
        )

    def _is_planned_anew(self, one: _Stood, today: date) -> bool:
        """Whether a move cancels it, and plans the day again."""
        later = one.due_at > self.now
        if one.state is MessageState.PLANNED:
            return later
        withheld = one.state is MessageState.WITHHELD and one.reason in set(NotPlanned)
        return withheld and (later or one.day >= today)

    def _left_of(self, step: Step, used: list[str], words: list[str]) -> frozenset[tuple[str, int, int]]:
        """For each nudge that a change is about, how many of its texts are left to somebody, before and after."""
        key = (step.before.id, frozenset(used), tuple(words))
        if key not in self._left:
            seen = step.before.words_of(used).union(words)
            concerned = self._simulation.concerned
            found = []
            for nudge in step.after.program.nudges:
                if concerned is None or nudge.name in concerned:
                    was = step.before.left_of(step.renamed.get(nudge.name, nudge.name), used, words)
                    found.append((nudge.name, was, step.after.left_of(nudge.name, used, seen)))
            self._left[key] = frozenset(found)
        return self._left[key]
