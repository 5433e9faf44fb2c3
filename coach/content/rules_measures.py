"""What is asked of instruments and of the words that a clinic enters. One rule, one function; the check lists them."""

from collections.abc import Iterator

from coach.content.faults import Fault
from coach.content.manuscript import Manuscript
from coach.content.messages import template_file
from coach.content.vocabulary import AVOIDED
from coach.domain.alerts.rules import NEEDS
from coach.domain.clinic_words import to_enter, unworded
from coach.domain.measures import OF_MANY
from coach.domain.program import Item, Program

PAGE = "docs/care-team/measures.md"


def instruments_torn(manuscript: Manuscript) -> Iterator[Fault]:
    """An instrument is scored from all its items, asked together and in their order."""
    for number, check_in in enumerate(manuscript.program.check_ins):
        for instrument in OF_MANY:
            places = [place for place, item in enumerate(check_in.items) if item.measure in instrument.items]
            if not places:
                continue
            row = check_in.items[places[0] : places[-1] + 1]
            weeks = {tuple(sorted(item.weeks or check_in.weeks)) for item in row}
            if tuple(item.measure for item in row) != instrument.items or len(weeks) > 1:
                listed = ", ".join(instrument.items)
                what = f"the {instrument.title} is {listed}, one after the other in one check-in and in the same weeks"
                remedy = "ask them so, or take their measure out"
                loc = ("check_ins", number, "items", places[0], "measure")
                yield manuscript.fault(loc, "instrument-torn", what, remedy)


def partly_worded(manuscript: Manuscript) -> Iterator[Fault]:
    """The clinic has entered some words of an instrument, and not all."""
    for one in unworded(manuscript.program, manuscript.templates):
        lacking = one.lacking(manuscript.templates)
        if len(lacking) < len(one.paths):
            first = template_file(manuscript.messages, lacking[0])
            what = f"of {one.title}, {len(one.paths) - len(lacking)} of {len(one.paths)} texts are there"
            more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
            number = manuscript.program.check_ins.index(one.check_in)
            loc = ("check_ins", number, "items", one.places[0], "words")
            remedy = f"write {first}{more}, or take all of them out"
            yield manuscript.fault(loc, "instrument-partly-worded", what, remedy)


def may_open(manuscript: Manuscript) -> Iterator[Fault]:
    """Where the words of the first questions lack, the next one opens the check-in: it is asked in all its weeks."""
    entered = {(one.check_in.name, place) for one in to_enter(manuscript.program) for place in one.places}
    for number, check_in in enumerate(manuscript.program.check_ins):
        for place, item in enumerate(check_in.items):
            if place and _narrow(item, check_in.weeks):
                what = f"{item.name} opens the check-in while the words before it lack, and is not asked in all weeks"
                loc = ("check_ins", number, "items", place, "weeks")
                yield manuscript.fault(loc, "item-week", what, "begin with a question of all weeks")
            if (check_in.name, place) not in entered:
                break


def _narrow(item: Item, weeks: list[int]) -> bool:
    return item.weeks is not None and not {*weeks} <= {*item.weeks}


def notes(manuscript: Manuscript) -> tuple[str, ...]:
    """Lines for the care team that are no faults: what is left out, and what a lock screen may show."""
    return (*_left_out(manuscript), *_on_lock_screens(manuscript))


def _left_out(manuscript: Manuscript) -> Iterator[str]:
    gone = unworded(manuscript.program, manuscript.templates)
    if not gone:
        return
    paths = [path for one in gone for path in one.lacking(manuscript.templates)]
    named = ", ".join(f"{one.title} of {one.check_in.name}" for one in gone)
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    unfed = _unfed(manuscript.program, {(one.check_in.name, place) for one in gone for place in one.places})
    silent = f" until then {', '.join(unfed)} never {'speaks' if len(unfed) == 1 else 'speak'} up;" if unfed else ""
    file = template_file(manuscript.messages, paths[0])
    yield f"left out, for want of words that your clinic enters: {named};{silent} write {file}{more}; see {PAGE}"


def _on_lock_screens(manuscript: Manuscript) -> Iterator[str]:
    (pattern,) = (pattern for kind, pattern, _, _ in AVOIDED if kind == "diagnosis")
    named = [
        template.path
        for template, text in manuscript.written()
        if template.verbatim and pattern.search(text) is not None
    ]
    if named:
        more = f" and {len(named) - 1} more" if len(named) > 1 else ""
        file = template_file(manuscript.messages, named[0])
        yield f"an instrument's words in {file}{more} name a diagnosis, and may be read on a lock screen; see {PAGE}"


def _unfed(program: Program, gone: set[tuple[str, int]]) -> list[str]:
    """The alert rules that read what is left out, and nowhere else finds it."""
    asked = {
        item.measure
        for check_in in program.check_ins
        for place, item in enumerate(check_in.items)
        if (check_in.name, place) not in gone
    }
    return [rule.kind for rule in program.alerts if not asked.issuperset(NEEDS.get(rule.kind, ()))]
