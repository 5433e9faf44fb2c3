"""The made-up person and their own record, in a small program."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coach.domain.preview import Person, Step, preview
from coach.domain.program import NudgeKind
from tests.people import asks, nudge, publication

MONDAY = date(2026, 3, 2)
UTC = ZoneInfo("UTC")


def lived(*nudges: dict[str, Any], weeks: int = 2, program: dict[str, Any] | None = None, **who: Any) -> list[Step]:
    """The texts of a program of these nudges, for somebody in UTC."""
    written = publication(*nudges, weeks=weeks, **(program or {})).program
    return preview(written, Person(MONDAY, UTC, **who))


def words(steps: list[Step]) -> list[str]:
    return [step.key.removeprefix("small-steps/") for step in steps]


def mondays(name: str, **changes: Any) -> dict[str, Any]:
    return nudge(name, **{"weeks": [1, 2], "days": ["mon"], **changes})


def test_a_text_for_others_is_not_sent() -> None:
    steps = lived(
        mondays("move", answer=asks("done")),
        mondays("again", slot="evening", when={"answered_last_week": True}),
        mondays("hello", slot="midday", when={"answered_last_week": False}),
        mondays("spanish", slot="afternoon", when={"language": "es"}),
    )

    assert words(steps) == ["move/a", "hello/a", "move/b", "again/a"]


def test_a_check_in_for_others_is_not_asked() -> None:
    item = {"name": "pain", "variants": ["a"], "answer": asks("scale_0_10")}
    check_in = {"name": "late", "weeks": [1, 2], "days": ["sun"], "slot": "morning", "when": {"weeks": [2]}}

    steps = lived(mondays("move"), program={"check_ins": [{**check_in, "items": [item]}]})

    assert [(step.name, step.week) for step in steps] == [("move", 1), ("move", 2), ("late", 2)]


def test_other_words_come_while_they_are_fresh_and_then_the_plain_ones() -> None:
    instead = [{"when": {"language": "en"}, "variants": ["ours"]}]

    assert words(lived(mondays("move", instead=instead))) == ["move/ours", "move/a"]
    assert words(lived(mondays("move", instead=instead), language="es")) == ["move/a", "move/b"]


ANSWERS: dict[str, dict[str, Any]] = {
    "yes_no": {"answers": ["yes"]},
    "done": {"answers": ["done"]},
    "scale_0_10": {"at_least": 5, "at_most": 5},
    "scale_0_3": {"at_least": 1, "at_most": 1},
    "scale_1_7": {"at_least": 4, "at_most": 4},
    "minutes": {"at_least": 15, "at_most": 15},
}


@pytest.mark.parametrize(("kind", "fits"), ANSWERS.items())
def test_a_follow_up_comes_a_minute_after_the_text_and_once(kind: str, fits: dict[str, Any]) -> None:
    asked = mondays("move", answer=asks(kind), follow_ups=[{**fits, "variants": ["well"]}])

    steps = lived(asked, follow_ups=True)

    assert words(steps) == ["move/a", "move/well", "move/b"]
    assert steps[1].at - steps[0].at == timedelta(minutes=1)
    assert (steps[1].name, steps[1].kind, steps[1].week) == ("move", NudgeKind.EXERCISE, 1)


def test_follow_ups_are_left_out_unless_they_are_asked_for() -> None:
    asked = mondays("move", answer=asks("done"), follow_ups=[{"answers": ["done"], "variants": ["well"]}])

    assert words(lived(asked)) == ["move/a", "move/b"]


@pytest.mark.parametrize(("kind", "other"), [("yes_no", {"answers": ["no"]}), ("minutes", {"at_least": 16})])
def test_a_follow_up_for_another_answer_does_not_come(kind: str, other: dict[str, Any]) -> None:
    asked = mondays("move", answer=asks(kind), follow_ups=[{**other, "variants": ["x"]}])

    assert words(lived(asked, follow_ups=True)) == ["move/a", "move/b"]


@pytest.mark.parametrize("kind", ["text", "time"])
def test_free_words_and_times_have_no_follow_up(kind: str) -> None:
    asked = mondays("note", answer=asks(kind), follow_ups=[{"at_least": 0, "variants": ["x"]}])

    assert words(lived(asked, follow_ups=True)) == ["note/a", "note/b"]


def test_a_follow_up_looks_at_the_record_too() -> None:
    then = [{"answers": ["done"], "when": {"weeks": [2]}, "variants": ["second"]}]
    asked = mondays("move", answer=asks("done"), follow_ups=then)

    assert words(lived(asked, follow_ups=True)) == ["move/a", "move/b", "move/second"]


def test_a_text_at_the_same_time_stands_before_a_follow_up() -> None:
    asked = mondays("move", weeks=[1], answer=asks("done"), follow_ups=[{"answers": ["done"], "variants": ["well"]}])

    assert words(lived(asked, mondays("lesson", weeks=[1]), weeks=1, follow_ups=True)) == [
        *("move/a", "lesson/a", "move/well"),
    ]


def test_the_minutes_of_a_goal_are_what_a_follow_up_goes_by() -> None:
    days = ["mon", "wed", "fri"]
    base = nudge("base", kind="pacing", weeks=[1], days=days, answer=asks("minutes"))
    walk = nudge("walk", kind="pacing", weeks=[2], days=days, answer=asks("minutes"))
    walk["follow_ups"] = [{"at_least": 12, "at_most": 12, "variants": ["x", "y"]}]
    goal = {"baseline": "base", "nudges": ["walk"], "cap": 30}

    steps = lived(base, walk, program={"goal": goal}, follow_ups=True)

    assert words(steps)[3:] == ["walk/a", "walk/x", "walk/b", "walk/y", "walk/c"]
    assert [step.facts["times"] for step in steps[3:]] == [0, 0, 1, 1, 2]  # days on which they reached it before
    assert {step.facts["began"] for step in steps[3:]} == {12}


ZONES = [
    ("America/New_York", date(2026, 3, 2), ["14:30", "13:30"]),  # forward on Sunday the 8th
    ("America/New_York", date(2026, 10, 26), ["13:30", "14:30"]),  # back on Sunday the 1st
    ("Asia/Kolkata", date(2026, 3, 2), ["04:00", "04:00"]),  # never
    ("Australia/Lord_Howe", date(2026, 3, 30), ["22:30", "23:00"]),  # back by half an hour on Sunday the 5th
    ("Pacific/Chatham", date(2026, 9, 21), ["20:45", "19:45"]),  # forward on Sunday the 27th
]


@pytest.mark.parametrize(("zone", "start", "utc"), ZONES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_local_times_stay_and_utc_moves_in_any_zone(zone: str, start: date, utc: list[str], language: Any) -> None:
    program = publication(mondays("move"), weeks=2).program

    steps = preview(program, Person(start, ZoneInfo(zone), language))

    local = [step.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for step in steps]
    assert [f"{step.at:%H:%M}" for step in steps] == utc
    assert local == [datetime.combine(start, datetime.min.time()) + timedelta(days=d, minutes=570) for d in (0, 7)]
