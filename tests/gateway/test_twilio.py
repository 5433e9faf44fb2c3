import base64
import json
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs

import pytest

from coach.gateway.base import Accepted, Outbound, Outcome, Rejected, RejectionKind, Unknown, Unsent
from coach.gateway.twilio import TwilioGateway
from tests.gateway.answering import Answer, answering, free_port

ACCOUNT, SERVICE, SID = "AC" + "a" * 32, "MG" + "b" * 32, "SM" + "0c" * 16
TEXT = Outbound("+12025550143", "Time for your walk", "at te/mpt", 600)


def gateway(url: str, **other: object) -> TwilioGateway:
    arguments: dict[str, object] = {
        "account_sid": ACCOUNT,
        "auth_tokens": ["token"],
        "messaging_service_sid": SERVICE,
        "public_base_url": "https://coach.example.org/",
        "api_base_url": url,
        **other,
    }
    return TwilioGateway(**arguments)  # type: ignore[arg-type]  # a table of arguments


def outcome_of(answer: Answer, **other: object) -> Outcome:
    with answering(answer) as server:
        return gateway(server.url, **other).send(TEXT)


def error(code: int, status: int = 400, message: str = "no") -> Answer:
    body = {"code": code, "message": message, "more_info": f"https://example.org/{code}", "status": status}
    return Answer(status, json.dumps(body))


def problem(code: int, status: int) -> Answer:
    return Answer(status, json.dumps({"type": "about:blank", "title": "Nope", "status": status, "code": code}))


def accepted(sid: object, status: str = "accepted") -> Answer:
    return Answer(201, json.dumps({"sid": sid, "status": status}))


def test_a_call_carries_service_validity_and_the_attempt_in_its_callback() -> None:
    with answering(accepted(SID)) as server:
        outcome = gateway(server.url).send(TEXT)

    assert outcome == Accepted(SID, "accepted")
    [(path, _, body)] = server.requests
    assert path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert parse_qs(body.decode()) == {
        "To": ["+12025550143"],
        "Body": ["Time for your walk"],
        "MessagingServiceSid": [SERVICE],
        "StatusCallback": ["https://coach.example.org/sms/status?attempt=at%20te%2Fmpt"],
        "ValidityPeriod": ["600"],
    }


def test_connection_overrides_ride_in_the_callbacks_fragment() -> None:
    with answering(accepted(SID)) as server:
        gateway(server.url, callback_overrides="rc=2&rp=ct,rt,5xx").send(TEXT)

    [(_, _, body)] = server.requests
    assert parse_qs(body.decode())["StatusCallback"][0].endswith("?attempt=at%20te%2Fmpt#rc=2&rp=ct,rt,5xx")


@pytest.mark.parametrize(
    "answer",
    [
        Answer(201, ""),
        Answer(201, "<html>"),
        Answer(201, "[]"),
        Answer(201, "{}"),
        Answer(200, '{"sid": null}'),
        accepted("SMnot-an-id"),
        accepted(7),
        Answer(302, "", {"Location": "/elsewhere"}),
        Answer(408, ""),
        Answer(429, "<html>slow down</html>"),
        Answer(429, "{}"),
        error(99999, 429),
        Answer(500, "<html>"),
        error(20500, 500),
        error(20500, 400),
        problem(20500, 500),
        Answer(502, "Bad Gateway"),
        error(20503, 503),
        Answer(504, ""),
        Answer(reset=True),
        Answer(201, "cut", {"Content-Length": "500"}, hold=False),
    ],
    ids=lambda answer: f"{answer.status} {answer.body[:30]}{' reset' if answer.reset else ''}",
)
def test_where_twilio_may_have_the_text_the_outcome_is_unknown_and_the_call_is_made_once(answer: Answer) -> None:
    with answering(answer) as server:
        outcome = gateway(server.url, timeout=0.5).send(TEXT)

    assert isinstance(outcome, Unknown)
    assert len(server.requests) == 1


def test_an_answer_that_does_not_come_in_time_leaves_the_outcome_unknown() -> None:
    with answering(Answer(hold=True)) as server:
        outcome = gateway(server.url, timeout=0.2).send(TEXT)

    assert isinstance(outcome, Unknown)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("headers", "wait"),
    [({}, None), ({"Retry-After": "7"}, 7), ({"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}, None)],
)
def test_too_many_calls_at_once_provably_sent_nothing(headers: Mapping[str, str], wait: int | None) -> None:
    answer = error(20429, 429, "Too Many Requests")

    assert outcome_of(Answer(429, answer.body, headers)) == Unsent("HTTP 429, Too Many Requests", wait)


def test_an_rfc_9457_answer_of_too_many_calls_is_understood_as_well() -> None:
    assert isinstance(outcome_of(problem(20429, 429)), Unsent)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:{port}", "https://127.0.0.1:{port}", "http://no-such-host.invalid"],
    ids=["refused", "refused, with TLS", "no such name"],
)
def test_where_no_connection_was_made_nothing_was_sent(url: str) -> None:
    assert isinstance(gateway(url.format(port=free_port()), timeout=2).send(TEXT), Unsent)


def test_where_the_tls_handshake_ends_in_nothing_nothing_was_sent() -> None:
    with answering(accepted(SID)) as server:
        outcome = gateway(server.url.replace("http:", "https:"), timeout=2).send(TEXT)

    assert isinstance(outcome, Unsent)
    assert server.requests == []


def test_a_broken_call_after_a_good_one_is_judged_by_itself() -> None:
    answer = Answer(201, accepted(SID).body, {"Connection": "close"})
    with answering(answer) as server:
        ours = gateway(server.url)
        first = ours.send(TEXT)
    second = ours.send(TEXT)

    assert isinstance(first, Accepted)
    assert isinstance(second, Unsent)


K = RejectionKind


@pytest.mark.parametrize(
    ("answer", "code", "kind"),
    [
        (error(21610), "21610", K.OPTED_OUT),
        (error(21211), "21211", K.BAD_NUMBER),
        (error(21614), "21614", K.BAD_NUMBER),
        (error(21408, 403), "21408", K.BAD_NUMBER),
        (error(21617), "21617", K.BAD_MESSAGE),
        (error(21611, 429), "21611", K.TRY_LATER),
        (error(20003, 401), "20003", K.ACCOUNT),
        (error(20404, 404), "20404", K.ACCOUNT),
        (error(21704), "21704", K.ACCOUNT),
        (error(99999), "99999", K.BAD_MESSAGE),
        (error(99999, 403), "99999", K.ACCOUNT),
        (problem(21610, 400), "21610", K.OPTED_OUT),
        (Answer(400, "<html>"), "400", K.BAD_MESSAGE),
        (Answer(401, ""), "401", K.ACCOUNT),
        (Answer(403, "<html>"), "403", K.ACCOUNT),
        (Answer(404, "<html>"), "404", K.ACCOUNT),
        (Answer(405, ""), "405", K.BAD_MESSAGE),
        (Answer(422, "{}"), "422", K.BAD_MESSAGE),
    ],
)
def test_a_refusal_says_its_code_and_what_it_means(answer: Answer, code: str, kind: RejectionKind) -> None:
    outcome = outcome_of(answer)

    assert isinstance(outcome, Rejected)
    assert (outcome.code, outcome.kind) == (code, kind)


def test_a_refusals_words_carry_no_phone_number() -> None:
    outcome = outcome_of(error(21211, message="The 'To' number +12025550143 is not a valid phone number."))

    assert outcome == Rejected("21211", K.BAD_NUMBER, "The 'To' number (number) is not a valid phone number.")


def test_nothing_is_logged_below_a_warning_since_addresses_carry_numbers(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    outcome_of(accepted(SID))

    assert "Messages.json" not in caplog.text
    assert "12025550143" not in caplog.text


def test_eight_threads_share_one_gateway() -> None:
    with answering(accepted(SID)) as server:
        ours = gateway(server.url)
        with ThreadPoolExecutor(8) as pool:
            outcomes = list(pool.map(lambda _: ours.send(TEXT), range(80)))

    assert outcomes == [Accepted(SID, "accepted")] * 80
    assert len(server.requests) == 80


def test_the_primary_token_signs_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "from the environment")
    monkeypatch.setenv("TWILIO_REGION", "ie1")
    with answering(accepted(SID)) as server:
        gateway(server.url, auth_tokens=["first", "second"]).send(TEXT)

    [(_, authorization, _)] = server.requests
    assert authorization == "Basic " + base64.b64encode(f"{ACCOUNT}:first".encode()).decode()
