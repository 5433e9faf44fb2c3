"""Program weeks are calendar weeks, and come again after a long pause."""

import itertools
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.enrollment import Anew, Enrollment, Pause, weeks_anew

MONDAY = date(2026, 11, 23)
WEEKS = 4


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def enrolled(*pauses: Pause) -> Enrollment:
    return Enrollment(1, MONDAY, ZoneInfo("America/New_York"), anew=weeks_anew(MONDAY, WEEKS, pauses))


def test_weeks_follow_the_calendar_through_a_short_pause() -> None:
    paused = enrolled(Pause(day(2), day(8)))

    assert [paused.week(day(number)) for number in (-1, 0, 6, 7, 27, 28)] == [0, 1, 1, 2, 4, 5]
    assert paused.last_day(WEEKS) == day(27)


def test_a_pause_of_seven_days_opens_the_week_in_which_it_began_again() -> None:
    paused = enrolled(Pause(day(9), day(16)))

    assert [paused.week(day(number)) for number in (8, 16, 22, 23)] == [2, 2, 2, 3]
    assert paused.last_day(WEEKS) == day(36)


def test_a_second_long_pause_counts_from_where_the_first_left_off() -> None:
    assert enrolled(Pause(day(9), day(16)), Pause(day(25), day(40))).anew == (Anew(day(16), 2), Anew(day(40), 3))


def test_a_pause_before_the_start_that_reaches_beyond_it_brings_week_one_whole() -> None:
    assert enrolled(Pause(day(-3), day(5))).anew == (Anew(day(5), 1),)
    assert enrolled(Pause(day(-20), day(-10))).anew == ()


def test_a_pause_after_the_last_week_changes_nothing() -> None:
    assert enrolled(Pause(day(28), day(60))).anew == ()


pauses = st.builds(
    lambda first, length: Pause(day(first), day(first + length)), st.integers(-10, 60), st.integers(1, 40)
)


@given(st.lists(pauses, max_size=5))
def test_no_week_is_left_out_and_each_runs_whole_once_nothing_breaks_it(them: list[Pause]) -> None:
    apart: list[Pause] = []
    for pause in sorted(them, key=lambda one: one.first):
        if not apart or pause.first >= apart[-1].back:
            apart.append(pause)
    person = enrolled(*apart)
    weeks = [person.week(day(number)) for number in range(400)]

    assert weeks[0] in {0, 1}
    assert all(after - before <= 1 for before, after in itertools.pairwise(weeks))
    assert set(range(1, WEEKS + 1)) <= set(weeks)
    assert weeks[-1] > WEEKS
    last = person.last_day(WEEKS)
    assert person.week(last) == WEEKS
    assert person.week(last + timedelta(days=1)) == WEEKS + 1
