"""What gives way to what, where the limits on a person are near."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.consent import Consent
from coach.domain.delivery import Purpose, Reason
from coach.domain.giving_way import Burden, Left, Place, Rank, gives_way
from coach.domain.last_look import Go, Look, Withhold, last_look
from coach.domain.program import Hours

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
ZONE = ZoneInfo("UTC")
WIDE = Burden(per_day=9, per_week=99, minutes_between=0)


def place(purpose: Purpose, at: datetime = TEN, *, asks: bool = False, texts: int = 1, enrollment: int = 1) -> Place:
    return Place(purpose, at, at, at + 8 * HOUR, asks, texts, enrollment)


LINE, REMINDER = place(Purpose.FOLLOW_UP), place(Purpose.REMINDER)
TELLS, ASKS = place(Purpose.NUDGE), place(Purpose.NUDGE, asks=True)
CHECK_IN = place(Purpose.CHECK_IN, texts=3)


def yields(mine: Place, *coming: Place, left: tuple[Left, ...] = (), **limits: int) -> bool:
    return gives_way(mine, coming, left, replace(WIDE, **limits), zone=ZONE, now=TEN)


def later(one: Place, by: timedelta) -> Place:
    return replace(one, due_at=one.due_at + by, at=one.at + by, send_by=one.send_by + by)


def test_the_order_is_kind_line_reminder_re_ask_telling_asking_check_in() -> None:
    ways = [LINE, REMINDER, place(Purpose.RE_ASK), TELLS, ASKS, CHECK_IN]

    assert sorted([CHECK_IN, LINE, ASKS, place(Purpose.RE_ASK), TELLS, REMINDER], key=lambda one: one.rank) == ways
    assert [one.rank for one in ways] == list(Rank)


def test_a_further_question_of_a_check_in_is_worth_as_much_and_how_a_flare_goes_as_much_as_a_question() -> None:
    assert place(Purpose.ITEM).rank is Rank.CHECK_IN
    assert place(Purpose.FOLLOW_UP, asks=True).rank is Rank.ASKS


def test_between_equals_the_later_due_gives_way_then_the_later_enrolled() -> None:
    assert ASKS.goes_before(later(ASKS, HOUR))
    assert ASKS.goes_before(replace(ASKS, enrollment=2))
    assert not ASKS.goes_before(ASKS)


def test_wednesdays_kind_line_keeps_sundays_check_in_its_room_and_all_of_its_questions() -> None:
    sunday = later(CHECK_IN, 4 * DAY)

    assert yields(LINE, sunday, per_week=3)
    assert not yields(LINE, sunday, per_week=4)


def test_what_left_in_the_same_seven_days_counts_and_what_left_before_them_does_not() -> None:
    sunday = later(CHECK_IN, 4 * DAY)

    assert yields(LINE, sunday, left=(Left(TEN - 2 * DAY, Purpose.NUDGE),), per_week=4)
    assert not yields(LINE, sunday, left=(Left(TEN - 3 * DAY, Purpose.NUDGE),), per_week=4)


def test_the_days_last_place_is_for_what_goes_before() -> None:
    assert yields(TELLS, later(ASKS, 3 * HOUR), per_day=1)
    assert not yields(ASKS, later(TELLS, 3 * HOUR), per_day=1)
    assert not yields(TELLS, later(ASKS, DAY), per_day=1)


def test_a_kind_line_takes_no_place_of_the_day() -> None:
    assert not yields(LINE, later(ASKS, 3 * HOUR), per_day=1)


def test_what_could_not_keep_its_distance_goes_first() -> None:
    soon = replace(later(ASKS, 20 * MINUTE), send_by=TEN + 40 * MINUTE)

    assert yields(REMINDER, soon, minutes_between=60)
    assert not yields(REMINDER, replace(soon, send_by=TEN + 2 * HOUR), minutes_between=60)


@pytest.mark.parametrize("purpose", [Purpose.SAFETY, Purpose.KEYWORD, Purpose.DIAL, Purpose.STAFF])
def test_what_does_not_count_gives_way_to_nothing(purpose: Purpose) -> None:
    assert not yields(place(purpose), CHECK_IN, per_day=0, per_week=0)


PLACES = st.builds(
    lambda kind, day, hour, enrollment: replace(later(kind, day * DAY + hour * HOUR), enrollment=enrollment, texts=1),
    st.sampled_from([LINE, REMINDER, TELLS, ASKS, CHECK_IN]),
    st.integers(0, 9),
    st.integers(0, 8),
    st.integers(1, 3),
)


def left_or_not(places: list[Place], burden: Burden) -> dict[int, Go | Reason]:
    """What becomes of each, by its number, all of them known from the start."""
    became: dict[int, Go | Reason] = {}
    left: list[Left] = []
    for number, one in sorted(enumerate(places), key=lambda entry: (entry[1].at, -entry[1].rank, entry[1].enrollment)):
        coming = [other for key, other in enumerate(places) if key not in became and key != number]
        look = Look(
            now=one.at,
            purpose=one.purpose,
            send_by=one.send_by,
            zone=ZONE,
            hours=Hours(start=time(0), end=time(23, 59)),
            consent=Consent.CONFIRMED,
            burden=burden,
            left=tuple(left),
            mine=one,
            coming=tuple(coming),
        )
        verdict = last_look(look)
        became[number] = verdict.reason if isinstance(verdict, Withhold) else Go()
        if became[number] == Go():
            left.append(Left(one.at, one.purpose))
    return became


@given(st.lists(PLACES, max_size=16), st.integers(1, 3), st.integers(1, 8))
def test_whoever_finds_no_room_finds_it_taken_by_what_goes_before_it(
    places: list[Place], per_day: int, per_week: int
) -> None:
    became = left_or_not(places, Burden(per_day, per_week, 0))

    for number, what in became.items():
        mine = places[number]
        if what is Reason.PER_WEEK:
            rivals = [one for one in places if mine.at.date() - 7 * DAY < one.at.date() <= mine.at.date()]
        elif what is Reason.PER_DAY:
            rivals = [one for one in places if one.at.date() == mine.at.date() and one.purpose is not Purpose.FOLLOW_UP]
        else:
            continue
        taken = [one for one in rivals if became[places.index(one)] == Go() and one.at <= mine.at]
        assert all(not mine.goes_before(one) for one in taken)


@given(st.lists(PLACES, max_size=16))
def test_where_there_is_room_for_all_nothing_gives_way(places: list[Place]) -> None:
    assert set(left_or_not(places, WIDE).values()) <= {Go()}
