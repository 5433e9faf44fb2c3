"""Calls posted as JSON to a receiver of the clinic's, signed after the Standard Webhooks specification 1.0.0."""

import base64
import binascii
import hashlib
import hmac
import json
import logging
from urllib.parse import urlsplit

import requests

from coach.domain.errors import CoachError
from coach.gateway.pager import Notice, PagerError

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
TIMEOUT = (5.0, 10.0)  # seconds: to connect, and for each piece of the answer
SUCCESS = range(200, 300)
PREFIX = "whsec_"
SHORTEST_SECRET, LONGEST_SECRET = 24, 64  # bytes, as the specification says


class WebhookError(CoachError):
    """The receiver's address or secret cannot be used."""


class WebhookPager:
    """Posts each call to `url`; `secret` is whsec_ and 24 to 64 bytes in base64. Safe to share between threads.

    Raises:
        WebhookError: one of them cannot be used.
    """

    def __init__(self, url: str, secret: str, *, timeout: tuple[float, float] = TIMEOUT) -> None:
        # Below it they log the address, which for many receivers is a secret.
        logging.getLogger("urllib3.connectionpool").setLevel(logging.WARNING)
        self._url, self._key, self._timeout = _checked(url), _key(secret), timeout

    def send(self, notice: Notice) -> None:
        """The receiver said 2xx; raises PagerError. A redirect is none: it would take the call elsewhere."""
        body, stamp = _body(notice), str(int(notice.at.timestamp()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "coach",
            "webhook-id": notice.key,
            "webhook-timestamp": stamp,
            "webhook-signature": f"v1,{signature(self._key, notice.key, stamp, body)}",
        }
        try:
            answer = requests.post(
                self._url, data=body, headers=headers, timeout=self._timeout, allow_redirects=False, stream=True
            )
            answer.close()
        except (requests.RequestException, OSError) as error:  # their words hold the address
            raise PagerError(f"the receiver did not answer ({_kind(error)})") from None
        if answer.status_code not in SUCCESS:
            raise PagerError(f"the receiver said HTTP {answer.status_code}")


def signature(key: bytes, id_: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over "id.timestamp.body", in base64. Source: the specification, "Signature scheme"."""
    signed = b".".join([id_.encode(), timestamp.encode(), body])
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _body(notice: Notice) -> bytes:
    document = {
        "type": "case.page",
        "timestamp": notice.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "data": {"case": notice.case_id, "step": notice.step, "text": notice.text, "acknowledge": notice.link},
    }
    return json.dumps(document).encode()


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable, parts = False, urlsplit("")
    if usable and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        return url
    raise WebhookError("COACH_PAGE_WEBHOOK_URL cannot be used: write an https address (http only on this machine)")


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not SHORTEST_SECRET <= len(key) <= LONGEST_SECRET:
        raise WebhookError(
            "COACH_PAGE_WEBHOOK_SECRET cannot be used: write whsec_ and 24 to 64 random bytes in base64,"
            ' such as echo "whsec_$(head -c 32 /dev/urandom | base64)" makes'
        )
    return key


def _kind(error: Exception) -> str:
    return "in time" if isinstance(error, requests.Timeout) else type(error).__name__
