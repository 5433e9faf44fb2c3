"""What an enrollment is owed on a local day. Pure: the day is an argument, and yes and no are answered alike."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from coach.domain.calendar import as_utc, closing, in_hours, to_utc
from coach.domain.enrollment import Enrollment
from coach.domain.errors import CoachError
from coach.domain.program import WEEKDAYS, CheckIn, Nudge, Program

STANDARD = "standard"  # built in: everything that the program holds
CHECK_INS_ONLY = "check_ins_only"  # built in: no nudges
NEXT_ITEM_WITHIN = timedelta(hours=2)  # of the answer before: how long a check-in's next question may leave


class NotPlanned(StrEnum):
    """Why an occurrence is withheld as soon as it is planned."""

    PRESET = "preset"  # the person's preset leaves this nudge out
    WEEKDAY_OFF = "weekday_off"  # the person takes no texts on this weekday
    OUTSIDE_HOURS = "outside_hours"  # the person's slot lies outside the program's hours
    MOVED_PAST = "moved_past"  # an edit would have made it due in the past


class UnknownPresetError(CoachError, ValueError):
    """An enrollment names a preset that its program does not have."""


@dataclass(frozen=True)
class Occurrence:
    """One text owed: unique within an enrollment. `name` is a nudge's or a check-in's; `day` is a local date."""

    name: str
    day: date
    number: int = 1


@dataclass(frozen=True)
class Due:
    """To be sent at `at`, and no later than `send_by`; both UTC. A check-in brings several `texts`, one at a time."""

    occurrence: Occurrence
    at: datetime
    send_by: datetime
    texts: int = 1


@dataclass(frozen=True)
class Withheld:
    """Not to be sent, and why. `at` is when it would have been due, UTC."""

    occurrence: Occurrence
    at: datetime
    reason: NotPlanned


def decide(
    program: Program,
    enrollment: Enrollment,
    day: date,
    *,
    not_before: datetime | None = None,
    settled: Collection[Occurrence] = (),
) -> list[Due | Withheld]:
    """What `enrollment` is owed on its local date `day`, earliest first, and what it is not, with the reason.

    What would be due before `not_before` (UTC) is withheld as moved_past; occurrences in `settled` are skipped.
    Two at the same moment stand in the program's order, nudges before check-ins. Raises UnknownPresetError.
    """
    left_out = _left_out(program, enrollment.preset)
    earliest = None if not_before is None else as_utc(not_before, "not_before")
    decided: list[Due | Withheld] = []
    for text in _owed(program, enrollment, day):
        occurrence = Occurrence(text.name, day)
        if occurrence in settled:
            continue
        at = to_utc(day, _slot(program, enrollment, text), enrollment.zone)
        if reason := _reason(program, enrollment, occurrence, at=at, left_out=left_out, earliest=earliest):
            decided.append(Withheld(occurrence, at, reason))
        else:
            end = closing(at, enrollment.zone, program.hours)
            texts = len(text.asked(enrollment.week(day))) if isinstance(text, CheckIn) else 1
            decided.append(Due(occurrence, at, min(at + timedelta(minutes=text.send_within), end), texts))
    return sorted(decided, key=lambda decision: decision.at)


def last_day(program: Program, enrollment: Enrollment) -> date:
    """The last local date on which the program can owe this enrollment a text."""
    return enrollment.last_day(program.weeks)


def over_on(program: Program, enrollment: Enrollment) -> date:
    """The first local date on which nothing more is owed, nor can be answered in time: the enrollment is over."""
    nudges = [timedelta(minutes=one.answer.within) for one in program.nudges if one.answer is not None]
    check_ins = [
        sum((timedelta(minutes=item.answer.within) + NEXT_ITEM_WITHIN for item in one.items), timedelta(0))
        for one in program.check_ins
    ]
    longest = max([*nudges, *check_ins], default=timedelta(0))
    return last_day(program, enrollment) + timedelta(days=1 - (-longest // timedelta(days=1)))


def _owed(program: Program, enrollment: Enrollment, day: date) -> Iterator[Nudge | CheckIn]:
    """The texts whose weeks and weekdays hold on `day`, in the program's order."""
    week = enrollment.week(day)
    if not 1 <= week <= program.weeks:
        return
    texts: list[Nudge | CheckIn] = [*program.nudges, *program.check_ins]
    for text in texts:
        if week in text.weeks and WEEKDAYS[day.weekday()] in text.days:
            yield text


def _slot(program: Program, enrollment: Enrollment, text: Nudge | CheckIn) -> time:
    """The local time at which this person takes this text."""
    own = enrollment.slots.get(text.slot)
    standard: time = getattr(program.slots, text.slot)
    return standard if own is None else own


def _left_out(program: Program, preset: str) -> frozenset[str]:
    """The names that a preset leaves out; the program's own presets go before the built-in ones."""
    if preset in program.presets:
        return frozenset(program.presets[preset].without)
    if preset == STANDARD:
        return frozenset()
    if preset == CHECK_INS_ONLY:
        return frozenset(nudge.name for nudge in program.nudges)
    known = ", ".join(sorted({*program.presets, STANDARD, CHECK_INS_ONLY}))
    raise UnknownPresetError(f"program {program.name} has no preset {preset!r}; choose one of: {known}")


def _reason(
    program: Program,
    enrollment: Enrollment,
    occurrence: Occurrence,
    *,
    at: datetime,
    left_out: Collection[str],
    earliest: datetime | None,
) -> NotPlanned | None:
    """Why this occurrence is not to be sent, or None; what the person chose goes before what the calendar brings."""
    if occurrence.name in left_out:
        return NotPlanned.PRESET
    if WEEKDAYS[occurrence.day.weekday()] in enrollment.weekdays_off:
        return NotPlanned.WEEKDAY_OFF
    if not in_hours(at, enrollment.zone, program.hours):
        return NotPlanned.OUTSIDE_HOURS
    if earliest is not None and at < earliest:
        return NotPlanned.MOVED_PAST
    return None
