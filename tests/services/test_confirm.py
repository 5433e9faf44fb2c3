from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from coach.domain.consent import Consent
from coach.gateway.base import Outbound, Outcome, Rejected, RejectionKind, Unknown
from coach.gateway.base import Receipt as News
from coach.services.confirm import confirm
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Message, MessageEvent, Question, Receipt
from tests.people import Practice, asks, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
SID = f"SM{1:032x}"
SENDER = "MG-recording"


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    found = Practice(sessions)
    found.enrolls_ana(nudge("move", answer=asks("done")), nudge("calm", slot="evening"))
    return found


def hears(
    practice: Practice,
    *statuses: str,
    code: str | None = None,
    kind: RejectionKind | None = None,
    at: datetime = TEN,
) -> list[bool]:
    """What each receipt of the first attempt was good for."""
    token = practice.rows(Attempt)[0].token
    return [confirm(practice.sessions, SENDER, token, News(SID, status, code, kind), now=at) for status in statuses]


def state(practice: Practice) -> str:
    return practice.rows(Message)[0].state.value


@pytest.mark.parametrize(
    ("statuses", "after"),
    [
        (["queued", "sent", "delivered"], "delivered"),
        (["delivered", "sent", "queued"], "delivered"),
        (["sent", "sent"], "sent"),
        (["sent", "undelivered"], "undelivered"),
        (["undelivered", "delivered"], "undelivered"),
        (["sent", "failed"], "failed"),
        (["delivered", "read"], "delivered"),
        (["a word of tomorrow"], "accepted"),
    ],
)
def test_receipts_move_a_message_forward_only(practice: Practice, statuses: Sequence[str], after: str) -> None:
    practice.at(TEN)
    hears(practice, *statuses)

    assert state(practice) == after


def test_an_attempt_keeps_the_word_that_was_furthest_along(practice: Practice) -> None:
    practice.at(TEN)
    hears(practice, "sent", "queued", "delivered", "sending")
    attempt = practice.rows(Attempt)[0]

    assert (attempt.provider_status, attempt.rank) == ("delivered", 4)


def test_a_repeated_receipt_is_stored_once(practice: Practice) -> None:
    practice.at(TEN)

    assert hears(practice, "sent", "sent", "delivered", "sent") == [True, False, True, False]
    assert len(practice.rows(Receipt)) == 2


@pytest.mark.parametrize(
    ("outcome", "receipts", "after"),
    [
        (None, ["delivered"], "delivered"),
        (None, ["sent"], "sent"),
        (Unknown("the answer was lost"), ["sent"], "sent"),
        (Unknown("the answer was lost"), ["queued"], "accepted"),
        (Rejected("21211", RejectionKind.BAD_NUMBER, "odd"), ["delivered"], "delivered"),
    ],
)
def test_a_receipt_that_beats_our_own_settling_is_not_undone(
    practice: Practice, outcome: Outcome | None, receipts: Sequence[str], after: str
) -> None:
    accepted = practice.gateway.answer

    def overtaken(outbound: Outbound) -> Outcome:
        for status in receipts:
            confirm(practice.sessions, SENDER, outbound.attempt, News(SID, status), now=TEN)
        return outcome or accepted(outbound)

    practice.gateway.answer = overtaken
    practice.at(TEN)

    assert state(practice) == after
    assert practice.rows(Question)[0].state == "open"


def test_a_receipt_without_a_token_finds_its_attempt_by_the_providers_id(practice: Practice) -> None:
    practice.at(TEN)
    provider_id = practice.rows(Attempt)[0].provider_id
    assert provider_id is not None

    assert confirm(practice.sessions, SENDER, None, News(provider_id, "delivered"), now=TEN)
    assert state(practice) == "delivered"


@pytest.mark.parametrize("token", [None, "", "nobody's"])
def test_a_receipt_of_an_unknown_attempt_changes_nothing(practice: Practice, token: str | None) -> None:
    practice.at(TEN)

    assert not confirm(practice.sessions, SENDER, token, News("SMunknown", "delivered"), now=TEN)
    assert practice.rows(Receipt) == []


@pytest.mark.parametrize("status", ["failed", "undelivered"])
def test_a_receipt_that_says_opted_out_is_a_stop(practice: Practice, status: str) -> None:
    practice.at(TEN)
    hears(practice, status, code="21610", kind=RejectionKind.OPTED_OUT)

    assert practice.consent() is Consent.STOPPED
    assert practice.at(TEN + timedelta(hours=9)) == []


def test_late_truth_moves_missed_to_delivered_and_is_written_down(practice: Practice) -> None:
    practice.gateway.answer = lambda _: Unknown("the answer was lost")
    practice.at(TEN)
    practice.at(TEN + timedelta(minutes=1))
    practice.at(TEN + timedelta(minutes=16))
    assert state(practice) == "missed"

    hears(practice, "delivered", at=TEN + timedelta(hours=1))
    last = [event for event in practice.rows(MessageEvent) if event.message_id == 1][-1]

    assert state(practice) == "delivered"
    assert (last.before, last.after, last.at) == ("missed", "delivered", TEN + timedelta(hours=1))


def test_a_question_that_did_not_arrive_is_not_reminded_of(practice: Practice) -> None:
    practice.at(TEN)
    hears(practice, "undelivered", code="30003")

    assert practice.at(TEN + timedelta(hours=3)) == []
    assert [one.state for one in practice.rows(Message) if one.purpose == "reminder"] == ["cancelled"]
    assert practice.rows(Question)[0].state == "closed"
