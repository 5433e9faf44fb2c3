"""What is different between two versions of a program, a sentence a thing, in the care team's words. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coach.domain.conditions import words_of
from coach.domain.owed_words import days_words, weeks_words
from coach.domain.program import Answer, CheckIn, Item, Nudge, Program, When
from coach.domain.version_words import Example, words_changed

_LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Spanish"}
_WEEKDAYS = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday"} | {
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_LIMITS = {"per_day": "texts a day", "per_week": "texts in seven days", "minutes_between": "minutes between two texts"}
PLAN = frozenset({"added", "removed", "weeks", "days", "time", "program-weeks", "hours", "slots", "presets"})
"""The kinds of change that make other plans; those of all others leave every plan as it is."""


@dataclass(frozen=True)
class Change:
    """One difference. `name` is the nudge's or check-in's (its new one, where it has one), empty for the whole program.

    `language` and `preset`: only people with it are concerned, None for all; `example`: the first of changed words.
    """

    kind: str
    name: str
    what: str
    language: str | None = None
    preset: str | None = None
    example: Example | None = None


def changes(
    before: Program,
    after: Program,
    old_texts: Mapping[str, str],
    new_texts: Mapping[str, str],
    names: Mapping[str, str],
) -> list[Change]:
    """Every difference: texts that come and go first, then what each is, then the program's own, then words.

    Texts are by path: "en/small-steps/move/1"; `names` has by its new name what went by another before.
    """
    return [
        *_parts(before, after, names),
        *_whole(before, after),
        *(
            Change("words", one.name, one.what, language=one.language, example=one.example)
            for one in words_changed(before, after, old_texts, new_texts, names)
        ),
    ]


def spoken(name: str) -> str:
    """A name as it stands in a sentence: "pacing goal"."""
    return name.replace("-", " ").replace("_", " ")


def _title(name: str) -> str:
    return spoken(name)[:1].upper() + spoken(name)[1:]


def _parts(before: Program, after: Program, names: Mapping[str, str]) -> Iterator[Change]:
    old, new = _by_name(before), _by_name(after)
    for name, one in old.items():
        if name not in new and name not in names.values():
            yield Change("removed", name, f"{_title(name)} is taken out ({_when(before, one)})")
    for name, one in new.items():
        was = old.get(names.get(name, name))
        if was is None or isinstance(was, Nudge) is not isinstance(one, Nudge):
            if was is not None:
                yield Change("removed", name, f"{_title(name)} is taken out as what it was ({_when(before, was)})")
            yield Change("added", name, f"{_title(name)} comes in ({_when(after, one)})")
            continue
        if was.name != name:
            yield Change("renamed", name, f"{_title(was.name)} is called {spoken(name)} from now on")
        yield from _of_part(before, after, was, one)


def _by_name(program: Program) -> dict[str, Nudge | CheckIn]:
    parts: list[Nudge | CheckIn] = [*program.nudges, *program.check_ins]
    return {one.name: one for one in parts}


def _when(program: Program, one: Nudge | CheckIn) -> str:
    return f"{days_words(one.days)} at {getattr(program.slots, one.slot):%H:%M}, {_weeks(one.weeks)}"


def _weeks(weeks: list[int]) -> str:
    return f"in {weeks_words(weeks)}"


def _whose(one: Nudge | CheckIn) -> str:
    """Such as Tuesday's exercise, where it has one day."""
    return f"{_WEEKDAYS[one.days[0]]}'s {spoken(one.name)}" if len(set(one.days)) == 1 else _title(one.name)


def _of_part(before: Program, after: Program, was: Nudge | CheckIn, one: Nudge | CheckIn) -> Iterator[Change]:
    name = _title(one.name)

    def change(kind: str, what: str) -> Change:
        return Change(kind, one.name, what)

    if sorted(set(was.weeks)) != sorted(set(one.weeks)):
        yield change("weeks", f"{name} comes {_weeks(one.weeks)}, instead of {_weeks(was.weeks)}")
    if set(was.days) != set(one.days):
        yield change("days", f"{name} comes {days_words(one.days)}, instead of {days_words(was.days)}")
    then, now = (f"{getattr(program.slots, part.slot):%H:%M}" for program, part in ((before, was), (after, one)))
    if then != now:
        yield change("time", f"{_whose(one)} moves from {then} to {now}")
    elif was.slot != one.slot:
        own = "people with a time of their own may notice"
        yield change("time", f"{_whose(one)} goes by the slot {one.slot} instead of {was.slot}: {own}")
    if was.send_within != one.send_within:
        what = f"may leave up to {one.send_within} minutes after its time, instead of {was.send_within}"
        yield change("send_within", f"{name} {what}")
    if was.when != one.when:
        yield change("conditions", f"{name} is {_for(one.when)}, instead of {_for(was.when)}")
    if isinstance(was, Nudge) and isinstance(one, Nudge):
        yield from _of_nudge(was, one, change)
    elif isinstance(was, CheckIn) and isinstance(one, CheckIn):
        yield from _of_check_in(was, one, change)


def _for(when: When | None) -> str:
    return "for everybody" if when is None else " and ".join(words_of(when)).removeprefix("only ")


def _of_nudge(was: Nudge, one: Nudge, change: Callable[[str, str], Change]) -> Iterator[Change]:
    name = _title(one.name)
    if was.kind != one.kind:
        yield change("kind", f"{name} is of the kind {spoken(one.kind)}, instead of {spoken(was.kind)}")
    yield from (change("answer", what) for what in _answers(name, was.answer, one.answer))
    if [each.when for each in was.instead] != [each.when for each in one.instead]:
        yield change("conditions", f"{name} has other words for other records than before")
    if [_but_words(each) for each in was.follow_ups] != [_but_words(each) for each in one.follow_ups]:
        yield change("follow-ups", f"{name} is followed up in another way")
    if was.why != one.why:
        yield change("why", f"what {spoken(one.name)} is to help against is noted anew, for the care team")
    if was.rotation != one.rotation:
        order = "in their order" if one.rotation == "in_order" else "shuffled"
        yield change("rotation", f"the wordings of {spoken(one.name)} come {order}")


def _but_words(part: Any) -> Any:  # noqa: ANN401 (a part of a program)
    return part.model_dump(exclude={"variants"})


def _answers(name: str, was: Answer | None, one: Answer | None) -> Iterator[str]:
    if one is None:
        if was is not None:
            yield f"{name} asks nothing any more"
        return
    if was is None:
        yield f"{name} asks for an answer ({spoken(one.kind)})"
        return
    if was.kind != one.kind:
        yield f"{name} asks for another answer ({spoken(one.kind)}), instead of {spoken(was.kind)}"
    if was.within != one.within:
        yield f"{name} waits {one.within} minutes for its answer, instead of {was.within}"
    if was.reminder != one.reminder:
        then, now = ("no reminder" if at is None else f"one after {at} minutes" for at in (was.reminder, one.reminder))
        yield f"{name} has {now.replace('one', 'its reminder', 1)}, instead of {then}"
    if was.action != one.action:
        yield f"a yes to {spoken(name.lower())} {'counts' if one.action else 'does not count'} as something done"


def _of_check_in(was: CheckIn, one: CheckIn, change: Callable[[str, str], Change]) -> Iterator[Change]:
    name = _title(one.name)
    old, new = ({item.name: item for item in part.items} for part in (was, one))
    for item in [item for item in old if item not in new]:
        yield change("questions", f"{name} asks {spoken(item)} no more")
    for item in [item for item in new if item not in old]:
        yield change("questions", f"{name} asks {spoken(item)} too")
    kept = [item for item in old if item in new]
    if kept != [item for item in new if item in old]:
        yield change("questions", f"{name} asks its questions in another order")
    for item in kept:
        yield from (change("questions", what) for what in _items(name, old[item], new[item]))


def _items(name: str, was: Item, one: Item) -> Iterator[str]:
    title = f"{name}: {spoken(one.name)}"
    yield from _answers(title, was.answer, one.answer)
    if was.weeks != one.weeks:
        then, now = ("in all its weeks" if weeks is None else _weeks(weeks) for weeks in (was.weeks, one.weeks))
        yield f"{title} is asked {now}, instead of {then}"
    if was.measure != one.measure:
        yield f"{title} measures {one.measure or 'nothing'}, instead of {was.measure or 'nothing'}"
    if was.words != one.words:
        yield f"{title} is in the words of the {one.words}"


def _whole(before: Program, after: Program) -> Iterator[Change]:
    def change(kind: str, what: str) -> Change:
        return Change(kind, "", what)

    if before.weeks != after.weeks:
        yield change("program-weeks", f"the program lasts {after.weeks} weeks, instead of {before.weeks}")
    if before.hours != after.hours:
        then, now = (f"{one.hours.start:%H:%M} to {one.hours.end:%H:%M}" for one in (before, after))
        yield change("hours", f"texts leave from {now}, instead of {then}")
    yield from (change("slots", what) for what in _slots(before, after))
    yield from (change("limits", what) for what in _limits(before, after))
    if before.languages != after.languages:
        then, now = (" and ".join(_LANGUAGES.get(code, code) for code in one.languages) for one in (before, after))
        yield change("languages", f"it is written in {now}, instead of {then}")
    yield from _presets(before, after)
    if before.goal != after.goal:
        yield change("goal", _goal(before, after))
    if before.title != after.title:
        then, now = ("/".join(one.title.values()) for one in (before, after))
        yield change("title", f"people read the title {now}, instead of {then}")
    for part, what in _REST.items():
        if getattr(before, part) != getattr(after, part):
            yield change(part, what)


_REST = {
    "themes": "the weeks' themes are others, for the care team",
    "dial": "what people may turn by text is different",
    "feedback": "whether an answer gets a kind line back is different",
    "alerts": "the rules that alert the care team are different",
}


def _limits(before: Program, after: Program) -> Iterator[str]:
    for limit, words in _LIMITS.items():
        was, now = getattr(before.limits, limit), getattr(after.limits, limit)
        if was != now:
            yield f"the limit is {now} {words}, instead of {was}"
    if before.limits.segments != after.limits.segments:
        yield "texts may be of another length"


def _slots(before: Program, after: Program) -> Iterator[str]:
    """Only those that no text uses: of the others it is said what moves."""
    used = {one.slot for program in (before, after) for one in _by_name(program).values()}
    for slot in type(after.slots).model_fields:
        was, now = getattr(before.slots, slot), getattr(after.slots, slot)
        if was != now and slot not in used:
            yield f"the slot {slot} is at {now:%H:%M}, instead of {was:%H:%M}"


def _presets(before: Program, after: Program) -> Iterator[Change]:
    for name in sorted(before.presets.keys() | after.presets.keys()):
        was, now = before.presets.get(name), after.presets.get(name)
        if now is None:
            what = f"the preset {name} is taken out"
        elif was is None:
            what = f"the preset {name} comes in, {_without(now.without)}"
        elif set(was.without) != set(now.without):
            what = f"the preset {name} is {_without(now.without)}, instead of {_without(was.without)}"
        else:
            continue
        yield Change("presets", "", what, preset=name)


def _without(names: list[str]) -> str:
    return f"without {', '.join(spoken(name) for name in names)}" if names else "with everything"


def _goal(before: Program, after: Program) -> str:
    if after.goal is None:
        return "there is no goal any more"
    if before.goal is None:
        return f"there is a goal, of {after.goal.cap} minutes at most"
    if before.goal.cap != after.goal.cap:
        return f"the goal is {after.goal.cap} minutes at most, instead of {before.goal.cap}"
    return "other texts ask about the goal, or begin it"
