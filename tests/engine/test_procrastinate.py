"""Jobs that stand in a real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import text

from coach.bootstrap import open_queue
from coach.engine.base import EngineAwayError, Job
from coach.engine.procrastinate import Queue
from coach.storage.database import Sessions
from tests.engine.working import comes_true, left, working
from tests.journeys.real import PATIENCE
from tests.postgres import Postgres

FIRST, SECOND = Job("deliver", {"shard": 0, "of": 2}), Job("deliver", {"shard": 1, "of": 2})


def test_its_tables_are_made_once_however_often_one_migrates(queue: Queue) -> None:
    again = queue.prepare()

    assert not again
    assert queue.is_prepared()
    assert queue.workers() == 0


def test_the_same_job_waits_only_once_and_a_refusal_harms_nothing(queue: Queue, sessions: Sessions) -> None:
    taken = [queue.defer(job) for job in (FIRST, FIRST, SECOND, FIRST, SECOND)]

    assert taken == [True, False, True, False, False]
    assert left(sessions) == [("deliver of=2 shard=0", "todo"), ("deliver of=2 shard=1", "todo")]


def test_two_clocks_that_hand_the_same_over_at_once_leave_it_once(
    database_url: str, queue: Queue, sessions: Sessions
) -> None:
    other = open_queue(database_url)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda number: (queue, other)[number % 2].defer(FIRST), range(100)))
    other.close()

    assert sum(taken) == 1
    assert left(sessions) == [("deliver of=2 shard=0", "todo")]


def test_a_worker_does_what_waits_and_what_comes_and_leaves_nothing_behind(queue: Queue, sessions: Sessions) -> None:
    done: list[int] = []
    first, second = Event(), Event()

    def deliver(shard: int, of: int) -> None:
        assert of == 2
        done.append(shard)
        (first, second)[shard].set()

    queue.defer(FIRST)
    with working(queue, {"deliver": deliver}):
        assert first.wait(PATIENCE)
        queue.defer(SECOND)
        assert second.wait(PATIENCE)

    assert done == [0, 1]
    assert left(sessions) == []


def test_a_job_that_raises_is_gone_and_comes_again_with_the_next_beat(
    queue: Queue, sessions: Sessions, caplog: pytest.LogCaptureFixture
) -> None:
    runs: list[int] = []
    ran = [Event(), Event()]

    def stumble() -> None:
        runs.append(1)
        ran[len(runs) - 1].set()
        raise ValueError("what a patient wrote")

    with working(queue, {"read": stumble}):
        for event in ran:
            queue.defer(Job("read"))
            assert event.wait(PATIENCE)

    assert left(sessions) == []
    assert "(read) raised ValueError" in caplog.text


def test_the_end_waits_for_the_job_in_hand_and_begins_no_other(queue: Queue, sessions: Sessions) -> None:
    came, go_on = Event(), Event()
    done: list[int] = []

    def deliver(shard: int, **_of: int) -> None:
        came.set()
        assert go_on.wait(PATIENCE)
        done.append(shard)

    queue.defer(FIRST)
    with working(queue, {"deliver": deliver}, at_once=1) as ended:
        assert came.wait(PATIENCE)
        queue.defer(SECOND)
        ended.set()
        go_on.set()

    assert done == [0]
    assert left(sessions) == [("deliver of=2 shard=1", "todo")]


def test_a_long_job_does_not_take_every_place_of_its_worker(queue: Queue) -> None:
    came, go_on, read = Event(), Event(), Event()
    runs: list[int] = []

    def deliver(shard: int, **_of: int) -> None:
        runs.append(shard)
        came.set()
        assert go_on.wait(PATIENCE)

    with working(queue, {"deliver": deliver, "read": read.set}, at_once=2):
        queue.defer(FIRST)
        assert came.wait(PATIENCE)
        queue.defer(FIRST)
        queue.defer(Job("read"))
        was_read = read.wait(PATIENCE)
        go_on.set()

    assert was_read
    assert runs == [0]


def test_what_a_dead_worker_had_in_hand_blocks_nothing_and_is_struck_off(queue: Queue, sessions: Sessions) -> None:
    done = Event()
    queue.defer(FIRST)
    with sessions.write() as session:  # as a worker leaves it that was killed a minute ago
        session.execute(
            text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '60 seconds')")
        )
        session.execute(text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = 1"))
    taken = queue.defer(FIRST)
    with working(queue, {"deliver": lambda **_payload: done.set()}):
        was_done = done.wait(PATIENCE)
        struck_off = comes_true(lambda: left(sessions) == [])

    assert (taken, was_done, struck_off) == (True, True, True)
    assert queue.workers() == 0


def test_a_worker_whose_server_was_restarted_goes_on(postgres: Postgres, queue: Queue) -> None:
    first, again = Event(), Event()
    with working(queue, {"read": first.set, "close": again.set}):
        queue.defer(Job("read"))
        assert first.wait(PATIENCE)
        postgres.stop()
        postgres.start()
        deferred = comes_true(lambda: _defers(queue, Job("close")))
        was_done = again.wait(PATIENCE)

    assert (deferred, was_done) == (True, True)


def _defers(queue: Queue, job: Job) -> bool:
    try:
        return queue.defer(job)
    except EngineAwayError:
        return False
