"""What was turned of a person's dial, in the care team's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from coach.domain.commands import Word
from coach.domain.dial import WEEKEND
from coach.domain.owed_words import days_words
from coach.domain.program import SlotName, Weekday

_LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True)
class Settings:
    """How texts reach somebody: tz name, language, own local HH:MM by slot, weekdays off, preset by program."""

    zone: str
    language: str
    slots: Mapping[str, str]
    weekdays_off: tuple[Weekday, ...]
    presets: Mapping[str, str]


def turned(before: Settings, after: Settings) -> Iterator[tuple[Word, str]]:
    """Each thing that is different, by the command that turns it, and how it is now."""
    if before.zone != after.zone or before.slots != after.slots:
        yield "TIME", _times(before, after)
    if set(before.weekdays_off) != set(after.weekdays_off):
        yield ("NO WEEKENDS" if set(WEEKEND) <= set(after.weekdays_off) else "WEEKENDS"), _days(after)
    if before.language != after.language:
        yield "LANGUAGE", f"texts come in {_LANGUAGES.get(after.language, after.language)}"
    for program in sorted(before.presets.keys() & after.presets.keys()):
        if before.presets[program] != after.presets[program]:
            preset = after.presets[program].replace("_", " ")
            yield ("MORE" if after.presets[program] == "standard" else "LESS"), f"{program}: {preset}"


def _times(before: Settings, after: Settings) -> str:
    zone = f"zone {after.zone}" if before.zone != after.zone else ""
    if before.slots == after.slots:
        return zone
    times = set(after.slots.values())
    if not after.slots:
        said = "the program's own times"
    elif len(times) == 1 and len(after.slots) == len(get_args(SlotName)):
        said = f"texts come at {times.pop()}"
    else:
        said = ", ".join(f"{name} {at}" for name, at in after.slots.items())
    return "; ".join(part for part in (said, zone) if part)


def _days(after: Settings) -> str:
    return f"no texts {days_words(after.weekdays_off)}" if after.weekdays_off else "texts on all days"
