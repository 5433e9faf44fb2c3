"""Whatever is edited while somebody is on their way, and however often they are moved: promises 3 to 5 hold.

Judged is what the provider was asked to send, beside the versions that were in force.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from coach.content.publication import Publication
from coach.services.diff_version import diff
from coach.services.move import move
from coach.services.publish import publish
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Message
from tests.people import MONDAY, MONDAY_6AM, Practice, ana_in, asks, nudge, publication
from tests.services.witness import FATES, Provider

NEW_YORK = ZoneInfo("America/New_York")
WEEKS = [1, 2, 3]
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SLOTS = ["morning", "midday", "afternoon", "evening"]
TIMES = ["09:30", "12:30", "16:00", "18:30"]
FOREVER = datetime.max.replace(tzinfo=UTC)
PER_DAY = {"nudge", "reminder"}


@dataclass(frozen=True)
class Part:
    """A nudge with what it says: `line` stays when it goes by another name, as long as it says the same."""

    line: int
    name: str
    words: Sequence[str]
    facts: dict[str, Any]

    @property
    def variants(self) -> dict[str, str]:
        return {f"{self.facts.get('mark', 'v')}{number}": words for number, words in enumerate(self.words)}


@dataclass
class Draft:
    """A program as its author edits it."""

    parts: list[Part] = field(default_factory=list)
    rest: dict[str, Any] = field(default_factory=dict)
    numbers: Any = field(default_factory=count)

    def add(self, **facts: Any) -> None:
        number = next(self.numbers)
        self.parts.append(Part(number, f"n{number}", [f"line {number} says {k}" for k in range(20)], facts))

    def published(self) -> Publication:
        nudges = [
            nudge(one.name, weeks=WEEKS, variants=list(one.variants))
            | {key: value for key, value in one.facts.items() if key != "mark"}
            for one in self.parts
        ]
        made = publication(*nudges, weeks=3, **self.rest)
        own = {
            f"{language}/small-steps/{one.name}/{key}": f"{language} {words}"
            for language in ("en", "es")
            for one in self.parts
            for key, words in one.variants.items()
        }
        return Publication.of(made.program, {**made.templates, **own})


def apply(draft: Draft, edits: Sequence[tuple[str, int, Any]]) -> None:
    """These edits, made one after the other before anything is published."""
    said = {one.line: set(one.words) for one in draft.parts}
    named = {one.line: one.name for one in draft.parts}
    for what, number, value in edits:
        _apply_one(draft, what, number % len(draft.parts), value)
    for place, one in enumerate(draft.parts):  # in other words and by another name it is another nudge
        if one.line in named and one.name != named[one.line] and not said[one.line] & set(one.words):
            draft.parts[place] = replace(one, line=next(draft.numbers))


def _apply_one(draft: Draft, what: str, place: int, value: Any) -> None:
    part = draft.parts[place]
    if what == "add":
        draft.add(**value)
    elif what == "take out":
        if len(draft.parts) > 1:
            draft.parts.pop(place)
    elif what == "rename":
        draft.parts[place] = replace(part, name=f"n{next(draft.numbers)}", facts={**part.facts, **value})
    elif what == "move":
        draft.parts[place] = replace(part, facts={**part.facts, **value})
    elif what == "other words":
        number = next(draft.numbers)
        draft.parts[place] = replace(part, words=[f"other {number} says {k}" for k in range(20)])
    elif what == "words in another order":
        draft.parts[place] = replace(part, words=[*part.words[value:], *part.words[:value]])
    elif what == "trade words":
        other = (place + 1) % len(draft.parts)
        mine, theirs = part.words, draft.parts[other].words
        draft.parts[place], draft.parts[other] = replace(part, words=theirs), replace(draft.parts[other], words=mine)
    else:
        draft.rest |= value


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "days": st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True),
        "weeks": st.lists(st.sampled_from(WEEKS), min_size=1, max_size=3, unique=True),
        "slot": st.sampled_from(SLOTS),
        "mark": st.sampled_from(["v", "w"]),
        "answer": st.sampled_from([None, asks("done", within=300, reminder=90)]),
    },
)
SHIFT = st.fixed_dictionaries(
    {"slot": st.sampled_from(SLOTS[1:])}, optional={"days": st.sampled_from([[day] for day in DAYS[1:]])}
)
REST = st.fixed_dictionaries(
    {},
    optional={
        "limits": st.builds(
            lambda day, week, gap: {"per_day": day, "per_week": week, "minutes_between": gap, "segments": {"en": 1}},
            st.integers(1, 4),
            st.integers(2, 20),
            st.sampled_from([30, 60, 200]),
        ),
        "slots": st.permutations(TIMES).map(lambda at: dict(zip(SLOTS, at, strict=True))),
        "hours": st.sampled_from([{"start": "09:00", "end": "20:00"}, {"start": "10:00", "end": "18:00"}]),
        "title": st.sampled_from([{"en": "Small Steps", "es": "Pasos"}, {"en": "Steps", "es": "Pasitos"}]),
        "presets": st.sampled_from([{}, {"standard": {"without": ["n0"]}}]),
    },
)
EDIT = st.one_of(
    st.tuples(st.sampled_from(["take out", "other words", "trade words"]), st.integers(0, 9), st.none()),
    st.tuples(st.just("rename"), st.integers(0, 9), SHIFT),
    st.tuples(st.sampled_from(["move", "rename"]), st.integers(0, 9), SHIFT),
    st.tuples(st.just("words in another order"), st.integers(0, 9), st.integers(1, 5)),
    st.tuples(st.just("move"), st.integers(0, 9), FACTS),
    st.tuples(st.just("add"), st.just(0), FACTS),
    st.tuples(st.just("rest"), st.just(0), REST),
)
MOVES = st.lists(
    st.tuples(st.integers(5, 60), st.lists(EDIT, min_size=1, max_size=3)), min_size=2, max_size=5
)  # hours until the move, and what was edited


@dataclass(frozen=True)
class Sent:
    """A text that left, its message, and the version in force."""

    at: datetime
    text: str
    message: Message
    version: Publication
    lines: dict[str, int]

    @property
    def line(self) -> int:
        return self.lines[self.message.name]


class Story:
    """Ana on her way through versions."""

    def __init__(self, sessions: Sessions, fates: Sequence[str]) -> None:
        self.practice = Practice(sessions)
        self.provider = Provider(clock=self.practice.clock, fates=[FATES[0], *fates])
        self.practice.gateway = self.provider
        self.draft = Draft()
        self.draft.add(days=["mon"])
        self.draft.add(days=["mon", "tue", "wed", "fri"], answer=asks("done", within=300, reminder=90), slot="midday")
        self.draft.add(days=["tue"])
        self.versions: list[tuple[datetime, Publication, dict[str, int]]] = []
        ana_in(sessions, self.practice.editions, self._note(MONDAY_6AM))

    def _note(self, now: datetime) -> Publication:
        version = self.draft.published()
        self.versions.append((now, version, {one.name: one.line for one in self.draft.parts}))
        return version

    def lives(self, start: datetime, hours: int) -> datetime:
        span = timedelta(hours=hours)
        for _ in self.practice.over(start, span, timedelta(minutes=15)):
            pass
        return start + span

    def is_moved(self, edits: Sequence[tuple[str, int, Any]], now: datetime) -> None:
        apply(self.draft, edits)
        new = self._note(now)
        assert diff(self.practice.sessions, self.practice.editions, new, now=now).twice == []
        publish(self.practice.sessions, new, author="Dr. Kim", now=now)
        newest = self.versions[-1][1].hash
        move(self.practice.sessions, self.practice.editions, "small-steps", to=newest, by="Dr. Kim", now=lambda: now)

    def sent(self) -> list[Sent]:
        by_id = {one.id: one for one in self.practice.rows(Message)}
        by_token = {one.token: by_id[one.message_id] for one in self.practice.rows(Attempt)}
        found = []
        for one in self.provider.ledger:
            _, version, lines = next(entry for entry in reversed(self.versions) if entry[0] <= one.at)
            if one.left:
                found.append(Sent(one.at, one.outbound.text, by_token[one.outbound.attempt], version, lines))
        return found


def judge(story: Story, end: datetime) -> None:
    sent = story.sent()
    burdening = [one for one in sent if one.message.purpose in PER_DAY]
    nudges = [one for one in sent if one.message.purpose == "nudge"]
    for number, one in enumerate(burdening):
        _within_limits(one, burdening[:number])
    assert max(Counter(one.text for one in nudges).values(), default=0) <= 1, "words twice"
    assert max(Counter((one.line, _day(one.message)) for one in nudges).values(), default=0) <= 1, "twice a day"
    assert max(Counter(one.message.id for one in sent).values(), default=0) <= 1, "a message twice"
    _not_more_a_week(story, nudges)
    for one in sent:
        assert one.at < one.message.send_by, one
    for message in story.practice.rows(Message):
        assert message.state != "planned" or message.send_by > end - timedelta(hours=1), message
        if message.state not in {"withheld", "cancelled"}:
            assert message.due_at >= message.created_at, message


def _day(message: Message) -> Any:
    return message.local_date


def _within_limits(one: Sent, before: Sequence[Sent]) -> None:
    limits, hours = one.version.program.limits, one.version.program.hours
    local = one.at.astimezone(NEW_YORK)
    assert hours.start <= local.time() < hours.end, one
    days = [(local.date() - other.at.astimezone(NEW_YORK).date()).days for other in before]
    assert sum(day == 0 for day in days) < limits.per_day, one
    assert sum(day < 7 for day in days) < limits.per_week, one
    assert all(one.at - other.at >= timedelta(minutes=limits.minutes_between) for other in before), one


def _not_more_a_week(story: Story, nudges: Sequence[Sent]) -> None:
    """No nudge came in a program week more often than a version says that was in force in it."""
    came = Counter((one.line, ((_day(one.message) - MONDAY).days) // 7 + 1) for one in nudges)
    for (line, week), times in came.items():
        most = 0
        for number, (since, version, lines) in enumerate(story.versions):
            until = [*(one[0] for one in story.versions), FOREVER][number + 1]
            starts = MONDAY_6AM + timedelta(weeks=week - 1, hours=-6)
            name = next((name for name, its_line in lines.items() if its_line == line), None)
            found = None if name is None else version.program.nudge(name)
            if found is not None and since < starts + timedelta(weeks=1) and until > starts and week in found.weeks:
                most = max(most, len(found.days))
        assert times <= most, (line, week, times, most)


@settings(
    max_examples=20,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(moves=MOVES, fates=st.just([]) | st.lists(st.sampled_from(FATES[1:]), min_size=1, max_size=3))
def test_whatever_is_edited_in_mid_run_the_promises_hold(
    empty_sqlite: Callable[[], Engine],
    moves: Sequence[tuple[int, Sequence[tuple[str, int, Any]]]],
    fates: Sequence[str],
) -> None:
    story, now = Story(Sessions(empty_sqlite()), fates), MONDAY_6AM
    for hours, edits in moves:
        now = story.lives(now, hours)
        story.is_moved(edits, now)
    now = story.lives(now, 80)
    judge(story, now)
