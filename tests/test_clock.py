"""The clock on real seconds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from threading import Event, Thread

import pytest
from sqlalchemy import select
from sqlmodel import col

from coach.bootstrap import Coach, real_time
from coach.clock import Beat
from coach.domain.delivery import MessageState, Purpose
from coach.engine.base import EngineAwayError, Job
from coach.gateway.base import Gateway, Outbound, Outcome
from coach.services.duties import Duty
from coach.services.editions import Editions
from coach.services.enroll import enroll
from coach.services.publish import publish
from coach.storage.database import Sessions
from coach.storage.tables import Message
from tests.journeys.real import PATIENCE, Gate, today_at, zone_at_noon
from tests.people import CLINIC, RecordingGateway, SteppedClock, accept, ana, nudge, publication, reader_of


def coach_of(sessions: Sessions, gateway: Gateway, editions: Editions) -> Coach:
    reader = reader_of(editions)
    return Coach(
        sessions, editions, gateway, CLINIC, lambda: reader, real_time, "http://127.0.0.1:8000", parallel_calls=1
    )


def invite(sessions: Sessions, editions: Editions, count: int = 1) -> None:
    """So many people are owed their invitation now."""
    now = real_time()
    publish(sessions, publication(nudge("move")), author="Nurse Bo", now=now)
    zone = zone_at_noon(now)
    for number in range(count):
        patient_id = ana(sessions, phone=f"+120255501{number:02}", zone=zone, confirmed=False, now=now)
        start = date.fromisoformat(today_at(zone, now))
        enroll(
            sessions, editions, patient_id=patient_id, program="small-steps", start=start, preset="standard", now=now
        )


def states(sessions: Sessions) -> list[MessageState]:
    with sessions.read() as session:
        invitations = select(Message).where(col(Message.purpose) == Purpose.INVITATION)
        return sorted(message.state for message in session.execute(invitations).scalars())


def telling(event: Event, answer: Callable[[Outbound], Outcome] = accept) -> Callable[[Outbound], Outcome]:
    def tell(outbound: Outbound) -> Outcome:
        event.set()
        return answer(outbound)

    return tell


def test_a_text_that_is_due_leaves_by_itself(sessions: Sessions, editions: Editions) -> None:
    left = Event()
    beat = Beat(coach_of(sessions, RecordingGateway(answer=telling(left)), editions))

    beat.start()
    invite(sessions, editions)
    arrived = left.wait(PATIENCE)
    beat.stop()

    assert arrived
    assert states(sessions) == ["accepted"]


def test_stopping_finishes_the_call_in_hand_and_begins_no_other(sessions: Sessions, editions: Editions) -> None:
    gate = Gate()
    gateway = RecordingGateway(answer=gate)
    coach = coach_of(sessions, gateway, editions)
    invite(sessions, editions, 3)
    beat = Beat(coach)

    beat.start()
    assert gate.came.wait(PATIENCE)
    stopping = Thread(target=beat.stop)
    stopping.start()
    assert coach.ending.wait(PATIENCE)
    in_hand = states(sessions)
    gate.open.set()
    stopping.join(PATIENCE)

    assert in_hand == ["planned", "planned", "sending"]
    assert not stopping.is_alive()
    assert states(sessions) == ["accepted", "planned", "planned"]
    assert len(gateway.calls) == 1


def test_what_was_left_at_the_end_leaves_at_the_next_start(sessions: Sessions, editions: Editions) -> None:
    gate = Gate()
    coach = coach_of(sessions, RecordingGateway(answer=gate), editions)
    invite(sessions, editions, 2)
    beat = Beat(coach)
    beat.start()
    assert gate.came.wait(PATIENCE)
    stopping = Thread(target=beat.stop)
    stopping.start()
    assert coach.ending.wait(PATIENCE)
    gate.open.set()
    stopping.join(PATIENCE)

    left = Event()
    after = Beat(coach_of(sessions, RecordingGateway(answer=telling(left)), editions))
    after.start()
    arrived = left.wait(PATIENCE)
    after.stop()

    assert arrived
    assert states(sessions) == ["accepted", "accepted"]


def test_a_duty_that_raises_is_run_again(sessions: Sessions, editions: Editions) -> None:
    again = Event()
    runs: list[int] = []

    def stumble(_parts: object, _shard: object) -> None:
        runs.append(1)
        if len(runs) > 1:
            again.set()
        raise ValueError("a fault")

    beat = Beat(coach_of(sessions, RecordingGateway(), editions), (Duty("stumble", 0.05, stumble),))
    beat.start()
    ran_again = again.wait(PATIENCE)
    beat.stop()

    assert ran_again


def test_a_duty_that_is_still_at_work_lets_beats_pass_without_a_word(
    sessions: Sessions, editions: Editions, caplog: pytest.LogCaptureFixture
) -> None:
    passed, go_on = Event(), Event()
    long_runs: list[int] = []
    short_runs: list[int] = []

    def long(_parts: object, _shard: object) -> None:
        long_runs.append(1)
        assert go_on.wait(PATIENCE)

    def short(_parts: object, _shard: object) -> None:
        short_runs.append(1)
        if len(short_runs) == 10:
            passed.set()

    duties = (Duty("long", 0.05, long), Duty("short", 0.05, short))
    beat = Beat(coach_of(sessions, RecordingGateway(), editions), duties)
    beat.start()
    ten_beats_passed = passed.wait(PATIENCE)
    runs = len(long_runs)
    go_on.set()
    beat.stop()

    assert (ten_beats_passed, runs) == (True, 1)
    assert [record.getMessage() for record in caplog.records if record.levelname != "DEBUG"] == []


def test_duties_go_on_at_once_where_the_machines_clock_was_put_back(
    sessions: Sessions, editions: Editions, caplog: pytest.LogCaptureFixture
) -> None:
    machine, first, again = SteppedClock(), Event(), Event()

    def run(_parts: object, _shard: object) -> None:
        (again if first.is_set() else first).set()

    an_hour = (Duty("hourly", 3600, run),)  # as far ahead as any beat is once the clock was put back by an hour
    beat = Beat(coach_of(sessions, RecordingGateway(), editions), an_hour, machine=machine)
    beat.start()
    assert first.wait(PATIENCE)
    machine.forward(hours=-1)
    ran_again = again.wait(PATIENCE)
    beat.stop()

    assert ran_again
    assert "this machine's clock was put back by 3600 s" in caplog.messages


@dataclass
class Elsewhere:
    """An engine that is away for the first job, and keeps the rest."""

    wanted: int
    jobs: list[Job] = field(default_factory=list)
    came: Event = field(default_factory=Event)
    closed: bool = False
    tries: int = 0

    def defer(self, job: Job) -> bool:
        self.tries += 1
        if self.tries == 1:
            raise EngineAwayError("the database does not answer")
        self.jobs.append(job)
        if len(self.jobs) >= self.wanted:
            self.came.set()
        return True

    def close(self) -> None:
        self.closed = True


def test_with_an_engine_duties_are_handed_over_in_shares_again_and_again(
    sessions: Sessions, editions: Editions, caplog: pytest.LogCaptureFixture
) -> None:
    def nothing(_parts: object, _shard: object) -> None:
        raise AssertionError("the clock does nothing itself")

    engine = Elsewhere(wanted=6)
    duty = Duty("deliver", 0.05, nothing, by_shard=True)
    beat = Beat(coach_of(sessions, RecordingGateway(), editions), (duty,), engine=engine, shards=3)
    beat.start()
    came = engine.came.wait(PATIENCE)
    beat.stop()

    assert (came, engine.closed) == (True, True)
    assert [job.payload["shard"] for job in engine.jobs[:6]] == [1, 2, 0, 2, 0, 1]  # each comes first in turn
    assert {job.payload["of"] for job in engine.jobs} == {3}
    assert caplog.messages == ["the database does not answer; it is tried again in 0.05 s"]
