"""What another version of a program would change for the people who are in it: worked out day by day. Pure.

Plans are in local times, so that people of all zones are looked at alike; the hour that a clock change skips is not.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coach.domain.calendar import local_day, wall
from coach.domain.enrollment import Enrollment
from coach.domain.planner import Due, Occurrence, decide
from coach.domain.program import CheckIn, Nudge, Program
from coach.domain.version import not_again, this_week
from coach.domain.version_diff import PLAN, Change

Plan = Mapping[str, Mapping[date, time]]
"""The texts to come: by their name in the new version, the local dates on which each is due, and when."""

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_UTC = ZoneInfo("UTC")


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
    """The new version, looked into from `now` (UTC) on.

    `concerned` are the names that any change is about, old and new; None: all.
    """

    after: Program
    now: datetime
    concerned: frozenset[str] | None
    _parts: dict[int, Program] = field(default_factory=dict)
    _days: dict[object, list[tuple[str, time]]] = field(default_factory=dict)

    def outlook(self, alike: Alike, names: Mapping[str, str]) -> Outlook:
        """What these people would get; `names` has by its new name what went by another in their version."""
        by_old = {old: new for new, old in names.items()}
        before, after = self._part(alike.before), self._part(self.after)
        but = not_again(after, alike.person, dict(alike.had), alike.settled, self.now) if alike.had else []
        was = self._plan(before, alike, by_old, alike.settled)
        planned = self._plan(after, alike, {}, alike.settled.union(but))
        was_worded, was_wordless = _worded(was, {name: old for name, old, _ in alike.left})
        worded, wordless = _worded(planned, {name: new for name, _, new in alike.left})
        twice = tuple(self._twice(alike, planned, after))
        return Outlook(was_worded, worded, max(0, wordless - was_wordless), twice)

    def _part(self, program: Program) -> Program:
        """The program with those of its texts alone that any change is about."""
        if self.concerned is None:
            return program
        if id(program) not in self._parts:
            nudges = [one for one in program.nudges if one.name in self.concerned]
            check_ins = [one for one in program.check_ins if one.name in self.concerned]
            self._parts[id(program)] = program.model_copy(update={"nudges": nudges, "check_ins": check_ins})
        return self._parts[id(program)]

    def _plan(
        self, program: Program, alike: Alike, by_old: Mapping[str, str], but: Collection[Occurrence]
    ) -> dict[str, dict[date, time]]:
        """All that is due from now to the program's end, but for some."""
        person, found = alike.person, dict[str, dict[date, time]]()
        way = (id(program), person.preset, person.weekdays_off, frozenset(person.slots.items()))
        now = wall(self.now, person.zone)
        day, last = max(now.date(), person.start), person.last_day(program.weeks)
        while day <= last:
            for name, at in self._owed(program, person, day, way):
                is_now = by_old.get(name, name)
                if (day > now.date() or at >= now.time()) and Occurrence(is_now, day) not in but:
                    found.setdefault(is_now, {})[day] = at
            day += _DAY
        return found

    def _owed(self, program: Program, person: Enrollment, day: date, way: object) -> list[tuple[str, time]]:
        """What the planner decides for that day: the same for each such weekday of such a week, and `way` of theirs."""
        week = person.week(day)
        key = (way, week, day.weekday())
        if key not in self._days:
            plain = replace(person, zone=_UTC, start=day - (week - 1) * _WEEK, anew=())
            due = (one for one in decide(program, plain, day) if isinstance(one, Due))
            self._days[key] = [(one.occurrence.name, one.at.time()) for one in due]
        return self._days[key]

    def _twice(self, alike: Alike, planned: Plan, after: Program) -> Iterator[str]:
        """What these people would get again: on a day that had it, or more often this week than it is owed."""
        for one in alike.settled:
            if one.day in planned.get(one.name, ()):
                yield f"{one.name} on {one.day}"
        week = set(this_week(alike.person, local_day(self.now, alike.person.zone))) if alike.had else set()
        parts: list[Nudge | CheckIn] = [*after.nudges, *after.check_ins]
        owed = {one.name: len(set(one.days)) for one in parts}
        for name, times in alike.had:
            coming = len(week & planned.get(name, {}).keys())
            if coming and times + coming > max(times, owed.get(name, 0)):
                yield f"{name} in this week"


def _worded(plan: Plan, left: Mapping[str, int]) -> tuple[Plan, int]:
    """The texts for which there are words, the first of each nudge; and how many there are none for."""
    found: dict[str, Mapping[date, time]] = {}
    for name, days in plan.items():
        room = left.get(name, len(days))
        found[name] = days if room >= len(days) else {day: days[day] for day in sorted(days)[:room]}
    return found, sum(map(len, plan.values())) - sum(map(len, found.values()))


def affected(found: Sequence[Change], outlooks: Iterable[tuple[Alike, Outlook, int]]) -> list[Affected]:
    """Whom each change concerns, out of people who are alike: their outlook, and how many they are.

    Texts more and less are counted once: with the first change of plan of their nudge, or else of the whole program.
    """
    counted = [Affected() for _ in found]
    plans = [(number, change) for number, change in enumerate(found) if change.kind in PLAN]
    if any(not change.name for _, change in plans):  # a text at another time alone is neither more nor less
        plans = [(number, change) for number, change in plans if change.kind != "time"]
    own = {change.name for _, change in plans if change.name}
    first = {change.name: number for number, change in reversed(plans)}
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
    before, after, name = outlook.before, outlook.after, change.name
    every = {name} if name else {one for one in (*before, *after) if one not in own}
    more = less = 0
    other = any_left = False
    for one in every:
        was, is_now = before.get(one, {}), after.get(one, {})
        more, less = more + max(0, len(is_now) - len(was)), less + max(0, len(was) - len(is_now))
        other, any_left = other or was != is_now, any_left or bool(is_now)
    return more, less, other, any_left


def concerned_names(found: Collection[Change], names: Mapping[str, str]) -> frozenset[str] | None:
    """The names, old and new, of all that the changes are about; None where a change may touch any text."""
    if any(not one.name and one.kind in PLAN for one in found):
        return None
    new = {one.name for one in found}
    return frozenset(new | {names[name] for name in new if name in names})
