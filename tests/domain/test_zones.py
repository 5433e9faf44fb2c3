"""The oracle of local time: a walker that only reads wall clocks, hour by hour, over every zone of the tz database."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise, product
from zoneinfo import ZoneInfo, available_timezones

import pytest

from coach.domain.calendar import closing, day_bounds, in_hours, next_opening, to_utc
from coach.domain.enrollment import Enrollment
from coach.domain.planner import Due, decide
from coach.domain.program import Hours, Program

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
STRIDE = timedelta(hours=3)  # no clock jumps and jumps back within it
FIRST, LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
BLOCK = timedelta(weeks=52)  # the longest program
FIRST_DAY = date(2026, 1, 1)
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]
SLOTS = {"morning": time(9, 30), "midday": time(12, 30), "afternoon": time(16), "evening": time(18, 30)}
PROGRAM = Program.model_validate(
    {
        "name": "every-slot",
        "title": {"en": "Every slot"},
        "languages": ["en"],
        "weeks": 52,
        "slots": SLOTS,
        "hours": {"start": time(9), "end": time(20)},
        "limits": {"per_day": 4, "per_week": 28, "segments": {"en": 1}},
        "nudges": [
            {
                "name": slot,
                "kind": "education",
                "weeks": list(range(1, 53)),
                "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                "slot": slot,
                "variants": ["a"],
            }
            for slot in SLOTS
        ],
    }
)


ZONES = sorted(available_timezones())
HOURS = [
    Hours(start=time.fromisoformat(start), end=time.fromisoformat(end))
    for start, end in (
        ("09:00", "20:00"),
        ("00:00", "00:30"),  # lies in the gap where midnight is skipped
        ("00:00", "01:30"),  # opens twice where clocks go back
        ("01:30", "03:30"),
        ("02:15", "02:45"),  # lies in most gaps
        ("22:00", "23:45"),
    )
]
Recorder = Callable[[str, object], None]


def midnight(moment: datetime) -> datetime:
    return datetime.combine(moment, time(0))


@dataclass(frozen=True)
class Walk:
    """What the clocks of one zone showed: stretches in which they ran evenly, as (UTC start, wall start, wall end)."""

    starts: tuple[datetime, ...]
    walls: tuple[tuple[datetime, datetime], ...]

    def first(self, wanted: datetime, *, beyond_gap: bool = True) -> datetime:
        """The first moment whose clock showed `wanted`; if skipped, as far after the jump as in the gap, or at it."""
        shown_before = self.walls[0][0]
        for start, (begins, ends) in zip(self.starts, self.walls, strict=True):
            if begins <= wanted < ends:
                return start + (wanted - begins)
            if shown_before <= wanted < begins:
                return start + (wanted - shown_before if beyond_gap else timedelta(0))
            shown_before = ends
        raise AssertionError(f"{wanted} lies outside the walk")

    def wall(self, moment: datetime) -> datetime:
        """What the clock showed at `moment`."""
        at = bisect_right(self.starts, moment) - 1
        return self.walls[at][0] + (moment - self.starts[at])

    def jumps(self) -> Iterator[tuple[datetime, datetime, datetime]]:
        """Each clock change: its moment, what the clock would have shown, and what it did show."""
        for at in range(1, len(self.starts)):
            yield self.starts[at], self.walls[at - 1][1], self.walls[at][0]

    def days_of_change(self) -> list[date]:
        """The dates that clocks showed just before and just after a jump."""
        return sorted({day for _, before, after in self.jumps() for day in ((before - MINUTE).date(), after.date())})


def read(zone: ZoneInfo, moment: datetime) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def found_jumps(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The minutes at which the clock did not go on evenly: walked by strides, and where one jumps, by minutes."""
    moment, shown = first, read(zone, first)
    while moment < last:
        then = read(zone, moment + STRIDE)
        if then - shown != STRIDE:
            minutes = [moment + MINUTE * count for count in range(STRIDE // MINUTE + 1)]
            for before, after in pairwise(minutes):
                if read(zone, after) - read(zone, before) != MINUTE:
                    yield after
        moment, shown = moment + STRIDE, then


@cache
def walk(name: str) -> Walk:
    zone, first, last = ZoneInfo(name), FIRST - 2 * DAY, LAST + 2 * DAY
    starts = [first, *found_jumps(zone, first, last)]
    stretches = pairwise([*starts, last])
    return Walk(tuple(starts), tuple((read(zone, a), read(zone, b - MINUTE) + MINUTE) for a, b in stretches))


@cache
def unlike_zones() -> list[str]:
    """One zone for each way in which clocks change: links and neighbours left out."""
    return list({walk(name): name for name in ZONES}.values())


def wrong_plans(name: str) -> Iterator[str]:
    """Where the planner and the walker disagree in 2026 and 2027, four texts a day.

    Every day of one of the zones whose clocks go alike, and every day of a clock change in the others.
    """
    zone, walked = ZoneInfo(name), walk(name)
    every = [FIRST_DAY + DAY * count for count in range(730)]
    changes = [day for day in walked.days_of_change() if every[0] <= day <= every[-1]]
    for day in every if name in unlike_zones() else changes:
        enrollment = Enrollment(id=1, start=FIRST_DAY + (day - FIRST_DAY) // BLOCK * BLOCK, zone=zone)
        planned = [one.at for one in decide(PROGRAM, enrollment, day) if isinstance(one, Due)]
        expected = [walked.first(datetime.combine(day, at)) for at in SLOTS.values()]
        if planned != expected:
            yield f"{name} {day}: {planned} is not {expected}"


def wrong_times(name: str) -> Iterator[str]:
    """Where to_utc and the walker disagree, each quarter of an hour of the days around each clock change."""
    zone, walked = ZoneInfo(name), walk(name)
    for day, at in product(walked.days_of_change(), QUARTERS):
        moment, expected = to_utc(day, at, zone), walked.first(datetime.combine(day, at))
        if moment != expected:
            yield f"{name} {day} {at}: {moment} is not {expected}"


def wrong_bounds(name: str) -> Iterator[str]:
    """Where the bounds of a day or the end of its hours are not as walked, on the days around each clock change."""
    zone, walked = ZoneInfo(name), walk(name)
    for day in walked.days_of_change():
        midnights = [datetime.combine(day + DAY * count, time(0)) for count in (0, 1)]
        start, end = (walked.first(midnight, beyond_gap=False) for midnight in midnights)
        if day_bounds(day, zone) != (start, end):
            yield f"{name} {day}: {day_bounds(day, zone)} is not {start}, {end}"
        for hours in HOURS:
            expected = walked.first(datetime.combine(day, hours.end), beyond_gap=False)
            if closing(end - MINUTE, zone, hours) != expected:
                yield f"{name} {day} {hours}: {closing(end - MINUTE, zone, hours)} is not {expected}"


def wrong_openings(name: str) -> Iterator[str]:
    """Where texts may leave earlier or later than walked, looked for from moments around each clock change."""
    zone, walked = ZoneInfo(name), walk(name)
    around = [timedelta(minutes=minutes) for minutes in (-90, -20, 0, 35, 70)]
    for (jump, _, _), offset, hours in product(walked.jumps(), around, HOURS):
        expected = moment = jump + offset
        while not hours.start <= walked.wall(expected).time() < hours.end:
            expected += 5 * MINUTE
        if next_opening(moment, zone, hours) != expected or not in_hours(expected, zone, hours):
            yield f"{name} {moment} {hours}: {next_opening(moment, zone, hours)} is not {expected}"


def test_the_planner_agrees_with_the_walker_in_every_zone_over_two_years(record_property: Recorder) -> None:
    wrong = [fault for name in ZONES for fault in wrong_plans(name)]
    changes = [jump for name in ZONES for jump in walk(name).jumps() if jump[0].year in (2026, 2027)]
    skipping = {name for name in ZONES for _, old, new in walk(name).jumps() if old <= midnight(new) < new}
    checked = f"{len(ZONES)} zones, {len(changes)} clock changes, midnight skipped in {len(skipping)} zones"
    record_property("checked", checked)
    print(checked)  # noqa: T201 -- pytest -s shows what was checked

    assert not wrong, f"{checked}; {len(wrong)} wrong, the first: {wrong[:3]}"
    assert len(ZONES) > 500, checked
    assert len(changes) > 600, checked
    assert skipping, checked


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param(wrong_times, id="each quarter of an hour becomes the walked moment"),
        pytest.param(wrong_bounds, id="days and hours end where walked"),
        pytest.param(wrong_openings, id="texts may leave from the walked moment on"),
    ],
)
def test_days_with_a_clock_change_are_as_walked_over_three_years(faults: Callable[[str], Iterator[str]]) -> None:
    wrong = [fault for name in unlike_zones() for fault in faults(name)]

    assert not wrong, f"{len(wrong)} wrong, the first: {wrong[:3]}"
