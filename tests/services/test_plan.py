from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlmodel import Session

from coach.services.editions import Editions
from coach.services.enroll import enroll
from coach.services.plan import plan
from coach.storage.database import Sessions
from coach.storage.messages import Shard
from coach.storage.tables import Answer, Enrollment, Message, MessageEvent, Patient
from tests.people import MONDAY, MONDAY_6AM, Practice, ana, ana_in, asks, nudge, publication

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


def enrollment_state(practice: Practice) -> str:
    return practice.rows(Enrollment)[0].state.value


def test_an_enrollment_ends_by_itself_and_its_last_text_leaves_and_is_answered_before(practice: Practice) -> None:
    seven = nudge("move", weeks=[1], variants=list("abcdefg"), answer=asks("done", within=1440))
    practice.enrolls_ana(seven, weeks=1)
    last = TEN + 6 * DAY
    for day in range(6):
        practice.at(TEN + day * DAY)

    assert len(practice.at(last)) == 1
    assert len(practice.at(last + timedelta(hours=3))) == 1  # its reminder
    practice.at(last + DAY - timedelta(hours=1))
    assert enrollment_state(practice) == "active"
    practice.hears("done", at=last + DAY - timedelta(hours=1))
    practice.at(last + DAY)
    assert enrollment_state(practice) == "active"
    assert practice.at(last + 2 * DAY) == []
    assert enrollment_state(practice) == "ended"
    assert practice.rows(Answer)[-1].value == "done"


def test_an_answer_after_the_end_still_stands_beside_its_question(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", weeks=[1], answer=asks("done", within=60, reminder=None)), weeks=1)
    for day in (4, 6, 8):
        practice.at(TEN + day * DAY)
    assert enrollment_state(practice) == "ended"

    practice.hears("done", at=TEN + 8 * DAY)

    assert [(one.value, one.late) for one in practice.rows(Answer)] == [("done", True)]


def test_whoever_has_ended_may_begin_the_same_program_again(practice: Practice) -> None:
    patient_id = practice.enrolls_ana(nudge("move", weeks=[1]), weeks=1)
    plan(practice.sessions, practice.editions, now=TEN + 20 * DAY)
    again = enroll(
        practice.sessions,
        practice.editions,
        patient_id=patient_id,
        program="small-steps",
        start=MONDAY + 21 * DAY,
        preset="standard",
        now=TEN + 20 * DAY,
    )

    assert plan(practice.sessions, practice.editions, now=TEN + 20 * DAY) == 2
    assert again == 2


def test_after_weeks_down_nothing_of_the_past_is_due_and_every_text_says_why(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))
    up_again = TEN + 19 * DAY
    plan(practice.sessions, practice.editions, now=up_again)
    rows = sorted(practice.rows(Message), key=lambda one: one.due_at)

    assert [(one.local_date - MONDAY).days for one in rows if one.local_date] == list(range(22))
    assert {one.reason for one in rows[3:20]} == {"moved_past"}
    assert [one.state for one in rows[20:]] == ["planned"] * 2


def test_however_far_behind_no_transaction_writes_more_than_five_hundred_rows(practice: Practice) -> None:
    names = [f"move-{letter}" for letter in "abcdefgh"]
    program = publication(*(nudge(name) for name in names))
    for number in range(5):
        practice.enrolls_also(ana(practice.sessions, phone=f"+120255501{number:02d}"), program)
    written: list[int] = []
    count = CountedWrites(practice.sessions, written)

    new = plan(count, practice.editions, now=TEN + 60 * DAY)

    assert new == 5 * 28 * len(names)
    assert len(written) > 4
    assert max(written) <= 500
    assert {one.state for one in practice.rows(Enrollment)} == {"ended"}


class CountedWrites(Sessions):
    """Notes how many texts and events stand more after each transaction."""

    def __init__(self, sessions: Sessions, written: list[int]) -> None:
        super().__init__(sessions.engine)
        self.written = written

    @contextmanager
    def write(self) -> Iterator[Session]:
        with super().write() as session:
            before = self._rows(session)
            yield session
            self.written.append(self._rows(session) - before)

    def _rows(self, session: Session) -> int:
        texts: int = session.execute(select(func.count()).select_from(Message)).scalar_one()
        events: int = session.execute(select(func.count()).select_from(MessageEvent)).scalar_one()
        return texts + events


def test_one_persons_trouble_does_not_keep_the_others_unplanned(practice: Practice) -> None:
    program = publication(nudge("move"))
    people = [ana(practice.sessions, phone=f"+120255501{number:02d}") for number in range(7)]
    for patient_id in people:
        practice.enrolls_also(patient_id, program)
    with practice.sessions.write() as session:
        session.get_one(Patient, people[4]).zone = "Mars/Olympus"

    assert plan(practice.sessions, practice.editions, now=MONDAY_6AM) == 18
    assert {one.patient_id for one in practice.rows(Message)} == set(people) - {people[4]}


def test_a_morning_peak_is_looked_at_bit_by_bit_and_stays_due_at_its_slot(practice: Practice) -> None:
    program = publication(nudge("move"))
    for number in range(40):
        practice.enrolls_also(ana(practice.sessions, phone=f"+120255501{number:02d}", language="es"), program)
    plan(practice.sessions, practice.editions, now=MONDAY_6AM, segments_per_second=0.5)
    first_day = [one for one in practice.rows(Message) if one.local_date == MONDAY]
    waits = [(one.next_at - one.due_at).total_seconds() for one in first_day]

    assert {one.due_at for one in first_day} == {TEN - timedelta(minutes=30)}
    assert {one.segments for one in first_day} == {2}
    assert min(waits) >= 0
    assert 100 < max(waits) <= (40 * 2 - 5) / 0.5


ORDERS = ((0, 1), (1, 0), (0, 0, 1, 1), (1, 0, 1))  # the two shards, and how often each runs


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    runs=st.dictionaries(st.integers(0, 96), st.sampled_from(ORDERS), min_size=1, max_size=4),
    people=st.lists(st.sampled_from(ZONES), min_size=1, max_size=3),
)
def test_however_often_two_shards_plan_they_write_what_one_planning_of_all_writes(
    empty_sqlite: Callable[[], Engine], runs: dict[int, tuple[int, ...]], people: list[str]
) -> None:
    moments = {MONDAY_6AM + timedelta(hours=hour): order for hour, order in sorted(runs.items())}
    sharded = [(at, Shard(index, 2)) for at, order in moments.items() for index in order]
    whole = [(at, Shard()) for at in moments]

    assert occurrences(empty_sqlite(), people, sharded) == occurrences(empty_sqlite(), people, whole)


def occurrences(engine: Engine, people: list[str], runs: list[tuple[datetime, Shard]]) -> list[tuple[object, ...]]:
    """What stands in the database after these runs, each of which names its moment and its shard."""
    practice = Practice(Sessions(engine), Editions())
    program = publication(nudge("move"), nudge("calm", slot="evening"))
    for number, zone in enumerate(people):
        patient_id = ana(practice.sessions, phone=f"+120255501{number:02d}", zone=zone)
        practice.enrolls_also(patient_id, program, start=MONDAY + DAY)
    for at, shard in runs:
        plan(practice.sessions, practice.editions, now=at, shard=shard)
    rows = practice.rows(Message)
    return sorted((one.patient_id, one.name, str(one.local_date), one.due_at, one.send_by) for one in rows)
