"""The way from outside: our own public address, as the provider meets it, and the alarm that expects a sign of life."""

import logging
from collections.abc import Callable, Sequence

import requests

from coach.gateway.base import FormPairs
from coach.gateway.pager import Notice, PagerError

log = logging.getLogger(__name__)
TIMEOUT = (5.0, 15.0)  # seconds to connect and to be answered, as the provider waits
INBOUND_PATH, RECEIVER_PATH = "/sms/inbound", "/self-test"

Sign = Callable[[str, FormPairs], str]


class Outside:
    """Calls coach by its public address, signed as the provider signs, and the alarm. Nothing raises."""

    def __init__(self, *, public_base_url: str, sign: Sign, heartbeat_url: str) -> None:
        self._base, self._sign, self._heartbeat_url = public_base_url, sign, heartbeat_url

    def post_text(self, form: Sequence[tuple[str, str]]) -> str:
        """What went wrong with a text that comes in by the public address; empty: nothing."""
        url = self._base + INBOUND_PATH
        return _post(url, form, {"X-Twilio-Signature": self._sign(url, form)})

    def report_page(self, token: str) -> str:
        """What went wrong with telling the self-test's receiver that its page came; empty: nothing."""
        return _post(self._base + RECEIVER_PATH, [("token", token)], {})

    def send(self, notice: Notice) -> None:
        """The self-test's page has arrived; as `coach.gateway.pager.Pager`."""
        wrong = self.report_page(notice.link.rpartition("/")[2])
        if wrong:
            raise PagerError(f"the self-test's receiver did not take it: {wrong}")

    def ping(self) -> str:
        """What went wrong with the sign of life; empty: nothing."""
        if not self._heartbeat_url:
            return "COACH_HEARTBEAT_URL is not set"
        return _call(lambda: requests.get(self._heartbeat_url, timeout=TIMEOUT))


def _post(url: str, form: Sequence[tuple[str, str]], headers: dict[str, str]) -> str:
    return _call(lambda: requests.post(url, data=list(form), headers=headers, timeout=TIMEOUT, allow_redirects=False))


def _call(make: Callable[[], requests.Response]) -> str:
    try:
        answer = make()
    except requests.RequestException as error:
        return f"no answer ({type(error).__name__})"
    if not answer.ok or answer.is_redirect:
        return f"HTTP {answer.status_code}"
    return ""
