from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from coach.content.programs import read_program
from coach.domain.program import Hours, Nudge, Program, Slots

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def program() -> Program:
    read = read_program(ROOT / "config/programs/steady-steps.yaml").program
    assert read is not None
    return read


@pytest.mark.parametrize("text", ["9:30", "930", "24:00", "09:60", "09:30:00", "09.30", " 09:30", "", "noon", "٠٩:٣٠"])
def test_a_time_that_people_could_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="write it as 09:30 or 17:05"):
        Hours.model_validate({"start": text, "end": "20:00"})


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_time_comes_back_from_json_as_it_was(at: time) -> None:
    slots = Slots(morning=at, midday=at, afternoon=at, evening=at)

    assert Slots.model_validate_json(slots.model_dump_json()) == slots


@pytest.mark.parametrize("end", ["09:00", "08:59"])
def test_hours_end_after_they_start(end: str) -> None:
    with pytest.raises(ValidationError, match="hours must start before they end"):
        Hours.model_validate({"start": "09:00", "end": end})


def test_a_program_comes_back_from_json_as_it_was(program: Program) -> None:
    assert Program.model_validate_json(program.model_dump_json()) == program


def test_parts_are_found_by_name(program: Program) -> None:
    nudge, check_in = program.nudge("exercise"), program.check_in("sunday")

    assert nudge is not None
    assert check_in is not None
    assert (nudge.name, check_in.name) == ("exercise", "sunday")
    assert (program.nudge("sunday"), program.check_in("exercise")) == (None, None)


def test_all_that_has_words_comes_in_the_order_of_the_program(program: Program) -> None:
    names = [text.name for text in program.texts()]

    assert names == [nudge.name for nudge in program.nudges] + [item.name for item in program.check_ins[0].items]
    assert isinstance(next(program.texts()), Nudge)


def test_a_text_is_known_by_program_name_and_variant(program: Program) -> None:
    assert program.text_key("exercise", "1") == "steady-steps/exercise/1"
