import base64
import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from coach.bootstrap import Coach
from coach.domain.consent import Consent
from coach.gateway.twilio import TwilioGateway
from coach.services.read import Reader
from coach.storage.database import Sessions
from coach.storage.tables import Answer, Attempt, Message, Receipt, Reply
from coach.web.app import create_app
from tests.people import ANA, CLINIC, Practice, asks, broken_rules, nudge, reader_of

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
PUBLIC = "https://texts.example.org/back-clinic"  # a proxy takes https, the host and the folder away
TOKEN = "token"
Pairs = list[tuple[str, str]]


def text_from_ana(body: str = "6", sid: str = "SM1") -> Pairs:
    return [("MessageSid", sid), ("From", ANA), ("To", "+12025550100"), ("Body", body), ("NumMedia", "0")]


def sign(url: str, form: Pairs, *, token: str = TOKEN) -> str:
    """Twilio's rule, written down once more: the address, then every name and value in order."""
    text = url + "".join(name + value for name, value in sorted(set(form)))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    found = Practice(sessions)
    found.enrolls_ana(nudge("rate", answer=asks("scale_0_10")))
    found.at(TEN)
    return found


def coach_of(practice: Practice, *, reader: Reader | None = None) -> Coach:
    gateway = TwilioGateway(
        account_sid="AC" + "0" * 32,
        auth_tokens=[TOKEN, "next-token"],
        messaging_service_sid="MG" + "0" * 32,
        public_base_url=PUBLIC,
    )
    return Coach(
        practice.sessions,
        practice.editions,
        gateway,
        CLINIC,
        lambda: reader or reader_of(practice.editions),
        practice.clock,
        PUBLIC,
    )


@pytest.fixture
def web(practice: Practice) -> Iterator[TestClient]:
    with TestClient(create_app(coach_of(practice)), base_url="http://10.0.0.5:8000") as client:
        yield client


def post(web: TestClient, path: str, form: Pairs, *, signature: str | None = None) -> Response:
    """A form posted as Twilio does, signed for the public address unless it has another `signature`."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": sign(PUBLIC + path, form) if signature is None else signature,
    }
    return web.post(path, content=urlencode(form).encode(), headers=headers, follow_redirects=False)


def test_a_signed_text_is_stored_read_and_answered_with_empty_twiml(web: TestClient, practice: Practice) -> None:
    response = post(web, "/sms/inbound", text_from_ana("6"))

    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    assert response.text.endswith("<Response/>")
    assert [(reply.body, reply.state) for reply in practice.rows(Reply)] == [("6", "read")]
    assert [answer.value for answer in practice.rows(Answer)] == ["6"]


def test_a_text_is_kept_and_accepted_when_reading_it_raises(practice: Practice) -> None:
    coach = coach_of(practice, reader=reader_of(practice.editions, broken_rules()))
    with TestClient(create_app(coach)) as web:
        assert post(web, "/sms/inbound", text_from_ana("6")).status_code == 200

    assert [(reply.body, reply.state, reply.faults) for reply in practice.rows(Reply)] == [("6", "unread", 1)]


def test_a_repeated_webhook_is_stored_and_heeded_once(web: TestClient, practice: Practice) -> None:
    codes = [post(web, "/sms/inbound", text_from_ana("HELP")).status_code for _ in range(3)]

    assert codes == [200, 200, 200]
    assert len(practice.rows(Reply)) == 1
    assert practice.at(TEN) == ["en help"]


@pytest.mark.parametrize(
    ("case", "form"),
    [
        ("a blank body", text_from_ana("")),
        ("letters beyond ASCII", text_from_ana("Sí, ¡mejor! 😀")),
        ("a plus and a percent", text_from_ana("1+1=2 & 100%")),
        ("a repeated key", [*text_from_ana(), ("MediaUrl", "b"), ("MediaUrl", "a"), ("MediaUrl", "a")]),
        ("a parameter of tomorrow", [*text_from_ana(), ("Tomorrow", "")]),
    ],
)
def test_odd_but_signed_forms_are_taken_word_for_word(
    web: TestClient, practice: Practice, case: str, form: Pairs
) -> None:
    assert post(web, "/sms/inbound", form).status_code == 200, case
    assert practice.rows(Reply)[0].body == dict(form)["Body"]


@pytest.mark.parametrize(
    ("case", "signature"),
    [
        ("none", ""),
        ("nonsense", "not a signature"),
        ("another token", sign(PUBLIC + "/sms/inbound", text_from_ana(), token="other")),
        ("another form", sign(PUBLIC + "/sms/inbound", text_from_ana("7"))),
        ("the address behind the proxy", sign("http://10.0.0.5:8000/sms/inbound", text_from_ana())),
        ("a query that was not there", sign(PUBLIC + "/sms/inbound?a=1", text_from_ana())),
    ],
)
def test_a_form_that_is_not_signed_for_us_is_403_and_not_stored(
    web: TestClient, practice: Practice, case: str, signature: str
) -> None:
    assert post(web, "/sms/inbound", text_from_ana(), signature=signature).status_code == 403, case
    assert practice.rows(Reply) == []


def test_a_form_without_the_signatures_header_is_403(web: TestClient) -> None:
    assert web.post("/sms/inbound", data=dict(text_from_ana())).status_code == 403


@pytest.mark.parametrize("token", [TOKEN, "next-token"])
def test_both_tokens_sign_while_they_rotate(web: TestClient, token: str) -> None:
    signature = sign(PUBLIC + "/sms/inbound", text_from_ana(), token=token)

    assert post(web, "/sms/inbound", text_from_ana(), signature=signature).status_code == 200


@pytest.mark.parametrize("query", ["?a=%C3%A9+1", "?a=1&a=2", "?a=", "?a=%2F%2f"])
def test_the_query_is_signed_as_it_came(web: TestClient, query: str) -> None:
    form = text_from_ana()

    assert post(web, f"/sms/inbound{query}", form).status_code == 200


@pytest.mark.parametrize("body", [b"Body=%E9", b"Body=\xe9", b"\x00\xff", b"no form at all", b"&&&", b""])
def test_what_is_no_form_is_403_and_never_500(web: TestClient, practice: Practice, body: bytes) -> None:
    headers = {"X-Twilio-Signature": "AAAA", "Content-Type": "application/x-www-form-urlencoded"}

    assert web.post("/sms/inbound", content=body, headers=headers).status_code == 403
    assert practice.rows(Reply) == []


def test_a_form_too_long_for_a_webhook_is_413(web: TestClient) -> None:
    assert post(web, "/sms/inbound", text_from_ana("x" * 70_000)).status_code == 413


def test_a_signed_form_without_a_sender_is_400(web: TestClient, practice: Practice) -> None:
    assert post(web, "/sms/inbound", [("MessageSid", "SM1")]).status_code == 400
    assert practice.rows(Reply) == []


@pytest.mark.parametrize("path", ["/sms/inbound", "/sms/status"])
def test_only_the_very_address_takes_posts(web: TestClient, path: str) -> None:
    assert web.get(path).status_code == 405
    assert web.put(path).status_code == 405
    assert post(web, f"{path}/", text_from_ana()).status_code == 404
    assert post(web, path.upper(), text_from_ana()).status_code == 404


def receipt(status: str, *, sid: str = "SM9", code: str | None = None) -> Pairs:
    return [("MessageSid", sid), ("MessageStatus", status), *([("ErrorCode", code)] if code else [])]


def of_attempt(practice: Practice) -> str:
    return f"/sms/status?attempt={quote(practice.rows(Attempt)[0].token, safe='')}"


def test_receipts_repeated_and_out_of_order_leave_the_truth(web: TestClient, practice: Practice) -> None:
    path = of_attempt(practice)
    codes = [post(web, path, receipt(status)).status_code for status in ("delivered", "sent", "delivered", "queued")]

    assert codes == [204] * 4
    assert practice.rows(Message)[0].state == "delivered"
    assert [one.status for one in practice.rows(Receipt)] == ["delivered", "sent", "queued"]


@pytest.mark.parametrize("query", ["", "?attempt=", "?attempt=nobody", "?attempt=%C3%A9+1", "?attempt=" + "x" * 300])
def test_a_receipt_of_an_unknown_attempt_is_204(web: TestClient, practice: Practice, query: str) -> None:
    assert post(web, f"/sms/status{query}", receipt("delivered")).status_code == 204
    assert practice.rows(Message)[0].state == "accepted"


def test_a_receipt_without_a_status_is_204_and_an_unsigned_one_403(web: TestClient, practice: Practice) -> None:
    path = of_attempt(practice)

    assert post(web, path, [("MessageSid", "SM9")]).status_code == 204
    assert post(web, path, receipt("delivered"), signature="AAAA").status_code == 403
    assert practice.rows(Receipt) == []


def test_a_receipt_that_says_opted_out_stops_the_person(web: TestClient, practice: Practice) -> None:
    post(web, of_attempt(practice), receipt("failed", code="21610"))

    assert practice.consent() is Consent.STOPPED
    assert practice.at(TEN + timedelta(days=1)) == []
