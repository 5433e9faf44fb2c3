"""Questions whose words the clinic enters: until all of an instrument's are there, the program goes without them. Pure.

coach brings no words that it may not: see `coach.domain.measures`. A part of an instrument is of no use, so that it is
left out whole.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from coach.domain.measures import instrument_of
from coach.domain.program import CheckIn, Item, Program


@dataclass(frozen=True)
class Entered:
    """What belongs together in one check-in: `places` of its items, and the paths of all their texts, without .txt."""

    check_in: CheckIn
    title: str
    places: tuple[int, ...]
    paths: tuple[str, ...]

    def lacking(self, present: Collection[str]) -> tuple[str, ...]:
        """The texts that are not there."""
        return tuple(path for path in self.paths if path not in present)


def to_enter(program: Program) -> Iterator[Entered]:
    """All that the clinic enters, instrument by instrument; an item without a measure stands alone."""
    for check_in in program.check_ins:
        titles = [_title(item) for item in check_in.items]
        entered = (title for title, item in zip(titles, check_in.items, strict=True) if item.words == "clinic")
        for title in dict.fromkeys(entered):
            places = tuple(place for place, one in enumerate(titles) if one == title)
            yield Entered(check_in, title, places, tuple(_paths(program, check_in, places)))


def is_verbatim(item: Item) -> bool:
    """Whether its words are an instrument's own, as the clinic has them: nobody may put them otherwise."""
    return item.words == "clinic" and item.measure is not None and instrument_of(item.measure).words == "clinic"


def _title(item: Item) -> str:
    return item.name if item.measure is None else instrument_of(item.measure).title


def _paths(program: Program, check_in: CheckIn, places: Collection[int]) -> Iterator[str]:
    only = check_in.when.language if check_in.when else None
    for language in program.languages:
        if only in {None, language}:
            for item in (check_in.items[place] for place in places):
                for variant in item.variants:
                    yield f"{language}/{program.text_key(item.name, variant)}"


def unworded(program: Program, present: Collection[str]) -> tuple[Entered, ...]:
    """Those of which a text lacks; `present` are the paths of the texts that are there."""
    return tuple(one for one in to_enter(program) if one.lacking(present))


def without_unworded(program: Program, present: Collection[str]) -> Program:
    """The program as it can be sent: without what lacks words, nor a check-in that has no question left."""
    gone = {(one.check_in.name, place) for one in unworded(program, present) for place in one.places}
    if not gone:
        return program
    check_ins = []
    for check_in in program.check_ins:
        left = [item for place, item in enumerate(check_in.items) if (check_in.name, place) not in gone]
        if left:
            check_ins.append(check_in.model_copy(update={"items": left}))
    return program.model_copy(update={"check_ins": check_ins})
