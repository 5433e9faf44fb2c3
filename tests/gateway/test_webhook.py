import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest

from coach.gateway.pager import Notice, PagerError
from coach.gateway.webhook import WebhookError, WebhookPager, signature
from tests.gateway.answering import Answer, answering, free_port
from tests.gateway.receiving import Receiver, webhook_receiver

KEY = b"0123456789abcdef01234567"
SECRET = "whsec_" + base64.b64encode(KEY).decode()
NOTICE = Notice(
    key="coach-1f3a",
    case_id=12,
    step=2,
    to="",
    text="coach: case 12 needs you now. Acknowledge: https://coach.example.org/a/TOKEN",
    link="https://coach.example.org/a/TOKEN",
    at=datetime(2026, 11, 23, 15, 0, tzinfo=UTC),
)


def test_a_page_is_posted_signed_as_the_specification_says() -> None:
    with webhook_receiver(Receiver()) as receiver:
        WebhookPager(receiver.url, SECRET).send(NOTICE)
    [post] = receiver.posts
    signed = f"coach-1f3a.{int(NOTICE.at.timestamp())}.".encode() + post.body
    expected = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()

    assert post.headers["webhook-id"] == "coach-1f3a"
    assert post.headers["webhook-timestamp"] == "1795446000"
    assert post.headers["webhook-signature"] == f"v1,{expected}"
    assert post.headers["content-type"] == "application/json"
    assert json.loads(post.body) == {
        "type": "case.page",
        "timestamp": "2026-11-23T15:00:00Z",
        "data": {"case": 12, "step": 2, "text": NOTICE.text, "acknowledge": NOTICE.link},
    }


def test_the_signature_is_that_of_the_specifications_own_example() -> None:
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")

    assert (
        signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}')
        == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


@pytest.mark.parametrize("status", [200, 202, 204])
def test_any_2xx_is_success(status: int) -> None:
    with webhook_receiver(Receiver(status)) as receiver:
        WebhookPager(receiver.url, SECRET).send(NOTICE)

    assert len(receiver.posts) == 1


@pytest.mark.parametrize("status", [302, 307, 400, 401, 404, 410, 429, 500, 503])
def test_anything_else_is_not_and_a_redirect_is_not_followed(status: int) -> None:
    with (
        webhook_receiver(Receiver(status)) as receiver,
        pytest.raises(PagerError, match=f"the receiver said HTTP {status}"),
    ):
        WebhookPager(receiver.url, SECRET).send(NOTICE)

    assert len(receiver.posts) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(hold=True), r"did not answer \(in time\)"),
        (Answer(reset=True), r"did not answer \(ConnectionError\)"),
    ],
)
def test_a_receiver_that_does_not_answer_is_an_error_without_its_address(answer: Answer, words: str) -> None:
    with answering(answer) as receiver, pytest.raises(PagerError, match=words) as raised:
        WebhookPager(receiver.url, SECRET, timeout=(1.0, 0.2)).send(NOTICE)

    assert "127.0.0.1" not in str(raised.value)


def test_a_receiver_that_is_not_there_is_an_error() -> None:
    with pytest.raises(PagerError, match="did not answer"):
        WebhookPager(f"http://127.0.0.1:{free_port()}", SECRET).send(NOTICE)


@pytest.mark.parametrize("url", ["", "pages.example.org", "http://pages.example.org", "https://", "https://host:port"])
def test_an_address_that_is_not_safe_is_refused(url: str) -> None:
    with pytest.raises(WebhookError, match="COACH_PAGE_WEBHOOK_URL cannot be used: write an https address"):
        WebhookPager(url, SECRET)


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "secret", "whsec_not base64!", "whsec_c2hvcnQ=", "whsec_" + "A" * 120]
)
def test_a_secret_that_is_none_is_refused_with_how_to_make_one(secret: str) -> None:
    with pytest.raises(WebhookError, match="COACH_PAGE_WEBHOOK_SECRET cannot be used: write whsec_ and 24 to 64"):
        WebhookPager("https://pages.example.org/x", secret)
