"""What Twilio's lists say, through the real SDK over HTTP."""

import json
import logging
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from coach.gateway.base import InboundSms, Receipt, RejectionKind, Texted
from coach.gateway.twilio import TwilioGateway
from tests.gateway.answering import Answer, answering, free_port

SERVICE, OTHER = "MG" + "b" * 32, "MG" + "d" * 32
ANA, US = "+12025550143", "+12025550100"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def gateway(url: str) -> TwilioGateway:
    return TwilioGateway(
        account_sid="AC" + "a" * 32,
        auth_tokens=["token"],
        messaging_service_sid=SERVICE,
        public_base_url="https://coach.example.org",
        api_base_url=url,
        timeout=0.5,
    )


def at(seconds: float) -> str:
    return (NOON + timedelta(seconds=seconds)).strftime("%a, %d %b %Y %H:%M:%S +0000")


def record(number: int, seconds: float = 0, **fields: object) -> dict[str, object]:
    """A text of ours to Ana, made so many seconds after noon."""
    return {
        "sid": f"SM{number:032x}",
        "direction": "outbound-api",
        "to": ANA,
        "from": US,
        "body": f"text {number}",
        "status": "delivered",
        "messaging_service_sid": SERVICE,
        "num_media": "0",
        "error_code": None,
        "date_created": at(seconds),
        "date_sent": at(seconds),
        **fields,
    }


def reply(number: int, seconds: float = 0, **fields: object) -> dict[str, object]:
    return record(number, seconds, **{"direction": "inbound", "from": ANA, "to": US, "status": "received", **fields})


def listed(*records: object, **more: object) -> Answer:
    return Answer(200, json.dumps({"messages": list(records), "next_page_uri": None, **more}))


def test_only_our_own_texts_since_then_count_as_sent() -> None:
    answer = listed(
        record(5, 60, status="queued", date_sent=None, **{"from": None}),
        record(4, 30, messaging_service_sid=OTHER),
        record(3, 20, direction="outbound-reply"),
        reply(2, 10),
        record(1, 0, status="undelivered", error_code=30003),
        record(0, -1),
    )
    with answering(answer) as server:
        found = gateway(server.url).sent_to(ANA, NOON + timedelta(microseconds=400))

    assert found.whole
    assert found.texts == (
        Texted(f"SM{5:032x}", "text 5", "queued", NOON + timedelta(seconds=60)),
        Texted(f"SM{1:032x}", "text 1", "undelivered", NOON, "30003", RejectionKind.TRY_LATER),
    )
    [(path, _, _)] = server.requests
    assert path.endswith("/Messages.json?To=%2B12025550143&PageSize=1000")


def test_texts_that_came_in_are_read_oldest_first_with_attachments_and_none_of_another_service() -> None:
    answer = listed(
        reply(5, 60, num_media="2", body=""),
        reply(4, 50, messaging_service_sid=OTHER),
        reply(3, 45, status="receiving"),
        record(2, 40),
        reply(1, 0, messaging_service_sid=None),
        reply(0, -1),
    )
    with answering(answer) as server:
        heard = gateway(server.url).heard_since(NOON)

    assert heard.whole
    assert heard.texts == (
        InboundSms(f"SM{1:032x}", ANA, US, "text 1", sent_at=NOON + timedelta(seconds=0)),
        InboundSms(f"SM{5:032x}", ANA, US, "", media=2, sent_at=NOON + timedelta(seconds=60)),
    )
    [(path, _, _)] = server.requests
    assert path.endswith("/Messages.json?DateSent%3E=2026-11-23T00%3A00%3A00Z&PageSize=1000")


def test_the_day_that_is_asked_for_is_the_providers_own() -> None:
    west = datetime(2026, 11, 22, 20, 0, tzinfo=timezone(timedelta(hours=-8)))
    with answering(listed()) as server:
        gateway(server.url).heard_since(west)

    [(path, _, _)] = server.requests
    assert "DateSent%3E=2026-11-23T00" in path


TROUBLES = {
    "500": (Answer(500, '{"code": 20500, "message": "no", "status": 500}'), "HTTP 500"),
    "503, not JSON": (Answer(503, "<html>"), "HTTP 503"),
    "429": (Answer(429, '{"code": 20429, "message": "no", "status": 429}'), "HTTP 429"),
    "401": (Answer(401, '{"code": 20003, "message": "Authenticate", "status": 401}'), "HTTP 401"),
    "not JSON": (Answer(200, "<html>"), "HTTP 200 with an answer that cannot be read"),
    "not a list": (Answer(200, "[]"), "HTTP 200 with an answer that cannot be read"),
    "null": (Answer(200, "null"), "HTTP 200 with an answer that cannot be read"),
    "no messages": (Answer(200, '{"next_page_uri": null}'), "HTTP 200 with an answer that cannot be read"),
    "odd records": (listed("odd"), "HTTP 200 with an answer that cannot be read"),
    "cut": (Answer(200, '{"messages": [', {"Content-Length": "500"}), "HTTP 200 with an answer that cannot be read"),
    "torn": (Answer(reset=True), "no answer"),
    "no answer in time": (Answer(hold=True), "no answer"),
}


@pytest.mark.parametrize(("answer", "words"), TROUBLES.values(), ids=TROUBLES)
def test_a_list_that_could_not_be_read_to_its_end_is_not_whole_and_says_why(answer: Answer, words: str) -> None:
    with answering(answer) as server:
        ours = gateway(server.url)
        sent, heard = ours.sent_to(ANA, NOON), ours.heard_since(NOON)

        assert ours.status_of("SM" + "0" * 32) is None
    assert (sent.texts, sent.whole) == ((), False)
    assert (heard.texts, heard.whole) == ((), False)
    assert sent.words.startswith(words)
    assert heard.words.startswith(words)
    assert "555" not in sent.words


def test_where_nobody_listens_no_list_is_whole() -> None:
    ours = gateway(f"http://127.0.0.1:{free_port()}")

    assert not ours.sent_to(ANA, NOON).whole
    assert not ours.heard_since(NOON).whole
    assert ours.status_of("SM" + "0" * 32) is None


@pytest.mark.parametrize(
    "odd",
    [{"sid": None}, {"date_created": None, "date_sent": None}, {"date_created": "soon", "date_sent": None}],
    ids=str,
)
def test_one_odd_record_hides_no_other_but_the_list_is_not_whole(odd: dict[str, Any]) -> None:
    with answering(listed(record(3, 3, **odd), reply(2, 2, **odd), record(1, 1), reply(0))) as server:
        ours = gateway(server.url)
        sent, heard = ours.sent_to(ANA, NOON), ours.heard_since(NOON)

    assert [text.body for text in sent.texts] == ["text 1"]
    assert [text.body for text in heard.texts] == ["text 0"]
    assert not sent.whole
    assert not heard.whole
    assert sent.words
    assert heard.words


def test_an_odd_record_from_before_is_no_news_and_one_without_a_sender_is_nobodys(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Else the clinic's nudges would wait for ever: neither is ever mended."""
    nobodys, before = reply(3, 3, **{"from": None}), reply(0, -60, sid=None)
    with answering(listed(nobodys, reply(1, 1, num_media="9" * 30), before)) as server:
        heard = gateway(server.url).heard_since(NOON)

    assert heard.whole
    assert [(text.body, text.media) for text in heard.texts] == [("text 1", 0)]
    assert f"SM{3:032x}" in caplog.text


def test_a_list_without_end_is_given_up_after_twenty_pages() -> None:
    endless = listed(record(1), next_page_uri="/2010-04-01/Accounts/x/Messages.json?Page=1")
    with answering(endless) as server:
        found = gateway(server.url).sent_to(ANA, NOON)

    assert len(server.requests) == 20
    assert (len(found.texts), found.whole, found.words) == (1, False, "the list is longer than 20,000 texts")


def test_reading_what_came_in_ends_with_a_page_that_is_older_throughout() -> None:
    following = "/2010-04-01/Accounts/x/Messages.json?Page=1"
    with answering(listed(record(2, -7200), reply(1, -3601), next_page_uri=following)) as server:
        heard = gateway(server.url).heard_since(NOON)

    assert heard.whole
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("fields", "receipt"),
    [
        ({"status": "delivered"}, Receipt(f"SM{1:032x}", "delivered")),
        (
            {"status": "undelivered", "error_code": 30006},
            Receipt(f"SM{1:032x}", "undelivered", "30006", RejectionKind.BAD_NUMBER),
        ),
        ({"status": "failed", "error_code": 99999}, Receipt(f"SM{1:032x}", "failed", "99999", RejectionKind.UNCERTAIN)),
        ({"status": None}, None),
        ({"sid": "SM" + "f" * 32}, None),
    ],
)
def test_where_a_text_stands_can_be_asked(fields: dict[str, Any], receipt: Receipt | None) -> None:
    with answering(Answer(200, json.dumps(record(1, **fields)))) as server:
        found = gateway(server.url).status_of(f"SM{1:032x}")

    assert found == receipt
    [(path, _, _)] = server.requests
    assert path.endswith(f"/Messages/SM{1:032x}.json")


def test_no_log_of_a_look_up_holds_a_number(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with answering(listed(record(1))) as server:
        gateway(server.url).sent_to(ANA, NOON)

    assert "12025550143" not in caplog.text


def test_the_sender_is_the_messaging_service() -> None:
    assert gateway("http://127.0.0.1:1").sender == SERVICE
