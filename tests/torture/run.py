"""A run: processes are started, killed and started again; then it settles, and is judged."""

import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Engine, text
from sqlalchemy import bindparam as bind

from coach.storage.database import Sessions, open_engine
from coach.storage.types import UtcDateTime
from tests.gateway.answering import free_port
from tests.torture.crowd import crowd, note_order
from tests.torture.evidence import Evidence, gather
from tests.torture.lives import PATIENCE, Ward, comes_true, sandbox_of
from tests.torture.processes import PARALLEL_CALLS, Clinic
from tests.torture.provider import CALM, LEDGER, OUTAGES, Scheme
from tests.torture.timing import VirtualClock

SQLITE, POSTGRESQL = ("serve",), ("web", "clock", "worker", "worker")
GRACE = timedelta(minutes=2)  # virtual: what was due this long ago should have been looked at
AT_LEAST_EVERY = 10.0  # seconds between two kills, even where nothing leaves
COMPLAINT = re.compile(r"[\d-]+ [\d:,]+ \d+ ((?:WARNING|ERROR|CRITICAL) .*)")
IDS = re.compile(r"(?:SM[0-9a-f]{32}|\b\d+\b)")
CALLED, WROTE = '"what": "create"', '"what": "inbound"'


@dataclass(frozen=True)
class Plan:
    """How hard a run is: it is calm after so many `kills` and `texts`, or `lasts` seconds.

    Texts fall due in the first `window` virtual minutes, and `outages` come so many minutes after the beginning.
    """

    people: int
    kills: int
    texts: int
    lasts: float
    window: float
    speed: float
    seed: int = 1
    outages: Sequence[tuple[float, float]] = ()
    settles: float = 90.0  # seconds, at most
    durable: bool = True


SHORT = Plan(people=60, kills=12, texts=300, lasts=150, window=25, speed=90, outages=((12, 15),), durable=False)
LONG = Plan(
    people=1200,
    kills=200,
    texts=10_000,
    lasts=1080,
    window=240,
    speed=30,
    outages=((40, 46), (100, 112), (180, 184)),
    settles=240,
)


@dataclass
class Witness:
    """What the ledger's file says so far."""

    path: Path
    texts: int = 0  # calls that led to a text
    written: int = 0  # texts from phones
    _read: int = field(default=0)

    def look(self) -> None:
        with self.path.open(encoding="utf-8") as file:
            file.seek(self._read)
            lines = [line for line in file if line.endswith("\n")]
        self._read += sum(len(line.encode()) for line in lines)
        self.texts += sum(CALLED in line and '"sid": null' not in line for line in lines)
        self.written += sum(WROTE in line for line in lines)


@dataclass(frozen=True)
class Ended:
    """What a run left. `settled`: whether nothing was left to do."""

    evidence: Evidence
    kills: Sequence[str]
    endings: Sequence[str]
    settled: bool
    complaints: Mapping[str, int]  # what the logs of the processes under test say, and how often


def torture(database_url: str, folder: Path, plan: Plan) -> Ended:
    """A run over this database, which is migrated and empty; `folder` takes the ledger and the logs."""
    engine = open_engine(database_url)
    roles = _people(engine, plan)
    clock = VirtualClock(time.monotonic(), plan.speed)
    clinic = Clinic(folder, database_url, free_port(), free_port(), clock, plan.durable)
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        calm = stack.enter_context(sandbox_of(clinic, Scheme(plan.seed, plan.outages)))
        witness = Witness(folder / LEDGER)
        witness.path.touch()
        ward = Ward(clinic, roles, Random(plan.seed))  # noqa: S311 (a plan of kills)
        _kill(ward, witness, plan)
        calm.set()
        assert comes_true((folder / CALM).exists, within=PATIENCE, meanwhile=ward.look)
        overdue = clock()

        def is_settled() -> bool:
            nonlocal overdue  # what is judged is what the last look saw: a moment later, more is due
            overdue = clock() - GRACE
            return _is_settled(engine, witness, overdue)

        settled = comes_true(is_settled, within=plan.settles, meanwhile=ward.look)
        ward.end()
        evidence = gather(Sessions(engine), folder / LEDGER, folder / OUTAGES, len(ward.kills), PARALLEL_CALLS, overdue)
    return Ended(evidence, ward.kills, ward.endings, settled, _complaints(folder, roles))


def _complaints(folder: Path, roles: Sequence[str]) -> Counter[str]:
    """Each line of the logs, without its numbers and ids."""
    lines = (line for role in set(roles) for line in (folder / f"{role}.log").read_text(encoding="utf-8").splitlines())
    said = (COMPLAINT.match(line) for line in lines)
    return Counter(IDS.sub("…", one[1]) for one in said if one is not None)


def _people(engine: Engine, plan: Plan) -> Sequence[str]:
    """The roles that this database takes; people and their plan are in it."""
    note_order(engine)
    crowd(Sessions(engine), plan.people, window=plan.window, seed=plan.seed)
    return SQLITE if engine.dialect.name == "sqlite" else POSTGRESQL


def _kill(ward: Ward, witness: Witness, plan: Plan) -> None:
    """Deaths, spread over the texts: by load, a run takes shorter or longer, and yet the same happens in it."""
    end = time.monotonic() + plan.lasts
    last = time.monotonic()
    random = Random(plan.seed)  # noqa: S311 (when to kill)
    thresholds = sorted(random.uniform(0, plan.texts) for _ in range(plan.kills))

    def step() -> None:
        nonlocal last
        ward.look()
        witness.look()
        place = len(ward.kills) + ward.doomed
        if place >= plan.kills:
            return
        if witness.texts >= thresholds[place] or time.monotonic() > last + AT_LEAST_EVERY:
            last = time.monotonic()
            ward.doom_one()

    comes_true(
        lambda: len(ward.kills) >= plan.kills and witness.texts >= plan.texts,
        within=end - time.monotonic(),
        meanwhile=step,
    )


def _is_settled(engine: Engine, witness: Witness, overdue: datetime) -> bool:
    """Nothing due by then waits or is on its way, nothing is in doubt or unread, every text of a phone is stored."""
    left = text(
        "SELECT (SELECT count(*) FROM message WHERE state = 'planned' AND (next_at <= :overdue OR send_by <= :overdue))"
        " + (SELECT count(*) FROM message WHERE state = 'unknown' OR state = 'sending' AND left_at <= :overdue)"
        " + (SELECT count(*) FROM reply WHERE state = 'unread')"
    ).bindparams(bind("overdue", overdue, UtcDateTime()))
    with engine.connect() as connection:
        waiting = connection.execute(left).scalar_one()
        stored = connection.execute(text("SELECT count(*) FROM reply")).scalar_one()
    witness.look()
    return bool(waiting == 0 and stored >= witness.written)
