"""The only wiring: settings in, a Coach out. `now` is injected here."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING

from pwdlib import PasswordHash
from sqlalchemy import make_url

from coach.content.answers import load_answers
from coach.content.clinic import read_clinic
from coach.content.safety import load_rules
from coach.domain.clinic import Clinic
from coach.domain.errors import CoachError
from coach.domain.going_live import Standing, is_made_up, lacking
from coach.domain.page import Links
from coach.domain.rate import UNLIMITED, Rate
from coach.domain.safety_answers import SafetyAnswers
from coach.engine.base import Work
from coach.gateway.base import Gateway
from coach.gateway.mail import MailPager
from coach.gateway.outside import Outside, Sign
from coach.gateway.pager import Pager
from coach.gateway.twilio import TwilioGateway, never
from coach.gateway.webhook import WebhookPager
from coach.services.answer_danger import Answering
from coach.services.clock import Clock
from coach.services.duties import Duty
from coach.services.editions import Editions
from coach.services.page import Pagers
from coach.services.read import Reader
from coach.settings import Settings
from coach.storage.database import POSTGRES_CONNECTION, Sessions, open_engine
from coach.storage.messages import Shard
from coach.storage.tables.page import PageChannel

if TYPE_CHECKING:
    from coach.engine.procrastinate import Queue


CALLBACK_OVERRIDES = "rc=2&rp=ct,rt,5xx&ct=2000&rt=4000"
"""Three tries within 15 seconds, also after a 5xx. Source: Twilio's webhook connection overrides."""

REMEDY = "mend it with: make install-postgres (or: pip install --require-hashes -r requirements-postgres.txt)"


class NotReadyError(CoachError):
    """A live gateway is set, and something lacks without which nobody real may be texted; names all of it."""


class NoQueueError(CoachError):
    """There is nothing that jobs could stand in."""


@dataclass(frozen=True)
class Coach:
    """Everything that one process works with."""

    sessions: Sessions
    editions: Editions
    gateway: Gateway
    clinic: Clinic
    read_words: Callable[[], Reader]
    now: Clock
    public_base_url: str
    parallel_calls: int = 4
    rate: Rate = UNLIMITED
    outside: Outside | None = None  # what the self-test goes through; none: there is no self-test
    ending: Event = field(default_factory=Event)  # once it is set, no call to the provider begins any more
    pagers: Pagers = field(default_factory=dict)  # how the care team is called, beside SMS
    link_key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    erase_key: bytes = field(default=b"", repr=False)  # with which numbers of erased people are kept; none: nobody is
    passwords: PasswordHash = field(default_factory=PasswordHash.recommended)  # argon2id
    idle: timedelta = timedelta(minutes=30)  # how long somebody who is signed in may do nothing

    @cached_property
    def reader(self) -> Reader:
        """What reading needs, read when it is asked for first: the words of danger take a second."""
        return self.read_words()

    @property
    def links(self) -> Links:
        """The links of pages, which acknowledge a case."""
        return Links(self.public_base_url, self.link_key)


def real_time() -> datetime:
    """The time of this machine, in UTC."""
    return datetime.now(UTC)


def build(settings: Settings, *, now: Clock = real_time, gateway: Gateway | None = None) -> Coach:
    """A Coach on these settings. The files are read now, the words of danger at first use: a fault raises CoachError.

    Raises:
        NotReadyError: the gateway is live, and the clinic is not ready for it.
    """
    editions = Editions(approved_only=settings.require_approval)
    twilio = build_gateway(settings)
    clinic = read_clinic(settings.config_dir / "clinic.yaml")
    answers = load_answers(settings.config_dir)
    if settings.is_live and (lacks := lacking(standing_of(settings, clinic, answers))):
        raise NotReadyError("not ready to text real people: " + "; ".join(lacks))
    outside = _outside(settings, twilio.sign) if settings.is_live or settings.heartbeat_url else None
    return Coach(
        sessions=Sessions(open_engine(settings.database_url, synchronous=settings.sqlite_synchronous)),
        editions=editions,
        gateway=gateway or twilio,
        clinic=clinic,
        read_words=lambda: Reader(
            editions,
            load_rules(settings.config_dir),
            Answering(answers, clinic),
            provider_answers_keywords=settings.provider_answers_keywords,
        ),
        now=now,
        public_base_url=settings.public_base_url,
        parallel_calls=settings.parallel_calls,
        rate=Rate(settings.segments_per_second),
        outside=outside,
        pagers=build_pagers(settings, outside),
        link_key=settings.secret_key.get_secret_value().encode() or secrets.token_bytes(32),
        erase_key=settings.secret_key.get_secret_value().encode(),
        idle=timedelta(minutes=settings.idle_minutes),
    )


def _outside(settings: Settings, sign: Sign) -> Outside:
    return Outside(public_base_url=settings.public_base_url, sign=sign, heartbeat_url=settings.heartbeat_url)


def build_pagers(settings: Settings, outside: Outside | None) -> Pagers:
    """The channels that are set up beside SMS; raises CoachError where what is set cannot be used."""
    pagers: dict[PageChannel, Pager] = {} if outside is None else {PageChannel.TEST: outside}
    if url := settings.smtp_url.get_secret_value():
        pagers[PageChannel.EMAIL] = MailPager(url, settings.mail_from)
    if url := settings.page_webhook_url:
        pagers[PageChannel.WEBHOOK] = WebhookPager(url, settings.page_webhook_secret.get_secret_value())
    return pagers


def build_gateway(settings: Settings) -> TwilioGateway:
    """The gateway: Twilio's own address where it is live, else a sandbox on this machine."""
    return TwilioGateway(
        account_sid=settings.twilio_account_sid,
        auth_tokens=settings.twilio_auth_tokens,
        messaging_service_sid=settings.twilio_messaging_service_sid,
        public_base_url=settings.public_base_url,
        api_base_url=None if settings.is_live else settings.sandbox_url,
        refuses=is_made_up if settings.is_live else never,
        callback_overrides=CALLBACK_OVERRIDES if settings.callback_overrides else "",
    )


def standing_of(settings: Settings, clinic: Clinic, answers: SafetyAnswers) -> Standing:
    """What this clinic has set up, as the rules of going live look at it."""
    return Standing(
        clinic=clinic,
        public_base_url=settings.public_base_url,
        heartbeat_url=settings.heartbeat_url,
        approved_by=answers.approved_by,
        can_mail=bool(settings.smtp_url.get_secret_value()),
        can_post=bool(settings.page_webhook_url),
        account=settings.has_account,
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
