from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coach.domain.calendar import (
    NaiveMomentError,
    closing,
    day_bounds,
    in_hours,
    local_day,
    next_opening,
    program_week,
    to_utc,
)
from coach.domain.errors import CoachError
from coach.domain.program import Hours

NEW_YORK = ZoneInfo("America/New_York")
OFFICE = Hours(start=time(9), end=time(20))
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 -- bounds
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@st.composite
def hours_of_a_day(draw: st.DrawFn) -> Hours:
    start, end = sorted((draw(TIMES), draw(TIMES)))
    assume(start < end)
    return Hours(start=start, end=end)


def utc(text: str) -> datetime:
    """A moment written as in '2026-03-08 07:30', in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        ("America/New_York", "2026-03-07", "02:30", "2026-03-07 07:30"),
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08 07:30"),  # skipped: 03:30 instead
        ("America/New_York", "2026-03-08", "03:30", "2026-03-08 07:30"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01 05:30"),  # shown twice: the first
        ("America/New_York", "2026-11-01", "02:00", "2026-11-01 07:00"),
        ("Asia/Kathmandu", "2026-06-01", "09:30", "2026-06-01 03:45"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03 15:45"),  # a gap of half an hour: 02:45 instead
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04 14:45"),  # half an hour shown twice
        ("Europe/Dublin", "2026-03-29", "01:30", "2026-03-29 01:30"),  # its winter time counts as the saving one
        ("Europe/Dublin", "2026-10-25", "01:30", "2026-10-25 00:30"),
        ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23 22:00"),  # no midnight: 01:00 instead
        ("Africa/Cairo", "2026-10-29", "23:30", "2026-10-29 20:30"),  # the last hour of the day shown twice
        ("Asia/Gaza", "2026-03-28", "02:30", "2026-03-28 00:30"),  # a change on a Saturday
        ("Antarctica/Troll", "2026-03-29", "01:30", "2026-03-29 01:30"),  # two hours at once: 03:30 instead
        ("Antarctica/Troll", "2026-10-25", "01:30", "2026-10-24 23:30"),
        ("Africa/Casablanca", "2026-02-15", "02:30", "2026-02-15 01:30"),  # back for Ramadan
        ("Pacific/Apia", "2011-12-30", "09:30", "2011-12-30 19:30"),  # a day that never was: the next one's 09:30
    ],
)
def test_a_local_time_becomes_one_moment(zone: str, day: str, at: str, moment: str) -> None:
    assert to_utc(date.fromisoformat(day), time.fromisoformat(at), ZoneInfo(zone)) == utc(moment)


@pytest.mark.parametrize(
    ("zone", "day", "start", "end"),
    [
        ("UTC", "2026-03-08", "2026-03-08 00:00", "2026-03-09 00:00"),
        ("America/New_York", "2026-03-08", "2026-03-08 05:00", "2026-03-09 04:00"),  # 23 hours
        ("America/New_York", "2026-11-01", "2026-11-01 04:00", "2026-11-02 05:00"),  # 25 hours
        ("Africa/Cairo", "2026-04-24", "2026-04-23 22:00", "2026-04-24 21:00"),  # begins at 01:00
        ("Africa/Cairo", "2026-10-29", "2026-10-28 21:00", "2026-10-29 22:00"),
        ("Asia/Beirut", "2026-03-29", "2026-03-28 22:00", "2026-03-29 21:00"),  # begins at 01:00
        ("America/Havana", "2026-03-08", "2026-03-08 05:00", "2026-03-09 04:00"),  # begins at 01:00
        ("America/Santiago", "2026-09-06", "2026-09-06 04:00", "2026-09-07 03:00"),  # begins at 01:00
        ("Atlantic/Azores", "2026-03-29", "2026-03-29 01:00", "2026-03-30 00:00"),  # begins at 01:00
        ("Antarctica/Troll", "2026-03-29", "2026-03-29 00:00", "2026-03-29 22:00"),  # 22 hours
        ("Australia/Lord_Howe", "2026-10-04", "2026-10-03 13:30", "2026-10-04 13:00"),  # 23 hours and a half
        ("Pacific/Apia", "2011-12-30", "2011-12-30 10:00", "2011-12-30 10:00"),  # no time at all
    ],
)
def test_a_day_begins_with_the_first_moment_of_its_date(zone: str, day: str, start: str, end: str) -> None:
    assert day_bounds(date.fromisoformat(day), ZoneInfo(zone)) == (utc(start), utc(end))


@pytest.mark.parametrize(
    ("shown", "inside"),
    [("08:59", False), ("09:00", True), ("12:00", True), ("19:59", True), ("20:00", False), ("23:00", False)],
)
def test_hours_hold_from_their_start_until_just_before_their_end(shown: str, inside: bool) -> None:
    moment = to_utc(date(2026, 6, 1), time.fromisoformat(shown), NEW_YORK)

    assert in_hours(moment, NEW_YORK, OFFICE) is inside


@pytest.mark.parametrize(
    ("hours", "moment", "opening"),
    [
        (("09:00", "20:00"), "2026-06-01 14:07", "2026-06-01 14:07"),  # open: at once
        (("09:00", "20:00"), "2026-06-01 12:00", "2026-06-01 13:00"),  # 08:00: in an hour
        (("09:00", "20:00"), "2026-06-02 00:00", "2026-06-02 13:00"),  # 20:00: tomorrow
        (("09:00", "20:00"), "2026-03-08 01:30", "2026-03-08 13:00"),  # the night is an hour shorter
        (("09:00", "20:00"), "2026-11-01 00:30", "2026-11-01 14:00"),  # and an hour longer
        (
            ("02:15", "04:00"),
            "2026-03-08 06:59",
            "2026-03-08 07:00",
        ),  # the start is skipped: as the clock jumps over it
        (("02:15", "02:45"), "2026-03-08 06:59", "2026-03-09 06:15"),  # all of it is skipped: tomorrow
        (("00:30", "01:30"), "2026-11-01 05:40", "2026-11-01 06:00"),  # 01:00 comes a second time, and opens again
        (("01:15", "01:30"), "2026-11-01 05:40", "2026-11-01 06:15"),
    ],
)
def test_texts_may_leave_from_the_next_opening(hours: tuple[str, str], moment: str, opening: str) -> None:
    start, end = (time.fromisoformat(shown) for shown in hours)

    assert next_opening(utc(moment), NEW_YORK, Hours(start=start, end=end)) == utc(opening)


@pytest.mark.parametrize(
    ("end", "moment", "closed"),
    [
        ("20:00", "2026-06-01 14:07", "2026-06-02 00:00"),
        ("20:00", "2026-06-02 03:00", "2026-06-02 00:00"),  # 23:00: it was three hours ago
        ("02:30", "2026-03-08 06:00", "2026-03-08 07:00"),  # the end is skipped: as the clock jumps over it
        ("01:30", "2026-11-01 04:30", "2026-11-01 05:30"),  # shown twice: the first
    ],
)
def test_hours_close_once_on_each_local_day(end: str, moment: str, closed: str) -> None:
    assert closing(utc(moment), NEW_YORK, Hours(start=time(0), end=time.fromisoformat(end))) == utc(closed)


@pytest.mark.parametrize(
    ("day", "week"),
    [("2026-03-03", 0), ("2026-03-04", 1), ("2026-03-10", 1), ("2026-03-11", 2), ("2026-03-31", 4), ("2026-02-24", -1)],
)
def test_weeks_count_from_the_start_date_whatever_its_weekday(day: str, week: int) -> None:
    assert program_week(date(2026, 3, 4), date.fromisoformat(day)) == week


@pytest.mark.parametrize(
    "asked",
    [
        lambda moment: local_day(moment, NEW_YORK),
        lambda moment: in_hours(moment, NEW_YORK, OFFICE),
        lambda moment: next_opening(moment, NEW_YORK, OFFICE),
        lambda moment: closing(moment, NEW_YORK, OFFICE),
        lambda moment: to_utc(moment.date(), moment.replace(tzinfo=UTC).timetz(), NEW_YORK),  # a zone of its own
    ],
)
def test_a_moment_of_which_nobody_can_say_when_it_is_is_refused(asked: Callable[[datetime], object]) -> None:
    with pytest.raises(NaiveMomentError, match="give it") as refused:
        asked(utc("2026-03-08 07:30").replace(tzinfo=None))

    assert isinstance(refused.value, CoachError)
    assert isinstance(refused.value, ValueError)


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    moment = utc("2026-06-02 00:30").astimezone(ZoneInfo("Asia/Tokyo"))

    assert local_day(moment, NEW_YORK) == date(2026, 6, 1)
    assert next_opening(moment, NEW_YORK, OFFICE).tzinfo is UTC


@given(MOMENTS, ZONES, hours_of_a_day(), st.floats(0, 1))
def test_the_next_opening_is_open_and_nothing_before_it_is(
    moment: datetime, zone: ZoneInfo, hours: Hours, part: float
) -> None:
    opening = next_opening(moment, zone, hours)
    between = moment + (opening - moment) * part

    assert in_hours(opening, zone, hours)
    assert moment <= opening < moment + timedelta(days=3)
    assert between == opening or not in_hours(between, zone, hours)


@given(MOMENTS, ZONES)
def test_each_moment_lies_in_the_day_that_its_clock_shows(moment: datetime, zone: ZoneInfo) -> None:
    start, end = day_bounds(local_day(moment, zone), zone)

    assert start <= moment < end


@given(DAYS, ZONES)
def test_days_follow_each_other_without_a_gap(day: date, zone: ZoneInfo) -> None:
    assert day_bounds(day, zone)[1] == day_bounds(day + timedelta(days=1), zone)[0]


@given(DAYS, TIMES, ZONES)
def test_a_local_time_is_shown_at_its_moment_or_was_skipped_before_it(day: date, at: time, zone: ZoneInfo) -> None:
    moment = to_utc(day, at, zone)
    shown = moment.astimezone(zone).replace(tzinfo=None)
    skipped = shown - datetime.combine(day, at)

    assert timedelta(0) <= skipped <= timedelta(hours=3)
    assert skipped == timedelta(0) or (moment - skipped).astimezone(zone).replace(tzinfo=None) + skipped != shown


@given(DAYS, ZONES, hours_of_a_day())
def test_a_day_that_opens_does_so_before_it_closes(day: date, zone: ZoneInfo, hours: Hours) -> None:
    start, end = day_bounds(day, zone)
    opening = next_opening(start, zone, hours)

    assert opening >= end or opening < closing(opening, zone, hours) <= end
