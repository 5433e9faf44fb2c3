"""What Today says of people gone quiet, of texts that did not arrive, and of who does well."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert

from coach.domain.delivery import PRIORITY, MessageState, Purpose
from coach.services.quiet import NAME as FRIENDLY
from coach.services.tally import tally
from coach.services.today import MOST, Somebody, doing_well, not_arrived, quiet_people
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Message, Patient
from tests.people import ANA, MONDAY_6AM, Practice, ana, asks, nudge

NINE = MONDAY_6AM + timedelta(hours=3)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def text(
    sessions: Sessions,
    state: MessageState,
    *,
    at: datetime = NINE,
    purpose: Purpose = Purpose.NUDGE,
    name: str = "walk",
    code: str | None = None,
    patient_id: int = 1,
) -> None:
    """A text of the patient's that came to stand in `state`."""
    with sessions.write() as session:
        message = Message(
            patient_id=patient_id,
            purpose=purpose,
            priority=PRIORITY[purpose],
            name=name,
            due_at=at,
            next_at=at,
            send_by=at + timedelta(hours=2),
            created_at=at,
            state=state,
            left_at=at if state is MessageState.DELIVERED else None,
        )
        session.add(message)
        session.flush()
        assert message.id is not None
        if code is not None:
            session.add(Attempt(message_id=message.id, token=f"a{message.id}", phone=ANA, begun_at=at, error_code=code))


def lost(sessions: Sessions, *, limit: int = 8) -> list[Somebody]:
    return list(not_arrived(sessions, now=NINE + MINUTE, limit=limit).people)


@pytest.mark.parametrize(
    ("state", "purpose", "code", "to_do"),
    [
        (MessageState.UNDELIVERED, Purpose.NUDGE, "30006", "Ask them for a number that takes texts."),
        (MessageState.UNDELIVERED, Purpose.NUDGE, "30003", "If it happens again, call them"),
        (MessageState.FAILED, Purpose.NUDGE, "21610", "only their own START opens it again"),
        (MessageState.UNDELIVERED, Purpose.NUDGE, "30034", "the provider's account"),
        (MessageState.UNDELIVERED, Purpose.NUDGE, "30007", "should look at this text"),
        (MessageState.EXPIRED, Purpose.NUDGE, None, "Nothing to do"),
        (MessageState.MISSED, Purpose.CHECK_IN, None, "Nothing to do"),
        (MessageState.EXPIRED, Purpose.STAFF, None, "Write again, or call them."),
        (MessageState.MISSED, Purpose.STAFF, None, "Write again, or call them."),
        (MessageState.EXPIRED, Purpose.INVITATION, None, "Send the invitation once more"),
        (MessageState.EXPIRED, Purpose.SAFETY, None, "Call them now, unless somebody has"),
        (MessageState.UNDELIVERED, Purpose.SAFETY, "30003", "Call them now, unless somebody has"),
    ],
)
def test_what_to_do_follows_from_why_it_did_not_arrive_and_what_it_was(
    sessions: Sessions, state: MessageState, purpose: Purpose, code: str | None, to_do: str
) -> None:
    ana(sessions)
    text(sessions, state, purpose=purpose, code=code)

    assert to_do in lost(sessions)[0].to_do


def test_the_friendly_text_to_somebody_quiet_needs_nothing_when_it_did_not_leave(sessions: Sessions) -> None:
    ana(sessions)
    text(sessions, MessageState.EXPIRED, purpose=Purpose.STAFF, name=FRIENDLY)

    assert lost(sessions)[0].to_do.startswith("Nothing to do")


def test_a_code_is_said_in_words(sessions: Sessions) -> None:
    ana(sessions)
    text(sessions, MessageState.UNDELIVERED, code="30006")

    assert lost(sessions)[0].words == (
        "sent, but it did not reach the phone: a landline or a carrier that takes no texts"
    )


def test_what_somebody_can_mend_is_not_hidden_by_newer_texts(sessions: Sessions) -> None:
    ana(sessions)
    text(sessions, MessageState.UNDELIVERED, code="30006", at=NINE - DAY)
    text(sessions, MessageState.EXPIRED)
    (one,) = lost(sessions)

    assert one.words.startswith("2 texts; one of them: sent, but it did not reach the phone")
    assert one.to_do == "Ask them for a number that takes texts."


def test_after_an_outage_those_whom_somebody_can_help_come_first_and_no_more_are_counted_than_shown(
    sessions: Sessions,
) -> None:
    people = MOST + 20
    with sessions.write() as session:
        rows = [
            {"name": f"P{n}", "phone": f"+1202555{n:04}", "country": "US", "zone": "UTC", "language": "en"}
            for n in range(people)
        ]
        more = {"state": "active", "slots": {}, "weekdays_off": [], "created_at": MONDAY_6AM}
        session.connection().execute(insert(Patient), [row | more for row in rows])
    for patient_id in range(2, people + 1):
        text(sessions, MessageState.EXPIRED, patient_id=patient_id)
    text(sessions, MessageState.UNDELIVERED, code="30006", at=NINE - 2 * DAY)
    found = not_arrived(sessions, now=NINE + MINUTE, limit=3)

    assert [one.patient_id for one in found.people] == [1, people, people - 1]
    assert found.total == MOST + 1


def test_days_of_silence_are_days_where_the_person_is(sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("walk", answer=asks("minutes", reminder=None)))
    tenth_evening = MONDAY_6AM + 9 * DAY + timedelta(hours=16)  # 22:00 in New York, another day in UTC
    tally(sessions, now=tenth_evening)

    assert [one.words for one in quiet_people(sessions, now=tenth_evening, limit=5).people] == [
        "nothing heard for 9 days"
    ]


@pytest.mark.parametrize(("after", "said"), [(timedelta(days=-30), ""), (7 * DAY, "; a friendly text went out")])
def test_a_friendly_text_counts_for_the_silence_that_it_was_for(
    sessions: Sessions, after: timedelta, said: str
) -> None:
    Practice(sessions).enrolls_ana(nudge("walk", answer=asks("minutes", reminder=None)))
    text(sessions, MessageState.DELIVERED, at=NINE + after, purpose=Purpose.STAFF, name=FRIENDLY)
    now = NINE + 9 * DAY
    tally(sessions, now=now)

    assert [one.words for one in quiet_people(sessions, now=now, limit=5).people] == [f"nothing heard for 9 days{said}"]


@pytest.mark.parametrize(("said", "named"), [("12", True), ("i want to end my life", False), ("STOP", False)])
def test_nobody_is_named_as_doing_well_who_needs_somebody_or_has_said_stop(
    sessions: Sessions, said: str, *, named: bool
) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("walk", answer=asks("minutes", reminder=None)))
    for day in range(6):
        at = NINE + timedelta(minutes=30) + day * DAY
        practice.at(at)
        practice.hears("12", at=at + MINUTE)
    practice.hears(said, at=at + 2 * MINUTE)
    tally(sessions, now=at + 3 * MINUTE)
    well = doing_well(sessions, now=at + 3 * MINUTE, limit=5)

    assert [one.to_do for one in well.people] == [
        'You could say: "You have answered every question of the last four weeks. Thank you."'
    ] * named
    assert well.total == int(named)
