"""What is asked of follow-ups, the texts in return for an answer. One rule, one function; the check lists them."""

import re
from collections.abc import Iterator

from coach.content.document import Loc
from coach.content.faults import Fault
from coach.content.manuscript import Manuscript
from coach.content.rules_tailoring import covers
from coach.domain.program import AnswerKind, FollowUp, Nudge

SAID: dict[AnswerKind, tuple[str, ...]] = {
    AnswerKind.YES_NO: ("yes", "no"),
    AnswerKind.DONE: ("done", "partial", "not_done"),
}
MINUTES = (0, 1440)
_SCALE = re.compile(r"scale_(\d+)_(\d+)")


def numbers(kind: AnswerKind) -> tuple[int, int] | None:
    """The least and the greatest number that answers such a question; None where numbers are no answers."""
    scale = _SCALE.fullmatch(kind.value)
    if scale:
        return int(scale[1]), int(scale[2])
    return MINUTES if kind is AnswerKind.MINUTES else None


def _follow_ups(manuscript: Manuscript) -> Iterator[tuple[Loc, Nudge, int, FollowUp]]:
    for number, nudge in enumerate(manuscript.program.nudges):
        for place, one in enumerate(nudge.follow_ups):
            yield ("nudges", number, "follow_ups", place), nudge, place, one


def follow_ups_asked(manuscript: Manuscript) -> Iterator[Fault]:
    for number, nudge in enumerate(manuscript.program.nudges):
        if nudge.follow_ups and nudge.answer is None:
            loc = ("nudges", number, "follow_ups")
            what = f"{nudge.name} asks nothing, so that nobody answers it"
            remedy = "give it an answer, or take the follow-ups out"
            yield manuscript.fault(loc, "follow-up-unasked", what, remedy, at_key=True)


def follow_up_answers(manuscript: Manuscript) -> Iterator[Fault]:
    """A follow-up is for answers that its question can get."""
    for loc, nudge, _, one in _follow_ups(manuscript):
        if nudge.answer is None:
            continue
        known = SAID.get(nudge.answer.kind, ())
        for number, said in enumerate(one.answers or ()):
            if said not in known:
                what = f"a question for {nudge.answer.kind.value} is never answered with {said!r}"
                remedy = f"use one of: {', '.join(known)}" if known else _instead_of_words(nudge.answer.kind)
                yield manuscript.fault((*loc, "answers", number), "follow-up-answer", what, remedy)


def _instead_of_words(kind: AnswerKind) -> str:
    return "write at_least or at_most" if numbers(kind) else "take the follow-up out"


def follow_up_ranges(manuscript: Manuscript) -> Iterator[Fault]:
    for loc, nudge, _, one in _follow_ups(manuscript):
        if nudge.answer is None:
            continue
        kind, bounds = nudge.answer.kind, numbers(nudge.answer.kind)
        for key, number in (("at_least", one.at_least), ("at_most", one.at_most)):
            if number is None:
                continue
            if bounds is None:
                what = f"a question for {kind.value} is never answered with a number"
                remedy = "write answers: [...]" if kind in SAID else "take the follow-up out"
                yield manuscript.fault((*loc, key), "follow-up-range", what, remedy)
                break
            if not bounds[0] <= number <= bounds[1]:
                what = f"{number} lies outside of {bounds[0]} to {bounds[1]}, which answer {kind.value}"
                yield manuscript.fault((*loc, key), "follow-up-range", what, "write a number that can be answered")


def _taken(one: FollowUp, kind: AnswerKind) -> set[str | int]:
    """All answers that a follow-up is for."""
    if one.answers is not None:
        return {*one.answers}
    bounds = numbers(kind)
    if bounds is None:
        return set()
    least = bounds[0] if one.at_least is None else one.at_least
    most = bounds[1] if one.at_most is None else one.at_most
    return {*range(least, most + 1)}


def follow_ups_reached(manuscript: Manuscript) -> Iterator[Fault]:
    """The first that fits is sent: what is left to a later one may be nothing."""
    for loc, nudge, place, one in _follow_ups(manuscript):
        if nudge.answer is None:
            continue
        weeks = {*nudge.weeks} | {week + 1 for week in nudge.weeks}
        own = _taken(one, nudge.answer.kind)
        left = set(own)
        for before in nudge.follow_ups[:place]:
            if covers(before.when, one.when, manuscript, weeks):
                left -= _taken(before, nudge.answer.kind)
        if own and not left:
            what = "the follow-ups before this one take all that it is for"
            remedy = "put the narrower one first, or take one out"
            yield manuscript.fault(loc, "follow-up-unreached", what, remedy)
