"""The clock on real seconds."""

from collections.abc import Callable
from datetime import date
from threading import Event, Thread

from sqlalchemy import select
from sqlmodel import col

from coach.bootstrap import Coach, real_time
from coach.clock import Beat
from coach.domain.delivery import MessageState, Purpose
from coach.gateway.base import Gateway, Outbound, Outcome
from coach.services.duties import Duty
from coach.services.editions import Editions
from coach.services.enroll import enroll
from coach.services.publish import publish
from coach.services.read import Reader
from coach.storage.database import Sessions
from coach.storage.tables import Message
from tests.journeys.real import PATIENCE, Gate, today_at, zone_at_noon
from tests.people import CLINIC, RecordingGateway, accept, ana, nudge, publication, rules


def coach_of(sessions: Sessions, gateway: Gateway, editions: Editions) -> Coach:
    reader = Reader(editions, rules())
    return Coach(sessions, editions, gateway, CLINIC, reader, real_time, "http://127.0.0.1:8000", parallel_calls=1)


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
