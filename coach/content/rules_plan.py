"""What is asked of the plan of a program. One rule, one function; `coach.content.check` lists them."""

from collections.abc import Iterator
from datetime import time

from coach.content.document import Loc
from coach.content.faults import Fault
from coach.content.manuscript import Manuscript
from coach.content.rules_tailoring import conditions
from coach.content.validate import did_you_mean
from coach.domain.burden import busiest_day, busiest_week, crowded
from coach.domain.program import AnswerKind, CheckIn, Item, Nudge, NudgeKind

NEVER_REMINDED = frozenset({NudgeKind.JOURNALING, NudgeKind.SELF_COMPASSION, NudgeKind.REFRAME})
ENOUGH_BASELINE = 3  # answers, as coach.domain.goal asks


def _timed(manuscript: Manuscript) -> Iterator[tuple[Loc, Nudge | CheckIn]]:
    for number, nudge in enumerate(manuscript.program.nudges):
        yield ("nudges", number), nudge
    for number, check_in in enumerate(manuscript.program.check_ins):
        yield ("check_ins", number), check_in


def _worded(manuscript: Manuscript) -> Iterator[tuple[Loc, Nudge | Item]]:
    for number, nudge in enumerate(manuscript.program.nudges):
        yield ("nudges", number), nudge
    for number, check_in in enumerate(manuscript.program.check_ins):
        for item_number, item in enumerate(check_in.items):
            yield ("check_ins", number, "items", item_number), item


def names_twice(manuscript: Manuscript) -> Iterator[Fault]:
    """Nudges, check-ins and items share one room: a name says which messages folder and which answers are meant."""
    items = [(loc, text) for loc, text in _worded(manuscript) if isinstance(text, Item)]
    seen = {"shared"}
    for loc, named in [*_timed(manuscript), *items]:
        if named.name in seen:
            yield manuscript.fault(
                (*loc, "name"), "name-taken", f"the name {named.name!r} is taken", "choose another name"
            )
        seen.add(named.name)


def entries_twice(manuscript: Manuscript) -> Iterator[Fault]:
    lists: list[tuple[Loc, list[object]]] = [(("languages",), [*manuscript.program.languages])]
    for loc, timed in _timed(manuscript):
        lists += [((*loc, "weeks"), [*timed.weeks]), ((*loc, "days"), [*timed.days])]
    lists += [((*loc, "weeks"), [*(item.weeks or ())]) for loc, item in _worded(manuscript) if isinstance(item, Item)]
    lists += [((*loc, "variants"), [*worded.variants]) for loc, worded in _worded(manuscript)]
    lists += _of_nudges(manuscript)
    for loc, entries in lists:
        for number, entry in enumerate(entries):
            if entry in entries[:number]:
                yield manuscript.fault(
                    (*loc, number), "listed-twice", f"{entry} stands in this list twice", "take one out"
                )


def _of_nudges(manuscript: Manuscript) -> Iterator[tuple[Loc, list[object]]]:
    """The lists of other words, follow-ups and conditions."""
    for one in conditions(manuscript):
        yield (*one.loc, "weeks"), [*(one.when.weeks or ())]
    for number, nudge in enumerate(manuscript.program.nudges):
        for place, other in enumerate(nudge.instead):
            yield ("nudges", number, "instead", place, "variants"), [*other.variants]
        for place, follow_up in enumerate(nudge.follow_ups):
            yield ("nudges", number, "follow_ups", place, "variants"), [*follow_up.variants]
            yield ("nudges", number, "follow_ups", place, "answers"), [*(follow_up.answers or ())]


def themes(manuscript: Manuscript) -> Iterator[Fault]:
    written, weeks = len(manuscript.program.themes), manuscript.program.weeks
    if written not in {0, weeks}:
        what = f"there are {written} themes for {weeks} weeks"
        yield manuscript.fault(("themes",), "themes-not-as-weeks", what, "write one for each week, or none")


def item_weeks(manuscript: Manuscript) -> Iterator[Fault]:
    """A question is asked in weeks of its check-in; the first one in all of them, since it opens the check-in."""
    for number, check_in in enumerate(manuscript.program.check_ins):
        for place, item in enumerate(check_in.items):
            loc: Loc = ("check_ins", number, "items", place, "weeks")
            for which, week in enumerate(item.weeks or ()):
                if week not in check_in.weeks:
                    what = f"{check_in.name} is not sent in week {week}"
                    yield manuscript.fault((*loc, which), "item-week", what, "take the week out, or add it above")
            if place == 0 and item.weeks is not None and not {*check_in.weeks} <= {*item.weeks}:
                what = f"{item.name} opens the check-in, and is not asked in all of its weeks"
                yield manuscript.fault(loc, "item-week", what, "take its weeks out, or begin with another question")


def weeks_beyond(manuscript: Manuscript) -> Iterator[Fault]:
    last = manuscript.program.weeks
    for loc, timed in _timed(manuscript):
        for number, week in enumerate(timed.weeks):
            if week > last:
                what = f"the program has no week {week}, its last is {last}"
                yield manuscript.fault(
                    (*loc, "weeks", number), "week-beyond", what, "take the week out, or raise weeks"
                )


def dead_weeks(manuscript: Manuscript) -> Iterator[Fault]:
    busy = {week for _, timed in _timed(manuscript) for week in timed.weeks}
    for week in sorted(set(range(1, manuscript.program.weeks + 1)) - busy):
        yield manuscript.fault(
            ("weeks",), "dead-week", f"nothing is sent in week {week}", "give it a nudge, or shorten the program"
        )


def check_in_kind(manuscript: Manuscript) -> Iterator[Fault]:
    for number, nudge in enumerate(manuscript.program.nudges):
        if nudge.kind is NudgeKind.CHECK_IN:
            yield manuscript.fault(
                ("nudges", number, "kind"),
                "nudge-as-check-in",
                "a nudge is not a check-in",
                "write its questions under check_ins",
            )


def fresh_words(manuscript: Manuscript) -> Iterator[Fault]:
    """A nudge's text never repeats to one person, so that it needs a variant for each time it is due.

    Plain ones must be enough: other words may not fit anybody, and follow-ups are sent beside them.
    """
    for number, nudge in enumerate(manuscript.program.nudges):
        weeks = {*nudge.weeks} & {*nudge.when.weeks} if nudge.when and nudge.when.weeks else {*nudge.weeks}
        times, variants = len(weeks) * len({*nudge.days}), len({*nudge.variants})
        if variants < times:
            what = f"{nudge.name} is due {times} times and has {variants} variants, but no text repeats to one person"
            yield manuscript.fault(
                ("nudges", number, "variants"), "too-few-variants", what, f"write {times - variants} more variants"
            )


def slots_in_hours(manuscript: Manuscript) -> Iterator[Fault]:
    hours = manuscript.program.hours
    for name in type(manuscript.program.slots).model_fields:
        at: time = getattr(manuscript.program.slots, name)
        if not hours.start <= at < hours.end:
            what = f"{name} {at:%H:%M} lies outside the hours {hours.start:%H:%M} to {hours.end:%H:%M}"
            yield manuscript.fault(("slots", name), "slot-outside-hours", what, "move the slot, or widen the hours")


def reminders(manuscript: Manuscript) -> Iterator[Fault]:
    """A reminder goes while its answer is waited for, and within the hours of the day on which it was asked.

    What asks for quiet words about oneself has none: to be reminded of kindness feels like a duty.
    """
    slots = {loc[:2]: timed.slot for loc, timed in _timed(manuscript)}
    end = manuscript.program.hours.end
    for loc, worded in _worded(manuscript):
        answer = worded.answer
        if answer is None or answer.reminder is None:
            continue
        place = (*loc, "answer", "reminder")
        if isinstance(worded, Nudge) and worded.kind in NEVER_REMINDED:
            what = f"a {worded.kind.value} nudge has no reminder: it is an offer, and never a duty"
            yield manuscript.fault(place, "reminder-of-an-offer", what, "take the reminder out")
            continue
        if answer.reminder >= answer.within:
            what = f"the reminder comes after the {answer.within} minutes in which the answer is waited for"
            yield manuscript.fault(place, "reminder-late", what, "remind earlier, or wait longer")
            continue
        at: time = getattr(manuscript.program.slots, slots[loc[:2]])
        if at < end and _minutes(at) + answer.reminder >= _minutes(end):
            what = (
                f"the reminder, {answer.reminder} minutes after {at:%H:%M}, lies outside the hours (until {end:%H:%M})"
            )
            yield manuscript.fault(place, "reminder-outside-hours", what, "remind earlier, or ask in an earlier slot")


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def languages_complete(manuscript: Manuscript) -> Iterator[Fault]:
    program = manuscript.program
    for key, written in (("title",), program.title), (("limits", "segments"), program.limits.segments):
        for language in dict.fromkeys(program.languages):
            if language not in written:
                what = f"{key[-1]} says nothing for the language {language!r}"
                yield manuscript.fault(key, "language-unsaid", what, f"add it: {language}: ...", at_key=True)


def presets_known(manuscript: Manuscript) -> Iterator[Fault]:
    known = tuple(timed.name for _, timed in _timed(manuscript))
    for preset, written in manuscript.program.presets.items():
        for number, name in enumerate(written.without):
            if name not in known:
                yield _unknown(manuscript, ("presets", preset, "without", number), name, known)


def _unknown(manuscript: Manuscript, loc: Loc, name: str, known: tuple[str, ...]) -> Fault:
    remedy = did_you_mean(name, known) or f"use one of: {', '.join(known)}"
    return manuscript.fault(loc, "unknown-nudge", f"there is no nudge {name!r}", remedy)


def goal_nudges(manuscript: Manuscript) -> Iterator[Fault]:
    """The goal's nudges exist and ask for minutes, the one unit of the goal."""
    goal = manuscript.program.goal
    if goal is None:
        return
    known = tuple(nudge.name for nudge in manuscript.program.nudges)
    places: list[tuple[Loc, str]] = [(("goal", "baseline"), goal.baseline)]
    places += [(("goal", "nudges", number), name) for number, name in enumerate(goal.nudges)]
    for loc, name in places:
        nudge = manuscript.program.nudge(name)
        if nudge is None:
            yield _unknown(manuscript, loc, name, known)
        elif nudge.answer is None or nudge.answer.kind is not AnswerKind.MINUTES:
            yield manuscript.fault(
                loc,
                "goal-without-minutes",
                f"the nudge {name!r} does not ask for minutes",
                "give it answer: kind: minutes",
            )
    if goal.baseline in goal.nudges:
        loc = ("goal", "nudges", goal.nudges.index(goal.baseline))
        yield manuscript.fault(
            loc, "baseline-names-goal", "the baseline's own nudge cannot name the goal", "take it out of this list"
        )


def goal_has_baseline(manuscript: Manuscript) -> Iterator[Fault]:
    """Before the goal is named there are enough baseline questions to make it from, in each preset."""
    program = manuscript.program
    baseline = program.nudge(program.goal.baseline) if program.goal else None
    goals = {*program.goal.nudges} - {program.goal.baseline} if program.goal else set()
    named = [nudge for nudge in program.nudges if nudge.name in goals]
    if baseline is None or not named:
        return
    first = min(week for nudge in named for week in nudge.weeks)
    asked = sum(week < first for week in {*baseline.weeks}) * len({*baseline.days})
    if asked < ENOUGH_BASELINE:
        what = (
            f"{asked} baseline questions come before week {first}, which names the goal; {ENOUGH_BASELINE} are needed"
        )
        yield manuscript.fault(
            ("goal", "baseline"), "too-few-baselines", what, "ask more often before it, or name the goal later"
        )
    for preset, written in program.presets.items():
        if baseline.name in written.without and not {nudge.name for nudge in named} <= {*written.without}:
            loc = ("presets", preset, "without", written.without.index(baseline.name))
            yield manuscript.fault(
                loc, "baseline-left-out", f"without {baseline.name} there is no goal to name", "leave it in"
            )


def burden(manuscript: Manuscript) -> Iterator[Fault]:
    """The plan itself fits its limits, whatever weekday it begins on."""
    program, limits = manuscript.program, manuscript.program.limits
    week, day, texts = busiest_day(program)
    if texts > limits.per_day:
        what = f"week {week} has {texts} texts on {day}, and {limits.per_day} a day are allowed"
        yield manuscript.fault(("limits", "per_day"), "burden-day", what, "take a nudge off that day, or raise per_day")
    texts, begins = busiest_week(program)
    if texts > limits.per_week:
        what = f"seven days of week {begins} on have {texts} texts, and {limits.per_week} a week are allowed"
        yield manuscript.fault(("limits", "per_week"), "burden-week", what, "take nudges out, or raise per_week")


def minutes_between(manuscript: Manuscript) -> Iterator[Fault]:
    places = {timed.name: loc for loc, timed in _timed(manuscript)}
    least = manuscript.program.limits.minutes_between
    for earlier, later, day, minutes in crowded(manuscript.program):
        what = f"on {day} {later} comes {minutes} minutes after {earlier}, with minutes_between {least}"
        yield manuscript.fault((*places[later], "slot"), "too-close", what, "choose another slot or day")
