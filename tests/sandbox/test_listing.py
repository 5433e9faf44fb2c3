"""The list of messages as our gateway reads it: its lag, its troubles, its pages."""

import time

import pytest

from coach.gateway.base import Accepted
from coach.sandbox.faults import Fault
from coach.sandbox.faults import FaultKind as K
from coach.sandbox.provider import Sandbox
from tests.sandbox.serving import ACCOUNT, ANA, CY, NOON, SteppedTime, World


def test_an_accepted_text_may_be_missing_from_the_list_for_a_while(world: World) -> None:
    world.sandbox.faults.order(Fault(K.LIST_LAG, seconds=600))
    world.send(text="late in the list")
    world.send(text="there at once")
    first = world.gateway.sent_to(ANA, NOON)
    world.time.move(seconds=600)
    second = world.gateway.sent_to(ANA, NOON)

    assert (first.whole, [text.body for text in first.texts]) == (True, ["there at once"])
    assert (second.whole, [text.body for text in second.texts]) == (True, ["there at once", "late in the list"])


@pytest.mark.parametrize("kind", [K.LIST_ERROR, K.LIST_CUT])
def test_a_list_in_trouble_is_not_whole(world: World, kind: K) -> None:
    world.send()
    world.sandbox.faults.order(Fault(kind, count=2))
    sent, heard = world.gateway.sent_to(ANA, NOON), world.gateway.heard_since(NOON)

    assert (sent.whole, heard.whole) == (False, False)
    assert world.gateway.sent_to(ANA, NOON).whole


def test_a_text_whose_status_cannot_be_asked_now_can_be_asked_later(world: World) -> None:
    outcome = world.send()
    assert isinstance(outcome, Accepted)
    world.sandbox.faults.order(Fault(K.FETCH_ERROR))

    assert world.gateway.status_of(outcome.provider_id) is None
    assert world.gateway.status_of(outcome.provider_id) is not None


def create(sandbox: Sandbox, number: int, to: str = ANA) -> None:
    sandbox.create([("To", to), ("Body", f"text {number}"), ("MessagingServiceSid", str(ACCOUNT.service))])


def test_two_and_a_half_thousand_texts_are_read_over_three_pages(world: World) -> None:
    for number in range(2500):
        create(world.sandbox, number)
    found = world.gateway.sent_to(ANA, NOON)

    assert (found.whole, len(found.texts)) == (True, 2500)
    assert {text.body for text in found.texts} == {f"text {number}" for number in range(2500)}
    world.sandbox.faults.order(Fault(K.NEXT_PAGE_ERROR))
    cut = world.gateway.sent_to(ANA, NOON)
    assert (cut.whole, cut.words, len(cut.texts)) == (False, "HTTP 500", 1000)


def test_texts_that_came_in_are_found_among_what_went_out(world: World) -> None:
    world.sandbox.text_from(ANA, "before")
    world.time.move(hours=2)
    since = world.time()
    for number in range(1200):
        create(world.sandbox, number)
        if number % 400 == 0:
            world.sandbox.text_from(ANA, f"reply {number}")
            world.time.move(seconds=1)
    world.sandbox.deliver_due(world.time.move(seconds=5))
    heard = world.gateway.heard_since(since)

    assert heard.whole
    assert [sms.body for sms in heard.texts] == ["reply 0", "reply 400", "reply 800"]
    assert [sms.provider_id for sms in heard.texts] == [one.sid for one in world.sandbox.ledger.inbound()[1:]]


def test_a_persons_list_is_quick_among_ten_thousand_texts_to_others() -> None:
    sandbox = Sandbox(SteppedTime(), account=ACCOUNT)
    for number in range(10_000):
        create(sandbox, number, to=f"+1202555{number % 1000:04d}" if number % 1000 != 143 else CY)
    create(sandbox, 10_000)
    looked_at = sum(1 for _ in sandbox.listed(to=ANA))
    started = time.perf_counter()
    for _ in range(1000):
        next(iter(sandbox.listed(to=ANA)))

    assert looked_at == 1
    assert time.perf_counter() - started < 1
