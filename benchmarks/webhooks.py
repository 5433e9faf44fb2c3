"""Inbound texts by HTTP into a server process, against a bare route that verifies and inserts one row."""

import http.client
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # the package has no types

from benchmarks.clinic import fill_planned, phone
from benchmarks.endpoint import process
from benchmarks.rounds import Case
from benchmarks.sdk import ACCOUNT, SERVICE, TOKEN
from benchmarks.stores import Copy, Store

AIM = 0.5
CONNECTIONS = 4
PATH = "/sms/inbound"
PUBLIC = "https://coach.example.org"
Request = tuple[str, dict[str, str]]


def cases(store: Store, size: int) -> Iterator[Case]:
    """Texts a second that are answered, four at a time; coach reads those it has answered meanwhile."""
    copy = store.filled(partial(fill_planned, people=size))
    requests = [_request(number) for number in range(1, size + 1)]
    yield Case(
        "take a text by HTTP",
        store.kind,
        "a bare FastAPI route",
        AIM,
        partial(_answered, "coach", copy, requests),
        partial(_answered, "bare", copy, requests),
    )


def _request(number: int) -> Request:
    form = {
        "MessageSid": f"SM{number:032x}",
        "AccountSid": ACCOUNT,
        "MessagingServiceSid": SERVICE,
        "From": phone(number),
        "To": "+12025550100",
        "Body": "done, it was 12 minutes",
        "NumMedia": "0",
        "NumSegments": "1",
        "ApiVersion": "2010-04-01",
    }
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + PATH, form)
    return urlencode(form), {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}


def _answered(which: str, copy: Copy, requests: Sequence[Request]) -> float:
    with copy() as url, process("benchmarks.serving", which, url) as address:
        first, *others = requests
        _post(address, [first])
        shares = [others[place::CONNECTIONS] for place in range(CONNECTIONS)]
        began = time.perf_counter()
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            answered = sum(pool.map(partial(_post, address), shares))
        return answered / (time.perf_counter() - began)


def _post(address: str, requests: Sequence[Request]) -> int:
    """How many were answered; one that could not be stored is posted again, as the provider does."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port)
    waiting = deque(requests)
    while waiting:
        body, headers = waiting.popleft()
        connection.request("POST", PATH, body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status == http.HTTPStatus.SERVICE_UNAVAILABLE:
            waiting.append((body, headers))
        else:
            assert answer.status == http.HTTPStatus.OK, answer.status
    connection.close()
    return len(requests)
