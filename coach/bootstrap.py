"""The only wiring: settings in, a Coach out. `now` is injected here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from coach.content.answers import load_answers
from coach.content.clinic import read_clinic
from coach.content.safety import load_rules
from coach.domain.clinic import Clinic
from coach.domain.errors import CoachError
from coach.domain.rate import UNLIMITED, Rate
from coach.engine.base import Work
from coach.gateway.base import Gateway
from coach.gateway.twilio import TwilioGateway
from coach.services.answer_danger import Answering
from coach.services.clock import Clock
from coach.services.duties import Duty
from coach.services.editions import Editions
from coach.services.read import Reader
from coach.settings import Settings
from coach.storage.database import POSTGRES_CONNECTION, Sessions, open_engine
from coach.storage.messages import Shard

if TYPE_CHECKING:
    from coach.engine.procrastinate import Queue


REMEDY = "mend it with: make install-postgres (or: pip install --require-hashes -r requirements-postgres.txt)"


class NoQueueError(CoachError):
    """There is nothing that jobs could stand in."""


@dataclass(frozen=True)
class Coach:
    """Everything that one process works with."""

    sessions: Sessions
    editions: Editions
    gateway: Gateway
    clinic: Clinic
    reader: Reader
    now: Clock
    public_base_url: str
    parallel_calls: int = 4
    rate: Rate = UNLIMITED
    ending: Event = field(default_factory=Event)  # once it is set, no call to the provider begins any more


def real_time() -> datetime:
    """The time of this machine, in UTC."""
    return datetime.now(UTC)


def build(settings: Settings, *, now: Clock = real_time, gateway: Gateway | None = None) -> Coach:
    """A Coach on these settings. The files are read now: a fault in them raises CoachError."""
    editions = Editions()
    clinic = read_clinic(settings.config_dir / "clinic.yaml")
    return Coach(
        sessions=Sessions(open_engine(settings.database_url, synchronous=settings.sqlite_synchronous)),
        editions=editions,
        gateway=gateway or build_gateway(settings),
        clinic=clinic,
        reader=Reader(
            editions,
            load_rules(settings.config_dir),
            Answering(load_answers(settings.config_dir), clinic),
            provider_answers_keywords=settings.provider_answers_keywords,
        ),
        now=now,
        public_base_url=settings.public_base_url,
        parallel_calls=settings.parallel_calls,
        rate=Rate(settings.segments_per_second),
    )


def build_gateway(settings: Settings) -> Gateway:
    """The gateway, which for now can only be one that talks to a sandbox."""
    return TwilioGateway(
        account_sid=settings.twilio_account_sid,
        auth_tokens=settings.twilio_auth_tokens,
        messaging_service_sid=settings.twilio_messaging_service_sid,
        public_base_url=settings.public_base_url,
        api_base_url=settings.sandbox_url,
    )


def work_of(coach: Coach, duties: Iterable[Duty]) -> Work:
    """What the job of each name does: the duty of that name, on one shard."""

    def of(duty: Duty) -> Callable[..., object]:
        return lambda shard, of: duty.run(coach, Shard(shard, of))

    return {duty.name: of(duty) for duty in duties}


def queue_of(coach: Coach) -> "Queue":
    """The queue in this Coach's database; raises as `open_queue` does."""
    return open_queue(coach.sessions.engine.url.render_as_string(hide_password=False))


def open_queue(database_url: str) -> "Queue":
    """Where a clock leaves jobs and workers take them: in this PostgreSQL.

    Raises:
        NoQueueError: it is SQLite, or the extra is not installed.
    """
    if not is_postgresql(database_url):
        raise NoQueueError("on SQLite one process does it all: run `coach serve`. Workers need PostgreSQL.")
    try:
        from coach.engine.procrastinate import Queue
    except ImportError as error:
        raise NoQueueError(f"workers need the package {error.name}, which is not installed here; {REMEDY}") from None
    return Queue(_conninfo(database_url))


def is_postgresql(database_url: str) -> bool:
    """Whether several machines can share this database."""
    return make_url(database_url).get_backend_name() == "postgresql"


def _conninfo(database_url: str) -> str:
    """The address as PostgreSQL's own library takes it, with how long to wait for an answer."""
    url = make_url(database_url)
    given = {**POSTGRES_CONNECTION, "application_name": "coach jobs", **url.query}
    return url.set(drivername="postgresql", query=given).render_as_string(hide_password=False)
