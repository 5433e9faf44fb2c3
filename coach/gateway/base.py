"""What a gateway to the phone network is: one call to send, four outcomes, and the two forms it posts back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coach.domain.errors import CoachError
from coach.gateway.codes import kind_in_receipt
from coach.gateway.rejection import RejectionKind as RejectionKind  # noqa: PLC0414 (services import it from here)

FormPairs = Iterable[tuple[str, str]]


class FormError(CoachError):
    """A webhook's form lacks the one field without which it says nothing."""


@dataclass(frozen=True)
class Outbound:
    """One call to be made. `valid_for` is the seconds left to the text's send_by, 1 to 36,000."""

    to: str  # E.164
    text: str
    attempt: str  # the attempt's random id: it rides in the status callback's query
    valid_for: int


@dataclass(frozen=True)
class Accepted:
    """The provider has the text, under its own id and in its own status."""

    provider_id: str
    status: str


@dataclass(frozen=True)
class Rejected:
    """The provider said no: nothing was sent."""

    code: str
    kind: RejectionKind
    words: str


@dataclass(frozen=True)
class Unsent:
    """The call was provably never processed. `retry_after` is in seconds, where the provider named them."""

    words: str
    retry_after: int | None = None


@dataclass(frozen=True)
class Unknown:
    """Nobody can say yet whether the text was sent."""

    words: str


Outcome = Accepted | Rejected | Unsent | Unknown


@dataclass(frozen=True)
class InboundSms:
    """A text that came in. `media` is the number of attachments."""

    provider_id: str
    from_: str  # E.164
    to: str
    body: str
    media: int = 0
    opt_out_type: str | None = None  # STOP, START or HELP, where the provider has answered it itself
    sent_at: datetime | None = None  # UTC; where a list says it: it may have been a while


@dataclass(frozen=True)
class Receipt:
    """The provider's news of a text that went out, in its own words; `kind` is what its error means for us."""

    provider_id: str
    status: str
    error_code: str | None = None
    kind: RejectionKind | None = None


@dataclass(frozen=True)
class Texted:
    """A text of ours as the provider's list shows it. `created_at` is UTC, to the second."""

    provider_id: str
    body: str
    status: str
    created_at: datetime
    error_code: str | None = None
    kind: RejectionKind | None = None


@dataclass(frozen=True)
class SentList:
    """What the provider's list shows to one phone. Only where it was read `whole` does absence say anything."""

    texts: tuple[Texted, ...]
    whole: bool
    words: str = ""  # why it was not read whole


@dataclass(frozen=True)
class Heard:
    """The texts that came in, as the provider's list shows them, oldest first; `whole`: it was read to its end."""

    texts: tuple[InboundSms, ...]
    whole: bool
    words: str = ""


class Gateway(Protocol):
    """The door to the phone network. Nothing that the network or the provider does raises."""

    @property
    def sender(self) -> str:
        """What the provider limits and blocks as one: the messaging service."""
        ...

    def send(self, outbound: Outbound) -> Outcome:
        """What became of one call."""
        ...

    def sent_to(self, phone: str, since: datetime) -> SentList:
        """The texts of ours to `phone` that the provider has taken since `since` (UTC)."""
        ...

    def status_of(self, provider_id: str) -> Receipt | None:
        """Where the text stands with the provider now; None where it cannot be learnt now."""
        ...

    def heard_since(self, since: datetime) -> Heard:
        """The texts that came in since `since` (UTC)."""
        ...

    def verify(self, url: str, form: FormPairs, signature: str | None) -> bool:
        """Whether the provider signed `form` (raw pairs, repeated and blank ones too) for `url` (public, raw query)."""
        ...


def parse_inbound(form: FormPairs) -> InboundSms:
    """The text that `form` carries, whatever else is in it or missing; FormError without MessageSid or From."""
    fields = dict(form)
    return InboundSms(
        provider_id=_required(fields, "MessageSid", "SmsMessageSid", "SmsSid"),
        from_=_required(fields, "From"),
        to=fields.get("To", "").strip(),
        body=fields.get("Body", ""),
        media=whole_number(fields.get("NumMedia", "")),
        opt_out_type=fields.get("OptOutType", "").strip().upper() or None,
    )


def parse_receipt(form: FormPairs) -> Receipt:
    """The news that `form` carries; FormError without MessageSid or MessageStatus."""
    fields = dict(form)
    return receipt(
        _required(fields, "MessageSid", "SmsSid"),
        _required(fields, "MessageStatus", "SmsStatus"),
        fields.get("ErrorCode", ""),
    )


def receipt(provider_id: str, status: str, error_code: str) -> Receipt:
    """The news with what its error means; an `error_code` that is blank or "0" is none."""
    code = error_code.strip()
    if code in {"", "0"}:
        return Receipt(provider_id, status.lower())
    return Receipt(provider_id, status.lower(), code, kind_in_receipt(code))


def _required(fields: Mapping[str, str], *names: str) -> str:
    """The first of `names` that has a value: the later ones are the provider's older names for the first."""
    for name in names:
        if value := fields.get(name, "").strip():
            return value
    raise FormError(f"webhook form: {names[0]} is missing or blank; the provider always sends it, so look at who posts")


def whole_number(value: str) -> int:
    """How many attachments `value` says; 0 where it is no such number."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 3 else 0  # noqa: PLR2004 (10 at most)
