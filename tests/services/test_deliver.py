from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat

import pytest
from sqlalchemy import select
from sqlmodel import col

from coach.domain.consent import Consent
from coach.gateway.base import Accepted, Outbound, Outcome, Rejected, RejectionKind, Unknown, Unsent
from coach.services.close import close_overdue
from coach.services.consent import stop
from coach.services.deliver import deliver_due
from coach.services.editions import Editions
from coach.services.plan import plan
from coach.services.reconcile import reconcile
from coach.storage import ledger, patients
from coach.storage.database import Sessions
from coach.storage.tables import Message, Question
from coach.storage.tables.patient import Spell, SpellKind
from tests.people import (
    CLINIC,
    MONDAY,
    MONDAY_6AM,
    RecordingGateway,
    SteppedClock,
    accept,
    ana_in,
    asks,
    nudge,
    publication,
)

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York


class Desk:
    """One process with its gateway and clock."""

    def __init__(self, sessions: Sessions, editions: Editions, gateway: RecordingGateway, clock: SteppedClock) -> None:
        self.sessions, self.editions, self.gateway, self.clock = sessions, editions, gateway, clock

    def at(self, moment: datetime) -> list[str]:
        """The texts of all calls, after a round at `moment`."""
        self.clock.to(moment)
        plan(self.sessions, self.editions, now=moment)
        close_overdue(self.sessions, now=moment)
        deliver_due(self.sessions, self.editions, self.gateway, CLINIC, now=self.clock, parallel=1)
        reconcile(self.sessions, self.gateway, now=self.clock)
        return self.gateway.texts

    def messages(self) -> list[Message]:
        with self.sessions.read() as session:
            return list(session.execute(select(Message).order_by(col(Message.due_at), col(Message.id))).scalars())

    def first(self) -> Message:
        return self.messages()[0]


@pytest.fixture
def desk(sessions: Sessions, editions: Editions, gateway: RecordingGateway, clock: SteppedClock) -> Desk:
    return Desk(sessions, editions, gateway, clock)


def test_a_due_text_leaves_once_in_the_patients_words_and_a_second_round_sends_nothing(desk: Desk) -> None:
    ana_in(desk.sessions, desk.editions, publication(nudge("move")))

    assert desk.at(TEN) == ["en move a Ana"]
    assert desk.at(TEN) == ["en move a Ana"]
    assert [call.to for call in desk.gateway.calls] == ["+12025550143"]
    assert desk.first().state == "accepted"


def test_planning_twice_writes_nothing_the_second_time(desk: Desk) -> None:
    ana_in(desk.sessions, desk.editions, publication(nudge("move"), nudge("calm", slot="evening")))

    again = plan(desk.sessions, desk.editions, now=MONDAY_6AM)

    assert again == 0
    assert len(desk.messages()) == 6  # today and two days ahead


def test_no_wording_is_sent_twice_and_a_nudge_without_a_fresh_one_says_so(desk: Desk) -> None:
    ana_in(desk.sessions, desk.editions, publication(nudge("move", variants=["a", "b"])))

    texts = [desk.at(TEN + timedelta(days=day))[-1] for day in range(3)]

    assert texts == ["en move a Ana", "en move b Ana", "en move b Ana"]
    assert desk.messages()[2].reason == "no_fresh_text"


def test_the_provider_is_given_what_is_left_to_send_by(desk: Desk) -> None:
    ana_in(desk.sessions, desk.editions, publication(nudge("move", send_within=90)))

    desk.at(TEN)

    assert desk.gateway.calls[0].valid_for == 3600


@pytest.mark.parametrize(
    ("why", "prepare"),
    [
        (
            "stopped",
            lambda session, patient: ledger.add(
                session, patient, Consent.STOPPED, at=MONDAY_6AM, by="patient", how="STOP"
            ),
        ),
        (
            "held",
            lambda session, patient: session.add(
                Spell(patient_id=patient.id, kind=SpellKind.HOLD, starts_at=MONDAY_6AM, opened_by="coach")
            ),
        ),
        (
            "paused",
            lambda session, patient: session.add(
                Spell(patient_id=patient.id, kind=SpellKind.PAUSE, starts_at=MONDAY_6AM, opened_by="patient")
            ),
        ),
    ],
)
def test_the_last_look_withholds_with_its_reason(desk: Desk, why: str, prepare: Callable[..., object]) -> None:
    patient_id = ana_in(desk.sessions, desk.editions, publication(nudge("move")))
    plan(desk.sessions, desk.editions, now=MONDAY_6AM)
    with desk.sessions.write() as session:
        prepare(session, patients.lock(session, patient_id))

    assert desk.at(TEN) == []
    assert (desk.first().state, desk.first().reason) == ("withheld", why)


def test_nothing_but_the_invitation_leaves_before_the_person_says_yes(desk: Desk) -> None:
    ana_in(desk.sessions, desk.editions, publication(nudge("move")), confirmed=False)

    assert desk.at(TEN) == ["en invitation"]
    assert {message.reason for message in desk.messages() if message.name == "move"} >= {"no_consent"}


def test_an_invitation_made_at_night_waits_for_the_morning(desk: Desk) -> None:
    ana_in(desk.sessions, desk.editions, publication(nudge("move", slot="evening")), confirmed=False)

    assert desk.at(MONDAY_6AM) == []
    assert desk.at(MONDAY_6AM + timedelta(hours=3)) == ["en invitation"]


def test_the_days_limit_gives_way_in_writing(desk: Desk) -> None:
    limits = {"per_day": 1, "per_week": 9, "minutes_between": 0, "segments": {"en": 1}}
    ana_in(desk.sessions, desk.editions, publication(nudge("move"), nudge("calm", slot="midday"), limits=limits))

    texts = desk.at(TEN) and desk.at(TEN + timedelta(hours=3))

    assert texts == ["en move a Ana"]
    assert next(message.reason for message in desk.messages() if message.name == "calm") == "per_day"


def test_the_limits_hold_over_all_programs_of_a_person(desk: Desk) -> None:
    limits = {"per_day": 1, "per_week": 9, "minutes_between": 0, "segments": {"en": 1}}
    patient_id = ana_in(desk.sessions, desk.editions, publication(nudge("move")))
    from coach.services.enroll import enroll
    from coach.services.publish import publish

    publish(desk.sessions, publication(nudge("calm"), name="other-steps", limits=limits), author="Bo", now=MONDAY_6AM)
    enroll(
        desk.sessions,
        desk.editions,
        patient_id=patient_id,
        program="other-steps",
        start=MONDAY,
        preset="standard",
        now=MONDAY_6AM,
    )

    assert len(desk.at(TEN)) == 1
    assert sorted(message.state for message in desk.messages() if message.local_date == MONDAY) == [
        "accepted",
        "withheld",
    ]


def test_a_text_too_close_to_another_waits_and_then_leaves(desk: Desk) -> None:
    slots = {"morning": "09:30", "midday": "10:00", "afternoon": "16:00", "evening": "18:30"}
    ana_in(desk.sessions, desk.editions, publication(nudge("move"), nudge("calm", slot="midday"), slots=slots))
    half_past_nine = TEN - timedelta(minutes=30)

    assert desk.at(half_past_nine) == ["en move a Ana"]
    assert desk.at(TEN) == ["en move a Ana"]
    assert desk.at(TEN + timedelta(minutes=30)) == ["en move a Ana", "en calm a Ana"]


def test_two_questions_for_a_number_are_never_open_at_once(desk: Desk) -> None:
    limits = {"per_day": 5, "per_week": 20, "minutes_between": 0, "segments": {"en": 1}}
    long, short = asks("minutes", reminder=None), asks("scale_0_10", within=60, reminder=None)
    ana_in(
        desk.sessions,
        desk.editions,
        publication(nudge("rate", answer=short), nudge("walk", answer=long), limits=limits),
    )

    assert desk.at(TEN) == ["en rate a Ana"]
    assert desk.at(TEN + timedelta(minutes=30)) == ["en rate a Ana"]
    assert desk.at(TEN + timedelta(minutes=61)) == ["en rate a Ana", "en walk a Ana"]


def test_a_text_past_its_send_by_expires_and_an_outage_does_not_end_in_a_burst(desk: Desk) -> None:
    ana_in(desk.sessions, desk.editions, publication(nudge("move"), nudge("calm", slot="midday")))
    plan(desk.sessions, desk.editions, now=MONDAY_6AM)

    assert desk.at(TEN + timedelta(hours=9)) == []
    assert {message.state for message in desk.messages() if message.local_date == MONDAY} == {"expired"}


def test_what_provably_did_not_leave_is_tried_again_later_and_leaves_once(desk: Desk) -> None:
    answers = chain([Unsent("429", retry_after=30)], repeat(None))
    desk.gateway.answer = lambda outbound: next(answers) or accept(outbound)
    ana_in(desk.sessions, desk.editions, publication(nudge("move", answer=asks("done"))))

    assert len(desk.at(TEN)) == 1
    assert desk.first().state == "planned"
    assert len(desk.at(TEN + timedelta(seconds=29))) == 1
    assert len(desk.at(TEN + timedelta(minutes=5))) == 2
    with desk.sessions.read() as session:
        states = session.execute(select(col(Question.state)).order_by(col(Question.id))).scalars().all()
    assert states == ["cancelled", "open"]


def test_what_never_leaves_expires_at_its_send_by(desk: Desk) -> None:
    desk.gateway.answer = lambda _: Unsent("connection refused")
    ana_in(desk.sessions, desk.editions, publication(nudge("move", send_within=60)))

    for minute in range(0, 90, 5):
        desk.at(TEN - timedelta(minutes=30) + timedelta(minutes=minute))

    assert (desk.first().state, desk.first().reason) == ("expired", "past_send_by")
    assert 3 <= len(desk.gateway.calls) <= 12


def test_an_unclear_outcome_is_never_sent_again_and_ends_as_missed(desk: Desk) -> None:
    desk.gateway.answer = lambda _: Unknown("the answer was lost")
    ana_in(desk.sessions, desk.editions, publication(nudge("move", answer=asks("done"))))

    desk.at(TEN)
    assert desk.first().state == "unknown"
    desk.at(TEN + timedelta(minutes=16))

    assert desk.first().state == "missed"
    assert len(desk.gateway.calls) == 1


def test_a_refusal_for_opting_out_is_a_stop(desk: Desk) -> None:
    desk.gateway.answer = lambda _: Rejected("21610", RejectionKind.OPTED_OUT, "unsubscribed")
    ana_in(desk.sessions, desk.editions, publication(nudge("move"), nudge("calm", slot="evening")))

    desk.at(TEN)

    assert {message.state for message in desk.messages()} == {"failed", "cancelled"}
    with desk.sessions.read() as session:
        assert ledger.standing(session, "+12025550143") is Consent.STOPPED


def test_once_stop_is_stored_nothing_planned_is_left(desk: Desk) -> None:
    patient_id = ana_in(desk.sessions, desk.editions, publication(nudge("move")))
    plan(desk.sessions, desk.editions, now=MONDAY_6AM)
    with desk.sessions.write() as session:
        stop(session, patients.lock(session, patient_id), at=MONDAY_6AM, by="patient", how="STOP")

    assert desk.at(TEN) == []
    assert {message.state for message in desk.messages() if message.local_date == MONDAY} == {"cancelled"}


def test_a_question_gets_one_reminder_and_none_when_the_text_may_not_have_arrived(desk: Desk) -> None:
    ana_in(desk.sessions, desk.editions, publication(nudge("move", answer=asks("done"))))

    desk.at(TEN)
    texts = desk.at(TEN + timedelta(hours=3))
    texts = desk.at(TEN + timedelta(hours=6))

    assert texts == ["en move a Ana", "en reminder_done"]


def outcomes() -> list[tuple[Callable[[Outbound], Outcome], str]]:
    return [
        (accept, "accepted"),
        (lambda _: Accepted("SM1", "queued"), "accepted"),
        (lambda _: Rejected("21211", RejectionKind.BAD_NUMBER, "no such number"), "failed"),
        (lambda _: Rejected("21611", RejectionKind.TRY_LATER, "queue full"), "planned"),
        (lambda _: Unsent("no route"), "planned"),
        (lambda _: Unknown("timed out"), "unknown"),
    ]


@pytest.mark.parametrize(("answer", "state"), outcomes())
def test_each_outcome_settles_the_message(desk: Desk, answer: Callable[[Outbound], Outcome], state: str) -> None:
    desk.gateway.answer = answer
    ana_in(desk.sessions, desk.editions, publication(nudge("move")))

    desk.at(TEN)

    assert desk.first().state == state


def test_a_reminder_that_did_not_leave_is_tried_again_and_its_question_stays_open(desk: Desk) -> None:
    answers = chain([None, Unsent("429")], repeat(None))
    desk.gateway.answer = lambda outbound: next(answers) or accept(outbound)
    ana_in(desk.sessions, desk.editions, publication(nudge("move", answer=asks("done"))))

    desk.at(TEN)
    desk.at(TEN + timedelta(hours=3))
    texts = desk.at(TEN + timedelta(hours=3, minutes=10))

    assert texts == ["en move a Ana", "en reminder_done", "en reminder_done"]
    with desk.sessions.read() as session:
        assert session.execute(select(col(Question.state))).scalars().all() == ["open"]
