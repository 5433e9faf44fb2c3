"""What is asked of the measures and alert rules of a program. One rule, one function; the check lists them."""

from collections.abc import Iterator

from coach.content.document import Loc
from coach.content.faults import Fault
from coach.content.manuscript import Manuscript
from coach.domain.alerts.rules import NEEDS
from coach.domain.measures import RANGES, scale_of
from coach.domain.program import AnswerKind, CheckIn, Item, NudgeKind


def _items(manuscript: Manuscript) -> Iterator[tuple[Loc, CheckIn, Item]]:
    for number, check_in in enumerate(manuscript.program.check_ins):
        for item_number, item in enumerate(check_in.items):
            yield ("check_ins", number, "items", item_number), check_in, item


def alerts_twice(manuscript: Manuscript) -> Iterator[Fault]:
    """A rule's name says in which row it spoke up, and one rule of a kind is enough."""
    names: set[str] = set()
    kinds: dict[str, str] = {}
    for number, rule in enumerate(manuscript.program.alerts):
        if rule.name in names:
            yield manuscript.fault(
                ("alerts", number, "name"), "name-taken", f"the name {rule.name!r} is taken", "choose another name"
            )
        if rule.kind in kinds:
            what = f"the kind {rule.kind!r} is that of {kinds[rule.kind]!r} too"
            yield manuscript.fault(("alerts", number, "kind"), "alert-twice", what, "keep one of them")
        names.add(rule.name)
        kinds.setdefault(rule.kind, rule.name)


def measures_twice(manuscript: Manuscript) -> Iterator[Fault]:
    """A measure has one value a day: no two items that may be asked on the same day share it."""
    seen: list[tuple[CheckIn, Item]] = []
    for loc, check_in, item in _items(manuscript):
        for other_check_in, other in seen:
            if item.measure is not None and item.measure is other.measure and _may_meet(check_in, other_check_in):
                what = f"the measure {item.measure.value!r} is asked by {other.name!r} on the same day"
                yield manuscript.fault((*loc, "measure"), "measure-twice", what, "take one out, or ask on another day")
                break
        seen.append((check_in, item))


def _may_meet(one: CheckIn, other: CheckIn) -> bool:
    return bool({*one.weeks} & {*other.weeks} and {*one.days} & {*other.days})


def measures_are_numbers(manuscript: Manuscript) -> Iterator[Fault]:
    for loc, _, item in _items(manuscript):
        if item.measure is not None and item.answer.kind != scale_of(item.measure):
            least, greatest = RANGES[item.measure]
            value = f"a number from {least} to {greatest}"
            what = f"the measure {item.measure.value!r} is {value}, and {item.name} asks for {item.answer.kind}"
            remedy = f"ask for {scale_of(item.measure)}, or take the measure out"
            yield manuscript.fault((*loc, "answer", "kind"), "measure-not-a-number", what, remedy)


def alerts_are_fed(manuscript: Manuscript) -> Iterator[Fault]:
    """A rule whose figures nobody asks for would look like a watch that is kept, and never speak up."""
    asked = {item.measure for _, _, item in _items(manuscript)}
    for number, rule in enumerate(manuscript.program.alerts):
        place: Loc = ("alerts", number, "kind")
        for measure in NEEDS.get(rule.kind, ()):
            if measure not in asked:
                what = f"{rule.kind} needs the measure {measure.value!r}, and no check-in asks it"
                yield manuscript.fault(
                    place, "alert-without-measure", what, f"give an item measure: {measure.value}, or take the rule out"
                )
        if rule.kind == "boom_and_bust" and manuscript.program.goal is None:
            yield manuscript.fault(
                place, "alert-without-goal", "boom_and_bust needs a goal", "write one, or take the rule out"
            )
        if rule.kind == "exercise_trouble" and not _asks_about_exercise(manuscript):
            what = "exercise_trouble needs a nudge of the kind exercise that asks for done"
            yield manuscript.fault(
                place, "alert-without-exercise", what, "give it answer: {kind: done, ...}, or take the rule out"
            )


def _asks_about_exercise(manuscript: Manuscript) -> bool:
    return any(
        nudge.kind is NudgeKind.EXERCISE and nudge.answer is not None and nudge.answer.kind is AnswerKind.DONE
        for nudge in manuscript.program.nudges
    )
