"""Which nudge is to help against what, in which weeks, and where that is shown: a page out of a program."""

from collections.abc import Iterator

from coach.domain.mechanism import WORDS, Mechanism
from coach.domain.owed_words import days_words, title_of, weeks_words
from coach.domain.program import CheckIn, Nudge, Program
from coach.domain.text_words import KINDS, MEASURES, text_name

HEAD = "| what it is to help against | nudge | when | shown in |\n| --- | --- | --- | --- |"


def mechanism_map(program: Program) -> str:
    """The page: mechanism by mechanism, then week by week, then what is asked on check-ins and what has no reason."""
    parts = [f"# {title_of(program)}: what is for what", _mechanisms(program), _weeks(program)]
    parts += [part for part in (_check_ins(program), _without(program)) if part]
    return "\n\n".join(parts) + "\n"


def unnamed(program: Program) -> list[str]:
    """The nudges that do not say what they are for."""
    return [nudge.name for nudge in program.nudges if nudge.why is None]


def _mechanisms(program: Program) -> str:
    return "\n".join([HEAD, *(row for mechanism in Mechanism for row in _rows(program, mechanism))])


def _rows(program: Program, mechanism: Mechanism) -> Iterator[str]:
    for nudge in program.nudges:
        if nudge.why is not None and nudge.why.mechanism is mechanism:
            yield f"| {WORDS[mechanism]} | {_named(nudge)} | {_when(nudge)} | {nudge.why.source} |"


def _named(nudge: Nudge) -> str:
    return f"{text_name(nudge.name)} ({KINDS[nudge.kind].lower()})"


def _when(text: Nudge | CheckIn) -> str:
    return f"{weeks_words(text.weeks)}, {days_words(text.days)}"


def _weeks(program: Program) -> str:
    """What each week brings, in the order of its days."""
    rows = ["## Week by week", "", "| week | theme | nudges |", "| --- | --- | --- |"]
    for week in range(1, program.weeks + 1):
        names = [text_name(nudge.name) for nudge in program.nudges if week in nudge.weeks]
        theme = program.themes[week - 1] if week <= len(program.themes) else ""
        rows.append(f"| {week} | {theme} | {', '.join(names)} |")
    return "\n".join(rows)


def _check_ins(program: Program) -> str:
    rows = [
        f"| {text_name(check_in.name, item.name)} | {_measured(item.measure)} | "
        f"{weeks_words(item.weeks or check_in.weeks)}, {days_words(check_in.days)} |"
        for check_in in program.check_ins
        for item in check_in.items
    ]
    return (
        "\n".join(["## Check-ins", "", "| question | measures | when |", "| --- | --- | --- |", *rows]) if rows else ""
    )


def _measured(measure: object) -> str:
    return next((words.lower() for one, words in MEASURES.items() if one == measure), "")


def _without(program: Program) -> str:
    names = unnamed(program)
    return f"Without a reason so far: {', '.join(names)}." if names else ""
