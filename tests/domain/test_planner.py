from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.calendar import NaiveMomentError, in_hours
from coach.domain.enrollment import Enrollment
from coach.domain.errors import CoachError
from coach.domain.planner import (
    CHECK_INS_ONLY,
    Due,
    NotPlanned,
    Occurrence,
    UnknownPresetError,
    Withheld,
    decide,
    last_day,
    over_on,
)
from coach.domain.program import WEEKDAYS, Program

MONDAY = date(2026, 6, 1)
DAY = timedelta(days=1)
NEW_YORK = ZoneInfo("America/New_York")
ANSWER = {"kind": "done", "within": 240, "action": True}


def program(**changes: Any) -> Program:
    written = {
        "name": "two-weeks",
        "title": {"en": "Two weeks"},
        "languages": ["en"],
        "weeks": 2,
        "slots": {"morning": time(9, 30), "midday": time(12, 30), "afternoon": time(16), "evening": time(18, 30)},
        "hours": {"start": time(9), "end": time(20)},
        "limits": {"per_day": 2, "per_week": 9, "segments": {"en": 1}},
        "presets": {"light": {"without": ["exercise"]}, "bare": {"without": ["exercise", "how-are-you"]}},
        "nudges": [
            text("pacing", slot="evening", send_within=180),
            text("exercise", slot="midday", weeks=[2], days=["mon", "wed", "fri"]),
        ],
        "check_ins": [
            {
                key: value
                for key, value in text("how-are-you", days=["sun", "mon"]).items()
                if key not in ("kind", "variants")
            }
            | {"items": [{"name": "pain", "variants": ["a"], "answer": {"kind": "scale_0_10", "within": 240}}]}
        ],
    }
    return Program.model_validate(written | changes)


def text(name: str, **changes: Any) -> dict[str, Any]:
    """A nudge as written: every day of both weeks, in the morning, unless said otherwise."""
    return {
        "name": name,
        "kind": "exercise",
        "weeks": [1, 2],
        "days": list(WEEKDAYS),
        "slot": "morning",
        "variants": ["a"],
    } | changes


def ana(start: date = MONDAY, zone: ZoneInfo = NEW_YORK, **changes: Any) -> Enrollment:
    return Enrollment(id=1, start=start, zone=zone, **changes)


def told(decided: list[Due | Withheld], zone: ZoneInfo = NEW_YORK) -> list[tuple[str, str, str]]:
    """Name, local time, and the local time until which it may leave or else the reason why it does not."""
    return [
        (
            one.occurrence.name,
            f"{one.at.astimezone(zone):%H:%M}",
            f"{one.send_by.astimezone(zone):%H:%M}" if isinstance(one, Due) else one.reason.value,
        )
        for one in decided
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (-1, []),  # the day before it starts
        (0, [("how-are-you", "09:30", "11:30"), ("pacing", "18:30", "20:00")]),  # until hours end, not 21:30
        (1, [("pacing", "18:30", "20:00")]),
        (7, [("how-are-you", "09:30", "11:30"), ("exercise", "12:30", "14:30"), ("pacing", "18:30", "20:00")]),
        (13, [("how-are-you", "09:30", "11:30"), ("pacing", "18:30", "20:00")]),  # the last Sunday
        (14, []),  # the program is over
    ],
)
def test_a_day_owes_the_texts_of_its_week_and_weekday_earliest_first(
    day: int, expected: list[tuple[str, str, str]]
) -> None:
    assert told(decide(program(), ana(), MONDAY + DAY * day)) == expected


def test_weeks_count_from_the_start_date_while_days_are_weekdays() -> None:
    enrollment = ana(start=MONDAY + 2 * DAY)  # a Wednesday
    weeks = {
        day: [one.occurrence.name for one in decide(program(), enrollment, MONDAY + DAY * day)]
        for day in (7, 9, 14, 15)
    }

    assert weeks == {
        7: ["how-are-you", "pacing"],  # the first Monday still lies in week 1
        9: ["exercise", "pacing"],  # week 2 begins on the second Wednesday
        14: ["how-are-you", "exercise", "pacing"],
        15: ["pacing"],
    }
    assert last_day(program(), enrollment) == MONDAY + 15 * DAY


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"preset": "light"}, {"how-are-you": "11:30", "exercise": "preset", "pacing": "20:00"}),
        ({"preset": "bare"}, {"how-are-you": "preset", "exercise": "preset", "pacing": "20:00"}),
        ({"preset": CHECK_INS_ONLY}, {"how-are-you": "11:30", "exercise": "preset", "pacing": "preset"}),
        ({"weekdays_off": frozenset({"mon"})}, dict.fromkeys(("how-are-you", "exercise", "pacing"), "weekday_off")),
        ({"weekdays_off": frozenset({"sat", "sun"})}, {"how-are-you": "11:30", "exercise": "14:30", "pacing": "20:00"}),
        (
            {"preset": "light", "weekdays_off": frozenset({"mon"})},  # the broader choice is named
            {"how-are-you": "weekday_off", "exercise": "preset", "pacing": "weekday_off"},
        ),
        ({"slots": {"midday": time(13)}}, {"how-are-you": "11:30", "exercise": "15:00", "pacing": "20:00"}),
        ({"slots": {"midday": time(7)}}, {"how-are-you": "11:30", "exercise": "outside_hours", "pacing": "20:00"}),
        ({"slots": {"evening": time(20)}}, {"how-are-you": "11:30", "exercise": "14:30", "pacing": "outside_hours"}),
    ],
)
def test_what_a_person_chose_decides_what_they_are_sent(changes: dict[str, Any], expected: dict[str, str]) -> None:
    decided = told(decide(program(), ana(**changes), MONDAY + 7 * DAY))

    assert {name: outcome for name, _, outcome in decided} == expected


def test_a_preset_that_nobody_wrote_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        UnknownPresetError, match="no preset 'gentle'; choose one of: bare, check_ins_only, light, standard"
    ):
        decide(program(), ana(preset="gentle"), MONDAY)

    assert issubclass(UnknownPresetError, CoachError)
    assert issubclass(UnknownPresetError, ValueError)


def test_an_edit_withholds_what_it_moved_into_the_past() -> None:
    at_noon = datetime(2026, 6, 8, 16, 30, tzinfo=UTC)  # 12:30 in New York

    assert told(decide(program(), ana(), MONDAY + 7 * DAY, not_before=at_noon)) == [
        ("how-are-you", "09:30", "moved_past"),
        ("exercise", "12:30", "14:30"),  # due at that very moment
        ("pacing", "18:30", "20:00"),
    ]


def test_what_is_settled_is_not_decided_again() -> None:
    decided = decide(program(), ana(), MONDAY, settled=[Occurrence("pacing", MONDAY)])

    assert told(decided) == [("how-are-you", "09:30", "11:30")]


def test_texts_of_one_moment_stand_in_the_programs_order() -> None:
    names = ["reframe", "breathing", "education"]
    together = program(nudges=[text(name, slot="morning") for name in names])

    assert [one.occurrence.name for one in decide(together, ana(), MONDAY)] == [*names, "how-are-you"]


def test_a_moment_without_a_zone_is_refused_by_name() -> None:
    with pytest.raises(NaiveMomentError, match="not_before 2026-06-01T09:30:00 has no time zone"):
        decide(program(), ana(), MONDAY, not_before=datetime.fromisoformat("2026-06-01T09:30:00"))


@pytest.mark.parametrize(
    ("zone", "day", "slot", "expected"),
    [
        # Midnight itself is skipped in these zones: what is due at 00:30 leaves at 01:30.
        ("Africa/Cairo", "2026-04-24", "00:30", ("2026-04-23 22:30", "01:30", "02:45")),
        ("Egypt", "2026-04-24", "00:30", ("2026-04-23 22:30", "01:30", "02:45")),
        ("America/Havana", "2026-03-08", "00:30", ("2026-03-08 05:30", "01:30", "02:45")),
        ("Cuba", "2026-03-08", "00:30", ("2026-03-08 05:30", "01:30", "02:45")),
        ("America/Santiago", "2026-09-06", "00:30", ("2026-09-06 04:30", "01:30", "02:45")),
        ("Chile/Continental", "2026-09-06", "00:30", ("2026-09-06 04:30", "01:30", "02:45")),
        ("Asia/Beirut", "2026-03-29", "00:30", ("2026-03-28 22:30", "01:30", "02:45")),
        ("Atlantic/Azores", "2026-03-29", "00:30", ("2026-03-29 01:30", "01:30", "02:45")),
        # Half an hour is skipped, and shown twice.
        ("Australia/Lord_Howe", "2026-10-04", "02:15", ("2026-10-03 15:45", "02:45", "outside_hours")),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", ("2026-04-04 14:45", "01:45", "02:45")),
        # Summer time is the standard one in Dublin; its clocks change like London's all the same.
        ("Europe/Dublin", "2026-03-29", "01:15", ("2026-03-29 01:15", "02:15", "02:45")),
        ("Europe/Dublin", "2026-10-25", "01:15", ("2026-10-25 00:15", "01:15", "02:45")),
        # The end of the hours is skipped too: they end as the clock jumps, and what is due later is outside.
        ("Asia/Gaza", "2026-03-28", "02:30", ("2026-03-28 00:30", "03:30", "outside_hours")),
        ("Asia/Gaza", "2026-03-28", "01:30", ("2026-03-27 23:30", "01:30", "03:00")),
        # Two hours at once.
        ("Antarctica/Troll", "2026-03-29", "01:30", ("2026-03-29 01:30", "03:30", "outside_hours")),
        ("Antarctica/Troll", "2026-03-29", "00:30", ("2026-03-29 00:30", "00:30", "03:00")),
    ],
)
def test_clock_changes_move_a_text_by_the_gap_and_never_past_its_hours(
    zone: str, day: str, slot: str, expected: tuple[str, str, str]
) -> None:
    nightly = program(
        hours={"start": time(0), "end": time(2, 45)}, nudges=[text("sleep", send_within=720)], check_ins=[]
    )
    enrollment = ana(date.fromisoformat(day), ZoneInfo(zone), slots={"morning": time.fromisoformat(slot)})
    (decided,) = decide(nightly, enrollment, enrollment.start)

    assert (f"{decided.at:%Y-%m-%d %H:%M}", *told([decided], ZoneInfo(zone))[0][1:]) == expected


ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
ENROLLMENTS = st.builds(
    ana,
    start=st.dates(date(2025, 1, 1), date(2029, 12, 31)),
    zone=ZONES,
    preset=st.sampled_from(["standard", "light", CHECK_INS_ONLY]),
    slots=st.dictionaries(st.sampled_from(["morning", "midday", "afternoon", "evening"]), TIMES),
    weekdays_off=st.frozensets(st.sampled_from(WEEKDAYS)),
)
DAYS_IN = st.integers(0, 13)


@given(ENROLLMENTS, DAYS_IN)
def test_nothing_is_due_in_quiet_hours_nor_may_leave_after_they_begin(enrollment: Enrollment, count: int) -> None:
    day, hours = enrollment.start + DAY * count, program().hours
    due = [one for one in decide(program(), enrollment, day) if isinstance(one, Due)]

    for one in due:
        assert one.at < one.send_by
        assert in_hours(one.at, enrollment.zone, hours)
        assert in_hours(one.send_by - timedelta(microseconds=1), enrollment.zone, hours)


@given(ENROLLMENTS, DAYS_IN)
def test_deciding_twice_says_the_same_and_each_occurrence_once(enrollment: Enrollment, count: int) -> None:
    day = enrollment.start + DAY * count
    decided = decide(program(), enrollment, day)
    occurrences = [one.occurrence for one in decided]

    assert decide(program(), enrollment, day) == decided
    assert decide(program(), enrollment, day, settled=occurrences) == []
    assert len(set(occurrences)) == len(occurrences)
    assert [one.at for one in decided] == sorted(one.at for one in decided)


@given(ENROLLMENTS, ENROLLMENTS, DAYS_IN, st.integers(-2000, 2000))
def test_no_edit_makes_a_text_due_in_the_past_or_loses_one(
    before: Enrollment, after: Enrollment, count: int, minutes: int
) -> None:
    day = before.start + DAY * count
    edited = ana(before.start, after.zone, preset=after.preset, slots=after.slots, weekdays_off=after.weekdays_off)
    now = datetime.combine(day, time(12), tzinfo=UTC) + timedelta(minutes=minutes)
    decided = decide(program(), edited, day, not_before=now)
    was = decide(program(), before, day)

    assert all(one.at >= now for one in decided if isinstance(one, Due))
    assert all(one.at < now for one in decided if isinstance(one, Withheld) and one.reason is NotPlanned.MOVED_PAST)
    assert {one.occurrence for one in decided} == {one.occurrence for one in was}


def item(name: str, within: int) -> dict[str, Any]:
    return {"name": name, "variants": ["a"], "answer": {"kind": "scale_0_10", "within": within}}


@pytest.mark.parametrize(
    ("nudges", "items", "days"),
    [
        ([text("pacing")], [], 1),  # nothing is asked: over on the day after the last
        ([text("pacing", answer={**ANSWER, "within": 1440})], [], 2),
        ([text("pacing", answer={**ANSWER, "within": 1441})], [], 3),
        ([text("pacing")], [item("pain", 300), item("mood", 300)], 2),  # one after the other
        ([text("pacing")], [item("pain", 1440), item("mood", 1440)], 4),  # and two hours to ask in, each
    ],
)
def test_an_enrollment_is_over_once_its_last_text_can_no_longer_be_answered(
    nudges: list[dict[str, Any]], items: list[dict[str, Any]], days: int
) -> None:
    check_in = {"name": "sunday", "weeks": [2], "days": ["sun"], "slot": "evening", "items": items}
    written = program(nudges=nudges, check_ins=[check_in] if items else [], presets={})

    assert over_on(written, ana()) == last_day(written, ana()) + days * DAY
