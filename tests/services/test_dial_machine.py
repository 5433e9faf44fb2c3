"""Whatever patient and team turn, in whatever order and however long: the promises hold.

Judged is what the provider was asked to send, and what really left, beside what the tables record.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from sqlalchemy import Engine

from coach.domain.consent import Consent
from coach.storage.tables import (
    Answer,
    Attempt,
    Case,
    ConsentEntry,
    Enrollment,
    Message,
    MessageEvent,
    Reply,
    Spell,
    Turn,
)
from tests.services.dial_life import DAY, MINUTE, STARTING, STOPS, Life
from tests.services.witness import Seen

PER_DAY = {"nudge", "check_in", "reminder"}
PER_WEEK = PER_DAY | {"item", "re_ask", "follow_up"}
ON_HER_WORDS = {"keyword", "dial", "re_ask", "follow_up"}  # these answer a text of hers
RESTS = PER_DAY | {"item"}  # what a pause and a hold keep back
OWED = {"small-steps": ["move", "walk", "calm", "week"], "good-nights": ["rest"]}
WEEKDAYS = {"week": (2, 6)}  # the others are owed every day
WITHIN = {"move": 180, "walk": 120, "calm": 120, "rest": 120}
LASTS = 8 * 7 * DAY


@dataclass(frozen=True)
class Called:
    """A call to the provider, and the message that it was for."""

    seen: Seen
    message: Message

    @property
    def purpose(self) -> str:
        return self.message.purpose.value

    @property
    def at(self) -> datetime:
        return self.seen.at


class Promises(Life):
    """What holds after every step."""

    def check_invariants(self, *args: Any, **kwargs: Any) -> None:
        """All that is judged is read afresh first."""
        rows = self.practice.rows
        self.messages, self.replies = rows(Message), rows(Reply)
        by_id = {one.id: one for one in self.messages}
        by_token = {one.token: by_id[one.message_id] for one in rows(Attempt)}
        self.calls = [Called(one, by_token[one.outbound.attempt]) for one in self.provider.ledger]
        self.left = [one for one in self.calls if one.seen.left]
        self.heard = {one.id: one for one in self.replies}
        super().check_invariants(*args, **kwargs)  # type: ignore[no-untyped-call]  # hypothesis's own

    # 1. Consent.

    @invariant()
    def nothing_begins_after_a_stop_but_one_goodbye_and_answers_to_danger(self) -> None:
        ledger = self.practice.rows(ConsentEntry)
        assert all(one.state is not next_.state for one, next_ in pairwise(ledger)), ledger
        stops = [one.reply_id for one in ledger if one.state is Consent.STOPPED]
        for call in self.calls:
            if call.purpose == "keyword" and call.message.name == "stop":
                assert call.message.reply_id in stops, call
            elif self._has_stopped(call.at):
                assert call.purpose == "safety", call

    @invariant()
    def nothing_but_an_invitation_and_answers_begins_before_a_yes(self) -> None:
        for call in self.calls:
            if not (self.confirmed or self._stored(STARTING, call.at)):
                assert call.purpose in {"invitation", "keyword", "safety"}, call

    def _stored(self, words: Sequence[str], at: datetime) -> list[tuple[datetime, int]]:
        return [
            (one.received_at, one.id or 0)
            for one in self.replies
            if one.body in words and one.stored_at is not None and one.stored_at <= at
        ]

    def _has_stopped(self, at: datetime) -> bool:
        newest = max(self._stored(STOPS, at), default=None)
        return newest is not None and all(start < newest for start in self._stored(STARTING, at))

    # 2. Local hours.

    @invariant()
    def nothing_unasked_for_leaves_or_waits_for_a_phone_outside_her_hours(self) -> None:
        for call in self.calls:
            if call.purpose == "safety" or self._answers_what_just_came(call):
                continue
            assert self._in_hours(call, call.at), call
            if call.message.reply_id is None:
                last = call.at + timedelta(seconds=call.seen.outbound.valid_for - 1)
                assert self._in_hours(call, last), call

    def _answers_what_just_came(self, call: Called) -> bool:
        reply = self.heard.get(call.message.reply_id)
        return call.purpose in ON_HER_WORDS and reply is not None and call.at - reply.received_at <= 15 * MINUTE

    def _in_hours(self, call: Called, moment: datetime) -> bool:
        both = self.joined is not None and self.joined <= call.at
        first, last = {1: (9, 20), 2: (10, 19)}.get(call.message.enrollment_id or 0, (10, 19) if both else (9, 20))
        return time(first) <= moment.astimezone(self.zone_at(call.at)).time() < time(last)

    # 3. Burden.

    @invariant()
    def the_limits_of_day_and_week_and_the_time_between_hold_over_all_programs(self) -> None:
        for number, call in enumerate(self.left):
            both = self.joined is not None and self.joined <= call.at
            per_day, per_week, between = (2, 8, 90) if both else (4, 26, 60)
            zone = self.zone_at(call.at)
            today = call.at.astimezone(zone).date()
            before = [(one, one.at.astimezone(zone).date()) for one in self.left[:number] if one.purpose in PER_WEEK]
            if call.purpose in PER_WEEK:
                assert sum(day > today - 7 * DAY for _, day in before) < per_week, call
            if call.purpose in PER_DAY:
                counted = [one for one, day in before if one.purpose in PER_DAY and day == today]
                assert len(counted) < per_day, call
                assert all(call.at - one.at >= between * MINUTE for one, _ in before if one.purpose in PER_DAY), call

    # 4. Not twice.

    @invariant()
    def nothing_leaves_twice(self) -> None:
        once = [one.message for one in self.left if one.purpose != "safety"]
        keys: Counter[object] = Counter(one.id for one in once)
        keys.update(
            (one.enrollment_id, one.name, one.local_date, one.occurrence) for one in once if one.occurrence is not None
        )
        keys.update((one.question_id, one.purpose) for one in once if one.question_id is not None)
        keys.update((one.reply_id, one.purpose, one.name, one.item) for one in once if one.reply_id is not None)
        assert max(keys.values(), default=0) <= 1, keys.most_common(3)

    # 5. Not late.

    @invariant()
    def nothing_leaves_late_and_what_is_late_says_so(self) -> None:
        for call in self.calls:
            assert call.at < call.message.send_by, call
        for one in self.messages:
            assert one.state != "planned" or one.send_by > self.whole_round_at, one
            if one.occurrence == 1 and one.state not in {"withheld", "cancelled"}:
                assert one.due_at >= one.created_at, one
            if one.name in WITHIN and one.occurrence is not None:
                assert one.send_by <= one.due_at + WITHIN[one.name] * MINUTE, one

    # 6 and 8. Not lost, and explained.

    @invariant()
    def every_reply_is_kept_once_and_read_and_something_comes_of_it(self) -> None:
        said = {one.provider_id: one.body for one in self.provider.inbox[: self.read_through]}
        kept = [one for one in self.replies if one.provider_id in said]
        assert len(kept) == len(said)
        heeded = {one.reply_id for one in self.messages}
        heeded |= {one.reply_id for one in self.practice.rows(Turn)}
        heeded |= {one.reply_id for one in self.practice.rows(Answer)}
        for one in kept:
            assert (one.state, one.body) == ("read", said[one.provider_id]), one
            assert one.reading is not None, one
            if one.id not in heeded and not one.is_note and one.reading["consent"] is None:
                assert self.practice.rows(Case), one  # too many in a row: then the team is told

    @invariant()
    def every_occurrence_owed_is_in_one_state_and_says_why(self) -> None:
        found: dict[object, list[Message]] = {}
        for one in self.messages:
            found.setdefault((one.enrollment_id, one.name, one.local_date, one.occurrence), []).append(one)
            assert one.state in {"planned", "sending", "accepted", "sent", "delivered"} or one.reason, one
        last_start = self._last_start()
        for enrollment in self.practice.rows(Enrollment):
            if self.whole_round_at == self.clock.at and enrollment.state == "active":
                assert enrollment.planned_through >= self.today() + 2 * DAY, enrollment
            for name, day in self._owed(enrollment):
                rows = found.get((enrollment.id, name, day, 1), [])
                live = [one for one in rows if one.state != "cancelled"]
                assert len(live) <= 1
                if not live:
                    assert rows, (enrollment, name, day)
                    assert rows[-1].reason == "the person said stop", rows[-1]
                    assert self.practice.consent() is Consent.STOPPED or (last_start and day < last_start), rows[-1]

    def _owed(self, enrollment: Enrollment) -> Iterator[tuple[str, date]]:
        days = (min(enrollment.planned_through, enrollment.start_date + LASTS - DAY) - enrollment.start_date).days
        for number in range(days + 1):
            day = enrollment.start_date + number * DAY
            for name in OWED[enrollment.program_name]:
                if day.weekday() in WEEKDAYS.get(name, range(7)):
                    yield name, day

    def _last_start(self) -> date | None:
        starts = [one.at for one in self.practice.rows(ConsentEntry) if one.state is Consent.CONFIRMED]
        return starts[-1].astimezone(self.zone_at(starts[-1])).date() if starts else None

    @invariant()
    def every_move_of_a_text_is_written_down(self) -> None:
        moves: dict[int, list[MessageEvent]] = {}
        for event in self.practice.rows(MessageEvent):
            moves.setdefault(event.message_id, []).append(event)
        for message in self.messages:
            events = moves[message.id or 0]
            assert events[-1].after == message.state
            assert [one.before for one in events] == [None, *(one.after for one in events[:-1])]

    # What she was told her dial does.

    @invariant()
    def nothing_automatic_leaves_in_a_pause_or_a_hold(self) -> None:
        rests = [one for one in self.practice.rows(Spell) if one.kind in {"pause", "hold"}]
        for call in self.calls:
            if call.purpose in RESTS:
                over = [
                    one for one in rests if one.starts_at <= call.at and (one.ends_at is None or call.at < one.ends_at)
                ]
                assert not over, (call, over)


NO_SHRINKING = (
    Phase.reuse,
    Phase.generate,
)  # a story that breaks a promise is shown whole: a shorter one takes minutes


def test_whatever_is_turned_and_however_time_goes_by_the_promises_hold(empty_sqlite: Callable[[], Engine]) -> None:
    how = settings(max_examples=7, stateful_step_count=40, phases=NO_SHRINKING, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(lambda: Promises(empty_sqlite()), settings=how)  # type: ignore[no-untyped-call]  # likewise
