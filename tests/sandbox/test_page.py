from collections.abc import Iterator
from zoneinfo import ZoneInfo

import httpx
import pytest

from coach.sandbox.phones import Phone
from coach.sandbox.provider import Sandbox
from coach.sandbox.stage import Stage
from tests.sandbox.serving import ACCOUNT, ANA, CY, Receiver, SteppedTime, gateway_to, receiving, serving

MOVED: list[str] = []


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def sandbox(receiver: Receiver) -> Sandbox:
    sandbox = Sandbox(SteppedTime(), account=ACCOUNT, inbound_url=f"{receiver.base}/sms/inbound#rc=2&rp=5xx")
    sandbox.add_phone(Phone(ANA, "Ana", ZoneInfo("America/New_York"), "es"))
    sandbox.add_phone(Phone(CY, "Cy <b>", ZoneInfo("Asia/Kolkata")))
    return sandbox


@pytest.fixture
def page(sandbox: Sandbox) -> Iterator[str]:
    MOVED.clear()
    stage = Stage("A demo", lambda: "Day 1", lambda: {CY: "waiting for your answer"}, lambda: MOVED.append("on"))
    with serving(sandbox, stage) as url:
        yield url


def test_the_page_shows_each_phone_in_its_own_time_and_language(page: str, sandbox: Sandbox) -> None:
    sandbox.text_from(ANA, "hola <i>tú</i>")
    html = httpx.get(page).text

    assert "lun 23 nov" in html
    assert "07:00" in html
    assert "17:30" in html
    assert "hola &lt;i&gt;tú&lt;/i&gt;" in html
    assert "Cy &lt;b&gt;" in html
    assert "Escribe una respuesta" in html
    assert "waiting for your answer" in html
    assert "Day 1" in html


def test_the_page_brings_nothing_from_elsewhere(page: str) -> None:
    answer = httpx.get(page)

    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "http" not in answer.text.replace(page, "")
    assert httpx.get(f"{page}/static/phones.css").status_code == 200
    assert httpx.get(f"{page}/static/phones.js").status_code == 200


def test_a_text_typed_without_javascript_reaches_coach_signed(page: str, sandbox: Sandbox, receiver: Receiver) -> None:
    answer = httpx.post(f"{page}/phones/%2B12025550143/texts", data={"body": "doce & más"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    [taken] = receiver.taken
    form = dict(taken.form)
    assert taken.url == receiver.base + "/sms/inbound"  # the fragment is neither sent nor signed
    assert (form["From"], form["To"], form["Body"]) == (ANA, ACCOUNT.sender, "doce & más")
    assert gateway_to(page, receiver.base).verify(taken.url, taken.form, taken.headers["X-Twilio-Signature"])
    assert [entry.status for entry in sandbox.ledger.webhooks("inbound")] == [204]


def test_the_state_says_the_same_as_json(page: str, sandbox: Sandbox) -> None:
    sandbox.text_from(CY, "7")
    state = httpx.get(f"{page}/state").json()

    assert (state["title"], state["line"], state["move_on"]) == ("A demo", "Day 1", "Move on")
    assert [phone["name"] for phone in state["phones"]] == ["Ana", "Cy <b>"]
    assert state["phones"][1]["bubbles"] == [
        {"mine": True, "text": "7", "day": "Mon 23 Nov", "time": "17:30", "iso": "2026-11-23T17:30+05:30"}
    ]


@pytest.mark.parametrize("body", ["", "   "])
def test_an_empty_text_is_not_sent(page: str, receiver: Receiver, body: str) -> None:
    assert httpx.post(f"{page}/phones/%2B12025550143/texts", data={"body": body}).status_code == 303
    assert receiver.taken == []


def test_the_button_moves_on(page: str) -> None:
    httpx.post(f"{page}/move-on")

    assert MOVED == ["on"]


@pytest.mark.parametrize("path", ["/move-on", "/phones/%2B12025550143/texts", "/sandbox/faults"])
def test_another_sites_page_cannot_post_here(page: str, receiver: Receiver, path: str) -> None:
    answer = httpx.post(page + path, data={"body": "x"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert (MOVED, receiver.taken) == ([], [])


def test_a_rehearsal_texts_orders_faults_and_reads_the_ledger_from_outside(page: str, sandbox: Sandbox) -> None:
    text = httpx.post(f"{page}/sandbox/phones/{ANA}/texts", json={"body": "12"})
    fault = httpx.post(f"{page}/sandbox/faults", json={"kind": "throttled", "to": ANA, "count": 2})
    entries = httpx.get(f"{page}/sandbox/ledger").json()["entries"]

    assert (text.status_code, text.json()["status"]) == (201, 204)
    assert fault.status_code == 201
    assert sandbox.faults.draw(ANA, sandbox.now()) is not None
    assert [(entry["what"], entry["status"]) for entry in entries] == [("webhook", 204), ("inbound", 204)]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/sandbox/phones/abc/texts", {"body": "x"}),
        (f"/sandbox/phones/{ANA}/texts", {}),
        (f"/sandbox/phones/{ANA}/texts", ["x"]),
        ("/sandbox/faults", {"kind": "gremlins"}),
        ("/sandbox/faults", {"kind": "failed", "count": "many"}),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(page: str, path: str, fields: object) -> None:
    assert httpx.post(page + path, json=fields).status_code == 400
