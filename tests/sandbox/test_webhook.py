"""How often a webhook is posted, and after which failures, through a real server."""

import pytest

from coach.sandbox.webhook import Overrides, SignedPoster, Webhook, overrides_of
from tests.gateway.answering import Answer, answering, free_port
from tests.sandbox.serving import receiving


@pytest.mark.parametrize(
    ("fragment", "overrides"),
    [
        ("", Overrides()),
        ("#rc=2&rp=ct,rt,5xx", Overrides(retries=2, after=frozenset({"ct", "rt", "5xx"}))),
        ("#rc=0", Overrides(retries=0)),
        ("#rp=all", Overrides(after=frozenset({"all"}))),
        ("#ct=100&rt=2000&tt=9000", Overrides(connect=0.1, read=2.0, total=9.0)),
        ("#rc=6&ct=99&rt=15001&tt=soon&sni=y", Overrides()),  # out of range, or of no use here
    ],
)
def test_an_address_says_in_its_fragment_how_it_wants_its_webhooks(fragment: str, overrides: Overrides) -> None:
    assert overrides_of(f"https://coach.example.org/sms/status?attempt=a{fragment}") == overrides


@pytest.mark.parametrize(
    ("fragment", "answers", "status", "tries"),
    [
        ("", [503, 204], 503, 1),
        ("#rc=2&rp=5xx", [503, 204], 204, 2),
        ("#rc=2&rp=ct,rt,5xx", [503, 502, 500, 204], 500, 3),
        ("#rc=2&rp=5xx", [404, 204], 404, 1),
        ("#rc=1&rp=4xx", [404, 204], 204, 2),
        ("#rc=5&rp=all", [404, 503, 204], 204, 3),
        ("#rc=0&rp=all", [503, 204], 503, 1),
        ("#rc=5&rp=all", [204], 204, 1),
    ],
)
def test_a_failed_webhook_is_posted_again_where_its_address_asks_for_it(
    fragment: str, answers: list[int], status: int, tries: int
) -> None:
    with receiving() as receiver:
        receiver.answers = answers
        posting = SignedPoster("token")(Webhook("status", f"{receiver.base}/sms/status{fragment}", [("a", "")]))

    assert (posting.status, posting.tries, len(receiver.taken)) == (status, tries, tries)
    assert len({taken.headers["I-Twilio-Idempotency-Token"] for taken in receiver.taken}) == 1
    assert len({taken.headers["X-Twilio-Signature"] for taken in receiver.taken}) == 1


@pytest.mark.parametrize(("fragment", "tries"), [("", 2), ("#rc=3", 4), ("#rc=3&rp=5xx", 1), ("#rc=0", 1)])
def test_where_nobody_listens_it_is_tried_as_often_as_asked(fragment: str, tries: int) -> None:
    posting = SignedPoster("token")(Webhook("inbound", f"http://127.0.0.1:{free_port()}/{fragment}", []))

    assert (posting.status, posting.tries) == (None, tries)


@pytest.mark.parametrize(("fragment", "tries"), [("#rt=100", 1), ("#rt=100&rp=rt", 2), ("#rt=5000&tt=100&rp=rt", 1)])
def test_an_answer_that_does_not_come_in_time_is_no_answer(fragment: str, tries: int) -> None:
    with answering(Answer(hold=True)) as server:
        posting = SignedPoster("token")(Webhook("inbound", f"{server.url}/{fragment}", []))

    assert (posting.status, posting.tries, posting.failed) == (None, tries, True)
    assert "ReadTimeout" in posting.words


def test_a_torn_answer_counts_as_none() -> None:
    with answering(Answer(reset=True)) as server:
        posting = SignedPoster("token")(Webhook("inbound", f"{server.url}/#rc=2&rp=rt", []))

    assert (posting.status, posting.tries) == (None, 3)
