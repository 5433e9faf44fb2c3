"""A message as the provider keeps it, and as its API shows it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Literal

API_VERSION = "2010-04-01"
ALWAYS = datetime.min.replace(tzinfo=UTC)
ERROR_WORDS = {21610: "The recipient has opted out", 30036: "The validity period is over"}

Direction = Literal["inbound", "outbound-api", "outbound-reply"]


@dataclass
class Message:
    """One text, in or out. Times are UTC."""

    sid: str
    direction: Direction
    to: str
    from_: str | None  # None until the messaging service has chosen a sender
    body: str
    service: str | None
    status: str
    created: datetime
    updated: datetime
    segments: int = 0  # 0 until a sender is chosen
    sent: datetime | None = None
    error_code: int | None = None
    status_callback: str | None = None
    valid_until: datetime | None = None
    listed_from: datetime = ALWAYS  # when the list first shows it
    place: int = 0  # among all messages, in the order in which they were made


def resource(message: Message, account_sid: str) -> dict[str, object]:
    """The message as `api.v2010.account.message`, each of its properties and no other."""
    uri = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{message.sid}"
    return {
        "account_sid": account_sid,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": _rfc2822(message.created),
        "date_sent": _rfc2822(message.sent),
        "date_updated": _rfc2822(message.updated),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": error_words(message.error_code),
        "from": message.from_,
        "messaging_service_sid": message.service,
        "num_media": "0",
        "num_segments": str(message.segments),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.to,
        "uri": f"{uri}.json",
    }


def error_words(code: int | None) -> str | None:
    return None if code is None else ERROR_WORDS.get(code, f"Error {code}")


def _rfc2822(at: datetime | None) -> str | None:
    return None if at is None else format_datetime(at)
