"""What is asked of the texts of a program. One rule, one function; `coach.content.check` lists them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from jinja2 import TemplateSyntaxError, meta

from coach.content.faults import Fault
from coach.content.manuscript import Manuscript
from coach.content.messages import Needed, needed, template_file
from coach.content.templates import FEEDBACK_KEYS, GOAL_VARIABLES, TextError, Texts, environment
from coach.content.validate import did_you_mean
from coach.content.vocabulary import ANSWER_FORMATS, SUBSTITUTES
from coach.domain.clinic_words import unworded
from coach.domain.conditions import FACTS
from coach.domain.program import AnswerKind, Program
from coach.domain.segment import GSM_BASIC, GSM_EXTENDED, count

RARE_FACTOR = 2  # shared texts and instruments are rare and must say much: they may take twice a language's segments
LONGEST = {
    "name": "Maria Fernanda",
    "clinic": "Riverside Back & Spine Clinic",
    "phone": "+1 202-555-0143",
}
"""The longest plausible values of what a text may hold."""
LONGEST_OF_DIAL = {
    "until": "mié, 25 de nov",
    "next": "mié, 25 de nov, 11:30 a.m.",
    **dict.fromkeys(("at", "first", "last"), "11:30 a.m."),
    **dict.fromkeys(("days", "count", "times", "before", "now", "answers", "done", "kind"), 28),
    **dict.fromkeys(("minutes", "more"), 1440),
}


def missing_templates(manuscript: Manuscript) -> Iterator[Fault]:
    program = manuscript.program
    spared = {path for one in unworded(program, manuscript.templates) for path in one.paths}
    for number, language in enumerate(program.languages):
        folder = manuscript.messages / language
        if not folder.is_dir():
            what = f"the folder {folder} is missing"
            yield manuscript.fault(
                ("languages", number), "missing-folder", what, "write its texts, or take the language out"
            )
            continue
        kind_lines = folder / "feedback"
        if program.feedback and not kind_lines.is_dir():
            what = f"the folder {kind_lines} is missing: one kind line for each answer"
            yield manuscript.fault(
                ("languages", number), "missing-folder", what, "copy coach's own, or write 'feedback: false'"
            )
        for template in needed(program):
            if (template.key in FEEDBACK_KEYS and not kind_lines.is_dir()) or template.path in spared:
                continue
            file = template_file(manuscript.messages, template.path)
            if template.language == language and not file.is_file():
                loc = template.owner or ("languages", number)
                yield manuscript.fault(
                    loc, "missing-text", f"the text {file} is missing", "write it, or take its name out"
                )


def leftover_files(manuscript: Manuscript) -> Iterator[Fault]:
    """Files of the program that nothing names: most often a slip in a name."""
    named = {template.path for template in needed(manuscript.program)}
    for language in manuscript.program.languages:
        folder = manuscript.messages / language / manuscript.program.name
        for file in sorted(folder.rglob("*")):
            path = file.relative_to(manuscript.messages).with_suffix("").as_posix()
            if file.is_file() and (file.suffix != ".txt" or path not in named):
                yield Fault(
                    str(file), 1, 1, "leftover-file", "no nudge names this file", "name it as a variant, or take it out"
                )


def template_syntax(manuscript: Manuscript) -> Iterator[Fault]:
    for template, text in manuscript.written():
        error = _read(text)
        if isinstance(error, TemplateSyntaxError):
            end = sum(len(line) for line in text.splitlines(keepends=True)[: error.lineno])
            opened = max(text.rfind(mark, 0, end) for mark in ("{{", "{%", "{#"))
            what = f"the template cannot be read: {error.message}"
            remedy = "write a value as {{ name }}"
            yield manuscript.text_fault(template.path, max(opened, 0), "template-unreadable", what, remedy)


def undefined_variables(manuscript: Manuscript) -> Iterator[Fault]:
    for template, text in manuscript.written():
        # Where the goal itself could not be read, a text that names it is right all the same.
        known = (
            template.variables
            if manuscript.whole
            else template.variables | GOAL_VARIABLES | frozenset().union(*FACTS.values())
        )
        for name in sorted(variables_of(text) - known):
            found = re.search(rf"\{{[{{%][^{{}}]*?\b({re.escape(name)})\b", text)
            offset = found.start(1) if found else 0
            what = f"the variable {name!r} is not known in this text"
            remedy = (
                _condition_for(name, template)
                or did_you_mean(name, tuple(known))
                or f"use one of: {', '.join(sorted(known))}"
            )
            yield manuscript.text_fault(template.path, offset, "unknown-variable", what, remedy)


def _condition_for(name: str, template: Needed) -> str | None:
    """The condition under which a nudge's text has that value; None where none gives it."""
    words = [f"{word}: true" for word, given in FACTS.items() if name in given]
    if not words or template.owner[:1] != ("nudges",):
        return None
    listed = " or list the nudge below goal" if name == "goal" and "follow_ups" not in template.owner else ""
    return f"write the condition that gives it: when: {{{'} or {'.join(words)}}}{listed}"


def variables_of(text: str) -> frozenset[str]:
    """The values that a template names; none where it cannot be read."""
    named = _read(text)
    return frozenset() if isinstance(named, TemplateSyntaxError) else named


@lru_cache(maxsize=4096)  # many rules ask it of each text
def _read(text: str) -> frozenset[str] | TemplateSyntaxError:
    try:
        return frozenset(meta.find_undeclared_variables(environment({}).parse(text)))
    except TemplateSyntaxError as error:
        return error


def empty_texts(manuscript: Manuscript) -> Iterator[Fault]:
    for template, text in manuscript.written():
        if not text.strip():
            yield manuscript.text_fault(
                template.path, 0, "empty-text", "the text is empty", "write it, or take its name out"
            )


def segments(manuscript: Manuscript) -> Iterator[Fault]:
    """Too many segments, counted with the longest plausible values."""
    texts = Texts(manuscript.templates)
    for template, text in manuscript.written():
        limit = manuscript.program.limits.segments.get(template.language)
        if limit is None or variables_of(text) - template.variables:
            continue
        try:
            size = count(texts.render(template.key, template.language, longest(manuscript.program)))
        except TextError:
            continue  # other rules say why
        allowed = limit * RARE_FACTOR if template.shared or template.verbatim else limit
        if size.segments > allowed:
            what = f"the text takes {size.segments} segments ({size.units} units of {size.encoding}), {allowed} allowed"
            yield manuscript.text_fault(
                template.path, 0, "too-many-segments", what, "make it shorter, or use plainer characters"
            )


def longest(program: Program) -> dict[str, object]:
    """The longest plausible values for the texts of a program."""
    goal = program.goal.cap if program.goal else 0
    title = max(program.title.values(), key=len, default="")
    return {
        **LONGEST,
        "goal": goal,
        "began": goal,
        "program": title,
        "per_week": program.limits.per_week,
        **LONGEST_OF_DIAL,
    }


def unreadable_rendering(manuscript: Manuscript) -> Iterator[Fault]:
    """Templates of good form and known variables that fail all the same, such as {{ 1 / 0 }}."""
    texts = Texts(manuscript.templates)
    for template, text in manuscript.written():
        if isinstance(_read(text), TemplateSyntaxError) or variables_of(text) - template.variables:
            continue  # other rules say why
        try:
            texts.render(template.key, template.language, longest(manuscript.program))
        except TextError as error:
            yield manuscript.text_fault(
                template.path, 0, "template-fails", str(error).split("; ")[0], "use plain {{ name }} values"
            )


def costly_characters(manuscript: Manuscript) -> Iterator[Fault]:
    """A character outside the GSM alphabet leaves 70 of 160 characters a segment; Spanish accents are worth it."""
    for template, text in manuscript.written():
        strange = [char for char in dict.fromkeys(text) if char not in GSM_BASIC | GSM_EXTENDED]
        if template.language != "en" and any(char.isalpha() for char in strange):
            continue
        for char in strange:
            what = f"the character {char!r} (U+{ord(char):04X}) makes every segment less than half as long"
            better = SUBSTITUTES.get(char)
            remedy = f"write {better} instead" if better else "leave it out"
            yield manuscript.text_fault(template.path, text.index(char), "costly-character", what, remedy)


def answer_format(manuscript: Manuscript) -> Iterator[Fault]:
    """Each question shows how to answer it (Shimoni 2020: choices in the same text)."""
    for template, text in manuscript.written():
        kind = _asked(template)
        if kind is None or not text.strip():
            continue
        pattern, example = ANSWER_FORMATS[kind, template.language]
        if not pattern.search(text):
            what = f"the text asks for {kind.value} and does not show its answer format"
            yield manuscript.text_fault(template.path, 0, "no-answer-format", what, f"add, for example: {example}")


def _asked(template: Needed) -> AnswerKind | None:
    """The kind of answer that a text asks for; re-asks and reminders carry it in their key."""
    if template.answer:
        return template.answer.kind
    asks, _, kind = template.key.removeprefix("shared/").partition("_")
    return AnswerKind(kind) if template.shared and asks in {"unclear", "reminder"} else None
