"""The limits hold over all programs of a person, and what gives way is stated, and told in `explain`."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from coach.domain.delivery import MessageState, Purpose, Reason
from coach.services.explain import explain_day
from coach.storage.database import Sessions
from coach.storage.tables import Message
from tests.people import MONDAY, Practice, ana_in, asks, nudge, publication

NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # 09:00 on Monday in New York
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MANY = [f"w{number}" for number in range(30)]


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def limits(**changes: int) -> dict[str, Any]:
    return {"per_day": 6, "per_week": 40, "minutes_between": 5, "segments": {"en": 1, "es": 2}, **changes}


def two_programs(practice: Practice, one: dict[str, Any], other: dict[str, Any], **changes: int) -> None:
    """Ana in two programs, of a nudge each."""
    how = {"limits": limits(**changes)}
    ana_id = ana_in(practice.sessions, practice.editions, publication(one, **how))
    practice.enrolls_also(ana_id, publication(other, name="second", **how))


def day(practice: Practice, first: datetime = NINE, days: int = 1) -> list[str]:
    """The names of the texts that leave."""
    over = practice.over(first, days * DAY, 30 * MINUTE)
    return [text.split()[1] for _, texts in over for text in texts]


def why(practice: Practice, name: str, purpose: Purpose = Purpose.NUDGE) -> list[str | None]:
    """Why texts of that name did not leave."""
    rows = practice.rows(Message)
    return [
        one.reason for one in rows if one.name == name and one.purpose is purpose and one.state is MessageState.WITHHELD
    ]


def test_a_nudge_that_tells_gives_way_to_one_that_asks_later_in_the_day(practice: Practice) -> None:
    question = nudge("ask", slot="evening", variants=MANY, answer=asks("done", within=60, reminder=None))
    two_programs(practice, nudge("tell", variants=MANY), question, per_day=1)

    assert day(practice) == ["ask"]
    assert why(practice, "tell") == [Reason.GAVE_WAY]


def test_between_two_questions_the_later_one_gives_way(practice: Practice) -> None:
    once = {"variants": MANY, "answer": asks("done", within=60, reminder=None)}
    two_programs(practice, nudge("late", slot="evening", **once), nudge("early", slot="midday", **once), per_day=1)

    assert day(practice) == ["early"]
    assert why(practice, "late") == [Reason.PER_DAY]


def test_of_two_due_at_one_moment_the_program_begun_first_goes(practice: Practice) -> None:
    once = {"variants": MANY, "answer": asks("done", within=60, reminder=None)}
    two_programs(practice, nudge("first", **once), nudge("second", **once), per_day=1)

    assert day(practice) == ["first"]


def test_the_weeks_nudges_keep_sundays_check_in_and_all_of_its_questions_their_room(practice: Practice) -> None:
    items = [{"name": name, "variants": ["a"], "answer": asks("scale_0_10")} for name in ("pain", "mood")]
    sunday = {"name": "sunday", "weeks": [1], "days": ["sun"], "slot": "evening", "items": items}
    how = {"limits": limits(per_week=5)}
    ana_id = ana_in(practice.sessions, practice.editions, publication(nudge("tell", variants=MANY), **how))
    practice.enrolls_also(ana_id, publication(nudge("tell-too", weeks=[4]), check_ins=[sunday], name="second", **how))

    assert day(practice, days=7) == ["tell", "tell", "tell", "pain"]


def test_a_kind_line_gives_way_to_what_the_week_still_brings_and_explain_says_so(practice: Practice) -> None:
    question = nudge("move", variants=MANY, answer=asks("done", within=60, reminder=None))
    practice.enrolls_ana(question, limits=limits(per_week=8), feedback=True)
    left = []
    for number in range(3):
        at = NINE + number * DAY + 30 * MINUTE
        practice.at(at)
        practice.hears("done", at=at + MINUTE)
        left += practice.at(at + 2 * MINUTE)

    assert left == ["en feedback/done/1"]
    told = [one.reason for one in explain_day(practice.sessions, 1, MONDAY + DAY) if "gave way" in one.reason]
    assert told == ["it gave way: what is still to come would reach the limit, and matters more"]


def test_a_reminder_gives_way_to_the_next_program_text_of_its_day(practice: Practice) -> None:
    asking = nudge("ask", variants=MANY, answer=asks("done", within=600, reminder=120))
    two_programs(practice, asking, nudge("tell", slot="evening", variants=MANY), per_day=2)

    assert day(practice) == ["ask", "tell"]
    assert why(practice, "ask", Purpose.REMINDER) == [Reason.GAVE_WAY]
