"""Each fault, through the real SDK over HTTP: what the caller concludes, and what is posted."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from coach.gateway.base import Accepted, Outcome, Rejected, RejectionKind, Unknown, Unsent, parse_receipt
from coach.gateway.codes import MEANINGS, Stage, kind_in_receipt, kind_of
from coach.sandbox.faults import OCCASIONS, Fault, FaultKind, Faults, Occasion
from coach.sandbox.ledger import Inbound
from tests.gateway.answering import free_port
from tests.sandbox.serving import ANA, CY, NOON, World, gateway_to, world_of

K = FaultKind
WAY = ["queued", "sent", "delivered"]
CREATES = [
    (K.LOST_ANSWER, Unknown, True, WAY),
    (K.DROPPED, Unknown, False, []),
    (K.ERROR_BEFORE, Unknown, False, []),
    (K.ERROR_AFTER, Unknown, True, WAY),
    (K.SLOW_AFTER, Accepted, True, WAY),
    (K.SLOW_BEFORE, Accepted, True, WAY),
    (K.THROTTLED, Unsent, False, []),
    (K.ACCOUNT_BLOCKED, Rejected, False, []),
    (K.OPTED_OUT, Rejected, False, []),
    (K.REFUSED, Rejected, False, []),
    (K.OPTED_OUT_LATER, Accepted, True, ["queued", "failed"]),
    (K.FAILED, Accepted, True, ["queued", "failed"]),
    (K.UNDELIVERED, Accepted, True, ["queued", "sent", "undelivered"]),
    (K.DELAYED, Accepted, True, WAY),
    (K.LIST_LAG, Accepted, True, WAY),
    (K.NO_RECEIPTS, Accepted, True, []),
    (K.RECEIPTS_TWICE, Accepted, True, ["queued", "queued", "sent", "sent", "delivered", "delivered"]),
    (K.RECEIPTS_REVERSED, Accepted, True, ["delivered", "sent", "queued"]),
    (K.RECEIPTS_FIRST, Accepted, True, WAY),
]


@pytest.mark.parametrize(("kind", "outcome", "accepted", "statuses"), CREATES)
def test_each_fault_befalls_the_next_create_and_no_other(
    world: World, kind: FaultKind, outcome: type[Outcome], accepted: bool, statuses: list[str]
) -> None:
    world.sandbox.faults.order(Fault(kind, to=ANA))

    assert isinstance(world.send(to=CY), Accepted)
    world.sandbox.deliver_due(world.time.move(seconds=5))
    world.receiver.taken.clear()
    assert isinstance(world.send(), outcome)
    assert len(world.sandbox.ledger.accepted(to=ANA)) == accepted
    assert world.sandbox.ledger.creates(to=ANA)[0].fault == kind
    world.sandbox.deliver_due(world.time.move(seconds=5))
    assert world.receiver.statuses == statuses
    assert isinstance(world.send(), Accepted)


def test_the_fault_table_covers_every_fault_of_a_create() -> None:
    assert {row[0] for row in CREATES} == {kind for kind in FaultKind if Occasion.CREATE in OCCASIONS[kind]}


@pytest.mark.parametrize("kind", [K.SLOW_BEFORE, K.SLOW_AFTER])
def test_a_slow_call_is_accepted_even_where_its_caller_has_given_up(world: World, kind: FaultKind) -> None:
    hasty = gateway_to(world.api.partition("/2010")[0], world.receiver.base, timeout=0.2)
    world.sandbox.faults.order(Fault(kind, seconds=0.5))
    outcome = hasty.send(world.outbound())
    deadline = time.monotonic() + 10
    while not world.sandbox.ledger.creates() and time.monotonic() < deadline:
        hasty.status_of("SM" + "0" * 32)  # passes the time

    assert isinstance(outcome, Unknown)
    [call] = world.sandbox.ledger.creates()
    assert (call.attempt, call.answer, call.sid is not None) == ("a1", kind, True)


def test_receipts_may_come_before_the_call_is_answered(world: World) -> None:
    outcomes, answered = list[Outcome](), list[int]()
    world.sandbox.faults.order(Fault(K.RECEIPTS_FIRST))
    world.receiver.on_taken = lambda: answered.append(len(outcomes))
    outcomes.append(world.send())
    [outcome] = outcomes

    assert isinstance(outcome, Accepted)
    assert {parse_receipt(taken.form).provider_id for taken in world.receiver.taken} == {outcome.provider_id}
    assert (world.receiver.statuses, answered) == (WAY, [0, 0, 0])


def test_what_a_caller_was_told_is_in_the_ledger_with_its_attempt(world: World) -> None:
    for number, kind in enumerate((K.LOST_ANSWER, K.DROPPED, K.ERROR_BEFORE, K.THROTTLED, K.ACCOUNT_BLOCKED)):
        world.sandbox.faults.order(Fault(kind))
        world.send(attempt=f"a{number}")
    world.send(attempt="last")

    assert [(call.attempt, call.answer, call.sid is not None) for call in world.sandbox.ledger.creates()] == [
        ("a0", "lost_answer", True),
        ("a1", "dropped", False),
        ("a2", "500 20500", False),
        ("a3", "429 20429", False),
        ("a4", "401 20003", False),
        ("last", "201", True),
    ]


def test_too_many_calls_may_say_when_to_come_again(world: World) -> None:
    world.sandbox.faults.order(Fault(K.THROTTLED, seconds=7))

    assert world.send() == Unsent("HTTP 429, Too Many Requests", 7)


def test_a_blocked_account_takes_nothing_until_the_block_is_lifted(world: World) -> None:
    control = world.api.partition("/2010")[0] + "/sandbox/faults"
    ordered = httpx.post(control, json={"kind": "account_blocked"})
    outcomes = [world.send() for _ in range(3)]
    lifted = httpx.delete(control, params={"kind": "account_blocked"})

    assert ordered.json() == {"kind": "account_blocked", "count": None}
    assert [isinstance(one, Rejected) and one.kind for one in outcomes] == [RejectionKind.ACCOUNT] * 3
    assert lifted.json() == {"lifted": 1}
    assert isinstance(world.send(), Accepted)


def test_lifting_nothing_or_what_nobody_knows_harms_nothing(world: World) -> None:
    control = world.api.partition("/2010")[0] + "/sandbox/faults"

    assert httpx.delete(control).json() == {"lifted": 0}
    assert httpx.delete(control, params={"kind": "gremlins"}).status_code == 400


def test_every_code_at_a_call_leads_to_its_kind_of_outcome(world: World) -> None:
    for code, stage in MEANINGS:
        world.sandbox.faults.order(Fault(K.REFUSED, code=code))
        outcome = world.send()
        kind = kind_of(code, 400)

        assert isinstance(outcome, Unknown if kind is RejectionKind.UNCERTAIN else Rejected), (code, stage)
        assert not isinstance(outcome, Rejected) or (outcome.kind, outcome.code) == (kind, str(code))


@pytest.mark.parametrize("kind", [K.FAILED, K.UNDELIVERED])
def test_every_code_in_a_receipt_comes_through_with_its_kind(world: World, kind: FaultKind) -> None:
    codes = sorted({code for code, _ in MEANINGS} | {99999})
    for code in codes:
        world.sandbox.faults.order(Fault(kind, code=code))
        world.send()
    world.sandbox.deliver_due(world.time.move(seconds=5))
    receipts = [parse_receipt(taken.form) for taken in world.receiver.taken]
    ended = [receipt for receipt in receipts if receipt.status == kind]
    [last] = [receipt for receipt in ended if receipt.error_code == "21610"]

    assert [(one.error_code, one.kind) for one in ended] == [(str(code), kind_in_receipt(str(code))) for code in codes]
    assert world.gateway.status_of(last.provider_id) == last


# Texts from phones.


def test_a_text_whose_webhook_was_lost_is_only_in_the_list(world: World) -> None:
    world.sandbox.faults.order(Fault(K.INBOUND_LOST))
    world.sandbox.text_from(ANA, "7")
    heard = world.gateway.heard_since(NOON - timedelta(minutes=1))

    assert world.receiver.taken == []
    assert [sms.body for sms in heard.texts] == ["7"]
    [entry] = world.sandbox.ledger.inbound()
    assert entry == Inbound(NOON, entry.sid, ANA, "7", None, "no webhook was posted", "inbound_lost")


def test_a_webhook_may_come_twice(world: World) -> None:
    world.sandbox.faults.order(Fault(K.INBOUND_TWICE))
    world.sandbox.text_from(ANA, "7")

    assert [dict(taken.form)["Body"] for taken in world.receiver.taken] == ["7", "7"]
    [entry] = world.sandbox.ledger.inbound()
    assert entry.status == 204


@pytest.fixture
def nobody() -> Iterator[World]:
    """A world whose inbound webhooks go where nobody listens."""
    with world_of(inbound_url=f"http://127.0.0.1:{free_port()}/") as world:
        yield world


def test_a_text_that_nobody_took_goes_to_the_fallback_with_the_reason(nobody: World) -> None:
    nobody.sandbox.fallback_url = f"{nobody.receiver.base}/sms/fallback"
    posting = nobody.sandbox.text_from(ANA, "7")
    [taken] = nobody.receiver.taken
    fields = dict(taken.form)

    assert posting.status == 204
    assert (fields["Body"], fields["ErrorCode"], fields["ErrorUrl"]) == ("7", "11205", nobody.sandbox.inbound_url)
    assert nobody.gateway.verify(taken.url, taken.form, taken.headers["X-Twilio-Signature"])
    assert [entry.status for entry in nobody.sandbox.ledger.webhooks("inbound")] == [None, 204]


# Faults as such.


@pytest.mark.parametrize("kind", FaultKind)
def test_each_kind_of_fault_comes_by_seed_at_its_own_occasions_only(kind: FaultKind) -> None:
    shape = Fault(kind, seconds=3, code=30003)
    faults = Faults(1, {kind: 1.0}, {kind: shape})
    drawn = {occasion for occasion in Occasion if faults.draw(ANA, NOON, occasion) == shape}

    assert drawn == OCCASIONS[kind]
    assert drawn


def test_faults_of_several_occasions_leave_each_others_draws_alone() -> None:
    odds = {K.LOST_ANSWER: 0.5, K.INBOUND_LOST: 0.5}
    alone, mixed = Faults(3, odds), Faults(3, odds)
    for _ in range(20):
        mixed.draw(ANA, NOON, Occasion.INBOUND)

    assert [alone.draw(ANA, NOON) for _ in range(20)] == [mixed.draw(ANA, NOON) for _ in range(20)]


def test_a_fault_without_a_count_strikes_until_it_is_lifted_or_its_time_is_over() -> None:
    faults = Faults()
    faults.order(Fault(K.LIST_ERROR, count=None, until=datetime(2026, 11, 23, 12, 30, tzinfo=UTC)))

    assert all(faults.draw("", NOON, Occasion.LIST) for _ in range(100))
    assert faults.draw("", NOON + timedelta(hours=1), Occasion.LIST) is None
    assert faults.lift(K.LIST_CUT) == 0
    assert faults.lift() == 1
    assert faults.draw("", NOON, Occasion.LIST) is None


def test_the_stages_of_the_codes_are_those_at_which_a_fault_can_bring_them() -> None:
    assert {stage for _, stage in MEANINGS} == set(Stage)
