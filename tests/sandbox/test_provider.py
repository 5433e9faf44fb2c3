import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.sandbox.faults import Fault, FaultKind, Faults
from coach.sandbox.ledger import Ledger
from coach.sandbox.provider import Sandbox
from coach.sandbox.pump import Pump
from coach.sandbox.signature import sign
from coach.sandbox.validation import ApiError
from coach.sandbox.way import Delays
from coach.sandbox.webhook import Posting, SignedPoster, Webhook
from tests.gateway.answering import free_port
from tests.sandbox.serving import ACCOUNT, ANA, CY, NOON, SteppedTime, gateway_to, receiving

FORM = [("To", ANA), ("Body", "Hi"), ("MessagingServiceSid", str(ACCOUNT.service))]


class Post:
    """Takes webhooks in place of the network, and says when one came."""

    def __init__(self) -> None:
        self.webhooks: list[Webhook] = []
        self.came = threading.Semaphore(0)

    def __call__(self, webhook: Webhook) -> Posting:
        self.webhooks.append(webhook)
        self.came.release()
        return Posting(200)


def test_stop_is_coachs_own_business_unless_the_provider_is_told_to_answer() -> None:
    sandbox = Sandbox(SteppedTime(), account=ACCOUNT, poster=Post())
    sandbox.text_from(ANA, "STOP")

    assert sandbox.create(FORM)


@pytest.mark.parametrize(
    ("texts", "blocked", "types"),
    [
        (["STOP"], True, ["STOP"]),
        ([" stop "], True, ["STOP"]),
        (["please stop"], False, [None]),
        (["STOP", "START"], False, ["STOP", "START"]),
        (["QUIT", "yes"], False, ["STOP", "START"]),
        (["HELP"], False, ["HELP"]),
    ],
)
def test_a_provider_that_answers_keywords_blocks_by_them_and_says_so_in_the_webhook(
    texts: list[str], blocked: bool, types: list[str | None]
) -> None:
    post = Post()
    sandbox = Sandbox(
        SteppedTime(), account=ACCOUNT, inbound_url="http://x.test/", keyword_replies="provider", poster=post
    )
    for text in texts:
        sandbox.text_from(ANA, text)

    assert [dict(webhook.form).get("OptOutType") for webhook in post.webhooks] == types
    [(_, bubbles)] = sandbox.phones()
    assert len(bubbles) == len(texts) + sum(kind is not None for kind in types)
    if blocked:
        with pytest.raises(ApiError) as refused:
            sandbox.create(FORM)
        assert refused.value.code == 21610
    else:
        assert sandbox.create(FORM)


def test_a_webhook_is_tried_again_once_where_nobody_listens_and_the_ledger_says_so() -> None:
    sandbox = Sandbox(SteppedTime(), account=ACCOUNT, inbound_url=f"http://127.0.0.1:{free_port()}/")
    posting = sandbox.text_from(ANA, "hello")

    assert posting.status is None
    assert "Connect" in posting.words
    assert [entry.status for entry in sandbox.ledger.webhooks()] == [None]


def test_an_answer_of_5xx_is_not_tried_again() -> None:
    with receiving() as receiver:
        receiver.answers = [503]
        sandbox = Sandbox(SteppedTime(), account=ACCOUNT, inbound_url=receiver.base + "/")
        posting = sandbox.text_from(ANA, "hello")

    assert posting == Posting(503)
    assert len(receiver.taken) == 1


pairs = st.lists(st.tuples(st.text(st.characters(codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8"))))


@given(pairs)
def test_two_independent_hands_agree_on_every_signature(form: list[tuple[str, str]]) -> None:
    url = "https://coach.example.org/sms/status?attempt=%C3%A9"
    gateway = gateway_to("http://127.0.0.1:1", "https://coach.example.org")

    assert gateway.verify(url, form, sign(ACCOUNT.auth_token, url + "#rc=2", form))


def test_every_accepted_text_of_eight_threads_is_in_the_ledger_once() -> None:
    sandbox = Sandbox(SteppedTime(), account=ACCOUNT, poster=Post())
    with ThreadPoolExecutor(8) as pool:
        sids = [message.sid for message, _ in pool.map(lambda _: sandbox.create(FORM), range(400))]

    assert sorted(str(entry.sid) for entry in sandbox.ledger.accepted()) == sorted(sids)
    assert sandbox.deliver_due(NOON + timedelta(seconds=5)) == 1200


def test_the_ledgers_file_has_a_line_of_json_for_each_entry(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    sandbox = Sandbox(SteppedTime(), account=ACCOUNT, ledger=Ledger(path), poster=Post())
    sandbox.create(FORM)
    with pytest.raises(ApiError):
        sandbox.create([("To", "abc")])
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    assert [(line["what"], line["to"], line["answer"]) for line in lines] == [
        ("create", ANA, "201"),
        ("create", "abc", "400 21211"),
    ]


def test_a_fault_strikes_its_number_until_its_time_and_as_often_as_ordered() -> None:
    faults = Faults()
    faults.order(Fault(FaultKind.THROTTLED, to=ANA, count=2, until=NOON))

    assert faults.draw(CY, NOON) is None
    assert faults.draw(ANA, NOON) is not None
    assert faults.draw(ANA, NOON + timedelta(seconds=1)) is None
    assert faults.draw(ANA, NOON) is not None
    assert faults.draw(ANA, NOON) is None


@given(st.integers(), st.permutations([ANA, CY] * 20))
def test_faults_by_seed_do_not_hang_on_the_order_in_which_numbers_are_texted(seed: int, order: list[str]) -> None:
    odds = {FaultKind.LOST_ANSWER: 0.3, FaultKind.THROTTLED: 0.3}

    def drawn(numbers: list[str]) -> dict[str, list[Fault | None]]:
        faults, seen = Faults(seed, odds), dict[str, list[Fault | None]]()
        for number in numbers:
            seen.setdefault(number, []).append(faults.draw(number, NOON))
        return seen

    assert drawn(order) == drawn(sorted(order))


def test_faults_by_seed_come_about_as_often_as_asked() -> None:
    faults = Faults(7, {FaultKind.LOST_ANSWER: 0.1})
    struck = sum(faults.draw(ANA, NOON) is not None for _ in range(5000))

    assert 400 < struck < 600


def test_in_real_time_receipts_leave_by_themselves_and_the_end_waits_for_nothing() -> None:
    post = Post()
    soon = timedelta(milliseconds=5)
    delays = Delays(soon, soon * 2, soon * 3)
    sandbox = Sandbox(lambda: datetime.now(UTC), account=ACCOUNT, delays=delays, poster=post)
    with Pump(sandbox):
        sandbox.create([*FORM, ("StatusCallback", "http://x.test/")])
        for _ in range(3):
            assert post.came.acquire(timeout=5)
        sandbox.faults.order(Fault(FaultKind.DELAYED, seconds=3600))
        sandbox.create(FORM)

    assert [dict(webhook.form)["MessageStatus"] for webhook in post.webhooks] == ["queued", "sent", "delivered"]


def test_a_redirected_webhook_is_not_followed() -> None:
    with receiving() as receiver:
        receiver.answers = [307]
        posting = SignedPoster("token")(Webhook("status", receiver.base + "/", [("a", "")]))

    assert posting == Posting(307)
