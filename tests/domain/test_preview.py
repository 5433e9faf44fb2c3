from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coach.content.check import check_program
from coach.domain.planner import UnknownPresetError
from coach.domain.preview import Person, Step, preview
from coach.domain.program import NudgeKind, Program

ROOT = Path(__file__).resolve().parents[2]
NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 3, 2)  # New York's clocks go forward on the Sunday after


@pytest.fixture(scope="module")
def program() -> Program:
    checked = check_program(ROOT / "config/programs/steady-steps.yaml", ROOT / "messages").program
    assert checked is not None
    return checked


@pytest.fixture(scope="module")
def steps(program: Program) -> list[Step]:
    return preview(program, Person(MONDAY, NEW_YORK))


def test_local_times_stay_and_utc_moves_when_the_clocks_change(steps: list[Step]) -> None:
    evenings = [step.at for step in steps if step.goal or step.name == "pacing-baseline"]

    assert {at.astimezone(NEW_YORK).strftime("%H:%M") for at in evenings} == {"17:30"}
    assert evenings[2] == datetime(2026, 3, 6, 22, 30, tzinfo=UTC)
    assert evenings[3] == datetime(2026, 3, 9, 21, 30, tzinfo=UTC)


def test_every_occurrence_of_twelve_weeks_is_there(steps: list[Step], program: Program) -> None:
    owed = {nudge.name: len(nudge.weeks) * len(nudge.days) for nudge in program.nudges}
    items = sum(len(check_in.asked(week)) for check_in in program.check_ins for week in check_in.weeks)

    assert Counter(step.name for step in steps) == {**owed, "sunday": items}
    assert steps == sorted(steps, key=lambda step: step.at)


def test_the_goal_starts_at_80_percent_of_15_and_rises_by_a_tenth_to_the_cap(steps: list[Step]) -> None:
    goals = {step.week: step.goal for step in steps if step.goal}

    assert list(goals.values()) == [12, 14, 16, 18, 20, 22, 25, 28, 30, 30, 30]
    assert list(goals) == list(range(2, 13))


@pytest.mark.parametrize(("baseline", "first"), [(0, 1), (5, 4), (60, 30)])
def test_another_baseline_makes_another_goal(program: Program, baseline: int, first: int) -> None:
    found = preview(program, Person(MONDAY, NEW_YORK, baseline=baseline))

    assert next(step.goal for step in found if step.goal) == first


def test_words_follow_the_made_up_persons_record(program: Program) -> None:
    well = {step.key.partition("/")[2] for step in preview(program, Person(MONDAY, NEW_YORK))}
    ill = {step.key.partition("/")[2] for step in preview(program, Person(MONDAY, NEW_YORK, flare=date(2026, 3, 16)))}

    assert {"pacing-goal/grown-1", "pacing-own/reached-1", "recap/grown-1"} <= well
    assert not {key for key in well if "gentle" in key}
    assert {"pacing-goal/gentle-1", "exercise/gentle-1"} <= ill


def test_a_flare_halves_the_goal_until_it_lapses(program: Program) -> None:
    ill = preview(program, Person(MONDAY, NEW_YORK, flare=date(2026, 3, 16)))
    goals = {step.at.astimezone(NEW_YORK).date(): step.goal for step in ill if step.goal}

    assert goals[date(2026, 3, 13)] == 12
    assert goals[date(2026, 3, 16)] == 6
    assert goals[date(2026, 4, 3)] == 12


def test_no_text_of_a_nudge_repeats(steps: list[Step]) -> None:
    keys = [step.key for step in steps if step.kind is not NudgeKind.CHECK_IN]

    assert len(keys) == len(set(keys))


def test_the_items_of_a_check_in_follow_each_other_by_a_minute_and_some_come_in_some_weeks(steps: list[Step]) -> None:
    items = [step for step in steps if step.kind is NudgeKind.CHECK_IN]

    assert [step.key.partition("/")[2] for step in items[:7]] == [
        *("pain/1", "mood/1", "sleep/1"),
        *("pain/2", "mood/2", "sleep/2", "confidence/1"),
    ]
    assert items[1].at - items[0].at == timedelta(minutes=1)
    assert [step.key for step in items if "/pain/" in step.key][3] == "steady-steps/pain/1"  # questions do repeat


def test_a_lighter_preset_leaves_its_nudges_out(program: Program) -> None:
    left = {step.name for step in preview(program, Person(MONDAY, NEW_YORK, preset="light"))}

    assert left == {nudge.name for nudge in program.nudges} - set(program.presets["light"].without) | {"sunday"}


def test_the_baseline_goes_on_while_there_is_no_goal_to_name(program: Program) -> None:
    short = program.model_copy(
        update={
            "nudges": [
                nudge.model_copy(update={"days": ["mon"]}) if nudge.name == "pacing-baseline" else nudge
                for nudge in program.nudges
            ]
        }
    )

    pacing = [step for step in preview(short, Person(MONDAY, NEW_YORK)) if step.kind is NudgeKind.PACING]

    assert [step.key for step in pacing[:4]] == [f"steady-steps/pacing-baseline/{number}" for number in (1, 2, 3, 4)]
    assert [step.goal for step in pacing[:10]] == [None] * 4 + [12] * 3 + [14] * 3


def test_an_unknown_preset_is_refused(program: Program) -> None:
    with pytest.raises(UnknownPresetError, match="choose one of"):
        preview(program, Person(MONDAY, NEW_YORK, preset="heavy"))
