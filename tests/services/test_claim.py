from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from coach.domain.consent import Consent
from coach.domain.delivery import PRIORITY, Purpose
from coach.domain.rate import UNLIMITED, Rate
from coach.gateway.base import Outbound, Outcome, Rejected, RejectionKind, Unsent
from coach.gateway.base import Receipt as News
from coach.services.claim import claim_due, expire_overdue
from coach.services.confirm import confirm
from coach.services.deliver import LEASE, deliver_due
from coach.storage import ledger
from coach.storage.database import Sessions
from coach.storage.messages import Shard
from coach.storage.tables import Attempt, Case, CaseEntry, Message, Patient, Sender
from tests.people import CLINIC, Practice, accept, ana, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
ONE_A_SECOND = Rate(1.0)
STOPPED = ("+12025550160", "+12025550161")


def suspended(_: Outbound) -> Outcome:
    return Rejected("20003", RejectionKind.ACCOUNT, "account suspended")


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def owe(practice: Practice, purpose: Purpose, number: int, *, send_by: datetime, waits: bool = False) -> int:
    """A new person who has said yes is owed one text since nine; `waits`: as urgent as a nudge, and no more."""
    patient_id = ana(practice.sessions, phone=f"+120255501{number:02}")
    with practice.sessions.write() as session:
        message = Message(
            patient_id=patient_id,
            purpose=purpose,
            priority=PRIORITY[Purpose.NUDGE if waits else purpose],
            name="help",
            due_at=TEN - timedelta(hours=1),
            next_at=TEN - timedelta(hours=1),
            send_by=send_by,
            created_at=TEN,
        )
        session.add(message)
        session.flush()
        assert message.id is not None
        return message.id


def owed(
    practice: Practice, *purposes: Purpose, send_by: datetime = TEN + timedelta(hours=2), waits: bool = False
) -> list[int]:
    """A program stands, and each of so many new people is owed a text of such a purpose."""
    practice.enrolls_ana(nudge("calm", slot="evening"))
    return [owe(practice, purpose, number, send_by=send_by, waits=waits) for number, purpose in enumerate(purposes)]


def leaves(practice: Practice, at: datetime, rate: Rate = ONE_A_SECOND) -> int:
    """How many calls are made in one round at `at`."""
    practice.clock.to(at)
    before = len(practice.gateway.calls)
    deliver_due(
        practice.sessions, practice.editions, practice.gateway, CLINIC, now=practice.clock, parallel=1, rate=rate
    )
    return len(practice.gateway.calls) - before


def states(practice: Practice, ids: list[int]) -> list[str]:
    return [message.state.value for message in practice.rows(Message) if message.id in ids]


def test_no_more_leaves_than_the_sender_carries(practice: Practice) -> None:
    owed(practice, *[Purpose.STAFF] * 12, waits=True)

    assert [leaves(practice, TEN + timedelta(seconds=second)) for second in (0, 0, 1, 3, 4, 60)] == [5, 0, 1, 2, 1, 3]


def test_safety_and_answers_leave_first_and_do_not_wait_for_the_bucket(practice: Practice) -> None:
    ids = owed(practice, *[Purpose.KEYWORD] * 9, *[Purpose.SAFETY] * 2)
    leaves(practice, TEN)
    order = [attempt.message_id for attempt in practice.rows(Attempt)]

    assert order == [*ids[-2:], *ids[:9]]


def test_what_cannot_leave_in_time_expires_and_says_so(practice: Practice) -> None:
    ids = owed(practice, *[Purpose.STAFF] * 8, send_by=TEN + timedelta(seconds=2), waits=True)
    for second in (0, 1, 2):
        leaves(practice, TEN + timedelta(seconds=second))

    assert sorted(states(practice, ids)) == ["accepted"] * 6 + ["expired"] * 2
    assert {one.reason for one in practice.rows(Message) if one.state == "expired"} == {"past_send_by"}


def test_all_workers_share_one_bucket(practice: Practice) -> None:
    """Two workers with a shard each: together they take what one would."""
    owed(practice, *[Purpose.STAFF] * 10, waits=True)
    taken = [
        len(
            claim_due(
                practice.sessions,
                "MG",
                ONE_A_SECOND,
                now=TEN,
                token=f"worker {index}",
                lease=LEASE,
                shard=Shard(index, 2),
                limit=20,
            ).claims
        )
        for index in (0, 1)
    ]

    assert taken == [5, 0]


def test_segments_of_texts_that_did_not_leave_go_back(practice: Practice) -> None:
    round_ = {"now": TEN, "token": "t", "lease": LEASE, "shard": Shard(), "limit": 20}
    claim_due(practice.sessions, "MG", ONE_A_SECOND, **round_)  # type: ignore[arg-type]
    claim_due(practice.sessions, "MG", ONE_A_SECOND, **round_, unused=-7)  # type: ignore[arg-type]
    claim_due(practice.sessions, "MG", ONE_A_SECOND, **round_, unused=4)  # type: ignore[arg-type]

    assert [sender.level for sender in practice.rows(Sender)] == [2.0]


def test_a_blocked_account_makes_texts_wait_opens_one_case_and_one_try_a_minute_ends_it(practice: Practice) -> None:
    ids = owed(practice, *[Purpose.KEYWORD] * 4)
    practice.gateway.answer = suspended
    first = leaves(practice, TEN)
    tries = [leaves(practice, TEN + timedelta(seconds=seconds)) for seconds in (10, 59, 61, 62, 150, 182)]
    blocked = practice.rows(Case)
    practice.gateway.answer = accept
    again = leaves(practice, TEN + timedelta(seconds=182 + 4 * 60))

    assert first == 2  # both were in hand at once
    assert tries == [0, 0, 1, 0, 0, 1]
    assert [(case.category, case.state) for case in blocked] == [("system", "open")]
    assert again == 4
    assert states(practice, ids) == ["accepted"] * 4
    assert [case.state for case in practice.rows(Case)] == ["resolved"]
    assert "takes texts again" in practice.rows(CaseEntry)[-1].what


def test_a_text_of_safety_is_tried_although_the_account_is_blocked_and_its_success_ends_the_block(
    practice: Practice,
) -> None:
    owed(practice, Purpose.KEYWORD)
    practice.gateway.answer = suspended
    leaves(practice, TEN)
    practice.gateway.answer = accept
    owe(practice, Purpose.SAFETY, 50, send_by=TEN + timedelta(hours=1))

    assert leaves(practice, TEN + timedelta(seconds=5)) == 2  # the text of safety, and then the one that waited
    assert [case.state for case in practice.rows(Case)] == ["resolved"]


def test_a_receipt_that_says_the_account_is_blocked_makes_texts_wait_too(practice: Practice) -> None:
    owed(practice, Purpose.KEYWORD)
    leaves(practice, TEN)
    attempt = practice.rows(Attempt)[0]
    news = News(attempt.provider_id or "", "failed", "30002", RejectionKind.ACCOUNT)
    confirm(practice.sessions, practice.gateway.sender, attempt.token, news, now=TEN)
    owe(practice, Purpose.KEYWORD, 50, send_by=TEN + timedelta(hours=1))

    assert leaves(practice, TEN + timedelta(seconds=5)) == 0
    assert leaves(practice, TEN + timedelta(seconds=61)) == 1
    assert [case.state for case in practice.rows(Case)] == ["resolved"]


def test_texts_that_wait_for_a_blocked_account_expire_in_time(practice: Practice) -> None:
    ids = owed(practice, *[Purpose.KEYWORD] * 3, send_by=TEN + timedelta(minutes=5))
    practice.gateway.answer = suspended
    for minute in range(7):
        leaves(practice, TEN + timedelta(minutes=minute))

    assert states(practice, ids) == ["expired"] * 3


def test_a_clock_put_back_by_an_hour_does_not_dry_the_bucket_up(practice: Practice) -> None:
    owed(practice, *[Purpose.STAFF] * 9, waits=True)
    leaves(practice, TEN)
    back = TEN - timedelta(hours=1)

    assert leaves(practice, back) == 0
    assert leaves(practice, back + timedelta(seconds=4)) == 4


def test_a_try_that_made_no_call_is_followed_by_another_at_once(practice: Practice) -> None:
    owed(practice, Purpose.KEYWORD)
    practice.gateway.answer = suspended
    leaves(practice, TEN)
    practice.gateway.answer = accept
    for number in (60, 61):  # nudges' reminders of questions that nobody asked are withheld at the last look
        owe(practice, Purpose.RE_ASK, number, send_by=TEN + timedelta(hours=1))
    with practice.sessions.write() as session:
        for person in session.execute(select(Patient).where(col(Patient.phone).in_(STOPPED))).scalars():
            ledger.add(session, person, Consent.STOPPED, at=TEN, by="patient", how="STOP")

    assert leaves(practice, TEN + timedelta(seconds=61)) == 1
    assert [case.state for case in practice.rows(Case)] == ["resolved"]


def test_segments_of_calls_that_never_left_go_back(practice: Practice) -> None:
    owed(practice, *[Purpose.KEYWORD] * 6)
    practice.gateway.answer = lambda _: Unsent("no connection")
    leaves(practice, TEN)

    assert practice.rows(Sender)[0].level >= 3


def test_a_text_of_safety_that_comes_during_a_slow_batch_leaves_soon(practice: Practice) -> None:
    owed(practice, *[Purpose.STAFF] * 12, waits=True)
    urgent: list[int] = []

    def slowly(outbound: Outbound) -> Outcome:
        if not urgent:
            urgent.append(owe(practice, Purpose.SAFETY, 50, send_by=TEN + timedelta(hours=1)))
        return accept(outbound)

    practice.gateway.answer = slowly
    leaves(practice, TEN, UNLIMITED)
    order = [attempt.message_id for attempt in practice.rows(Attempt)]

    assert order.index(urgent[0]) == 2  # after the one that was with the provider, and one more in hand


@pytest.mark.parametrize("kind", ["postgresql"])  # SQLite locks the whole file: nobody has a single row in hand
def test_a_late_text_that_somebody_else_has_in_hand_is_left_to_them(practice: Practice) -> None:
    mine, other = owed(practice, Purpose.STAFF, Purpose.STAFF, send_by=TEN - timedelta(minutes=1), waits=True)
    with practice.sessions.write() as session:
        session.get_one(Message, mine, with_for_update=True)

        assert expire_overdue(practice.sessions, now=TEN, shard=Shard()) == 1  # and does not ask again and again
    assert states(practice, [mine, other]) == ["planned", "expired"]
