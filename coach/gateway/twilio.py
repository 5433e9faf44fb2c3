"""Twilio. The only file that imports its package."""

import hmac
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from requests import RequestException
from twilio.base.exceptions import (  # type: ignore[import-untyped]  # the package has no types
    TwilioException,
    TwilioRestException,
    TwilioServiceException,
)
from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped]  # likewise
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # likewise
from twilio.rest import Client  # type: ignore[import-untyped]  # likewise

from coach.gateway.base import (
    Accepted,
    FormPairs,
    Heard,
    Outbound,
    Outcome,
    Receipt,
    Rejected,
    RejectionKind,
    SentList,
    Unknown,
    Unsent,
    receipt,
)
from coach.gateway.codes import CONCURRENCY, Stage, kind_of, meaning_of
from coach.gateway.records import Record, all_before, code_of, inbound, texted
from coach.gateway.wire import begin_call, note_answer, open_session, this_call

log = logging.getLogger(__name__)
STATUS_PATH = "/sms/status"
TIMEOUT = 35.0  # seconds: Twilio gives up after 26 to 30, so that it decides before we do
SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")
PHONE = re.compile(r"\+?\d[\d ()-]{5,}\d")
LONGEST_WORDS = 300
TOO_MANY, REQUEST_TIMEOUT = 429, 408
SUCCESS, CLIENT_ERRORS = range(200, 300), range(400, 500)
PORTS = {"https": 443, "http": 80}
PAGE_SIZE, MOST_PAGES = 1000, 20  # 20,000 texts: more than one phone gets in decades, or a clinic has in a day
OUT_OF_ORDER = timedelta(hours=1)  # how far from the newest-first order a list may stray

TROUBLES = (
    TwilioException, RequestException, OSError,
    ValueError, TypeError, AttributeError, KeyError,  # an answer that is not what it should be
)  # fmt: skip


def never(_phone: str) -> bool:
    """No number is refused."""
    return False


class TwilioGateway:
    """Twilio's Messages API through a Messaging Service; safe to share between threads.

    `auth_tokens`: the primary one signs our calls; all of them are accepted under webhooks, so that they can rotate.
    `api_base_url`: another address that speaks Twilio's API, such as a sandbox.
    `refuses`: whether a number is never called, such as those of made-up people.
    `callback_overrides`: a connection override such as "rc=2&rp=ct,rt,5xx", set as fragment of the status callback.
    """

    def __init__(
        self,
        *,
        account_sid: str,
        auth_tokens: Sequence[str],
        messaging_service_sid: str,
        public_base_url: str,
        api_base_url: str | None = None,
        refuses: Callable[[str], bool] = never,
        timeout: float = TIMEOUT,
        connections: int = 32,
        callback_overrides: str = "",
    ) -> None:
        for noisy in ("twilio.http_client", "urllib3.connectionpool"):
            logging.getLogger(noisy).setLevel(logging.WARNING)  # below it they log addresses with phone numbers
        http = TwilioHttpClient(timeout=timeout, request_hooks={"response": [note_answer]})
        http.session = open_session(connections=connections, trust_env=not _on_this_machine(api_base_url))
        nothing_else = {"TWILIO_REGION": ""}  # an empty mapping would mean: read os.environ
        self._client = Client(account_sid, auth_tokens[0], http_client=http, environment=nothing_else)
        if api_base_url:
            self._client.api.base_url = api_base_url
        self._service = messaging_service_sid
        self._status_url = public_base_url.rstrip("/") + STATUS_PATH
        self._overrides = f"#{callback_overrides}" if callback_overrides else ""
        self._refuses = refuses
        self._validators = [RequestValidator(token) for token in auth_tokens]

    def send(self, outbound: Outbound) -> Outcome:
        """What became of one call; nothing that the network or Twilio does raises, and nothing is sent twice."""
        if self._refuses(outbound.to):
            return Rejected("", RejectionKind.BAD_NUMBER, "a number that stands for made-up people is never called")
        begin_call()
        try:
            sent = self._client.messages.create(
                to=outbound.to,
                body=outbound.text,
                messaging_service_sid=self._service,
                status_callback=f"{self._status_url}?attempt={quote(outbound.attempt, safe='')}{self._overrides}",
                validity_period=outbound.valid_for,
            )
        except (TwilioRestException, TwilioServiceException) as error:
            return _refusal(error)
        except (RequestException, OSError) as error:
            return _no_answer(error)
        except (TwilioException, ValueError, TypeError, AttributeError, KeyError) as error:
            if this_call.status is None:
                raise  # ours: no answer was there to stumble over
            return Unknown(f"HTTP {this_call.status} with an answer that cannot be read ({type(error).__name__})")
        if not (isinstance(sent.sid, str) and SID.fullmatch(sent.sid)):
            return Unknown(f"HTTP {this_call.status} without the id of a message")
        return Accepted(sent.sid, str(sent.status or "accepted"))

    @property
    def sender(self) -> str:
        """The messaging service: what Twilio limits and blocks as one."""
        return self._service

    def sent_to(self, phone: str, since: datetime) -> SentList:
        """The texts of ours to `phone` that Twilio has taken since `since` (UTC).

        The list is asked by number alone: a text that is still queued has no date to be asked by.
        """
        records, trouble = self._listed(lambda _page: False, to=phone)
        texts, amiss = texted(records, service=self._service, since=since)
        return SentList(texts, not (trouble or amiss), trouble or amiss)

    def status_of(self, provider_id: str) -> Receipt | None:
        """Where the text stands with Twilio now; None where it cannot be learnt now."""
        begin_call()
        try:
            found = self._client.messages(provider_id).fetch()
            if found.sid != provider_id or not found.status:
                return None
            return receipt(found.sid, found.status, code_of(found.error_code) or "")
        except TROUBLES as error:
            log.warning("the status of %s cannot be learnt: %s", provider_id, _trouble(error))
            return None

    def heard_since(self, since: datetime) -> Heard:
        """The texts that came in since `since` (UTC), oldest first.

        Twilio lists what went out as well, newest first: a page that is older throughout ends the reading.
        """
        day = since.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        records, trouble = self._listed(lambda page: all_before(page, since - OUT_OF_ORDER), date_sent_after=day)
        texts, amiss = inbound(records, service=self._service, since=since)
        return Heard(texts, not (trouble or amiss), trouble or amiss)

    def _listed(self, is_enough: Callable[[Sequence[Record]], bool], **asked: object) -> tuple[list[Record], str]:
        """The list's records, each once, up to a page that `is_enough`; and why there may be more, else ""."""
        found: dict[object, Record] = {}
        begin_call()
        try:
            for page in self._pages(**asked):
                found.update((one.sid or id(one), one) for one in page)
                if is_enough(page):
                    break
        except TROUBLES as error:
            return list(found.values()), _trouble(error)
        except _TooLongError:
            return list(found.values()), f"the list is longer than {MOST_PAGES * PAGE_SIZE:,} texts"
        return list(found.values()), ""

    def _pages(self, **asked: object) -> Iterator[list[Record]]:
        """Page after page; _TooLongError where there are too many."""
        page = self._client.messages.page(page_size=PAGE_SIZE, **asked)
        for _ in range(MOST_PAGES - 1):
            yield list(page)
            begin_call()
            page = page.next_page()
            if page is None:
                return
        yield list(page)
        if page.next_page_url:
            raise _TooLongError

    def sign(self, url: str, form: FormPairs) -> str:
        """The signature under which the provider would post `form` to `url`, with the token that signs today."""
        fields = _Fields()
        for name, value in form:
            fields.setdefault(name, []).append(value)
        return str(self._validators[0].compute_signature(url, fields))

    def verify(self, url: str, form: FormPairs, signature: str | None) -> bool:
        """Whether one of the auth tokens signed `form` for `url`, with or without its default port."""
        fields = _Fields()
        for name, value in form:
            fields.setdefault(name, []).append(value)
        given = (signature or "").encode("utf-8", "replace")
        try:
            return any(
                hmac.compare_digest(validator.compute_signature(address, fields).encode("ascii"), given)
                for validator in self._validators
                for address in _with_and_without_port(url)
            )
        except ValueError:  # lone surrogates or an impossible port: nothing that Twilio ever signed
            return False


class _TooLongError(Exception):
    """A list goes on for longer than anybody should read."""


class _Fields(dict[str, list[str]]):
    """A form that may say a name several times; the package asks `getall` for its values."""

    def getall(self, name: str) -> list[str]:
        return self[name]


def _refusal(error: TwilioRestException | TwilioServiceException) -> Outcome:
    """Code first, HTTP status second. Only a client error without Twilio's own trouble proves that nothing was sent."""
    status = this_call.status or 0
    code = _code(error.code, status)
    title = error.msg if isinstance(error, TwilioRestException) else f"{error.title}: {error.detail or ''}"
    words = PHONE.sub("(number)", str(title).removeprefix("Unable to create record: "))[:LONGEST_WORDS]
    if status == TOO_MANY and code == CONCURRENCY:
        return Unsent(f"HTTP 429, {words}", _retry_after())
    kind = kind_of(code, status)
    elsewhere = status == TOO_MANY and meaning_of(code, Stage.CREATE) is None  # by a proxy, after Twilio had it?
    if status not in CLIENT_ERRORS or status == REQUEST_TIMEOUT or elsewhere or kind is RejectionKind.UNCERTAIN:
        return Unknown(f"HTTP {status}, {words}")
    return Rejected(str(code or status), kind, words)


def _code(code: object, status: int) -> int | None:
    """Twilio's own code; None where the package put the HTTP status in its place for want of one."""
    text = str(code)
    number = int(text) if text.isascii() and text.isdecimal() else None
    return None if number == status else number


def _no_answer(error: Exception) -> Outcome:
    """Unsent where no byte of the request left; a text may have gone out otherwise."""
    words = _root(error)
    return Unknown(f"no answer: {words}") if this_call.left else Unsent(f"no connection: {words}")


def _root(error: BaseException) -> str:
    """The innermost error in short: the outer ones repeat the address."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return f"{type(error).__name__}: {error}"[:LONGEST_WORDS]


def _trouble(error: Exception) -> str:
    """What kept us from reading; without addresses, since they carry phone numbers."""
    if this_call.status is None:
        return f"no answer ({_root(error).partition(':')[0]})"
    if this_call.status in SUCCESS:
        return f"HTTP {this_call.status} with an answer that cannot be read ({type(error).__name__})"
    return f"HTTP {this_call.status}"


def _retry_after() -> int | None:
    value = this_call.headers.get("Retry-After", "").strip()
    return int(value) if value.isascii() and value.isdecimal() else None


def _with_and_without_port(url: str) -> tuple[str, str]:
    """Both spellings of an address: Twilio signs now the one, now the other (as its own package tries both)."""
    parts = urlsplit(url)
    host = parts.netloc if parts.port is None else parts.netloc.rpartition(":")[0]
    port = parts.port or PORTS.get(parts.scheme, 80)
    rest = url.partition("//")[2][len(parts.netloc) :]
    return f"{parts.scheme}://{host}{rest}", f"{parts.scheme}://{host}:{port}{rest}"


def _on_this_machine(url: str | None) -> bool:
    """Whether `url` is a loopback address, where a proxy from the environment would only be in the way."""
    host = urlsplit(url or "").hostname
    if host is None or host == "localhost":
        return host is not None
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
