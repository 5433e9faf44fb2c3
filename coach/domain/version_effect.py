"""What another version of a program would change for the people who are in it: worked out day by day. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from coach.domain.calendar import local_day
from coach.domain.enrollment import Enrollment
from coach.domain.planner import Due, Occurrence
from coach.domain.program import CheckIn, Nudge, Program
from coach.domain.version import not_again, rest_of, this_week
from coach.domain.version_diff import PLAN, Change

Plan = Mapping[tuple[str, date], datetime]
"""The texts to come, by their name in the new version and their local date: when each is due (UTC)."""


@dataclass(frozen=True)
class Alike:
    """People for whom both versions plan the same: all that the planner looks at, and what they have had.

    Names are those of the new version. `settled` are occurrences of this week that stand; `had` how often each came
    this week; `left` how many wordings each nudge has left for them, in the old version and in the new.
    """

    before: Program
    person: Enrollment
    language: str
    settled: frozenset[Occurrence]
    had: frozenset[tuple[str, int]]
    left: frozenset[tuple[str, int, int]]


@dataclass(frozen=True)
class Outlook:
    """What some people would get, by the version that they are in and by the new one.

    `wordless` texts more than before would find no words that are new to them; `twice` says what would come twice.
    """

    before: Plan
    after: Plan
    wordless: int
    twice: tuple[str, ...]


@dataclass
class Affected:
    """Whom a change concerns: how many people, and the texts that each of them gains and loses by it."""

    people: int = 0
    more: list[int] = field(default_factory=list)
    less: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Simulation:
    """The new version, and what went by another name in each of the versions that people are in."""

    after: Program
    now: datetime
    concerned: frozenset[str] | None  # the names that any change is about, old and new; None: all

    def outlook(self, alike: Alike, names: Mapping[str, str]) -> Outlook:
        """What these people would get; `names` has by its new name what went by another in their version."""
        by_old = {old: new for new, old in names.items()}
        before = self._due(self._part(alike.before), alike, by_old, ())
        after = self._part(self.after)
        settled, had = alike.settled, dict(alike.had)
        but = not_again(after, alike.person, had, settled, self.now)
        planned = self._due(after, alike, {}, but)
        left = {name: (old, new) for name, old, new in alike.left}
        worded, wordless = _worded(planned, {name: new for name, (_, new) in left.items()})
        was_worded, was_wordless = _worded(before, {name: old for name, (old, _) in left.items()})
        return Outlook(was_worded, worded, max(0, wordless - was_wordless), tuple(self._twice(alike, planned, after)))

    @cached_property
    def _parts(self) -> dict[int, Program]:
        return {}

    def _part(self, program: Program) -> Program:
        """The program with those of its texts alone that any change is about."""
        if self.concerned is None:
            return program
        if id(program) not in self._parts:
            nudges = [one for one in program.nudges if one.name in self.concerned]
            check_ins = [one for one in program.check_ins if one.name in self.concerned]
            self._parts[id(program)] = program.model_copy(update={"nudges": nudges, "check_ins": check_ins})
        return self._parts[id(program)]

    def _due(
        self, program: Program, alike: Alike, by_old: Mapping[str, str], but: Iterable[Occurrence]
    ) -> dict[tuple[str, date], datetime]:
        found = {}
        for one in rest_of(program, alike.person, now=self.now, but=but):
            name, day = by_old.get(one.occurrence.name, one.occurrence.name), one.occurrence.day
            if isinstance(one, Due) and Occurrence(name, day) not in alike.settled:
                found[name, day] = one.at
        return found

    def _twice(self, alike: Alike, planned: Plan, after: Program) -> Iterable[str]:
        """What these people would get again: on a day that had it, or more often this week than it is owed."""
        week = set(this_week(alike.person, local_day(self.now, alike.person.zone)))
        coming = Counter(name for name, day in planned if day in week)
        for name, day in planned:
            if Occurrence(name, day) in alike.settled:
                yield f"{name} on {day}"
        parts: list[Nudge | CheckIn] = [*after.nudges, *after.check_ins]
        owed = {one.name: len(set(one.days)) for one in parts}
        for name, times in alike.had:
            if coming[name] and times + coming[name] > max(times, owed.get(name, 0)):
                yield f"{name} in this week"


def _worded(plan: Plan, left: Mapping[str, int]) -> tuple[dict[tuple[str, date], datetime], int]:
    """The texts for which there are words, the first of each nudge; and how many there are none for."""
    found: dict[tuple[str, date], datetime] = {}
    room = dict(left)
    for (name, day), at in sorted(plan.items(), key=lambda entry: entry[1]):
        if room.get(name, 1) > 0:
            found[name, day] = at
            if name in room:
                room[name] -= 1
    return found, len(plan) - len(found)


def affected(found: Sequence[Change], outlooks: Iterable[tuple[Alike, Outlook, int]]) -> list[Affected]:
    """Whom each change concerns, out of people who are alike: their outlook, and how many they are.

    Texts more and less are counted once: with the first change of plan of their nudge, or else of the whole program.
    """
    counted = [Affected() for _ in found]
    own = {change.name for change in found if change.kind in PLAN and change.name}
    first = {change.name: number for number, change in reversed(list(enumerate(found))) if change.kind in PLAN}
    for alike, outlook, people in outlooks:
        for number, (change, count) in enumerate(zip(found, counted, strict=True)):
            more, less, other, any_left = _difference(change, outlook, own)
            concerned = other if change.kind in PLAN else any_left or not change.name
            mine = change.language in {None, alike.language} and change.preset in {None, alike.person.preset}
            if concerned and mine:
                count.people += people
                if first.get(change.name) == number or change.preset is not None:
                    count.more += [more] * people
                    count.less += [less] * people
    return counted


def _difference(change: Change, outlook: Outlook, own: Collection[str]) -> tuple[int, int, bool, bool]:
    """Texts more and less of what the change is about, whether any day or time is another, and whether any comes."""
    before, after = (_of(change, plan, own) for plan in (outlook.before, outlook.after))
    more, less = Counter(name for name, _ in after), Counter(name for name, _ in before)
    return (more - less).total(), (less - more).total(), before != after, bool(after)


def _of(change: Change, plan: Plan, own: Collection[str]) -> Plan:
    """What the change is about: its nudge, or all that no change of its own makes other."""
    return {key: at for key, at in plan.items() if (key[0] == change.name if change.name else key[0] not in own)}


def concerned_names(found: Collection[Change], names: Mapping[str, str]) -> frozenset[str] | None:
    """The names, old and new, of all that the changes are about; None where a change may touch any text."""
    if any(not one.name and one.kind in PLAN for one in found):
        return None
    new = {one.name for one in found}
    return frozenset(new | {names[name] for name in new if name in names})
