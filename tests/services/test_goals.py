from datetime import date, timedelta

import pytest

from coach.domain.goal import Decision, Report, Step
from coach.services.goals import GoalStory, goal_story
from coach.services.roster import NoSuchPatientError
from coach.storage.database import Sessions
from coach.storage.tables.patient import SpellKind
from tests.people import MONDAY, Practice, asks, nudge
from tests.services.ward import DAY, HOUR, TEN, Ward

MINUTES = asks("minutes", reminder=None)


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    found = Practice(sessions)
    found.enrolls_ana(
        nudge("walk", kind="pacing", weeks=[1], days=["mon", "wed", "fri"], answer=MINUTES),
        nudge("walk-goal", kind="pacing", weeks=[2, 3, 4], days=["mon", "tue"], answer=MINUTES),
        goal={"baseline": "walk", "nudges": ["walk-goal"], "cap": 30},
    )
    return found


def on(number: int) -> date:
    return MONDAY + number * DAY


def lives(practice: Practice, answers: dict[int, str], days: int) -> None:
    for day in range(days):
        practice.at(TEN + day * DAY)
        if day in answers:
            practice.hears(answers[day], at=TEN + day * DAY + HOUR)


def story(practice: Practice, day: int) -> GoalStory:
    (found,) = goal_story(practice.sessions, practice.editions, 1, now=TEN + day * DAY)
    return found


def test_the_story_tells_the_baseline_todays_quota_and_what_each_week_decided(practice: Practice) -> None:
    lives(practice, {0: "10", 2: "10", 4: "10", 7: "8", 8: "8"}, 15)
    found = story(practice, 14)

    assert found.title == "Small Steps"
    assert [(one.day, one.minutes) for one in found.baseline] == [(on(0), 10), (on(2), 10), (on(4), 10)]
    assert found.today == Decision(9, Step.RAISED, "raised from 8 to 9 minutes: answers came to 100% of it on average")
    assert [(one.number, one.begins, one.quota, one.words) for one in found.weeks] == [
        (1, on(0), None, "the baseline begins"),
        (2, on(7), 8, "starts at 8 minutes: 3 answers, 10 on average"),
        (3, on(14), 9, "raised from 8 to 9 minutes: answers came to 100% of it on average"),
    ]
    assert found.weeks[1].reports == (Report(on(7), "walk-goal", 8, on(7)), Report(on(8), "walk-goal", 8, on(8)))


def test_the_quota_of_the_story_is_the_one_that_the_text_names(practice: Practice) -> None:
    lives(practice, {0: "10", 2: "10", 4: "10"}, 6)
    Ward(practice).spell(SpellKind.FLARE, TEN + 6 * DAY, TEN + 8 * DAY)
    lives(practice, {}, 9)
    told = [text for text in practice.gateway.texts if "walk-goal" in text]

    assert [text.rpartition(" ")[2] for text in told] == ["4", "5"]
    assert [story(practice, day).today for day in (7, 8)] == [
        Decision(4, Step.FLARE, "half of 8 minutes during a flare"),
        Decision(5, Step.RETURN, "on the way back to 8 minutes after a flare: day 1 of 3"),
    ]


def test_while_answers_are_few_the_baseline_goes_on_and_after_two_weeks_a_clinician_is_asked(
    practice: Practice,
) -> None:
    lives(practice, {0: "10", 2: "10"}, 15)

    assert story(practice, 8).today is None
    assert [one.words for one in story(practice, 8).weeks] == [
        "the baseline begins",
        "the baseline goes on: 2 of 3 answers so far",
    ]
    assert (story(practice, 13).ask, story(practice, 14).ask) == (False, True)


def test_before_it_begins_there_are_no_weeks_and_after_it_nothing_is_in_force(practice: Practice) -> None:
    lives(practice, {0: "10", 2: "10", 4: "10"}, 8)

    assert story(practice, -1).weeks == ()
    assert (story(practice, 40).today, story(practice, 40).ended, len(story(practice, 40).weeks)) == (None, True, 4)


def test_a_program_without_a_goal_has_no_story(sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("move"))

    assert goal_story(sessions, practice.editions, 1, now=TEN) == []


def test_nobody_is_said_in_one_line(practice: Practice) -> None:
    with pytest.raises(NoSuchPatientError, match="there is no patient 9"):
        goal_story(practice.sessions, practice.editions, 9, now=TEN + timedelta(days=1))
