"""Conditions, other words and follow-ups: what is right passes, and each slip is named."""

from pathlib import Path

import pytest

from coach.content.check import check_program
from tests.content.project import edit, write_project

WALK = "    variants: [a]\n    answer: {kind: minutes, within: 600}\ncheck_ins"
FOLLOW = "    answer: {{kind: {kind}, within: 600}}\n    follow_ups:\n{lines}check_ins"


def kinds(program: Path) -> list[str]:
    return [f.kind for f in check_program(program, program.parents[2] / "messages").faults if f.kind not in WORDS]


WORDS = {"missing-text", "leftover-file", "no-answer-format", "goal-without-minutes"}
"""What these projects have too, since their texts stay as they are."""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def conditioned(program: Path, *lines: str) -> list[str]:
    """The kinds of fault where the nudge of week 2 has these lines."""
    edit(program, WALK, WALK.replace("    answer", "".join(f"    {line}\n" for line in lines) + "    answer"))
    return kinds(program)


def followed(program: Path, kind: str, *follow_ups: str) -> list[str]:
    lines = "".join(f"      - {{{one}, variants: [f{number}]}}\n" for number, one in enumerate(follow_ups))
    edit(program, WALK, "    variants: [a]\n" + FOLLOW.format(kind=kind, lines=lines))
    return kinds(program)


@pytest.mark.parametrize(
    ("when", "instead"),
    [
        ("{weeks: [2]}", "{in_flare: true}"),
        ("{language: en}", "{goal_reached: true}"),
        ("{in_flare: false}", "{went_over: true}"),
        ("{answered_last_week: true}", "{goal_reached: false}"),
    ],
)
def test_conditions_that_can_hold_have_no_fault(program: Path, when: str, instead: str) -> None:
    assert conditioned(program, f"when: {when}", f"instead: [{{when: {instead}, variants: [b]}}]") == []


@pytest.mark.parametrize(
    ("when", "instead"),
    [
        ("{in_flare: true}", "{in_flare: false}"),
        ("{language: en}", "{language: es}"),
        ("{answered_last_week: false}", "{goal_reached: true}"),  # who reached it has answered
        ("{goal_reached: false}", "{went_over: true}"),
    ],
)
def test_conditions_that_exclude_each_other_are_a_fault(program: Path, when: str, instead: str) -> None:
    found = conditioned(program, f"when: {when}", f"instead: [{{when: {instead}, variants: [b]}}]")

    assert found == ["condition-contradicts"]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("in_flare: true", "in_flare: true, weeks: [2]", ["instead-unreached"]),
        ("in_flare: true, weeks: [2]", "in_flare: true", ["instead-unreached"]),  # the nudge has no other week
        ("answered_last_week: true", "went_over: true", ["instead-unreached"]),
        ("went_over: true", "answered_last_week: true", []),
        ("in_flare: true", "goal_grown: true", []),
        ("language: es", "in_flare: true", []),
    ],
)
def test_other_words_have_a_turn_unless_earlier_ones_always_take_it(
    program: Path, first: str, second: str, found: list[str]
) -> None:
    instead = f"[{{when: {{{first}}}, variants: [b]}}, {{when: {{{second}}}, variants: [c]}}]"

    assert conditioned(program, f"instead: {instead}") == found


@pytest.mark.parametrize(
    ("kind", "follow_ups", "found"),
    [
        ("yes_no", ["answers: [no]", "answers: [yes]"], []),
        ("yes_no", ["answers: [no]", "answers: [yes, no]"], []),
        ("yes_no", ["answers: [no], when: {in_flare: true}", "answers: [no]"], []),
        ("yes_no", ["answers: [no]", "answers: [no], when: {in_flare: true}"], ["follow-up-unreached"]),
        ("done", ["answers: [done, partial]", "answers: [not_done]", "answers: [partial]"], ["follow-up-unreached"]),
        ("done", ["answers: [yes]"], ["follow-up-answer"]),
        ("done", ["at_most: 3"], ["follow-up-range"]),
        ("text", ["answers: [yes]"], ["follow-up-answer"]),
        ("time", ["at_least: 7"], ["follow-up-range"]),
        ("scale_0_10", ["at_most: 3", "at_least: 7", "at_least: 4, at_most: 6"], []),
        ("scale_0_10", ["at_most: 5", "at_least: 6", "at_least: 4, at_most: 6"], ["follow-up-unreached"]),
        ("scale_0_10", ["at_least: 0"], []),
        ("scale_0_10", ["at_most: 11"], ["follow-up-range"]),
        ("scale_0_10", ["answers: [done]"], ["follow-up-answer"]),
        ("minutes", ["at_least: 1440"], []),
    ],
)
def test_follow_ups_are_for_answers_that_come(
    program: Path, kind: str, follow_ups: list[str], found: list[str]
) -> None:
    assert followed(program, kind, *follow_ups) == found


def test_a_text_for_one_language_is_needed_in_that_language_only(program: Path) -> None:
    edit(program, WALK, WALK.replace("    answer", "    when: {language: en}\n    answer"))
    spanish = program.parents[2] / "messages/es/tiny/walk/a.txt"
    messages = program.parents[2] / "messages"
    assert [fault.kind for fault in check_program(program, messages).faults] == ["leftover-file"]

    spanish.unlink()

    assert check_program(program, messages).faults == ()


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("began", "write the condition that gives it: when: {goal_grown: true}"),
        ("times", "write the condition that gives it: when: {goal_reached: true}"),
        ("answers", "write the condition that gives it: when: {answered_last_week: true}"),
    ],
)
def test_a_value_without_its_condition_is_told_the_condition(program: Path, name: str, remedy: str) -> None:
    for language, end in ("en", "minutes, like 9?"), ("es", "minutos, como 9?"):
        text = f"{{{{ goal }}}}, {{{{ {name} }}}} {end}"
        edit(program.parents[2] / "messages" / language / "tiny/walk/a.txt", "", text)

    found = check_program(program, program.parents[2] / "messages").faults

    assert {(fault.kind, fault.remedy) for fault in found} == {("unknown-variable", remedy)}
