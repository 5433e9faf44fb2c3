"""The only wiring: settings in, a Coach out. `now` is injected here."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event

from coach.content.clinic import read_clinic
from coach.content.safety import load_rules
from coach.domain.clinic import Clinic
from coach.domain.rate import UNLIMITED, Rate
from coach.gateway.base import Gateway
from coach.gateway.twilio import TwilioGateway
from coach.services.clock import Clock
from coach.services.editions import Editions
from coach.services.read import Reader
from coach.settings import Settings
from coach.storage.database import Sessions, open_engine


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
    return Coach(
        sessions=Sessions(open_engine(settings.database_url, synchronous=settings.sqlite_synchronous)),
        editions=editions,
        gateway=gateway or build_gateway(settings),
        clinic=read_clinic(settings.config_dir / "clinic.yaml"),
        reader=Reader(editions, load_rules(settings.config_dir)),
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
