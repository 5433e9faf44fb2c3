from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlmodel import col

from coach.services.edit import Change, EditError, edit
from coach.services.editions import Editions
from coach.storage.database import Sessions
from coach.storage.tables import ConsentEntry, Enrollment, Message, MessageEvent, Patient, Turn
from tests.people import MONDAY, MONDAY_6AM, ana_in, nudge, publication

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York


def live(sessions: Sessions) -> list[Message]:
    with sessions.read() as session:
        query = select(Message).where(col(Message.state) != "cancelled").order_by(col(Message.due_at), col(Message.id))
        return list(session.execute(query).scalars())


def test_a_moved_slot_moves_what_is_planned_for_later(sessions: Sessions, editions: Editions) -> None:
    patient_id = ana_in(sessions, editions, publication(nudge("calm", slot="evening")))

    planned = edit(sessions, editions, patient_id, Change(slots={"evening": "17:15"}), by="Nurse Bo", now=TEN)

    assert planned == 3
    zone = ZoneInfo("America/New_York")
    assert {message.due_at.astimezone(zone).time() for message in live(sessions)} == {time(17, 15)}


def test_a_slot_moved_to_an_hour_gone_by_is_withheld_and_not_sent_late(sessions: Sessions, editions: Editions) -> None:
    patient_id = ana_in(sessions, editions, publication(nudge("calm", slot="evening")))

    edit(sessions, editions, patient_id, Change(slots={"evening": "09:10"}), by="Nurse Bo", now=TEN)

    assert [(message.state, message.reason) for message in live(sessions) if message.local_date == MONDAY] == [
        ("withheld", "moved_past")
    ]


def test_a_day_off_is_withheld_with_its_reason_and_comes_back_when_it_is_taken_back(
    sessions: Sessions, editions: Editions
) -> None:
    patient_id = ana_in(sessions, editions, publication(nudge("calm", slot="evening")))

    edit(sessions, editions, patient_id, Change(weekdays_off=["mon"]), by="Nurse Bo", now=MONDAY_6AM)
    assert live(sessions)[0].reason == "weekday_off"
    edit(sessions, editions, patient_id, Change(weekdays_off=[]), by="Nurse Bo", now=MONDAY_6AM + timedelta(minutes=1))

    assert [message.state for message in live(sessions)] == ["planned"] * 3


@pytest.mark.parametrize("wrong", ["09:10", "06:00"])  # gone by at ten, and outside the hours besides
def test_a_slot_that_was_set_wrongly_can_be_set_right_while_its_time_is_ahead(
    sessions: Sessions, editions: Editions, wrong: str
) -> None:
    patient_id = ana_in(sessions, editions, publication(nudge("calm", slot="evening")))

    edit(sessions, editions, patient_id, Change(slots={"evening": wrong}), by="Nurse Bo", now=TEN)
    edit(
        sessions,
        editions,
        patient_id,
        Change(slots={"evening": "18:30"}),
        by="Nurse Bo",
        now=TEN + timedelta(minutes=5),
    )

    assert [(message.state, message.local_date) for message in live(sessions)] == [
        ("planned", MONDAY + timedelta(days=number)) for number in range(3)
    ]


def test_a_day_that_a_new_zone_leaves_behind_is_told_and_not_forgotten(sessions: Sessions, editions: Editions) -> None:
    patient_id = ana_in(sessions, editions, publication(nudge("calm", slot="evening")))

    east = Change(zone="Pacific/Kiritimati")  # Tuesday, five in the morning
    edit(sessions, editions, patient_id, east, by="Nurse Bo", now=TEN)

    assert [(message.local_date, message.reason) for message in live(sessions)] == [
        (MONDAY, "moved_past"),
        *((MONDAY + timedelta(days=number), None) for number in range(1, 4)),
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(zone="Mars/Olympus"), "no time zone 'Mars/Olympus'"),
        (Change(slots={"teatime": "16:00"}), "no slot 'teatime'"),
        (Change(slots={"evening": "25:00"}), "'25:00' is no time of day"),
        (Change(weekdays_off=["someday"]), "'someday' is no weekday"),
    ],
)
def test_a_change_that_makes_no_sense_changes_nothing(
    sessions: Sessions, editions: Editions, change: Change, words: str
) -> None:
    patient_id = ana_in(sessions, editions, publication(nudge("calm")))
    before = [(message.id, message.due_at) for message in live(sessions)]

    with pytest.raises(EditError, match=words):
        edit(sessions, editions, patient_id, change, by="Nurse Bo", now=TEN)

    assert [(message.id, message.due_at) for message in live(sessions)] == before


CHANGES = st.builds(
    Change,
    zone=st.sampled_from(["America/New_York", "Asia/Kolkata", "Pacific/Auckland", None]),
    slots=st.dictionaries(
        st.sampled_from(["morning", "evening"]),
        st.integers(9 * 4, 19 * 4).map(lambda q: f"{q // 4:02}:{q % 4 * 15:02}"),
    ),
    weekdays_off=st.one_of(st.none(), st.lists(st.sampled_from(["mon", "tue", "wed"]), unique=True)),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(CHANGES, st.integers(0, 30)), min_size=1, max_size=4))
def test_no_row_of_edits_makes_anything_due_in_the_past_or_an_occurrence_owed_twice(
    sessions: Sessions, editions: Editions, edits: list[tuple[Change, int]]
) -> None:
    with sessions.write() as session:
        for table in (Turn, MessageEvent, Message, Enrollment, ConsentEntry, Patient):
            session.execute(delete(table))
    patient_id, now = ana_in(sessions, editions, publication(nudge("move"), nudge("calm", slot="evening"))), MONDAY_6AM
    for change, hours in edits:
        now += timedelta(hours=hours)
        before = {message.id for message in live(sessions)}
        edit(sessions, editions, patient_id, change, by="Nurse Bo", now=now)

        new = [message for message in live(sessions) if message.id not in before]
        assert all(message.due_at >= now for message in new if message.state == "planned")
        owed = [(message.name, message.local_date, message.occurrence) for message in live(sessions)]
        assert len(owed) == len(set(owed))
