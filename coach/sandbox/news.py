"""The forms that the provider posts: a text that came in, and what became of one that went out."""

from datetime import datetime

from coach.sandbox.keywords import Keyword
from coach.sandbox.message import API_VERSION, Message

Pairs = list[tuple[str, str]]


def inbound_form(message: Message, account_sid: str, word: Keyword | None) -> Pairs:
    """The webhook of a text that came in. `word`: the keyword that the provider has answered itself."""
    geography = [(end + part, "") for end in ("From", "To") for part in ("City", "State", "Zip", "Country")]
    return [
        *geography,
        ("SmsMessageSid", message.sid), ("NumMedia", "0"), ("SmsSid", message.sid), ("SmsStatus", "received"),
        ("Body", message.body), ("To", message.to), *_service(message),
        ("NumSegments", str(message.segments)), ("MessageSid", message.sid), ("AccountSid", account_sid),
        ("From", message.from_ or ""), ("ApiVersion", API_VERSION), *([("OptOutType", word)] if word else []),
    ]  # fmt: skip


def status_form(message: Message, account_sid: str, status: str, code: int | None, at: datetime) -> Pairs:
    """The receipt that says that the message has reached `status`, at `at` (UTC)."""
    final = status in {"delivered", "undelivered"}
    return [
        ("SmsSid", message.sid), ("SmsStatus", status), ("MessageStatus", status), ("To", message.to),
        *_service(message), ("MessageSid", message.sid), ("AccountSid", account_sid),
        ("From", message.from_ or ""), ("ApiVersion", API_VERSION),
        *([("ErrorCode", str(code))] if code else []),
        *([("RawDlrDoneDate", at.strftime("%y%m%d%H%M"))] if final else []),
    ]  # fmt: skip


def _service(message: Message) -> Pairs:
    return [("MessagingServiceSid", message.service)] if message.service else []
