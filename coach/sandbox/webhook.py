"""Posts the provider's webhooks, again where the provider would."""

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from coach.sandbox.signature import sign, without_fragment

Failure = Literal["ct", "rt", "4xx", "5xx"]


@dataclass(frozen=True)
class Webhook:
    """A form that is to be posted to `url`, whose fragment is neither sent nor signed."""

    kind: Literal["inbound", "status"]
    url: str
    form: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Posting:
    """How the other side answered in the end; `status` is None where it did not."""

    status: int | None
    words: str = ""
    tries: int = 1

    @property
    def failed(self) -> bool:
        return self.status is None or self.status >= 400  # noqa: PLR2004 (client's and server's errors)


class Poster(Protocol):
    def __call__(self, webhook: Webhook) -> Posting: ...


@dataclass(frozen=True)
class Overrides:
    """How often and after which failures a webhook is posted again; times in seconds. The defaults are the provider's.

    An address sets others in its fragment, such as "#rc=2&rp=ct,rt,5xx".
    """

    retries: int = 1  # rc
    after: frozenset[str] = frozenset({"ct"})  # rp: no connection (ct), no answer (rt), 4xx, 5xx, or all
    connect: float = 5.0  # ct
    read: float = 15.0  # rt
    total: float = 15.0  # tt

    def again(self, failure: Failure | None) -> bool:
        return failure is not None and bool({failure, "all"} & self.after)


def overrides_of(url: str) -> Overrides:
    """What the address asks for in its fragment; a value that the provider would not take is left out."""
    asked: Mapping[str, str] = dict(parse_qsl(urlsplit(url).fragment))
    usual = Overrides()
    return Overrides(
        retries=int(_number(asked.get("rc"), 0, 5, usual.retries)),
        after=frozenset(asked["rp"].split(",")) if asked.get("rp") else usual.after,
        connect=_number(asked.get("ct"), 100, 10_000, usual.connect * 1000) / 1000,
        read=_number(asked.get("rt"), 100, 15_000, usual.read * 1000) / 1000,
        total=_number(asked.get("tt"), 100, 15_000, usual.total * 1000) / 1000,
    )


class SignedPoster:
    """Posts with X-Twilio-Signature; redirects are not followed, since they would lose the form."""

    def __init__(self, auth_token: str) -> None:
        self._auth_token = auth_token
        self._client = httpx.Client(trust_env=False)

    def __call__(self, webhook: Webhook) -> Posting:
        overrides, headers = overrides_of(webhook.url), self._headers(webhook)
        end = time.monotonic() + overrides.total
        tries, left = 0, overrides.total
        while True:
            posting, failure = self._once(webhook, headers, overrides, left)
            tries, left = tries + 1, end - time.monotonic()
            if not overrides.again(failure) or tries > overrides.retries or left <= 0:
                return replace(posting, tries=tries)

    def close(self) -> None:
        self._client.close()

    def _headers(self, webhook: Webhook) -> Mapping[str, str]:
        """The same for every try, so that the other side can tell a try from a second webhook."""
        return {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": sign(self._auth_token, webhook.url, webhook.form),
            "I-Twilio-Idempotency-Token": secrets.token_hex(16),
            "User-Agent": "TwilioProxy/1.1 (sandbox)",
        }

    def _once(
        self, webhook: Webhook, headers: Mapping[str, str], overrides: Overrides, left: float
    ) -> tuple[Posting, Failure | None]:
        times = httpx.Timeout(min(overrides.read, left), connect=min(overrides.connect, left))
        body = urlencode(webhook.form)
        try:
            answer = self._client.post(without_fragment(webhook.url), content=body, headers=headers, timeout=times)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            return Posting(None, f"{type(error).__name__}: {error}"), "ct"
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Posting(None, f"{type(error).__name__}: {error}"), "rt"
        hundred: Mapping[int, Failure] = {4: "4xx", 5: "5xx"}
        return Posting(answer.status_code), hundred.get(answer.status_code // 100)


def _number(text: str | None, least: int, most: int, usual: float) -> float:
    fits = text is not None and text.isascii() and text.isdecimal() and least <= int(text) <= most
    return float(text) if fits and text is not None else usual
