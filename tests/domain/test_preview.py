from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coach.content.programs import read_program
from coach.domain.planner import UnknownPresetError
from coach.domain.preview import Step, preview
from coach.domain.program import NudgeKind, Program

ROOT = Path(__file__).resolve().parents[2]
NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 3, 2)  # New York's clocks go forward on the Sunday after


@pytest.fixture(scope="module")
def program() -> Program:
    read = read_program(ROOT / "config/programs/steady-steps.yaml").program
    assert read is not None
    return read


@pytest.fixture(scope="module")
def steps(program: Program) -> list[Step]:
    return preview(program, MONDAY, NEW_YORK)


def test_local_times_stay_and_utc_moves_when_the_clocks_change(steps: list[Step]) -> None:
    evenings = [step.at for step in steps if step.name.startswith("pacing")]

    assert {at.astimezone(NEW_YORK).strftime("%H:%M") for at in evenings} == {"17:30"}
    assert evenings[2] == datetime(2026, 3, 6, 22, 30, tzinfo=UTC)
    assert evenings[3] == datetime(2026, 3, 9, 21, 30, tzinfo=UTC)


def test_every_occurrence_of_four_weeks_is_there(steps: list[Step]) -> None:
    assert Counter(step.name for step in steps) == {
        "pacing-baseline": 3,
        "pacing-goal": 3,
        "pacing-steady": 6,
        "exercise": 4,
        "journaling": 3,
        "self-compassion": 4,
        "sunday": 8,
    }
    assert steps == sorted(steps, key=lambda step: step.at)


def test_the_goal_starts_at_80_percent_of_15_and_rises_by_a_tenth(steps: list[Step]) -> None:
    goals = [(step.at.astimezone(NEW_YORK).date() - MONDAY).days // 7 + 1 for step in steps if step.goal]

    assert goals == [2, 2, 2, 3, 3, 3, 4, 4, 4]
    assert [step.goal for step in steps if step.goal] == [12, 12, 12, 14, 14, 14, 16, 16, 16]


def test_no_text_of_a_nudge_repeats(steps: list[Step]) -> None:
    keys = [step.key for step in steps if step.kind is not NudgeKind.CHECK_IN]

    assert len(keys) == len(set(keys))


def test_the_items_of_a_check_in_follow_each_other_by_a_minute(steps: list[Step]) -> None:
    items = [step for step in steps if step.kind is NudgeKind.CHECK_IN]

    assert [step.key for step in items[:4]] == [
        "steady-steps/pain/1",
        "steady-steps/mood/1",
        "steady-steps/pain/2",
        "steady-steps/mood/2",
    ]
    assert items[1].at - items[0].at == timedelta(minutes=1)
    assert items[6].key == "steady-steps/pain/1"  # a check-in's questions do repeat


def test_a_lighter_preset_leaves_its_nudges_out(program: Program) -> None:
    names = {step.name for step in preview(program, MONDAY, NEW_YORK, preset="light")}

    assert names == {"pacing-baseline", "pacing-goal", "pacing-steady", "self-compassion", "sunday"}


def test_the_baseline_goes_on_while_there_is_no_goal_to_name(program: Program) -> None:
    short = program.model_copy(
        update={
            "nudges": [
                nudge.model_copy(update={"days": ["mon"]}) if nudge.name == "pacing-baseline" else nudge
                for nudge in program.nudges
            ]
        }
    )

    pacing = [step for step in preview(short, MONDAY, NEW_YORK) if step.kind is NudgeKind.PACING]

    assert [step.key for step in pacing[:4]] == [f"steady-steps/pacing-baseline/{number}" for number in (1, 2, 3, 4)]
    assert [step.goal for step in pacing] == [None] * 4 + [12] * 3 + [14] * 3


def test_an_unknown_preset_is_refused(program: Program) -> None:
    with pytest.raises(UnknownPresetError, match="choose one of"):
        preview(program, MONDAY, NEW_YORK, preset="heavy")
