"""Two processes on one database, with eight delivering threads: the sandbox's ledger is the judge."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from coach.content.publication import Publication
from coach.domain.consent import Consent
from coach.gateway.base import Gateway, Outbound, Outcome
from coach.sandbox.ledger import Created
from coach.sandbox.provider import Sandbox
from coach.services.deliver import LEASE, deliver_due
from coach.services.editions import Editions
from coach.services.plan import plan
from coach.services.publish import publish
from coach.storage.database import Sessions, open_engine
from coach.storage.tables import Attempt, ConsentEntry, Enrollment, Message, Patient
from tests.people import CLINIC, MONDAY, MONDAY_6AM, RecordingGateway, SteppedClock, accept, nudge, publication
from tests.sandbox.serving import ACCOUNT, gateway_to, serving

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York, half an hour after the slot
NAMES = ("move", "calm", "write", "breathe", "learn")
PER_DAY = 3
AREAS = (202, 303, 415, 617)  # each has a hundred sample numbers


class TwoClocks:
    """Two processes' engines and kept programs, over one database file."""

    def __init__(self, first: Sessions, second: Sessions) -> None:
        self.each = ((first, Editions()), (second, Editions()))
        self.sessions = first

    def deliver(self, gateway: Gateway, clock: SteppedClock) -> None:
        """Both deliver all that is due, at the same time, with four threads each."""

        def one(number: int) -> None:
            sessions, editions = self.each[number]
            deliver_due(sessions, editions, gateway, CLINIC, now=clock, parallel=4)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(one, (0, 1)))


@pytest.fixture
def two(sessions: Sessions, database_url: str) -> Iterator[TwoClocks]:
    engine = open_engine(database_url, synchronous="NORMAL")
    yield TwoClocks(sessions, Sessions(engine))
    engine.dispose()


def five_at_once() -> Publication:
    """Five texts at the same minute of Monday, of which three may leave."""
    limits = {"per_day": PER_DAY, "per_week": 20, "minutes_between": 0, "segments": {"en": 1, "es": 2}}
    return publication(*(nudge(name, days=["mon"]) for name in NAMES), limits=limits)


def crowd(sessions: Sessions, size: int) -> None:
    """So many people, who all said yes, are in the program, with their first days planned."""
    program = five_at_once()
    program_id = publish(sessions, program, author="Nurse Bo", now=MONDAY_6AM).id
    numbers = [f"+1{AREAS[place // 100]}55501{place % 100:02}" for place in range(size)]
    with sessions.write() as session:
        people = [
            Patient(name=f"P{phone}", phone=phone, country="US", zone="America/New_York", language="en", created_at=TEN)
            for phone in numbers
        ]
        session.add_all(people)
        session.flush()
        for person in people:
            session.add_all([_yes(person), _enrollment(person, program_id)])
    plan(sessions, Editions(), now=MONDAY_6AM)


def _yes(person: Patient) -> ConsentEntry:
    return ConsentEntry(
        patient_id=person.id,
        phone=person.phone,
        state=Consent.CONFIRMED,
        at=MONDAY_6AM,
        by="patient",
        how="said yes to Nurse Bo",
    )


def _enrollment(person: Patient, program_id: int) -> Enrollment:
    assert person.id is not None
    return Enrollment(
        patient_id=person.id,
        program_id=program_id,
        program_name="small-steps",
        start_date=MONDAY,
        seed=7,
        planned_through=MONDAY - timedelta(days=1),
        plan_at=MONDAY_6AM,
        created_at=MONDAY_6AM,
    )


def attempt_of(call: Created) -> str:
    return parse_qs(urlsplit(dict(call.form)["StatusCallback"]).query)["attempt"][0]


def outcomes(sessions: Sessions) -> Counter[tuple[str, str | None]]:
    """How many messages are in each state, and why where they did not leave."""
    with sessions.read() as session:
        rows = session.execute(select(col(Message.state), col(Message.reason))).all()
    return Counter((state.value, reason if state == "withheld" else None) for state, reason in rows)


def test_eight_threads_of_two_clocks_send_each_of_2000_texts_once_and_nobody_more_than_their_cap(
    two: TwoClocks,
) -> None:
    crowd(two.sessions, 400)
    sandbox = Sandbox(lambda: TEN, account=ACCOUNT)

    with serving(sandbox) as url:
        two.deliver(gateway_to(url, "https://coach.example.org"), SteppedClock(TEN))
    calls = sandbox.ledger.creates()
    with two.sessions.read() as session:
        written = set(session.execute(select(col(Attempt.token))).scalars())
        unsettled = session.execute(select(func.count()).where(col(Attempt.settled_at).is_(None))).scalar_one()

    assert len(calls) == 400 * PER_DAY
    assert {call.answer for call in calls} == {"201"}
    assert set(Counter(call.to for call in calls).values()) == {PER_DAY}
    assert max(Counter((call.to, dict(call.form)["Body"]) for call in calls).values()) == 1
    assert max(Counter(attempt_of(call) for call in calls).values()) == 1
    assert {attempt_of(call) for call in calls} == written
    assert unsettled == 0
    assert outcomes(two.sessions) == {("accepted", None): 1_200, ("withheld", "per_day"): 800}


def test_a_worker_whose_lease_lapsed_sends_nothing_that_another_has_taken_over(two: TwoClocks) -> None:
    crowd(two.sessions, 20)
    clock = SteppedClock(TEN)
    held_up, go_on = Event(), Event()

    def slowly(outbound: Outbound) -> Outcome:
        held_up.set()
        assert go_on.wait(60)
        return accept(outbound)

    slow, quick = RecordingGateway(answer=slowly), RecordingGateway()
    (first, first_editions), (second, second_editions) = two.each
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(deliver_due, first, first_editions, slow, CLINIC, now=clock, parallel=1)
        try:
            assert held_up.wait(60)
            clock.forward(seconds=LEASE.total_seconds() + 1)
            deliver_due(second, second_editions, quick, CLINIC, now=clock, parallel=4)
        finally:
            go_on.set()
        hanging.result(60)
    sent = [(call.to, call.text) for gateway in (slow, quick) for call in gateway.calls]

    assert len(slow.calls) == 1  # the call in hand; the other 19 of its batch were no longer its own
    assert len(sent) == len(set(sent)) == 20 * PER_DAY
    assert set(Counter(to for to, _ in sent).values()) == {PER_DAY}
    assert outcomes(two.sessions) == {("accepted", None): 60, ("withheld", "per_day"): 40}


def test_a_lapsed_lease_that_nobody_took_over_still_sends_once(two: TwoClocks) -> None:
    crowd(two.sessions, 20)
    clock = SteppedClock(TEN)

    def after_the_lease(outbound: Outbound) -> Outcome:
        clock.forward(seconds=LEASE.total_seconds() + 1)
        return accept(outbound)

    gateway = RecordingGateway(answer=after_the_lease)
    sessions, editions = two.each[0]
    deliver_due(sessions, editions, gateway, CLINIC, now=clock, parallel=1)
    sent = [(call.to, call.text) for call in gateway.calls]

    assert len(sent) == len(set(sent)) > 0
    assert max(Counter(to for to, _ in sent).values()) <= PER_DAY
    assert {state for state, _ in outcomes(two.sessions)} <= {"accepted", "withheld", "expired"}
