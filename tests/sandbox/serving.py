"""A sandbox behind a real server, and a real server that takes its webhooks."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import httpx

from coach.gateway.base import Outbound, Outcome
from coach.gateway.twilio import TwilioGateway
from coach.sandbox.app import create_app
from coach.sandbox.provider import Account, Sandbox
from coach.sandbox.stage import Stage
from tests.browser import served

Pairs = list[tuple[str, str]]
ACCOUNT = Account("AC" + "1" * 32, "the-token", "MG" + "2" * 32)
ANA, CY = "+12025550143", "+12025550177"
FORM = {"To": ANA, "Body": "Hi", "MessagingServiceSid": str(ACCOUNT.service)}
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class SteppedTime:
    """A clock that moves when it is told to."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> datetime:
        self.at += timedelta(**by)
        return self.at


@dataclass
class Taken:
    """One webhook as it came in."""

    url: str
    form: Pairs
    headers: Mapping[str, str]


@dataclass
class Receiver:
    """Where webhooks go; `answers` are used up one by one, then it is 204."""

    base: str = ""
    taken: list[Taken] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    on_taken: Callable[[], None] | None = None

    @property
    def statuses(self) -> list[str | None]:
        return [dict(one.form).get("MessageStatus") for one in self.taken]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            form = parse_qsl(body, keep_blank_values=True)
            receiver.taken.append(Taken(receiver.base + self.path, form, dict(self.headers)))
            if receiver.on_taken is not None:
                receiver.on_taken()
            self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def serving(sandbox: Sandbox, stage: Stage | None = None) -> AbstractContextManager[str]:
    """The address of `sandbox`, served for as long as the context lasts."""
    return served(create_app(sandbox, stage))


def gateway_to(url: str, public: str, timeout: float = 35) -> TwilioGateway:
    """Our real gateway, which talks to the sandbox as it would to Twilio."""
    return TwilioGateway(
        account_sid=ACCOUNT.sid,
        auth_tokens=[ACCOUNT.auth_token],
        messaging_service_sid=ACCOUNT.service or "",
        public_base_url=public,
        api_base_url=url,
        timeout=timeout,
    )


@dataclass
class World:
    sandbox: Sandbox
    gateway: TwilioGateway
    receiver: Receiver
    time: SteppedTime
    api: str
    auth: tuple[str, str] = (ACCOUNT.sid, ACCOUNT.auth_token)

    def outbound(
        self, to: str = ANA, text: str = "Time for your walk", attempt: str = "a1", valid_for: int = 600
    ) -> Outbound:
        return Outbound(to, text, attempt, valid_for)

    def send(self, **changes: Any) -> Outcome:
        return self.gateway.send(self.outbound(**changes))

    def post(self, **fields: str) -> httpx.Response:
        form = {name: value for name, value in {**FORM, **fields}.items() if value}
        return httpx.post(f"{self.api}.json", data=form, auth=self.auth)

    def list(self, **query: str) -> httpx.Response:
        return httpx.get(f"{self.api}.json", params=query, auth=self.auth)


@contextmanager
def world_of(**changes: Any) -> Iterator[World]:
    """A sandbox on stepped time, a gateway to it, and a receiver for its webhooks."""
    time = SteppedTime()
    with receiving() as receiver:
        sandbox = Sandbox(time, **{"account": ACCOUNT, "inbound_url": f"{receiver.base}/sms/inbound#rc=2", **changes})
        with serving(sandbox) as url:
            api = f"{url}/2010-04-01/Accounts/{ACCOUNT.sid}/Messages"
            yield World(sandbox, gateway_to(url, receiver.base), receiver, time, api)
