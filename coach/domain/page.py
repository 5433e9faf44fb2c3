"""What a page says, and the link that acknowledges its case. Nothing of a patient is in either."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coach.domain.segment import count

LINK_LASTS = timedelta(hours=24)
_BYTES = 16  # 128 bits: nobody guesses one in a day


@dataclass(frozen=True)
class Links:
    """The links of pages, below our public address. With the same `key`, a page tried again has the same link."""

    base_url: str
    key: bytes = field(repr=False)

    def token(self, case_id: int, since: datetime, step: int, contact: str, channel: str) -> str:
        """What that one page's link ends in; nobody without the key can tell it, and the database keeps its hash."""
        page = f"page {case_id} {since.timestamp()} {step} {channel} {contact}"
        digest = hmac.new(self.key, page.encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(digest[:_BYTES]).rstrip(b"=").decode()

    def address(self, token: str) -> str:
        """The link."""
        return f"{self.base_url}/a/{token}"


def hashed(token: str) -> str:
    """What the database keeps of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def page_text(case_id: int, link: str) -> str:
    """The text of a page: one segment, unless our own address alone takes more."""
    text = f"coach: case {case_id} needs you now. Acknowledge: {link}"
    return text if count(text).segments == 1 else f"case {case_id}: {link}"


def without_link(text: str) -> str:
    """The same text once it has left: its link is nobody's business any more."""
    head, slash, _ = text.rpartition("/a/")
    return f"{head}{slash}..." if slash else text
