"""What people may turn, and how far it goes."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coach.domain.commands import Command, read_command
from coach.domain.dial import (
    all_at,
    in_reach,
    is_fixed,
    is_meant,
    ladder,
    later,
    pause_days,
    pauses_from,
    step,
    strictest,
)
from coach.domain.inbound import Answered
from coach.domain.program import Dial, Hours, Program
from tests.people import asks, nudge, publication

NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
UNDERSTOOD, UNCLEAR = Answered(1, "understood", "yes"), Answered(1, "unclear")


def program(**changes: Any) -> Program:
    item = {"name": "pain", "variants": ["a"], "answer": asks("scale_0_10")}
    sunday = {"name": "sunday", "weeks": [1], "days": ["sun"], "slot": "morning", "items": [item]}
    nudges = [nudge("move"), nudge("calm", slot="evening", days=["mon", "tue"])]
    return publication(*nudges, check_ins=[sunday], **changes).program


def light(**without: list[str]) -> dict[str, dict[str, list[str]]]:
    return {name: {"without": names} for name, names in without.items()}


def test_the_ladder_goes_from_all_texts_to_check_ins_only_by_how_many_each_preset_sends() -> None:
    steps = ladder(program(presets=light(quiet=["move"], gentle=["calm"])))

    assert steps == ["standard", "gentle", "quiet", "check_ins_only"]


def test_presets_that_send_the_same_are_one_step_and_one_that_sends_nothing_is_none() -> None:
    assert ladder(program(presets=light(same=[], none=["move", "calm", "sunday"]))) == ["standard", "check_ins_only"]


@pytest.mark.parametrize(
    ("preset", "less", "more"),
    [("standard", "gentle", None), ("gentle", "check_ins_only", "standard"), ("check_ins_only", None, "gentle")],
)
def test_less_and_more_go_one_step_and_stop_at_the_ends(preset: str, less: str | None, more: str | None) -> None:
    of = program(presets=light(gentle=["calm"]))

    assert (step(of, preset, down=True), step(of, preset, down=False)) == (less, more)


def test_the_strictest_of_all_programs_holds() -> None:
    one = program(dial={"longest_pause": 10, "fixed": ["times"]})
    other = program(dial={"longest_pause": 20, "fixed": ["amount"]})

    assert strictest([one, other]) == Dial(longest_pause=10, fixed=["amount", "times"])
    assert strictest([]) == Dial()


@pytest.mark.parametrize(("at", "first"), [("09:00", 23), ("17:59", 23), ("18:00", 24), ("23:59", 24)])
def test_a_pause_counts_today_unless_today_is_nearly_over(at: str, first: int) -> None:
    zone = ZoneInfo("America/New_York")
    now = datetime.combine(date(2026, 11, 23), time.fromisoformat(at), zone).astimezone(UTC)

    assert pauses_from(now, zone) == date(2026, 11, first)


@pytest.mark.parametrize(("text", "days"), [("PAUSE", 7), ("PAUSE 3", 3), ("PAUSE 2 weeks", 10), ("pausa 9 dias", 9)])
def test_a_pause_is_for_a_week_unless_they_say_and_never_longer_than_allowed(text: str, days: int) -> None:
    command = read_command(text)

    assert command is not None
    assert pause_days(command, Dial(longest_pause=10)) == days


def test_what_is_fixed_is_for_the_team_and_a_pause_or_a_flare_never_is() -> None:
    fixed = Dial(fixed=["amount", "times", "weekends"])
    turned = ["LESS", "MORE", "TIME", "MORNINGS", "EVENINGS", "NO WEEKENDS", "WEEKENDS"]
    free = ["PAUSE", "RESUME", "FLARE", "BETTER", "LATER", "LANGUAGE", "PROGRESS"]

    assert all(is_fixed(Command(word), fixed) for word in turned)  # type: ignore[arg-type]
    assert not any(is_fixed(Command(word), fixed) for word in free)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("word", "answers", "in_flare", "meant"),
    [
        ("PAUSE", [UNDERSTOOD], False, True),
        ("MORE", [UNDERSTOOD], False, False),
        ("MORE", [UNCLEAR], False, True),
        ("MORE", [], False, True),
        ("BETTER", [], False, False),
        ("BETTER", [], True, True),
        ("BETTER", [UNDERSTOOD], True, False),
    ],
)
def test_an_everyday_word_is_a_command_unless_it_answers(
    word: str, answers: list[Answered], in_flare: bool, meant: bool
) -> None:
    assert is_meant(Command(word), answers, in_flare=in_flare) is meant  # type: ignore[arg-type]


def test_an_everyday_word_is_no_answer_to_a_question_for_any_words() -> None:
    assert is_meant(Command("LATER"), [UNDERSTOOD], in_flare=False, text_open=[1])


def test_later_is_two_hours_on_but_before_the_last_moment_and_never_earlier() -> None:
    assert later(NOON, NOON + 9 * HOUR, NOON - HOUR) == NOON + 2 * HOUR
    assert later(NOON - HOUR, NOON + 9 * HOUR, NOON) == NOON + 2 * HOUR
    assert later(NOON, NOON + HOUR, NOON) == NOON + 55 * MINUTE
    assert later(NOON, NOON + 5 * MINUTE, NOON) is None


def test_all_texts_at_one_time_and_only_within_the_hours() -> None:
    hours = Hours(start=time(9), end=time(20))

    assert set(all_at(time(18, 30)).values()) == {"18:30"}
    assert [in_reach(at, hours) for at in (time(8, 59), time(9), time(19, 59), time(20))] == [False, True, True, False]
