"""Local time and UTC: what a day, a time and allowed hours mean in a zone whose clock changes.

Moments are aware datetimes and come back in UTC; days and times are local to the zone given.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coach.domain.errors import CoachError
from coach.domain.program import Hours

_DAY = timedelta(days=1)
_STEP = timedelta(hours=3)  # shorter than the time between any two clock changes of one zone


class NaiveMomentError(CoachError, ValueError):
    """A moment came without a time zone, so that nobody can say when it is."""


def as_utc(moment: datetime, name: str = "moment") -> datetime:
    """The same moment in UTC; a naive one raises NaiveMomentError that calls it `name`."""
    if moment.utcoffset() is None:
        raise NaiveMomentError(f"{name} {moment.isoformat()} has no time zone; give it in UTC")
    return moment.astimezone(UTC)


def to_utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) of a local time: one that is skipped moves forward by the gap, one shown twice is the first."""
    if at.tzinfo is not None:
        raise NaiveMomentError(
            f"local time {at.isoformat()} carries a zone of its own; give it without, and the zone apart"
        )
    # fold=0 reads a repeated time as the first, and a skipped one with the offset from before the gap.
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """What a clock on the wall in `zone` shows at `moment`: a datetime without a zone."""
    return as_utc(moment).astimezone(zone).replace(tzinfo=None, fold=0)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The date in `zone` at `moment`."""
    return wall(moment, zone).date()


def in_hours(moment: datetime, zone: ZoneInfo, hours: Hours) -> bool:
    """Whether texts may leave at `moment`: the wall clock shows `hours.start` or later, and not yet `hours.end`."""
    return hours.start <= wall(moment, zone).time() < hours.end


def next_opening(moment: datetime, zone: ZoneInfo, hours: Hours) -> datetime:
    """The earliest moment (UTC), at or after `moment`, at which texts may leave; always found within days."""
    for start, end in _stretches(as_utc(moment), zone):
        shown = wall(start, zone)
        if hours.start <= shown.time() < hours.end:
            return start
        day = shown.date() if shown.time() < hours.start else shown.date() + _DAY
        opening = start + (datetime.combine(day, hours.start) - shown)
        if opening < end:
            return opening
    raise AssertionError("unreachable: time has no end")  # pragma: no cover


def closing(moment: datetime, zone: ZoneInfo, hours: Hours) -> datetime:
    """The end (UTC, itself outside) of the allowed hours on the local day of `moment`."""
    return _reached(local_day(moment, zone), hours.end, zone)


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Start and end (UTC, half-open) of a local day; it begins with the first moment of that date, midnight or not."""
    return _reached(day, time(0), zone), _reached(day + _DAY, time(0), zone)


def program_week(start: date, day: date) -> int:
    """The week of a program begun on `start` in which `day` lies: 1 for its first seven days, 0 or less before it."""
    return (day - start).days // 7 + 1


def _reached(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first moment at which the clock shows that time or, where it is skipped, has just jumped over it."""
    moment = to_utc(day, at, zone)
    if wall(moment, zone) == datetime.combine(day, at):
        return moment
    before = datetime.combine(day, at.replace(fold=1), tzinfo=zone).astimezone(UTC)
    return _clock_change(before, moment, zone)


def _clock_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second, later than `before` and not after `after`, from which the zone's offset is that of `after`."""
    seconds = range(int(before.timestamp()), int(after.timestamp()) + 1)
    offset = after.astimezone(zone).utcoffset()
    found = bisect_left(seconds, 1, key=lambda second: int(datetime.fromtimestamp(second, zone).utcoffset() == offset))
    return datetime.fromtimestamp(seconds[found], UTC)


def _stretches(moment: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Time from `moment` on, half-open stretch by stretch, none of which has a clock change inside."""
    while True:
        end = moment + _STEP
        if moment.astimezone(zone).utcoffset() != end.astimezone(zone).utcoffset():
            end = _clock_change(moment, end, zone)
        yield moment, end
        moment = end
