"""A clinic over a real database, a sandbox and webhooks over real HTTP, and time that is stepped; and its troubles."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Engine, event, select
from sqlmodel import col

from coach.bootstrap import Coach, work_of
from coach.content.publication import Publication
from coach.domain.clinic import Clinic
from coach.engine.base import Job, do
from coach.rehearsal.server import listen
from coach.rehearsal.server import serving as serving_app
from coach.sandbox.faults import Fault
from coach.sandbox.message import Message as Carried
from coach.sandbox.provider import Sandbox
from coach.services.duties import DUTIES
from coach.services.editions import Editions
from coach.services.enroll import enroll
from coach.services.plan import plan
from coach.services.publish import publish
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Message, Reply
from coach.web.app import create_app
from tests.journeys.real import PATIENCE
from tests.people import CLINIC, MONDAY, MONDAY_6AM, SteppedClock, ana, nudge, publication, reader_of
from tests.sandbox.serving import ACCOUNT, gateway_to, serving

HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def number(place: int) -> str:
    """The sample number of a person; Ana's is 43."""
    return f"+120255501{place:02}"


class Tripped(Sandbox):
    """A sandbox that lets trouble begin once it has accepted a call, before it answers."""

    on_accepted: Callable[[], object] | None = None

    def create(self, form: Sequence[tuple[str, str]]) -> tuple[Carried, Fault | None]:
        accepted = super().create(form)
        if self.on_accepted is not None:
            self.on_accepted()
        return accepted


@dataclass
class Troubled:
    """One process of coach, what it says over HTTP, and the provider. `clock` is coach's; the provider may differ."""

    coach: Coach
    sandbox: Tripped
    clock: SteppedClock
    provider_clock: SteppedClock
    url: str
    client: httpx.Client
    carried: bool = True  # whether texts take their way, and their receipts come

    def round(self) -> None:
        """Every duty once, as the clock does them: trouble is logged, and the next one is done."""
        work = work_of(self.coach, DUTIES)
        for duty in DUTIES:
            do(work, Job(duty.name, {"shard": 0, "of": 1}), called=duty.name)
        if self.carried:
            self.sandbox.deliver_due(self.provider_clock())

    def forward(self, **span: float) -> None:
        """Both clocks move on."""
        self.clock.forward(**span)
        self.provider_clock.forward(**span)

    def health(self) -> tuple[int, int]:
        """The answers of /healthz and /readyz."""
        live, ready = (self.client.get(f"{self.url}/{name}").status_code for name in ("healthz", "readyz"))
        return live, ready

    def replies(self) -> list[str]:
        with self.coach.sessions.read() as session:
            return list(session.execute(select(col(Reply.body)).order_by(col(Reply.id))).scalars())

    def states(self, name: str = "move") -> Counter[str]:
        """How many texts of that name are in each state."""
        with self.coach.sessions.read() as session:
            return Counter(
                state.value for state in session.execute(select(col(Message.state)).filter_by(name=name)).scalars()
            )

    def attempts(self) -> set[str]:
        with self.coach.sessions.read() as session:
            return set(session.execute(select(col(Attempt.token))).scalars())

    def sent(self) -> Counter[str]:
        """How many texts the provider took for each number."""
        return Counter(one.to for one in self.sandbox.ledger.accepted())


@contextmanager
def troubled(
    sessions: Sessions,
    program: Publication | None = None,
    *,
    people: int = 1,
    first: int = 43,
    clinic: Clinic = CLINIC,
    **parts: Any,
) -> Iterator[Troubled]:
    """`people` who said yes are in `program` since Monday 6 am, over these sessions."""
    editions, clock, provider_clock = Editions(), SteppedClock(), SteppedClock()
    _enroll(sessions, editions, program or publication(nudge("move", days=["mon"])), range(first, first + people))
    with ExitStack() as stack:
        listener = listen(0)
        public = f"http://127.0.0.1:{listener.getsockname()[1]}"
        client = stack.enter_context(httpx.Client(trust_env=False, timeout=PATIENCE))
        sandbox = Tripped(provider_clock, account=ACCOUNT, inbound_url=f"{public}/sms/inbound")
        stack.callback(sandbox.close)
        gateway = gateway_to(stack.enter_context(serving(sandbox)), public)
        parts = {"parallel_calls": 1, **parts}
        reader = reader_of(editions, clinic=clinic)
        coach = Coach(sessions, editions, gateway, clinic, lambda: reader, clock, public, **parts)
        stack.enter_context(serving_app(create_app(coach), listener))
        found = Troubled(coach, sandbox, clock, provider_clock, public, client)
        found.round()  # the first sweep: nothing leaves before coach has heard what came
        yield found


def _enroll(sessions: Sessions, editions: Editions, program: Publication, places: range) -> None:
    publish(sessions, program, author="Nurse Bo", now=MONDAY_6AM)
    for place in places:
        enroll(
            sessions,
            editions,
            patient_id=ana(sessions, phone=number(place)),
            program=program.program.name,
            start=MONDAY,
            preset="standard",
            seed=place,
            now=MONDAY_6AM,
        )
    plan(sessions, editions, now=MONDAY_6AM)


@dataclass
class Lock:
    """Another program that can hold a SQLite file."""

    path: Path
    _process: "subprocess.Popen[str] | None" = None

    def hold(self) -> None:
        """Nobody else can write to it from now on."""
        self._process = subprocess.Popen(  # noqa: S603 (our own command)
            [sys.executable, "-c", HOLD, str(self.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "held\n"

    def release(self) -> None:
        if self._process is not None:
            self._process.communicate(timeout=PATIENCE)
            self._process = None


def impatient(engine: Engine) -> None:
    """Whoever meets a lock waits 50 ms, where coach waits for five seconds: the same path, sooner."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")


@dataclass
class Disk:
    """A disk that can be full: SQLite itself then says so, as soon as a transaction needs one page more."""

    engine: Engine
    full: bool = False

    def __post_init__(self) -> None:
        event.listen(self.engine, "checkout", self._checkout)

    def _checkout(self, connection: Any, _record: object, _proxy: object) -> None:
        pages = 1 if self.full else 1_000_000_000  # it never goes below what the file has
        connection.execute(f"PRAGMA max_page_count={pages}").close()


def on_error(engine: Engine, act: Callable[[], object]) -> None:
    """Whenever the database refuses something, `act`: the trouble is over as soon as it has been met."""
    event.listen(engine, "handle_error", lambda _context: act())
