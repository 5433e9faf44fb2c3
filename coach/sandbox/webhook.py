"""Posts the provider's webhooks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import urlencode

import httpx

from coach.sandbox.signature import sign, without_fragment

TIMEOUT = 15.0  # seconds, as the provider's
TRIES = 2  # the second only where no connection was made, as the provider does by default


@dataclass(frozen=True)
class Webhook:
    """A form that is to be posted to `url`, whose fragment is neither sent nor signed."""

    kind: Literal["inbound", "status"]
    url: str
    form: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Posting:
    """How the other side answered; `status` is None where it did not."""

    status: int | None
    words: str = ""


class Poster(Protocol):
    def __call__(self, webhook: Webhook) -> Posting: ...


class SignedPoster:
    """Posts with X-Twilio-Signature; redirects are not followed, since they would lose the form."""

    def __init__(self, auth_token: str, *, timeout: float = TIMEOUT) -> None:
        self._auth_token = auth_token
        self._client = httpx.Client(timeout=timeout, trust_env=False)

    def __call__(self, webhook: Webhook) -> Posting:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": sign(self._auth_token, webhook.url, webhook.form),
            "User-Agent": "TwilioProxy/1.1 (sandbox)",
        }
        posting = Posting(None)
        for _ in range(TRIES):
            try:
                answer = self._client.post(
                    without_fragment(webhook.url), content=urlencode(webhook.form), headers=headers
                )
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                posting = Posting(None, f"{type(error).__name__}: {error}")
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                return Posting(None, f"{type(error).__name__}: {error}")
            else:
                return Posting(answer.status_code)
        return posting

    def close(self) -> None:
        self._client.close()
