"""The real SDK, through our own gateway, against the sandbox over HTTP."""

import json
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft202012Validator

from coach.gateway.base import Accepted, Rejected, RejectionKind, parse_receipt
from coach.sandbox.faults import Fault, FaultKind
from tests.sandbox.serving import ACCOUNT, ANA, CY, FORM, World

SCHEMAS = json.loads((Path(__file__).parent / "schema.json").read_text(encoding="utf-8"))


def valid(name: str, body: object) -> bool:
    schema = {**SCHEMAS, "$ref": f"#/$defs/{name}"}
    return not list(Draft202012Validator(schema).iter_errors(body))


def test_a_text_is_accepted_delivered_to_its_phone_and_confirmed_by_signed_receipts(world: World) -> None:
    outcome = world.send()

    assert isinstance(outcome, Accepted)
    assert outcome.status == "accepted"
    world.sandbox.deliver_due(world.time.move(seconds=5))
    [(phone, [bubble])] = world.sandbox.phones()
    assert (phone.number, bubble.text, bubble.mine) == (ANA, "Time for your walk", False)
    assert world.receiver.statuses == ["queued", "sent", "delivered"]
    for taken in world.receiver.taken:
        assert taken.url == world.receiver.base + "/sms/status?attempt=a1"
        assert world.gateway.verify(taken.url, taken.form, taken.headers["X-Twilio-Signature"])
        assert parse_receipt(taken.form).provider_id == outcome.provider_id


def test_receipts_come_at_their_virtual_times(world: World) -> None:
    world.send()
    due = []
    while (at := world.sandbox.next_due()) is not None:
        world.time.at = at
        due.append(
            (round((at - world.sandbox.ledger.creates()[0].at).total_seconds(), 1), world.sandbox.deliver_due(at))
        )

    assert due == [(0.2, 1), (1.0, 1), (3.0, 1)]


def test_a_text_whose_validity_ends_before_it_leaves_fails_with_30036_and_reaches_no_phone(world: World) -> None:
    world.sandbox.faults.order(Fault(FaultKind.DELAYED, seconds=60))
    world.send(valid_for=30)
    world.sandbox.deliver_due(world.time.move(minutes=5))

    assert world.receiver.statuses == ["queued", "failed"]
    assert dict(world.receiver.taken[-1].form)["ErrorCode"] == "30036"
    assert world.sandbox.phones() == []


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"To": ""}, 400, 21604),
        ({"To": "abc"}, 400, 21211),
        ({"To": "+1202555"}, 400, 21211),
        ({"To": "2025550143"}, 400, 21211),
        ({"MessagingServiceSid": ""}, 400, 21603),
        ({"MessagingServiceSid": "MG" + "9" * 32}, 404, 21701),
        ({"MessagingServiceSid": "", "From": "x"}, 400, 21212),
        ({"Body": ""}, 400, 21602),
        ({"Body": "x" * 1601}, 400, 21617),
        ({"ValidityPeriod": "0"}, 400, 21624),
        ({"ValidityPeriod": "36001"}, 400, 21624),
        ({"ValidityPeriod": "soon"}, 400, 21624),
        ({"StatusCallback": "ftp://example.org/"}, 400, 21609),
        ({"StatusCallback": "http://my_host/"}, 400, 21609),
        ({"StatusCallback": "http://[/"}, 400, 21609),
    ],
)
def test_a_call_with_a_fault_of_its_own_is_refused_in_twilios_shape(
    world: World, fields: dict[str, str], status: int, code: int
) -> None:
    answer = world.post(**fields)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert valid("error", answer.json())
    assert world.sandbox.ledger.accepted() == []


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Body": "x" * 1600},
        {"To": "+447700900123"},
        {"MessagingServiceSid": "", "From": "+12025550100"},
        {"ValidityPeriod": "36000"},
    ],
)
def test_a_good_call_is_answered_with_a_message_of_twilios_shape(world: World, fields: dict[str, str]) -> None:
    answer = world.post(**fields)

    assert answer.status_code == 201
    assert valid("message", answer.json())
    world.sandbox.deliver_due(world.time.move(seconds=5))
    fetched = httpx.get(f"{world.api}/{answer.json()['sid']}.json", auth=world.auth).json()
    assert valid("message", fetched)
    assert (fetched["status"], int(fetched["num_segments"])) == ("delivered", -(-len(fetched["body"]) // 153) or 1)


@pytest.mark.parametrize("auth", [None, ("AC" + "1" * 32, "wrong"), ("AC" + "3" * 32, "the-token")])
def test_a_call_without_the_accounts_token_is_refused(world: World, auth: tuple[str, str] | None) -> None:
    answer = httpx.post(f"{world.api}.json", data=FORM, auth=auth)

    assert (answer.status_code, answer.json()["code"]) == (401, 20003)
    assert world.sandbox.ledger.creates() == []


def test_another_accounts_messages_and_unknown_ones_are_not_found(world: World) -> None:
    elsewhere = world.api.replace(ACCOUNT.sid, "AC" + "3" * 32)

    for url in (f"{elsewhere}.json", f"{world.api}/SM{'0' * 32}.json"):
        answer = httpx.get(url, auth=world.auth)

        assert (answer.status_code, answer.json()["code"]) == (404, 20404)


def test_an_opted_out_person_is_refused_to_us_as_such(world: World) -> None:
    world.sandbox.faults.order(Fault(FaultKind.OPTED_OUT))
    outcome = world.send()

    assert isinstance(outcome, Rejected)
    assert (outcome.kind, outcome.code) == (RejectionKind.OPTED_OUT, "21610")


def test_the_list_is_newest_first_and_filters_and_pages(world: World) -> None:
    for number in range(5):
        world.send(text=f"text {number}")
        world.time.move(seconds=1)
    world.send(to=CY)
    world.sandbox.text_from(ANA, "7")
    first = world.list(To=ANA, PageSize="3").json()
    second = httpx.get(world.api.partition("/2010")[0] + first["next_page_uri"], auth=world.auth).json()

    assert valid("list", first)
    assert valid("list", second)
    assert [one["body"] for one in first["messages"] + second["messages"]] == [f"text {n}" for n in (4, 3, 2, 1, 0)]
    assert second["next_page_uri"] is None
    assert [one["body"] for one in world.list(From=ANA).json()["messages"]] == ["7"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"DateSent": "2026-11-23"}, 1),
        ({"DateSent": "2026-11-24"}, 0),
        ({"DateSent>": "2026-11-23"}, 1),
        ({"DateSent>": "2026-11-23T12:00:02Z"}, 0),
        ({"DateSent<": "2026-11-23T12:00:02Z"}, 1),
        ({"DateSent<": "2026-11-22"}, 0),
    ],
)
def test_the_list_filters_by_when_a_text_left(world: World, query: dict[str, str], found: int) -> None:
    world.send()
    world.sandbox.deliver_due(world.time.move(seconds=5))
    world.sandbox.faults.order(Fault(FaultKind.DELAYED, seconds=60))
    world.send(text="still queued")

    assert len(world.list(**query).json()["messages"]) == found


@pytest.mark.parametrize("query", [{"PageSize": "0"}, {"PageSize": "1001"}, {"DateSent": "today"}])
def test_a_list_that_cannot_be_read_is_refused(world: World, query: dict[str, str]) -> None:
    world.send()
    answer = world.list(**query)

    assert (answer.status_code, answer.json()["code"]) == (400, 20422)
