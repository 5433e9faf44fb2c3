"""Which texts of a program say something else in another version of it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coach.domain.program import Item, Nudge, Program
from coach.domain.version import words_key

_LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True)
class Example:
    """One text by its path in the new version (in the old one, where it is gone): as it was and as it is, or None."""

    path: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Reworded:
    """How many texts of a nudge or question (none: those of no program) are other words in one language, in words."""

    name: str
    language: str
    what: str
    example: Example


def words_changed(
    before: Program,
    after: Program,
    old_texts: Mapping[str, str],
    new_texts: Mapping[str, str],
    names: Mapping[str, str],
) -> Iterator[Reworded]:
    """For each nudge, question and language the texts that are new, gone or different; shared texts come last.

    A text that says the same under another path of its nudge is not different. Nudges that come in or are taken out
    are left aside: that is said of them already.
    """
    old = {one.name: one for one in before.texts()}
    for one in after.texts():
        was = old.get(names.get(one.name, one.name))
        if was is not None:
            for language in (code for code in after.languages if code in before.languages):
                then = _texts(before, was, language, old_texts)
                now = _texts(after, one, language, new_texts)
                yield from _reworded(_owner(after, one), language, one.name, then, now)
    for language in (code for code in after.languages if code in before.languages):
        shared = [_shared(texts, language, (before.name, after.name)) for texts in (old_texts, new_texts)]
        yield from _reworded("", language, "answers and reminders", *shared)


def _owner(program: Program, one: Nudge | Item) -> str:
    """The nudge's own name, or that of the check-in whose question it is."""
    of = (check_in.name for check_in in program.check_ins if any(item.name == one.name for item in check_in.items))
    return one.name if isinstance(one, Nudge) else next(of, one.name)


def _texts(program: Program, one: Nudge | Item, language: str, texts: Mapping[str, str]) -> dict[str, str]:
    sets = [one.variants]
    if isinstance(one, Nudge):
        sets += [*(each.variants for each in one.instead), *(each.variants for each in one.follow_ups)]
    paths = (f"{language}/{program.text_key(one.name, variant)}" for variants in sets for variant in variants)
    return {path: texts[path] for path in paths if path in texts}


def _shared(texts: Mapping[str, str], language: str, programs: tuple[str, str]) -> dict[str, str]:
    own = tuple(f"{language}/{name}/" for name in programs)
    return {path: text for path, text in texts.items() if path.startswith(f"{language}/") and not path.startswith(own)}


def _reworded(
    owner: str, language: str, name: str, then: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[Reworded]:
    said, says = ({words_key(text) for text in texts.values()} for texts in (then, now))
    fresh = [path for path, text in now.items() if words_key(text) not in said]
    gone = [path for path, text in then.items() if words_key(text) not in says]
    marks = [path for path, text in now.items() if path in then and then[path] != text and path not in fresh]
    marks = [path for path in marks if words_key(then[path]) == words_key(now[path])]
    if fresh or gone or marks:
        changed = sum(_tail(path) in {_tail(one) for one in gone} for path in fresh) + len(marks)
        new, out = len(fresh) - (changed - len(marks)), len(gone) - (changed - len(marks))
        counts = ((changed, "changed"), (new, "new"), (out, "taken out"))
        told = ", ".join(f"{count} {how}" for count, how in counts if count)
        path = [*fresh, *marks, *gone][0]
        was = then.get(path) or next((then[one] for one in gone if _tail(one) == _tail(path)), None)
        spoken = name.replace("-", " ").replace("_", " ")
        what = f"words of {spoken} in {_LANGUAGES.get(language, language)}: {told}"
        yield Reworded(owner, language, what, Example(path, was, now.get(path)))


def _tail(path: str) -> str:
    return path.rsplit("/", 1)[-1]
