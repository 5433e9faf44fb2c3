"""Workers that merely loop and claim, beside workers that do jobs: two processes over one PostgreSQL.

`python -m benchmarks.engine` prints both tables of docs/decisions/0018; it takes some minutes.
"""

import argparse
import logging
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median
from threading import Event

from sqlalchemy import text

from benchmarks.clinic import CLINIC, TODAY, FreeGateway, fill_planned
from benchmarks.stores import Copy, PostgresStore
from coach.bootstrap import Coach, open_queue, queue_of, work_of
from coach.clock import Beat
from coach.content.answers import load_answers
from coach.content.safety import load_rules
from coach.services.answer_danger import Answering
from coach.services.duties import DUTIES
from coach.services.editions import Editions
from coach.services.read import Reader
from coach.services.sweep import sweep
from coach.storage.database import Sessions, open_engine
from coach.storage.messages import EVERYONE
from tests.postgres import postgres_server

WORKERS, SHARDS, PARALLEL = 2, 2, 4
DELIVER = tuple(duty for duty in DUTIES if duty.name == "deliver")
FASTER = 10  # coach's time in the second part, so that a lease of three minutes lapses in 18 seconds
FEWER = 400  # texts of the second part
PATIENCE = 600.0  # seconds
DUE = "SELECT count(*) FROM message WHERE state = 'planned' AND next_at <= :now"
TWICE = "SELECT count(*) FROM (SELECT message_id FROM attempt GROUP BY message_id HAVING count(*) > 1) AS again"
IN_DOUBT = "SELECT count(*) FROM attempt WHERE settled_at IS NULL"
JOBS = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND queueing_lock <> 'tidy'"


@dataclass(frozen=True)
class Time:
    """Coach's time: it stands still, or goes `pace` times as fast as the machine's from `began` on."""

    start: datetime
    began: float = 0.0
    pace: float = 0.0

    def __call__(self) -> datetime:
        return self.start + timedelta(seconds=(time.time() - self.began) * self.pace)


def coach_of(url: str, now: Time) -> Coach:
    """A process's Coach whose texts cost nothing."""
    editions = Editions()
    reader = Reader(editions, load_rules(), Answering(load_answers(), CLINIC))
    sessions = Sessions(open_engine(url))
    return Coach(sessions, editions, FreeGateway(), CLINIC, lambda: reader, now, "http://127.0.0.1:8000", PARALLEL)


def loops(begin: Barrier, url: str, now: Time) -> None:
    """A worker that delivers whatever is due, again and again."""
    coach = coach_of(url, now)
    coach.sessions.reachable()
    begin.wait(PATIENCE)
    while True:
        DELIVER[0].run(coach, EVERYONE)
        coach.ending.wait(DELIVER[0].every)


def does_jobs(begin: Barrier, url: str, now: Time) -> None:
    """A worker that does what a clock hands over."""
    coach = coach_of(url, now)
    coach.sessions.reachable()
    begin.wait(PATIENCE)
    queue_of(coach).work(work_of(coach, DELIVER), at_once=8, ended=Event())


Worker = Callable[[Barrier, str, Time], None]


@contextmanager
def at_work(worker: Worker, url: str, now: Time) -> Iterator[list[BaseProcess]]:
    """Two processes are at work, and the clock that they need; they are killed after the block."""
    context = multiprocessing.get_context("spawn")
    begin = context.Barrier(WORKERS + 1)
    processes: list[BaseProcess] = [
        context.Process(target=worker, args=(begin, url, now), daemon=True) for _ in range(WORKERS)
    ]
    for process in processes:
        process.start()
    beat, coach = None, coach_of(url, now)
    sweep(coach.sessions, coach.gateway, now=now())  # nothing leaves before what came in was heard
    if worker is does_jobs:
        open_queue(url).prepare()
        beat = Beat(coach, DELIVER, engine=queue_of(coach), shards=SHARDS)
    begin.wait(PATIENCE)
    if beat is not None:
        beat.start()
    try:
        yield processes
    finally:
        if beat is not None:
            beat.stop()
        for process in processes:
            process.kill()
            process.join()


class Looking:
    """Counts in a database, from outside."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)

    def count(self, query: str, **values: object) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(text(query), values).scalar_one())

    def when_all_are_due(self) -> datetime:
        """When the last of today's texts may leave, spread as they are (UTC)."""
        with self.engine.connect() as connection:
            query = text("SELECT max(next_at) FROM message WHERE state = 'planned' AND local_date = :today")
            last: datetime = connection.execute(query, {"today": TODAY}).scalar_one()
            return last

    def seconds_until(self, is_so: Callable[[], bool]) -> float:
        """How long it took; it is looked at five times a second."""
        began, never = time.perf_counter(), Event()
        while not is_so():
            if never.wait(0.2) or time.perf_counter() - began > PATIENCE:
                raise TimeoutError
        return time.perf_counter() - began


def throughput(worker: Worker, url: str, sent: int) -> tuple[float, float]:
    """Texts a second of both processes together, and the workers' own milliseconds a text, until `sent` have left."""
    looking = Looking(url)
    now = Time(looking.when_all_are_due())
    due = looking.count(DUE, now=now())
    with at_work(worker, url, now):
        looking.seconds_until(lambda: looking.count(DUE, now=now()) < due)  # both have begun
        first, spent = looking.count(DUE, now=now()), cpu()
        took = looking.seconds_until(lambda: looking.count(DUE, now=now()) <= due - sent)
        left, spent = first - looking.count(DUE, now=now()), cpu() - spent
    looking.engine.dispose()
    return left / took, 1_000 * spent / left


def cpu() -> float:
    """Seconds of processor that the workers at work have used."""
    fields = [Path(f"/proc/{child.pid}/stat").read_text("ascii").split() for child in multiprocessing.active_children()]
    return sum(int(ticks) for line in fields for ticks in line[13:15]) / os.sysconf("SC_CLK_TCK")


def killed(worker: Worker, copy: Copy) -> dict[str, object]:
    """What becomes of the rest when one of the two is killed in the middle."""
    with copy() as url:
        looking = Looking(url)
        now = Time(looking.when_all_are_due(), time.time(), FASTER)
        due = looking.count(DUE, now=now())
        with at_work(worker, url, now) as processes:
            looking.seconds_until(lambda: looking.count(DUE, now=now()) < due * 0.6)
            processes[0].kill()
            gone = looking.seconds_until(lambda: not processes[0].is_alive())
            left = gone + looking.seconds_until(lambda: looking.count(DUE, now=now()) == 0)
            jobs = looking.count(JOBS) if worker is does_jobs else 0
            struck_off = looking.seconds_until(lambda: looking.count(JOBS) == 0) if jobs else 0
        outcome: dict[str, object] = {
            "the last of the others left after (s of coach)": round(left * FASTER),
            "calls without an end": looking.count(IN_DOUBT),
            "texts with two attempts": looking.count(TWICE),
            "jobs left behind": jobs,
            "jobs struck off after (s)": round(left + struck_off) if jobs else None,
        }
        looking.engine.dispose()
        return outcome


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5, help="among which the texts are divided")
    asked = parser.parse_args()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with postgres_server(durable=True) as server:
        store = PostgresStore(server)
        copy = store.filled(lambda sessions: fill_planned(sessions, asked.texts))
        with copy() as url:
            compare(url, asked.texts // (2 * asked.rounds + 1), asked.rounds)
        fewer = store.filled(lambda sessions: fill_planned(sessions, FEWER))
        for side in (loops, does_jobs):
            print(f"{side.__name__}, one of two killed: {killed(side, fewer)}", flush=True)


def compare(url: str, sent: int, rounds: int) -> None:
    """Prints a line for each round: `sent` texts of one heap, by turns, so that a slow minute falls on both sides."""
    print("| round | loops: texts/s | jobs: texts/s | ratio | loops: CPU ms/text | jobs: CPU ms/text |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    ratios = []
    for number in range(rounds):
        sides = (loops, does_jobs) if number % 2 == 0 else (does_jobs, loops)
        of = {side: throughput(side, url, sent) for side in sides}
        (looped, its_cpu), (did, whose_cpu) = of[loops], of[does_jobs]
        ratios.append(did / looped)
        rates = f"{looped:.0f} | {did:.0f} | {ratios[-1]:.2f} | {its_cpu:.2f} | {whose_cpu:.2f}"
        print(f"| {number + 1} | {rates} |", flush=True)
    print(f"| median | | | {median(ratios):.2f} | | |\n", flush=True)


if __name__ == "__main__":
    main()
