"""Two versions of one program, side by side: what is the same in other clothes, and what a week owes no more."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from coach.domain.enrollment import Enrollment
from coach.domain.planner import Due, Occurrence, decide
from coach.domain.program import CheckIn, Nudge, Program

_DAY = timedelta(days=1)
_WORD_KEYS = frozenset({"variants", "rotation", "title", "themes", "why"})


@cache
def words_key(template: str) -> str:
    """The same for two templates that say the same: letter case, punctuation and blanks aside."""
    return sha256(" ".join(re.findall(r"\w+", template.casefold())).encode()).hexdigest()[:16]


def only_words_differ(before: Program, after: Program) -> bool:
    """Whether the two owe the same texts at the same times to everybody, on the same terms, in whatever words.

    So it is when they are equal but for wordings and their rotation, titles, themes and reasons.
    """
    left, right = (_without_words(one.model_dump(mode="json")) for one in (before, after))
    return bool(left == right)


def _without_words(part: Any) -> Any:  # noqa: ANN401 (JSON)
    if isinstance(part, dict):
        return {key: _without_words(value) for key, value in part.items() if key not in _WORD_KEYS}
    return [_without_words(one) for one in part] if isinstance(part, list) else part


def nudge_texts(program: Program) -> Iterator[tuple[str, str]]:
    """Each nudge's name with each of its texts' keys; check-in items are left out, as they repeat."""
    for nudge in program.nudges:
        sets = [nudge.variants, *(one.variants for one in nudge.instead), *(one.variants for one in nudge.follow_ups)]
        for variant in dict.fromkeys(variant for variants in sets for variant in variants):
            yield nudge.name, program.text_key(nudge.name, variant)


def renamed(
    before: Program, after: Program, old_texts: Mapping[str, str], new_texts: Mapping[str, str]
) -> dict[str, str]:
    """By its new name, the nudge or check-in that went by another before; texts by path: "en/small-steps/move/1".

    A nudge is the same if it is of the same kind and has a text in the same words; a check-in if it shares questions.
    """
    gone = [one for one in _owed(before) if one.name not in _names(after)]
    fresh = [one for one in _owed(after) if one.name not in _names(before)]
    old, new = _contents(before, old_texts), _contents(after, new_texts)
    pairs = [
        (len(old[one.name] & new[other.name]), number, one.name, other.name)
        for number, one in enumerate(gone)
        for other in fresh
        if _alike(one, other)
    ]
    found: dict[str, str] = {}
    for shared, _, was, is_now in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if shared and is_now not in found and was not in found.values():
            found[is_now] = was
    return found


def _owed(program: Program) -> list[Nudge | CheckIn]:
    return [*program.nudges, *program.check_ins]


def _names(program: Program) -> set[str]:
    return {one.name for one in _owed(program)}


def _alike(one: Nudge | CheckIn, other: Nudge | CheckIn) -> bool:
    if isinstance(one, Nudge):
        return isinstance(other, Nudge) and one.kind == other.kind
    return isinstance(other, CheckIn)


def _contents(program: Program, texts: Mapping[str, str]) -> dict[str, set[str]]:
    """What each nudge says, as keys of words, and what each check-in asks, as names of its questions."""
    found = {one.name: {item.name for item in one.items} for one in program.check_ins}
    for name, key in nudge_texts(program):
        said = (texts.get(f"{language}/{key}") for language in program.languages)
        found.setdefault(name, set()).update(words_key(text) for text in said if text is not None)
    return found


def this_week(person: Enrollment, today: date) -> list[date]:
    """The local dates of the person's program week around `today`, in order."""
    week = person.week(today)

    def run(step: timedelta) -> Iterator[date]:
        day = today + step
        while person.week(day) == week and abs((day - today).days) < 7:  # noqa: PLR2004 (days of a week)
            yield day
            day += step

    return sorted([today, *run(-_DAY), *run(_DAY)])


def not_again(
    program: Program, person: Enrollment, had: Mapping[str, int], settled: Collection[Occurrence], now: datetime
) -> list[Occurrence]:
    """What a person who comes into `program` now (UTC) is not owed in what is left of their program week.

    `had`: by name, how often they have had it this week; `settled`: what stands already, and is owed neither way.
    Each is owed as often as the program says, with what they have had counted: the later ones fall away.
    """
    today = now.astimezone(person.zone).date()
    week = [one for day in this_week(person, today) for one in decide(program, person, day) if isinstance(one, Due)]
    found: list[Occurrence] = []
    for name, times in had.items():
        mine = [one for one in week if one.occurrence.name == name]
        coming = [one.occurrence for one in mine if one.at >= now and one.occurrence not in settled]
        found += coming[max(0, len(mine) - times) :]
    return found
