"""What is asked of conditions and of other words for some. One rule, one function; the check lists them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from coach.content.document import Loc
from coach.content.faults import Fault
from coach.content.manuscript import Manuscript
from coach.domain.program import CheckIn, Nudge, When

ABOUT_GOAL = ("goal_reached", "goal_grown", "went_over")
ABOUT_RECORD = ("in_flare", "answered_last_week", *ABOUT_GOAL)
ENTAILS: Mapping[str, str] = {"went_over": "goal_reached", "goal_reached": "answered_last_week"}
"""What is so wherever another is: well over the goal is at the goal too, and both were said in an answer."""


class Condition(NamedTuple):
    """One `when` of a program."""

    loc: Loc
    when: When
    timed: Nudge | CheckIn
    later: bool = False  # looked at when the answer comes, and not when the text leaves

    @property
    def around(self) -> When | None:
        """The condition of the whole nudge, where this one stands within it."""
        return self.timed.when if len(self.loc) > len(("nudges", 0, "when")) and not self.later else None


def conditions(manuscript: Manuscript) -> Iterator[Condition]:
    """All conditions, in the order of the file."""
    timed: list[tuple[Loc, Nudge | CheckIn]] = [
        *((("nudges", number), nudge) for number, nudge in enumerate(manuscript.program.nudges)),
        *((("check_ins", number), check_in) for number, check_in in enumerate(manuscript.program.check_ins)),
    ]
    for loc, one in timed:
        if one.when is not None:
            yield Condition((*loc, "when"), one.when, one)
        if isinstance(one, Nudge):
            for place, other in enumerate(one.instead):
                yield Condition((*loc, "instead", place, "when"), other.when, one)
            for place, follow_up in enumerate(one.follow_ups):
                if follow_up.when is not None:
                    yield Condition((*loc, "follow_ups", place, "when"), follow_up.when, one, later=True)


def conditions_without_goal(manuscript: Manuscript) -> Iterator[Fault]:
    """A condition about the goal holds for nobody while there is none."""
    for one in conditions(manuscript) if manuscript.program.goal is None else ():
        for word in ABOUT_GOAL:
            if getattr(one.when, word) is not None:
                what = f"{word} is about the goal, and the program has none"
                remedy = "write a goal, or take the condition out"
                yield manuscript.fault((*one.loc, word), "condition-without-goal", what, remedy)


def condition_languages(manuscript: Manuscript) -> Iterator[Fault]:
    for one in conditions(manuscript):
        language = one.when.language
        if language is not None and language not in manuscript.program.languages:
            what = f"the program is not written in {language!r}"
            remedy = "take the condition out, or add the language"
            yield manuscript.fault((*one.loc, "language"), "condition-language", what, remedy)


def condition_weeks(manuscript: Manuscript) -> Iterator[Fault]:
    """Weeks of a condition are weeks in which the text is sent; an answer may come in the week after."""
    last = manuscript.program.weeks
    for one in conditions(manuscript):
        sent = {*one.timed.weeks} | ({week + 1 for week in one.timed.weeks} if one.later else set())
        for number, week in enumerate(one.when.weeks or ()):
            loc = (*one.loc, "weeks", number)
            if week > last:
                what = f"the program has no week {week}, its last is {last}"
                yield manuscript.fault(loc, "week-beyond", what, "take the week out, or raise weeks")
            elif week not in sent:
                what = f"{one.timed.name} is not sent in week {week}"
                yield manuscript.fault(loc, "condition-week", what, "take the week out, or send it in that week")


def contradictions(manuscript: Manuscript) -> Iterator[Fault]:
    """A condition that can never hold, by itself or within its nudge's own."""
    for one in conditions(manuscript):
        words = contradiction(one.when, one.around)
        if words:
            remedy = "take one of the two out"
            yield manuscript.fault(one.loc, "condition-contradicts", f"this can never be so: {words}", remedy)


def contradiction(*whens: When | None) -> str | None:
    """In words, why these conditions cannot hold together; None where they can."""
    asked = [when for when in whens if when is not None]
    so = {word for when in asked for word in ABOUT_RECORD if getattr(when, word) is True}
    for word in tuple(so):
        so |= _entailed(word)
    for word in ABOUT_RECORD:
        if word in so and any(getattr(when, word) is False for when in asked):
            return f"{word} is asked to be true and false"
    languages = {when.language for when in asked if when.language is not None}
    if len(languages) > 1:
        return f"nobody is texted in {' and '.join(sorted(languages))}"
    weeks = [{*when.weeks} for when in asked if when.weeks is not None]
    return "no week is in all of its weeks" if weeks and not set.intersection(*weeks) else None


def _entailed(word: str) -> set[str]:
    found = set()
    while word in ENTAILS:
        word = ENTAILS[word]
        found.add(word)
    return found


def covers(wider: When | None, narrower: When | None, manuscript: Manuscript, weeks: set[int]) -> bool:
    """Whether `wider` holds wherever `narrower` does, in those weeks of the program."""
    if wider is None:
        return True
    so = {word for word in ABOUT_RECORD if narrower and getattr(narrower, word) is True}
    for word in tuple(so):
        so |= _entailed(word)
    for word in ABOUT_RECORD:
        wanted = getattr(wider, word)
        if wanted is True and word not in so:
            return False
        if wanted is False and (narrower is None or getattr(narrower, word) is not False):
            return False
    spoken = {narrower.language} if narrower and narrower.language else {*manuscript.program.languages}
    narrowed = weeks & {*narrower.weeks} if narrower and narrower.weeks else weeks
    return (wider.language is None or spoken == {wider.language}) and (
        wider.weeks is None or narrowed <= {*wider.weeks}
    )


def instead_unreached(manuscript: Manuscript) -> Iterator[Fault]:
    """Where the words before them always fit too, other words have no turn of their own."""
    for number, nudge in enumerate(manuscript.program.nudges):
        for place, one in enumerate(nudge.instead):
            for earlier, before in enumerate(nudge.instead[:place]):
                if covers(before.when, one.when, manuscript, {*nudge.weeks}):
                    loc = ("nudges", number, "instead", place, "when")
                    what = f"the words of place {earlier + 1} are taken wherever these could be"
                    remedy = "put the narrower condition first, or take one out"
                    yield manuscript.fault(loc, "instead-unreached", what, remedy)
                    break


def variants_shared(manuscript: Manuscript) -> Iterator[Fault]:
    """A wording belongs to one place of its nudge, or its words would repeat, or be sent where they do not fit."""
    for number, nudge in enumerate(manuscript.program.nudges):
        seen = {*nudge.variants}
        for key in ("instead", "follow_ups"):
            for place, one in enumerate(getattr(nudge, key)):
                for which, variant in enumerate(one.variants):
                    if variant in seen:
                        loc: Loc = ("nudges", number, key, place, "variants", which)
                        what = f"the wording {variant!r} has another place in {nudge.name}"
                        yield manuscript.fault(loc, "variant-shared", what, "give each place wordings of its own")
                seen |= {*one.variants}
