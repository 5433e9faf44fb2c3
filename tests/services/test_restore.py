"""A database that was restored does not know what happened after the copy; what leaves then is still in time."""

from datetime import timedelta

import pytest

from coach.domain.consent import Consent
from coach.domain.delivery import MessageState
from coach.gateway.base import Heard, InboundSms
from coach.services.plan import plan
from coach.services.sweep import sweep
from coach.storage.database import Sessions
from coach.storage.tables import Message, Reply
from tests.people import ANA, MONDAY_6AM, Practice, nudge

DUMPED = MONDAY_6AM + timedelta(hours=9)  # Monday, 15:00 in New York


@pytest.fixture
def restored(sessions: Sessions) -> Practice:
    """A database as it stood on Monday afternoon, with two days planned ahead."""
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("calm", slot="morning"))
    practice.at(MONDAY_6AM + timedelta(hours=4))
    plan(sessions, practice.editions, now=DUMPED)
    return practice


def test_nothing_that_was_due_since_the_copy_is_sent_late(restored: Practice) -> None:
    thursday_night = MONDAY_6AM + timedelta(days=3, hours=15)

    assert restored.at(thursday_night) == []
    late = [
        message for message in restored.rows(Message) if message.due_at > DUMPED and message.due_at < thursday_night
    ]
    assert {message.state for message in late} == {MessageState.EXPIRED, MessageState.WITHHELD}
    assert all(message.reason for message in late)


def test_the_days_to_come_are_planned_again_and_their_texts_leave(restored: Practice) -> None:
    restored.at(MONDAY_6AM + timedelta(days=3, hours=15))

    assert len(restored.at(MONDAY_6AM + timedelta(days=4, hours=4))) == 1


def test_a_stop_since_the_copy_comes_back_with_the_first_sweep(restored: Practice) -> None:
    later = DUMPED + timedelta(hours=20)
    restored.gateway.heard = Heard((InboundSms("SM9", ANA, "+12025550100", "STOP"),), whole=True)
    brought = sweep(restored.sessions, restored.gateway, now=later)
    reply_id = restored.rows(Reply)[-1].id

    assert brought == 1
    assert reply_id is not None
    assert restored.reads(reply_id, at=later)
    assert restored.consent() == Consent.STOPPED
