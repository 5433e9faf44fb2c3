"""The processes of a run: the product's own server, clock and worker, and a sandbox, all on one virtual clock."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path

import uvicorn

from coach.bootstrap import Coach, build, queue_of
from coach.clock import Beat
from coach.gateway.twilio import TwilioGateway
from coach.settings import Settings, read_settings
from coach.web.app import create_app
from coach.worker import Worker
from tests.torture.points import Doom, DoomedGateway
from tests.torture.provider import Scheme, provide
from tests.torture.timing import CALL_TIMEOUT, VirtualClock, hurried

PARALLEL_CALLS = 4


@dataclass(frozen=True)
class Clinic:
    """What the processes of a run share."""

    folder: Path
    database_url: str
    port: int
    sandbox_port: int
    clock: VirtualClock
    durable: bool  # whether SQLite's commits outlive a power cut; they outlive a killed process either way

    def settings(self) -> Settings:
        return read_settings(
            database_url=self.database_url,
            sqlite_synchronous="FULL" if self.durable else "NORMAL",
            port=self.port,
            public_base_url=f"http://127.0.0.1:{self.port}",
            sandbox_url=f"http://127.0.0.1:{self.sandbox_port}",
            parallel_calls=PARALLEL_CALLS,
            segments_per_second=10,
            shards=2,
        )


def run(role: str, clinic: Clinic, point: str, ready: Connection) -> None:
    """One life of a process; it ends by SIGTERM, by SIGKILL, or at `point` once SIGUSR1 has come."""
    _settle_in(role, clinic)
    doom = Doom(point)
    coach = _coach(clinic, doom)
    doom.watch(coach.sessions.engine)
    ready.send(role)
    ROLES[role](coach, clinic)


def run_sandbox(clinic: Clinic, scheme: Scheme, calm: Event) -> None:
    """The provider and the phones; after `calm` there are no more faults, and nobody writes."""
    _settle_in("sandbox", clinic)
    provide(clinic.settings(), clinic.clock, clinic.folder, scheme, calm)


def _settle_in(role: str, clinic: Clinic) -> None:
    os.chdir(clinic.folder)  # no .env of anybody's
    for name in [name for name in os.environ if name.upper().startswith("COACH_")]:
        del os.environ[name]
    logging.basicConfig(
        filename=clinic.folder / f"{role}.log",
        level="WARNING",
        format="%(asctime)s %(process)d %(levelname)s %(message)s",
    )
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _coach(clinic: Clinic, doom: Doom) -> Coach:
    """The product, wired by itself; its patience with the provider is that of virtual time."""
    settings = clinic.settings()
    real = TwilioGateway(
        account_sid=settings.twilio_account_sid,
        auth_tokens=settings.twilio_auth_tokens,
        messaging_service_sid=settings.twilio_messaging_service_sid,
        public_base_url=settings.public_base_url,
        api_base_url=settings.sandbox_url,
        timeout=CALL_TIMEOUT,
    )
    return build(settings, now=clinic.clock, gateway=DoomedGateway(real, doom))


def _serve(coach: Coach, clinic: Clinic) -> None:
    _listen(coach, clinic, Beat(coach, hurried(clinic.clock.speed)))


def _web(coach: Coach, clinic: Clinic) -> None:
    _listen(coach, clinic, None)


def _listen(coach: Coach, clinic: Clinic, beat: Beat | None) -> None:
    app = create_app(coach, beat=beat)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the server takes it first, and raises it again at its end
    uvicorn.run(app, host="127.0.0.1", port=clinic.port, log_config=None, access_log=False, proxy_headers=False)


def _clock(coach: Coach, clinic: Clinic) -> None:
    shards = clinic.settings().shards
    Beat(coach, hurried(clinic.clock.speed), engine=queue_of(coach), shards=shards).run_until_signal()


def _worker(coach: Coach, clinic: Clinic) -> None:
    Worker(coach, hurried(clinic.clock.speed)).run_until_signal()


ROLES: dict[str, Callable[[Coach, Clinic], None]] = {
    "serve": _serve,
    "web": _web,
    "clock": _clock,
    "worker": _worker,
}
