from datetime import UTC, date, datetime, timedelta

import pytest

from coach.domain.goal import Flare
from coach.domain.measures import Measure
from coach.domain.trend import Counted, Point, Walk
from coach.services.roster import NoSuchPatientError
from coach.services.trends import Trends, trends
from coach.storage.database import Sessions
from coach.storage.tables.patient import SpellKind
from coach.web.pages.patient_charts import charts_of
from tests.people import MONDAY, Practice, asks, nudge
from tests.services.ward import DAY, HOUR, MINUTE, TEN, Ward, program

EVERY_OTHER = {"weeks": [1], "days": ["mon", "wed", "fri"]}


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def on(number: int) -> date:
    return MONDAY + number * DAY


def seen(practice: Practice, now: datetime) -> Trends:
    return trends(practice.sessions, practice.editions, 1, now=now)


def walks(practice: Practice, answers: dict[int, str], days: int) -> None:
    """Ana, asked for a baseline in week 1 and for her goal on Mondays and Tuesdays of the next two."""
    minutes = asks("minutes", reminder=None)
    practice.enrolls_ana(
        nudge("walk", kind="pacing", answer=minutes, **EVERY_OTHER),
        nudge("walk-goal", kind="pacing", weeks=[2, 3], days=["mon", "tue"], answer=minutes),
        nudge("calm", slot="evening", kind="breathing", days=["mon"], answer=asks("done", within=60, reminder=None)),
        goal={"baseline": "walk", "nudges": ["walk-goal"], "cap": 30},
    )
    for day in range(days):
        practice.at(TEN + day * DAY)
        if day in answers:
            practice.hears(answers[day], at=TEN + day * DAY + HOUR)
        practice.at(TEN + day * DAY + 9 * HOUR)


def test_a_measure_is_a_series_by_local_day_and_silence_stays_a_gap(practice: Practice) -> None:
    ward = Ward(practice)
    ward.enrolls_ana(program(measures=("pain", "mood")))
    ward.day(0, "6", "4")
    ward.day(1)
    ward.day(2, "5", "7")
    pain, mood = seen(practice, TEN + 3 * DAY).measures

    assert (pain.measure, mood.measure) == (Measure.PAIN, Measure.MOOD)
    assert pain.points == (Point(on(0), 6), Point(on(1), None), Point(on(2), 5))
    assert mood.points == (Point(on(0), 4), Point(on(2), 7))


def test_an_evening_in_new_york_counts_for_that_day_though_it_is_the_next_in_utc(practice: Practice) -> None:
    ward = Ward(practice)
    ward.enrolls_ana(program(measures=("pain",)), zone="Pacific/Honolulu")
    practice.at(datetime(2026, 11, 23, 19, 30, tzinfo=UTC))
    practice.hears("6", at=datetime(2026, 11, 23, 21, 0, tzinfo=UTC))

    assert seen(practice, datetime(2026, 11, 24, 9, 0, tzinfo=UTC)).measures[0].points == (Point(on(0), 6),)
    assert seen(practice, datetime(2026, 11, 24, 9, 0, tzinfo=UTC)).today == on(0)


def test_minutes_stand_beside_the_quota_that_their_text_named(practice: Practice) -> None:
    walks(practice, {0: "10", 2: "10 min", 4: "10", 7: "13"}, 9)
    (trend,) = seen(practice, TEN + 9 * DAY).programs
    begun = "starts at 8 minutes: 3 answers, 10 on average"

    assert trend.minutes == (
        Walk(on(0), 10),
        Walk(on(2), 10),
        Walk(on(4), 10),
        Walk(on(7), 13, 8, begun),
        Walk(on(8), None, 8, begun),
    )
    assert [one.over for one in trend.minutes] == [False, False, False, True, False]
    assert trend.quotas == ((on(7), 8),)


def test_a_flare_halves_the_quota_and_is_shaded_in_local_days(practice: Practice) -> None:
    walks(practice, {0: "10", 2: "10", 4: "10"}, 8)
    Ward(practice).spell(SpellKind.FLARE, TEN + 8 * DAY, TEN + 10 * DAY)
    found = seen(practice, TEN + 12 * DAY)

    assert found.flares == (Flare(on(8), on(10)),)
    assert found.programs[0].quotas == ((on(7), 8), (on(8), 4), (on(10), 5), (on(11), 6), (on(12), 8))


def test_the_text_itself_names_the_eased_quota(practice: Practice) -> None:
    walks(practice, {0: "10", 2: "10", 4: "10"}, 6)
    Ward(practice).spell(SpellKind.FLARE, TEN + 6 * DAY)

    assert "en walk-goal a Ana goal 4" in practice.at(TEN + 7 * DAY)
    assert seen(practice, TEN + 7 * DAY).programs[0].minutes[-1].quota == 4


def test_what_counts_is_told_by_kind_and_by_week_with_what_does_not(practice: Practice) -> None:
    walks(practice, {0: "10", 2: "10", 4: "10", 7: "8"}, 9)
    (trend,) = seen(practice, TEN + 8 * DAY + MINUTE).programs

    assert trend.title == "Small Steps"
    assert trend.kinds == (Counted("Pacing", 4, 4, ("1 still open",)), Counted("Breathing", 0, 2))
    assert trend.weeks == (Counted("Week 1", 3, 4), Counted("Week 2", 1, 2, ("1 still open",)))


def test_late_answers_and_what_was_done_are_told_apart(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", answer=asks("done", within=60, reminder=None, action=True)))
    for day, (hours, text) in enumerate(((0.5, "done"), (2, "some"))):
        practice.at(TEN + day * DAY)
        practice.hears(text, at=TEN + day * DAY + hours * HOUR)
    practice.at(TEN + 2 * DAY)
    (trend,) = seen(practice, TEN + 2 * DAY + 2 * HOUR).programs

    assert trend.kinds == (Counted("Exercise", 2, 3, late=1, done=1.5, doable=3),)


def test_where_nothing_was_asked_there_is_no_series_yet(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))
    found = seen(practice, TEN - timedelta(hours=3))

    assert (found.measures, found.programs[0].minutes, found.programs[0].weeks) == ((), (), ())


def test_nobody_is_said_in_one_line(practice: Practice) -> None:
    with pytest.raises(NoSuchPatientError, match="there is no patient 9"):
        trends(practice.sessions, practice.editions, 9, now=TEN)


def test_an_instrument_has_its_score_on_the_days_on_which_all_of_it_was_answered(practice: Practice) -> None:
    ward = Ward(practice)
    ward.enrolls_ana(program(measures=("phq2_1", "phq2_2")))
    for day, replies in enumerate((("2", "several days"), ("1", "skip"))):
        practice.at(TEN + day * DAY)
        for number, reply in enumerate(replies, start=1):
            practice.hears(reply, at=TEN + day * DAY + number * MINUTE)
            practice.at(TEN + day * DAY + number * MINUTE)
    (series,) = seen(practice, TEN + 2 * DAY).scores

    assert series.name == "PHQ-2"
    assert series.points == (Point(on(0), 3), Point(on(1), None))
    assert [one.name for one in charts_of(seen(practice, TEN + 2 * DAY))][:2] == ["measures", "scores"]
