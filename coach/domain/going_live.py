"""What must stand before real people are texted. Pure: a start with a live gateway is refused while anything lacks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from coach.domain.clinic import Clinic

MADE_UP = re.compile(r"\+1\d{3}55501\d{2}")
"""North American numbers 555-0100 to 555-0199, which are never given out: they stand for made-up people."""

RESERVED = frozenset({"example", "test", "invalid", "localhost"})
"""Top-level domains in which nobody has a mailbox. Source: RFC 2606."""


@dataclass(frozen=True)
class Standing:
    """What a clinic has set up; `can_mail` and `can_post` say whether pages can go by e-mail and to a webhook."""

    clinic: Clinic
    public_base_url: str
    heartbeat_url: str
    approved_by: str  # the clinician who signed the answers to words of danger
    can_mail: bool
    can_post: bool
    account: bool  # whether the provider's account is a real one


def lacking(standing: Standing) -> tuple[str, ...]:
    """What keeps the clinic from going live, and how to mend each; empty: nothing does."""
    return tuple(_lacking(standing))


def _lacking(standing: Standing) -> Iterator[str]:
    if not standing.account:
        yield (
            "no account with the provider: set COACH_TWILIO_ACCOUNT_SID, COACH_TWILIO_AUTH_TOKENS"
            " and COACH_TWILIO_MESSAGING_SERVICE_SID"
        )
    url = urlsplit(standing.public_base_url)
    if url.scheme != "https" or not url.hostname or "." not in url.hostname or url.hostname[-1].isdecimal():
        yield "no public address: set COACH_PUBLIC_BASE_URL to the https address under which the provider reaches coach"
    if not standing.approved_by:
        yield (
            "no crisis path: a clinician reads config/safety/answers.yaml, and signs it under approved: with a name"
            " and the day"
        )
    if not any(_is_reachable(contact.phone, contact.email, standing) for contact in standing.clinic.rota):
        yield (
            "nobody is on duty: write a contact with a phone, or with an email where COACH_SMTP_URL is set, under rota:"
            " in config/clinic.yaml. Made-up ones (555-01xx, bo@clinic.example) do not count"
        )
    if not standing.heartbeat_url:
        yield "no alarm outside: set COACH_HEARTBEAT_URL to an address that sounds an alarm where no call comes"


def _is_reachable(phone: str | None, email: str | None, standing: Standing) -> bool:
    by_phone = phone is not None and not is_made_up(phone)
    return by_phone or (email is not None and standing.can_mail and not _is_example(email))


def _is_example(email: str) -> bool:
    """Whether the address is in a domain that is never given out."""
    labels = email.rpartition("@")[2].lower().strip(".").split(".")
    return labels[-1] in RESERVED or (labels[-2:-1] == ["example"] and labels[-1] in {"com", "net", "org"})


def advice(standing: Standing) -> tuple[str, ...]:
    """What does not keep a clinic from going live, and should be thought of."""
    said = []
    if standing.clinic.coverage == "none":
        said.append("coverage is none: patients are told that nobody may read their texts soon")
    if not standing.can_mail and not standing.can_post:
        said.append("pages go by SMS alone: where the provider is down, nobody is paged. Set COACH_SMTP_URL")
    if len(standing.clinic.rota) == 1:
        said.append("one person is on the rota: where they do not answer, nobody is next")
    return tuple(said)


def is_made_up(phone: str) -> bool:
    """Whether an E.164 number is one of those that stand for made-up people: +1 NXX 555 01xx."""
    return MADE_UP.fullmatch(phone) is not None
