"""The dial that a patient holds: what each command may turn, within what the programs allow. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from coach.domain.calendar import wall
from coach.domain.commands import EVERYDAY, Command, Word
from coach.domain.inbound import Answered
from coach.domain.planner import CHECK_INS_ONLY, STANDARD
from coach.domain.program import Dial, Hours, Program, SlotName, Weekday

PAUSE_DAYS = 7
"""How long PAUSE lasts where nobody says for how long."""

EVENING = time(18)
"""From this local time on, a pause is counted from tomorrow: of today there is nothing left to rest from."""

LATER_BY = timedelta(hours=2)
FLARE_LASTS = timedelta(days=14)
"""A flare that nobody ends is over then."""

FLARE_ASKED_AFTER = 7
"""Local days after a flare began, or was said to go on, on which it is asked how it goes."""

FLARE_ASKED_AT = time(12, 30)
"""The local time of it, where the patient has no midday of their own."""

WEEKEND: tuple[Weekday, ...] = ("sat", "sun")

FIXED_BY: Mapping[Word, str] = {
    "LESS": "amount",
    "MORE": "amount",
    "TIME": "times",
    "MORNINGS": "times",
    "EVENINGS": "times",
    "NO WEEKENDS": "weekends",
    "WEEKENDS": "weekends",
}
"""What a program names in `dial.fixed` to keep these commands for the team."""

OF_THE_DAY: Mapping[Word, SlotName] = {"MORNINGS": "morning", "EVENINGS": "evening"}


def is_meant(command: Command, answers: Sequence[Answered], *, in_flare: bool, text_open: Sequence[int] = ()) -> bool:
    """Whether an everyday word is the command; the others always are. `text_open`: open questions for any words.

    BETTER is one only in a flare. The rest are answers where a question for something specific understood them.
    """
    if command.word not in EVERYDAY:
        return True
    if command.word == "BETTER" and not in_flare:
        return False
    return not any(one.status == "understood" and one.question_id not in text_open for one in answers)


def strictest(programs: Sequence[Program]) -> Dial:
    """What all programs of a person allow."""
    dials = [one.dial for one in programs]
    longest = min((one.longest_pause for one in dials), default=Dial().longest_pause)
    return Dial(longest_pause=longest, fixed=sorted({name for one in dials for name in one.fixed}))


def is_fixed(command: Command, dial: Dial) -> bool:
    """Whether only the care team turns this."""
    return FIXED_BY.get(command.word) in dial.fixed


def pause_days(command: Command, dial: Dial) -> int:
    """For how many local days a PAUSE is, at most as long as the programs allow."""
    return min(int(command.argument or PAUSE_DAYS), dial.longest_pause)


def pauses_from(begun_at: datetime, zone: ZoneInfo) -> date:
    """The first local day of a pause that began then: that day, or in the evening the next one."""
    shown = wall(begun_at, zone)
    return shown.date() + timedelta(days=shown.time() >= EVENING)


def ladder(program: Program) -> list[str]:
    """The presets from the fullest to the lightest: each owes fewer texts than the one before."""
    owed = {name: _owed(program, name) for name in dict.fromkeys((STANDARD, *program.presets, CHECK_INS_ONLY))}
    steps: list[str] = []
    for name in sorted(owed, key=lambda name: (-owed[name], name != STANDARD)):
        if owed[name] and (not steps or owed[name] < owed[steps[-1]]):
            steps.append(name)
    return steps


def step(program: Program, preset: str, *, down: bool) -> str | None:
    """The next lighter preset, or the next fuller one; None where there is none."""
    owed = _owed(program, preset)
    if down:
        return next((name for name in ladder(program) if _owed(program, name) < owed), None)
    return next((name for name in reversed(ladder(program)) if _owed(program, name) > owed), None)


def _owed(program: Program, preset: str) -> int:
    """How many texts the preset owes over the whole program, items of check-ins included."""
    own = program.presets.get(preset)
    without = set(own.without) if own else {one.name for one in program.nudges} if preset == CHECK_INS_ONLY else set()
    nudges = sum(len(one.weeks) * len(one.days) for one in program.nudges if one.name not in without)
    kept = [one for one in program.check_ins if one.name not in without]
    return nudges + sum(len(one.days) * len(one.asked(week)) for one in kept for week in one.weeks)


def all_at(at: time) -> dict[str, str]:
    """Every slot at one local time: this is when a person wants their texts."""
    return dict.fromkeys(get_args(SlotName), f"{at:%H:%M}")


def in_reach(at: time, hours: Hours) -> bool:
    """Whether texts may come at this local time."""
    return hours.start <= at < hours.end


def later(due: datetime, last: datetime, now: datetime) -> datetime | None:
    """When a text due at `due` comes if it is to come later: two hours on, but just before `last`; None if it cannot.

    All are UTC; a text that is due already is counted from `now`.
    """
    at = min(max(due, now) + LATER_BY, last - timedelta(minutes=5))
    return at if at > max(due, now) else None
