"""Time in trouble: a clock that is put back, a machine that sleeps, and two machines whose clocks differ."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from coach.domain.delivery import MessageState
from coach.domain.rate import Rate
from coach.gateway.base import Outbound, Outcome
from coach.sandbox.faults import Fault, FaultKind
from coach.services.claim import claim_due
from coach.services.deliver import LEASE, deliver_due
from coach.services.editions import Editions
from coach.services.not_gone import not_gone
from coach.storage.database import Sessions, open_engine
from coach.storage.messages import EVERYONE
from coach.storage.tables import Answer, Attempt, Message
from tests.journeys.troubled import number, troubled
from tests.people import ANA, CLINIC, Practice, RecordingGateway, SteppedClock, accept, asks, nudge, publication

NEW_YORK = ZoneInfo("America/New_York")
TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
HOUR, NINE_HOURS = timedelta(hours=1), timedelta(hours=9)
MONDAYS = {"days": ["mon"], "weeks": [1]}
THREE = (
    nudge("move", **MONDAYS),
    nudge("calm", slot="midday", **MONDAYS),
    nudge("write", slot="evening", **MONDAYS),
)
ASKED = {
    "name": "weekly",
    "weeks": [1],
    "days": ["mon"],
    "slot": "morning",
    "items": [{"name": "pain", "variants": ["a", "b"], "answer": asks("scale_0_10", reminder=None)}],
}


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


@dataclass
class Leap:
    """A clock that moves by `span` the first time that `reached` is true of the database."""

    clock: SteppedClock
    sessions: Sessions
    reached: Callable[[list[Message], list[Attempt]], bool]
    span: timedelta
    done: bool = False

    def __call__(self) -> datetime:
        if not self.done and self._is_there():
            self.done = True
            self.clock.to(self.clock() + self.span)
        return self.clock()

    def _is_there(self) -> bool:
        with self.sessions.read() as session:
            messages = list(session.execute(select(Message)).scalars())
            return self.reached(messages, list(session.execute(select(Attempt)).scalars()))


def claimed(messages: list[Message], attempts: list[Attempt]) -> bool:
    return any(message.lease_token for message in messages) and not attempts


def attempted(_messages: list[Message], attempts: list[Attempt]) -> bool:
    return any(attempt.settled_at is None for attempt in attempts)


def leaps(practice: Practice, reached: Callable[[list[Message], list[Attempt]], bool], span: timedelta) -> Message:
    """Ana's one text, after a delivery at ten in which the time moved by `span` once that point was reached."""
    practice.enrolls_ana(nudge("move", **MONDAYS))
    practice.clock.to(TEN)
    clock = Leap(practice.clock, practice.sessions, reached, span)
    deliver_due(practice.sessions, practice.editions, practice.gateway, CLINIC, now=clock, parallel=1)
    assert clock.done
    return practice.rows(Message)[0]


# The clock is put back by an hour.


def every_five_minutes(first: datetime, last: datetime) -> list[datetime]:
    return [first + timedelta(minutes=5 * step) for step in range((last - first) // timedelta(minutes=5) + 1)]


@pytest.mark.parametrize("after_ten", [-25, 0, 155, 540], ids=["at 9:35", "at 10:00", "at 12:35", "at 19:00"])
def test_after_a_clock_was_put_back_nothing_leaves_twice_nor_in_quiet_hours_of_the_new_time(
    practice: Practice, after_ten: int
) -> None:
    left_at: list[datetime] = []

    def note(outbound: Outbound) -> Outcome:
        left_at.append(practice.clock())
        return accept(outbound)

    practice.enrolls_ana(*THREE)
    practice.gateway.answer = note
    put_back = TEN + timedelta(minutes=after_ten)
    evening = TEN + 12 * HOUR
    for moment in every_five_minutes(TEN - 2 * HOUR, put_back) + every_five_minutes(put_back - HOUR, evening):
        practice.at(moment)

    assert Counter(text.split()[1] for text in practice.gateway.texts) == {"move": 1, "calm": 1, "write": 1}
    assert all(9 <= at.astimezone(NEW_YORK).hour < 20 for at in left_at)


def test_a_call_before_which_the_clock_was_put_back_is_looked_at_again(practice: Practice) -> None:
    message = leaps(practice, attempted, -2 * HOUR)  # to eight, when nothing may leave
    rounds = [len(practice.at(TEN - timedelta(minutes=minutes))) for minutes in (110, 70, 50, 10)]

    assert message.state == "planned"
    assert rounds == [0, 0, 1, 0]  # at ten past nine


def test_what_a_dead_process_had_claimed_before_the_clock_was_put_back_leaves_an_hour_later(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", **MONDAYS))
    claim_due(
        practice.sessions, "MG", Rate(1), now=TEN, token="dead", lease=LEASE, shard=EVERYONE, limit=9
    )  # and its process is gone
    rounds = [practice.at(TEN - HOUR + timedelta(minutes=minutes)) for minutes in (0, 30, 62, 64)]

    assert [len(texts) for texts in rounds] == [0, 0, 0, 1]


def test_a_question_that_left_by_a_clock_an_hour_ahead_is_found_and_not_asked_again(sessions: Sessions) -> None:
    program = publication(nudge("calm", slot="evening", weeks=[2]), check_ins=[ASKED])
    with troubled(sessions, program) as clinic:
        clinic.carried = False  # no receipt, which would say that it left
        clinic.provider_clock.to(TEN)
        clinic.clock.to(TEN + HOUR)  # wrong by an hour
        clinic.sandbox.faults.order(Fault(FaultKind.LOST_ANSWER))
        clinic.round()
        in_doubt = clinic.states("weekly")
        clinic.clock.to(TEN)  # put right
        for _ in range(30):
            clinic.forward(minutes=5)
            clinic.round()

        assert in_doubt == {"unknown": 1}
        assert clinic.sent() == {ANA: 1}
        assert set(clinic.states("weekly")) <= {"accepted", "sent", "delivered"}


def test_an_answer_counts_for_a_question_that_was_asked_before_the_clock_was_put_back(practice: Practice) -> None:
    practice.enrolls_ana(nudge("calm", slot="evening", weeks=[2]), check_ins=[ASKED])
    practice.at(TEN)
    practice.hears("6", at=TEN - HOUR + timedelta(minutes=5))

    assert [answer.value for answer in practice.rows(Answer)] == ["6"]


# The machine sleeps for nine hours.


def test_what_was_claimed_when_the_machine_fell_asleep_expires_and_is_listed(practice: Practice) -> None:
    leaps(practice, claimed, NINE_HOURS)
    practice.at(TEN + NINE_HOURS + timedelta(minutes=1))

    assert practice.gateway.calls == []
    assert [(text.name, text.state) for text in not_gone(practice.sessions)] == [("move", "expired")]


def test_an_attempt_whose_call_had_not_begun_when_the_machine_fell_asleep_is_taken_back(practice: Practice) -> None:
    leaps(practice, attempted, NINE_HOURS)
    practice.at(TEN + NINE_HOURS + timedelta(minutes=1))

    assert practice.gateway.calls == []
    assert [(one.outcome, one.error_words) for one in practice.rows(Attempt)] == [
        ("unsent", "the machine slept before the call, or its clock was moved")
    ]
    assert [(text.name, text.state) for text in not_gone(practice.sessions)] == [("move", "expired")]


def test_a_machine_that_slept_sends_nothing_late_and_nothing_in_a_burst(practice: Practice) -> None:
    practice.enrolls_ana(*THREE)
    practice.at(TEN - 4 * HOUR)
    woken = TEN + 8 * HOUR + timedelta(minutes=35)  # 18:35, five minutes after the last slot
    rounds = [len(practice.at(woken + timedelta(minutes=5 * step))) for step in range(18)]
    lost = [(text.name, text.state) for text in not_gone(practice.sessions)]

    assert max(rounds) == sum(rounds) == 1
    assert practice.gateway.texts[0].startswith("en write")
    assert lost == [("move", "expired"), ("calm", "expired")]


def test_a_machine_that_slept_hears_what_came_meanwhile_before_it_sends(sessions: Sessions) -> None:
    with troubled(sessions, publication(nudge("move", days=["mon"]), *THREE[1:]), people=2) as clinic:
        clinic.sandbox.inbound_url = None  # nobody is there to take a webhook
        clinic.forward(hours=6)
        clinic.sandbox.text_from(ANA, "please stop texting me")
        clinic.forward(hours=6, minutes=35)
        for _ in range(3):
            clinic.round()
            clinic.forward(minutes=1)
        to_ana = [dict(one.form)["Body"] for one in clinic.sandbox.ledger.accepted(to=ANA)]

        assert clinic.replies() == ["please stop texting me"]
        assert to_ana == ["en stop"]
        assert clinic.sent()[number(44)] == 1


# Two clocks.


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("minutes", [0, 4])
def test_two_machines_whose_clocks_differ_send_each_text_once_and_no_more_than_the_sender_carries(
    sessions: Sessions, database_url: str, minutes: int, kind: str
) -> None:
    people, second = 20, Sessions(open_engine(database_url, synchronous="NORMAL"))
    gateway = RecordingGateway()
    with troubled(sessions, people=people, first=10) as clinic:
        clocks = SteppedClock(TEN), SteppedClock(TEN - timedelta(minutes=minutes))
        each = list(zip((sessions, second), (Editions(), Editions()), clocks, strict=True))

        def delivers(machine: tuple[Sessions, Editions, SteppedClock]) -> None:
            own, editions, clock = machine
            deliver_due(own, editions, gateway, CLINIC, now=clock, parallel=2, rate=Rate(1.0))

        delivers(each[0])  # the one that is ahead finds a full bucket, which the other does not fill a second time
        first, per_second = len(gateway.calls), []
        for _ in range(30):
            before = len(gateway.calls)
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(delivers, each))
            per_second.append(len(gateway.calls) - before)
            for clock in clocks:
                clock.forward(seconds=1)
        states = clinic.states()
    second.engine.dispose()

    assert kind in database_url
    assert Counter(call.to for call in gateway.calls) == {number(place): 1 for place in range(10, 10 + people)}
    assert states == {MessageState.ACCEPTED: people}
    assert first == 5
    assert max(per_second) <= 1 + 1
