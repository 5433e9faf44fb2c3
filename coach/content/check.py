"""The check of a program and its messages before it is published: every fault at once.

A new rule is a function from a manuscript to its faults, and a line in the table below.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.content import (
    rules_alerts,
    rules_follow_ups,
    rules_measures,
    rules_plan,
    rules_tailoring,
    rules_text,
    rules_words,
)
from coach.content.faults import Fault, in_order
from coach.content.manuscript import Manuscript
from coach.content.messages import read_templates
from coach.content.programs import read_program
from coach.domain.clinic_words import without_unworded
from coach.domain.program import Program

Rule = Callable[[Manuscript], Iterator[Fault]]

RULES: tuple[Rule, ...] = (
    rules_plan.names_twice,
    rules_plan.entries_twice,
    rules_plan.weeks_beyond,
    rules_plan.themes,
    rules_plan.item_weeks,
    rules_plan.check_in_kind,
    rules_plan.fresh_words,
    rules_plan.slots_in_hours,
    rules_plan.reminders,
    rules_plan.burden,
    rules_plan.minutes_between,
    rules_alerts.alerts_twice,
    rules_alerts.measures_twice,
    rules_alerts.measures_are_numbers,
    rules_measures.instruments_torn,
    rules_measures.partly_worded,
    rules_measures.may_open,
    rules_text.missing_templates,
    rules_text.template_syntax,
    rules_text.undefined_variables,
    rules_text.unreadable_rendering,
    rules_text.empty_texts,
    rules_text.segments,
    rules_text.costly_characters,
    rules_text.answer_format,
    rules_words.seized_words,
    rules_words.avoided_words,
    rules_words.invitation,
    rules_words.repeated_texts,
    rules_words.reading_grade,
    rules_words.values_differ,
    rules_words.dose_advice,
    rules_tailoring.condition_weeks,
    rules_tailoring.contradictions,
    rules_tailoring.instead_unreached,
    rules_tailoring.variants_shared,
    rules_follow_ups.follow_up_answers,
    rules_follow_ups.follow_up_ranges,
    rules_follow_ups.follow_ups_reached,
)
"""Rules that judge what is there, so that they hold for what can be read of a faulty file too."""

WHOLE: tuple[Rule, ...] = (
    rules_plan.dead_weeks,
    rules_plan.languages_complete,
    rules_plan.presets_known,
    rules_plan.goal_nudges,
    rules_plan.goal_has_baseline,
    rules_tailoring.conditions_without_goal,
    rules_tailoring.condition_languages,
    rules_follow_ups.follow_ups_asked,
    rules_alerts.alerts_are_fed,
    rules_text.leftover_files,
)
"""Rules that miss what is not there: they wait until all of the file can be read."""


@dataclass(frozen=True)
class Checked:
    """What a check found: the program where it could be read, its templates by path, and the faults in order.

    The program is without what lacks words that the clinic enters; `notes` says so, a line each.
    """

    program: Program | None
    templates: Mapping[str, str]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...] = ()


def check_program(path: Path, messages: Path) -> Checked:
    """The program file at `path` with its messages, and everything that is wrong in them."""
    draft = read_program(path)
    if draft.program is None:
        return Checked(None, {}, in_order(draft.document.faults))
    faults = draft.document.faults
    templates = read_templates(messages, draft.program, faults)
    manuscript = Manuscript(draft.document, draft.program, messages, templates, draft.whole)
    for rule in RULES + (WHOLE if draft.whole else ()):
        faults.extend(rule(manuscript))
    program = without_unworded(draft.program, templates)
    return Checked(program, templates, in_order(faults), rules_measures.notes(manuscript))
