"""Delivery through the provider's package to a local endpoint, against a bare loop over the package."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped]  # the package has no types
from twilio.rest import Client  # type: ignore[import-untyped]  # likewise

from benchmarks.clinic import fill_planned, phone
from benchmarks.delivering import BUSY, delivered
from benchmarks.endpoint import endpoint
from benchmarks.rounds import Case
from benchmarks.stores import Copy, Store
from coach.gateway.twilio import TIMEOUT, TwilioGateway

AIM = 0.8
ACCOUNT, SERVICE, TOKEN = "AC" + "0" * 32, "MG" + "0" * 32, "sandbox-token"
PUBLIC = "https://coach.example.org"
TEXT = "Ana, a small text as long as those of the program are, so that the call has its usual size. DONE or NO?"


def cases(store: Store, size: int) -> Iterator[Case]:
    """Texts a second, with as many threads."""
    copy = store.filled(partial(fill_planned, people=size))
    yield Case(
        "deliver by HTTP, 16 at once",
        store.kind,
        "a loop over the SDK",
        AIM,
        partial(_coach, copy),
        partial(_bare, size),
    )


def _coach(copy: Copy) -> float:
    with endpoint() as url:
        gateway = TwilioGateway(
            account_sid=ACCOUNT,
            auth_tokens=[TOKEN],
            messaging_service_sid=SERVICE,
            public_base_url=PUBLIC,
            api_base_url=url,
        )
        return delivered(copy, gateway, BUSY)


def _bare(size: int) -> float:
    with endpoint() as url, ThreadPoolExecutor(BUSY) as pool:
        client = Client(ACCOUNT, TOKEN, http_client=TwilioHttpClient(timeout=TIMEOUT))
        client.api.base_url = url
        began = time.perf_counter()
        sent = list(pool.map(partial(_send, client), range(size)))
        return len(sent) / (time.perf_counter() - began)


def _send(client: Client, number: int) -> None:
    client.messages.create(
        to=phone(number),
        body=TEXT,
        messaging_service_sid=SERVICE,
        status_callback=f"{PUBLIC}/sms/status?attempt={number}",
        validity_period=3600,
    )
