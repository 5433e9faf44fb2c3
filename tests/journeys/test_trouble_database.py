"""The database in trouble: restarted, locked, full, or without a free connection; the sandbox's ledger is the judge."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlmodel import Session

from coach.storage.database import PoolExhaustedError, Sessions, open_engine
from tests.journeys.troubled import Disk, Lock, Troubled, impatient, number, on_error, troubled
from tests.people import ANA
from tests.postgres import Postgres, postgres_server

PEOPLE = 6
ONCE_EACH = {number(place): 1 for place in range(43, 43 + PEOPLE)}


@pytest.fixture(scope="module")
def own_server() -> Iterator[Postgres]:
    """A server that a test may stop."""
    with postgres_server() as server:
        yield server


@contextmanager
def over(address: str, *, wait: float = 5.0) -> Iterator[Sessions]:
    engine = open_engine(address, synchronous="NORMAL", wait=wait)
    if engine.dialect.name == "sqlite":
        impatient(engine)
    yield Sessions(engine)
    engine.dispose()


def ten(clinic: Troubled) -> None:
    """It is ten in New York: everybody is owed a text."""
    clinic.forward(hours=4)


def file_of(database_url: str) -> Path:
    return Path(make_url(database_url).database or "")


def test_while_postgresql_is_away_webhooks_say_503_and_the_sweep_brings_what_they_held(own_server: Postgres) -> None:
    with over(own_server.create(template=own_server.migrated())) as sessions, troubled(sessions, people=2) as clinic:
        ten(clinic)
        own_server.stop()
        answers = [clinic.sandbox.text_from(ANA, words).status for words in ("STOP", "I mean it")]
        away = clinic.health()
        clinic.round()  # nothing can be done, and nothing raises
        own_server.start()
        back = clinic.health()
        for _ in range(3):
            clinic.forward(minutes=1)
            clinic.round()
        heard, sent = clinic.replies(), clinic.sandbox.ledger.accepted()

    assert (answers, away, back) == ([503, 503], (200, 503), (200, 200))
    assert heard == ["STOP", "I mean it"]
    assert [(one.to, dict(one.form)["Body"]) for one in sent if one.to == ANA] == [(ANA, "en stop")]
    assert {one.to for one in sent} == {ANA, number(44)}


def test_postgresql_that_stops_during_calls_costs_no_text_and_brings_none_twice(own_server: Postgres) -> None:
    with (
        over(own_server.create(template=own_server.migrated())) as sessions,
        troubled(sessions, people=PEOPLE) as clinic,
    ):
        ten(clinic)
        stops: list[int] = []

        def stop_at_every_third() -> None:
            if len(clinic.sandbox.ledger.accepted()) % 3 == 0:
                stops.append(1)
                own_server.stop()

        clinic.sandbox.on_accepted = stop_at_every_third
        on_error(sessions.engine, own_server.start)
        clinic.round()
        states = clinic.states()

    assert len(stops) == 2
    assert clinic.sent() == ONCE_EACH
    assert set(states) <= {"accepted", "sent", "delivered"}, states


def test_a_locked_file_makes_webhooks_say_503_and_nothing_leaves_until_it_is_free(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    lock = Lock(file_of(database_url))
    with over(database_url) as sessions, troubled(sessions, people=PEOPLE) as clinic:
        ten(clinic)
        lock.hold()
        answer, held = clinic.sandbox.text_from(ANA, "hello").status, clinic.health()
        clinic.round()
        left_meanwhile, stored_meanwhile = clinic.sent(), clinic.replies()
        lock.release()
        for _ in range(2):
            clinic.forward(minutes=1)
            clinic.round()

        assert (answer, held) == (503, (200, 200))  # reading goes on
        assert (left_meanwhile, stored_meanwhile) == ({}, [])
        assert "/sms/inbound was answered with 503: database is locked" in caplog.messages
        assert clinic.replies() == ["hello"]
        assert clinic.sent() == ONCE_EACH


def test_a_lock_that_begins_during_a_call_loses_nothing_of_what_the_provider_said(database_url: str) -> None:
    lock = Lock(file_of(database_url))
    with over(database_url) as sessions, troubled(sessions, people=2) as clinic:
        ten(clinic)
        clinic.sandbox.on_accepted = lock.hold
        on_error(sessions.engine, lock.release)
        clinic.round()
        lock.release()

        assert set(clinic.states()) <= {"accepted", "sent", "delivered"}
        assert set(clinic.sent().values()) == {1}


def test_on_a_full_disk_nothing_leaves_without_its_attempt_and_a_text_is_stored_or_refused(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with over(database_url) as sessions:
        disk = Disk(sessions.engine)
        with troubled(sessions, people=PEOPLE) as clinic:
            ten(clinic)
            disk.full = True
            answers = [clinic.sandbox.text_from(number(99), f"{place} {'x' * 1500}").status for place in range(12)]
            stored = clinic.replies()
            on_error(sessions.engine, lambda: setattr(disk, "full", False))
            clinic.round()
            written = clinic.attempts()
            called = {one.attempt for one in clinic.sandbox.ledger.creates()}
            for _ in range(4):
                clinic.forward(minutes=2)
                clinic.round()

            assert set(answers) == {200, 503}
            assert len(stored) == answers.count(200)
            assert "/sms/inbound was answered with 503: database or disk is full" in caplog.messages
            assert called <= written
            assert len(clinic.replies()) == 12  # the sweep has brought the rest
            assert clinic.sent() == ONCE_EACH


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_without_a_free_connection_a_webhook_says_503_in_time_and_recovers(database_url: str, kind: str) -> None:
    with over(database_url, wait=0.05) as sessions, troubled(sessions) as clinic:
        ten(clinic)
        with ExitStack() as held:
            for _ in range(40 if kind == "sqlite" else 20):
                held.enter_context(sessions.read()).connection()
            answer, taken = clinic.sandbox.text_from(ANA, "hello").status, clinic.health()
            clinic.round()
            left_meanwhile = clinic.sent()
        for _ in range(2):
            clinic.forward(minutes=1)
            clinic.round()

        assert (answer, taken, left_meanwhile) == (503, (200, 503), {})
        assert clinic.replies() == ["hello"]
        assert clinic.sent() == {ANA: 1}


class Relieved(Sessions):
    """Sessions whose connections are all taken, until somebody has been told so."""

    def __init__(self, sessions: Sessions, held: ExitStack) -> None:
        super().__init__(sessions.engine)
        self.held, self.refused = held, 0

    def take_all(self) -> None:
        for _ in range(40):
            self.held.enter_context(self.read()).connection()

    @contextmanager
    def write(self) -> Iterator[Session]:
        try:
            with super().write() as session:
                yield session
        except PoolExhaustedError:
            self.refused += 1
            self.held.close()
            raise


def test_without_a_free_connection_after_a_call_its_answer_is_written_down_all_the_same(database_url: str) -> None:
    with over(database_url, wait=0.05) as sessions, ExitStack() as held:
        relieved = Relieved(sessions, held)
        with troubled(relieved) as clinic:
            ten(clinic)
            clinic.sandbox.on_accepted = relieved.take_all
            clinic.round()

            assert relieved.refused == 1
            assert set(clinic.states()) <= {"accepted", "sent", "delivered"}
            assert clinic.sent() == {ANA: 1}
