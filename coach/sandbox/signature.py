"""The signature under a webhook, by the rule that Twilio publishes."""

import base64
import hashlib
import hmac
from collections.abc import Iterable


def sign(auth_token: str, url: str, form: Iterable[tuple[str, str]]) -> str:
    """Base64 of HMAC-SHA1 over the address without its fragment and each distinct name and value, sorted."""
    text = without_fragment(url) + "".join(name + value for name, value in sorted(set(form)))
    return base64.b64encode(hmac.new(auth_token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def without_fragment(url: str) -> str:
    """The address as it goes over the wire: a fragment such as #rc=2 holds connection overrides, for Twilio alone."""
    return url.partition("#")[0]
