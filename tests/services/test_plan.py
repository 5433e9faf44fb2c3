import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.services.editions import Editions
from coach.services.plan import plan
from coach.storage.database import Sessions, open_engine
from coach.storage.messages import Shard
from coach.storage.tables import Message, MessageEvent
from tests.people import MONDAY, MONDAY_6AM, Practice, ana, ana_in, nudge, publication

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
DAY = timedelta(days=1)
ZONES = ("America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Pago_Pago")


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def test_three_local_days_are_planned_and_each_text_has_its_first_event(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))
    planned = practice.rows(Message)

    assert [(one.local_date - MONDAY).days for one in planned if one.local_date] == [0, 1, 2]
    assert [one.due_at for one in planned] == [TEN - timedelta(minutes=30) + number * DAY for number in range(3)]
    assert [(one.before, one.after) for one in practice.rows(MessageEvent)] == [(None, "planned")] * 3


def test_each_new_day_adds_the_one_after_tomorrow(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))

    assert [plan(practice.sessions, practice.editions, now=MONDAY_6AM + day * DAY) for day in (0, 1, 1, 2)] == [
        0,
        1,
        0,
        1,
    ]


def test_after_an_outage_the_days_gone_by_are_withheld_and_not_sent(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))

    plan(practice.sessions, practice.editions, now=TEN + 5 * DAY)
    reasons = {(one.local_date - MONDAY).days: one.reason for one in practice.rows(Message) if one.local_date}

    assert reasons == {0: None, 1: None, 2: None, 3: "moved_past", 4: "moved_past", 5: "moved_past", 6: None, 7: None}
    assert practice.at(TEN + 5 * DAY) == []


def test_what_is_withheld_when_planned_says_why(practice: Practice) -> None:
    ana_in(
        practice.sessions,
        practice.editions,
        publication(nudge("move"), nudge("calm", slot="evening"), presets={"light": {"without": ["calm"]}}),
        preset="light",
    )

    assert {(one.name, one.state.value, one.reason) for one in practice.rows(Message)} == {
        ("move", "planned", None),
        ("calm", "withheld", "preset"),
    }


def test_nothing_is_planned_before_the_start_or_after_the_last_week(practice: Practice) -> None:
    ana_in(practice.sessions, practice.editions, publication(nudge("move")), start=MONDAY + 10 * DAY)
    for day in range(45):
        plan(practice.sessions, practice.editions, now=MONDAY_6AM + day * DAY)
    days = [(one.local_date - MONDAY).days for one in practice.rows(Message) if one.local_date]

    assert days == list(range(10, 38))


def test_a_stop_and_a_start_plan_today_again_without_doubling_anything(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"), nudge("calm", slot="evening"))
    practice.at(TEN)
    for minute in range(3):
        practice.hears("STOP", at=TEN + timedelta(minutes=2 * minute + 1))
        practice.hears("START", at=TEN + timedelta(minutes=2 * minute + 2))
    plan(practice.sessions, practice.editions, now=TEN + timedelta(minutes=10))
    live = [(one.name, one.local_date) for one in practice.rows(Message) if one.local_date and one.state != "cancelled"]

    assert len(live) == len(set(live)) == 6


ORDERS = ((0, 1), (1, 0), (0, 0, 1, 1), (1, 0, 1))  # the two shards, and how often each runs


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    runs=st.dictionaries(st.integers(0, 96), st.sampled_from(ORDERS), min_size=1, max_size=4),
    people=st.lists(st.sampled_from(ZONES), min_size=1, max_size=3),
)
def test_however_often_two_shards_plan_they_write_what_one_planning_of_all_writes(
    migrated: Path, runs: dict[int, tuple[int, ...]], people: list[str]
) -> None:
    moments = {MONDAY_6AM + timedelta(hours=hour): order for hour, order in sorted(runs.items())}
    sharded = [(at, Shard(index, 2)) for at, order in moments.items() for index in order]
    whole = [(at, Shard()) for at in moments]

    assert occurrences(migrated, people, sharded) == occurrences(migrated, people, whole)


def occurrences(migrated: Path, people: list[str], runs: list[tuple[datetime, Shard]]) -> list[tuple[object, ...]]:
    """What stands in the database after these runs, each of which names its moment and its shard."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{shutil.copy(migrated, folder)}", synchronous="NORMAL")
        practice = Practice(Sessions(engine), Editions())
        program = publication(nudge("move"), nudge("calm", slot="evening"))
        for number, zone in enumerate(people):
            patient_id = ana(practice.sessions, phone=f"+120255501{number:02d}", zone=zone)
            practice.enrolls_also(patient_id, program, start=MONDAY + DAY)
        for at, shard in runs:
            plan(practice.sessions, practice.editions, now=at, shard=shard)
        rows = practice.rows(Message)
        engine.dispose()
    return sorted((one.patient_id, one.name, str(one.local_date), one.due_at, one.send_by) for one in rows)
