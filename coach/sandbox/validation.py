"""What the provider refuses at once, in its own codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import phonenumbers

LONGEST_BODY = 1600  # characters
LONGEST_VALIDITY = 36_000  # seconds


class ApiError(Exception):
    """An answer other than success: HTTP status, the provider's code, and words. `retry_after` is in seconds."""

    def __init__(self, status: int, code: int, words: str, *, retry_after: int = 0) -> None:
        super().__init__(words)
        self.status, self.code, self.words, self.retry_after = status, code, words, retry_after

    def body(self) -> dict[str, object]:
        """The answer's JSON, as the provider shapes it."""
        more_info = f"https://www.twilio.com/docs/errors/{self.code}"
        return {"code": self.code, "message": self.words, "more_info": more_info, "status": self.status}


class NoAnswerError(Exception):
    """Nothing was accepted, and nothing is answered."""


@dataclass(frozen=True)
class Order:
    """A call to create a message that nothing is wrong with. `valid_for` is in seconds."""

    to: str
    body: str
    service: str | None
    from_: str | None
    status_callback: str | None
    valid_for: int


def read_order(form: Mapping[str, str], *, service: str | None) -> Order:
    """The order that `form` places, or ApiError with its first fault. `service`: the only one that exists."""
    to = form.get("To", "")
    if not to:
        raise ApiError(400, 21604, "A 'To' phone number is required.")
    if not is_possible(to):
        raise ApiError(400, 21211, f"The 'To' number {to} is not a valid phone number.")
    asked_service, sender = form.get("MessagingServiceSid") or None, form.get("From") or None
    if asked_service is None and sender is None:
        raise ApiError(400, 21603, "A 'From' phone number or a 'MessagingServiceSid' is required.")
    if asked_service is not None and service is not None and asked_service != service:
        raise ApiError(404, 21701, f"The Messaging Service {asked_service} does not exist.")
    if sender is not None and not is_possible(sender):
        raise ApiError(400, 21212, f"The 'From' number {sender} is not a valid phone number.")
    return Order(
        to, _body(form), asked_service, sender, _callback(form), _validity(form.get("ValidityPeriod", str(36_000)))
    )


def is_possible(number: str) -> bool:
    """Whether `number` is E.164 and may exist; sample ranges may, though nobody has them."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return phonenumbers.is_possible_number(parsed) and e164 == number


def _body(form: Mapping[str, str]) -> str:
    body = form.get("Body", "")
    if not body:
        raise ApiError(400, 21602, "A message body is required.")
    if len(body) > LONGEST_BODY:
        raise ApiError(400, 21617, f"The message body exceeds {LONGEST_BODY} characters.")
    return body


def _callback(form: Mapping[str, str]) -> str | None:
    url = form.get("StatusCallback") or None
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        fit = parts.scheme in {"http", "https"} and bool(parts.hostname) and "_" not in (parts.hostname or "")
    except ValueError:
        fit = False
    if not fit:
        raise ApiError(400, 21609, f"The 'StatusCallback' {url} is not a valid URL.")
    return url


def _validity(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= LONGEST_VALIDITY:
        return int(text)
    raise ApiError(400, 21624, f"The 'ValidityPeriod' must be 1 to {LONGEST_VALIDITY} seconds.")
