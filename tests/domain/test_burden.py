from coach.domain.burden import busiest_day, busiest_week, crowded
from coach.domain.program import Program

NUDGE = {"kind": "exercise", "weeks": [1, 2], "slot": "morning", "variants": ["1"]}
ITEM = {"variants": ["1"], "answer": {"kind": "scale_0_10", "within": 60}}


def program(*nudges: dict[str, object], minutes_between: int = 60) -> Program:
    return Program.model_validate(
        {
            "name": "a",
            "title": {"en": "A"},
            "languages": ["en"],
            "weeks": 2,
            "slots": {"morning": "09:30", "midday": "10:15", "afternoon": "16:00", "evening": "17:30"},
            "hours": {"start": "09:00", "end": "20:00"},
            "limits": {"per_day": 2, "per_week": 9, "minutes_between": minutes_between, "segments": {"en": 1}},
            "nudges": [{**NUDGE, **nudge} for nudge in nudges],
            "check_ins": [
                {
                    "name": "weekly",
                    "weeks": [2],
                    "days": ["sun"],
                    "slot": "evening",
                    "items": [{"name": "pain", **ITEM}, {"name": "mood", **ITEM}],
                }
            ],
        }
    )


def test_the_busiest_day_is_the_first_of_equals() -> None:
    assert busiest_day(program({"name": "a", "days": ["tue", "sun"], "weeks": [1]})) == (1, "tue", 1)
    assert busiest_day(program({"name": "a", "days": ["tue", "sun"]})) == (2, "sun", 2)


def test_the_busiest_week_counts_items_and_crosses_the_weeks_of_the_program() -> None:
    late: dict[str, object] = {"name": "a", "days": ["fri", "sat"], "weeks": [1]}
    early: dict[str, object] = {"name": "b", "days": ["mon", "tue"], "weeks": [2]}

    assert busiest_week(program({"name": "a", "days": ["sun"], "weeks": [1]})) == (2, 2)
    assert busiest_week(program(late, early)) == (6, 1)  # begun on a Sunday


def test_two_texts_that_are_too_close_are_told_once() -> None:
    one: dict[str, object] = {"name": "a", "days": ["mon"]}
    other: dict[str, object] = {"name": "b", "days": ["mon", "tue"], "slot": "midday"}

    assert list(crowded(program(one, other))) == [("a", "b", "mon", 45)]
    assert list(crowded(program(one, other, minutes_between=45))) == []
