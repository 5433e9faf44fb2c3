"""Texts that depend on the person's own record: conditions, other words, follow-ups, questions of some weeks only."""

from datetime import UTC, datetime, timedelta

import pytest

from coach.domain.delivery import MessageState, Purpose, Reason
from coach.services.explain import explain_message
from coach.services.spells import better, flare
from coach.storage.database import Sessions
from coach.storage.tables import Message
from tests.people import Practice, asks, nudge

ASKED = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 09:30 on Monday in New York
MIDDAY = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(weeks=1)
MINUTES, DONE = asks("minutes", reminder=None), asks("done", reminder=None)
WALK = nudge("walk", kind="pacing", days=["mon", "tue", "wed"], weeks=[1], answer=MINUTES)
GOAL = {"baseline": "walk", "nudges": ["walk-goal"], "cap": 30}


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def says(practice: Practice, words: str, at: datetime) -> list[str]:
    practice.hears(words, at=at)
    return practice.at(at)


def test_a_nudge_for_people_in_a_flare_leaves_only_in_one_and_says_why_not(practice: Practice) -> None:
    patient = practice.enrolls_ana(nudge("gentle", when={"in_flare": True}))
    before = practice.at(ASKED)
    flare(practice.sessions, patient, by="Nurse Bo", now=ASKED + MINUTE)
    during = practice.at(ASKED + DAY)
    better(practice.sessions, patient, by="Nurse Bo", now=ASKED + DAY + MINUTE)
    after = practice.at(ASKED + 2 * DAY)

    assert (before, during, after) == ([], ["en gentle a Ana"], [])
    withheld = [one for one in practice.rows(Message) if one.state is MessageState.WITHHELD]
    assert [one.reason for one in withheld] == [Reason.CONDITION, Reason.CONDITION]
    assert "people whose own record is such" in explain_message(practice.sessions, withheld[0].id or 0).reason


def test_what_is_not_for_somebody_takes_no_room_from_what_is(practice: Practice) -> None:
    limits = {"per_day": 1, "per_week": 20, "segments": {"en": 1, "es": 2}}
    practice.enrolls_ana(
        nudge("gentle", when={"in_flare": True}), nudge("move", slot="midday", kind="education"), limits=limits
    )
    practice.at(ASKED)

    assert practice.at(MIDDAY) == ["en move a Ana"]


def test_in_a_flare_the_same_nudge_has_gentler_words_and_the_plain_ones_when_those_are_used_up(
    practice: Practice,
) -> None:
    patient = practice.enrolls_ana(nudge("move", instead=[{"when": {"in_flare": True}, "variants": ["soft"]}]))
    practice.at(ASKED)
    flare(practice.sessions, patient, by="Nurse Bo", now=ASKED + MINUTE)

    assert practice.at(ASKED + DAY) == ["en move soft Ana"]
    assert practice.at(ASKED + 2 * DAY) == ["en move b Ana"]


def _grows(practice: Practice) -> None:
    """Two weeks in which the goal of 16 minutes was reached twice, and grew to 18."""
    grown = {"when": {"goal_grown": True}, "variants": ["grown"]}
    reached = {"when": {"goal_reached": True}, "variants": ["reached"]}
    practice.enrolls_ana(
        WALK,
        nudge("walk-goal", kind="pacing", days=["mon", "tue"], weeks=[2, 3, 4], answer=MINUTES, instead=[grown]),
        nudge("story", kind="education", days=["wed"], weeks=[2, 3], instead=[reached]),
        goal=GOAL,
    )
    for day in range(3):
        practice.at(ASKED + day * DAY)
        practice.hears("20", at=ASKED + day * DAY + MINUTE)


def test_words_that_tell_of_the_own_progress_come_only_where_there_is_some(practice: Practice) -> None:
    _grows(practice)
    first = practice.at(ASKED + WEEK)
    practice.hears("16", at=ASKED + WEEK + MINUTE)
    second = practice.at(ASKED + WEEK + DAY)
    practice.hears("16 min", at=ASKED + WEEK + DAY + MINUTE)
    told = practice.at(ASKED + WEEK + 2 * DAY)
    grown = practice.at(ASKED + 2 * WEEK)

    assert first == ["en walk-goal a Ana goal 16"]
    assert second == ["en walk-goal b Ana goal 16"]
    assert told == ["en story reached Ana goal 16 times 2"]
    assert grown == ["en walk-goal grown Ana goal 18 began 16"]


def test_who_never_answered_gets_the_words_for_those(practice: Practice) -> None:
    told = {"when": {"answered_last_week": True}, "variants": ["told"]}
    practice.enrolls_ana(nudge("move", answer=DONE, days=["mon"]), nudge("recap", days=["tue"], instead=[told]))
    practice.at(ASKED)
    quiet = practice.at(ASKED + DAY)
    practice.at(ASKED + WEEK)
    practice.hears("done", at=ASKED + WEEK + MINUTE)

    assert quiet == ["en recap a Ana"]
    assert practice.at(ASKED + WEEK + DAY) == ["en recap told Ana answers 1"]


FOLLOW_UPS = [
    {"answers": ["not_done", "partial"], "variants": ["smaller-1", "smaller-2"]},
    {"answers": ["done"], "when": {"in_flare": True}, "variants": ["brave"]},
]


def test_the_programs_follow_up_takes_the_place_of_the_kind_line(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", answer=DONE, follow_ups=FOLLOW_UPS), feedback=True)
    heard = []
    for day, words in enumerate(["no", "some", "no", "done"]):
        practice.at(ASKED + day * DAY)
        heard += says(practice, words, ASKED + day * DAY + MINUTE)

    assert heard == [
        "en move smaller-1 Ana",
        "en move smaller-2 Ana",
        "en feedback/done_none/1",  # no follow-up is sent twice to one person
        "en feedback/done/1",
    ]


def test_a_follow_up_comes_also_where_there_are_no_kind_lines_and_once_a_question(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", answer=DONE, follow_ups=FOLLOW_UPS))
    practice.at(ASKED)

    assert says(practice, "no", ASKED + MINUTE) == ["en move smaller-1 Ana"]
    assert says(practice, "sorry, some of it", ASKED + 2 * MINUTE) == []


def _check_in(*items: dict[str, object]) -> dict[str, object]:
    check_in = {"name": "sunday", "weeks": [1, 2], "days": ["mon"], "slot": "morning", "items": list(items)}
    return {"check_ins": [check_in]}


def test_a_question_of_some_weeks_is_asked_in_those_alone(practice: Practice) -> None:
    items: list[dict[str, object]] = [
        {"name": name, "variants": ["a"], "answer": asks("scale_0_10", reminder=None), **more}
        for name, more in (("pain", {}), ("sure", {"weeks": [2]}), ("mood", {}))
    ]
    practice.enrolls_ana(nudge("move", days=["fri"]), **_check_in(*items))
    asked: list[list[str]] = []
    for week in range(2):
        asked.append(practice.at(ASKED + week * WEEK))
        for number in range(len(items)):
            at = ASKED + week * WEEK + (number + 1) * MINUTE
            asked[-1] += says(practice, str(number + 3), at)

    assert asked == [
        ["en pain a Ana", "en mood a Ana"],
        ["en pain a Ana", "en sure a Ana", "en mood a Ana"],
    ]
    assert [one.item for one in practice.rows(Message) if one.purpose is Purpose.ITEM] == ["mood", "sure", "mood"]
