from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.clinic import Clinic, Contact
from coach.domain.escalation import ALL, Reached, Step, Taken, called, next_step

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York, a Monday
SOMEBODY, MACHINE, NOBODY = Reached.SOMEBODY, Reached.MACHINE, Reached.NOBODY
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def contact(name: str, **changes: object) -> Contact:
    return Contact.model_validate({"name": name, "phone": "+12025550101", **changes})


BO, KIM, LEE = contact("Bo"), contact("Kim"), contact("Lee")


@pytest.mark.parametrize(
    ("last", "after", "number", "due"),
    [
        (None, 0, 0, 0),
        (Taken(0, TEN, SOMEBODY), 1, 1, 10),
        (Taken(0, TEN, NOBODY), 1, 1, 0),
        (Taken(0, TEN, MACHINE), 1, 1, 0),  # a machine took it: no contact did
        (Taken(1, TEN + minutes(10), SOMEBODY), 11, 2, 30),
        (Taken(1, TEN + minutes(10), NOBODY), 11, 2, 10),
        (Taken(2, TEN + minutes(30), SOMEBODY), 31, 3, 60),
        (Taken(7, TEN + minutes(180), MACHINE), 181, 8, 210),
        (Taken(2, TEN + minutes(3), NOBODY), 4, 3, 8),
        (Taken(0, TEN, SOMEBODY), 29, 1, 10),  # late: the clock stood still for a while
        (Taken(0, TEN, SOMEBODY), 30, 2, 30),  # and for longer: everybody, rather than two calls in a row
        (Taken(0, TEN, NOBODY), 45, 2, 0),
    ],
)
def test_the_next_step_comes_at_ten_at_thirty_and_then_every_thirty_minutes_and_at_once_where_nobody_was_reached(
    last: Taken | None, after: int, number: int, due: int
) -> None:
    assert next_step(TEN, last, TEN + minutes(after)) == Step(number, TEN + minutes(due))


@pytest.mark.parametrize(
    ("number", "before", "names"),
    [
        (0, (), ["Bo"]),
        (1, ("Bo",), ["Kim"]),
        (1, ("Kim",), ["Bo"]),  # somebody else was on duty when the round began
        (1, ("Bo", "Kim", "Lee"), ["Bo"]),
        (2, ("Bo", "Kim"), ["Bo", "Kim", "Lee"]),
        (9, ("Bo", "Kim", "Lee"), ["Bo", "Kim", "Lee"]),
    ],
)
def test_one_is_called_then_the_next_in_line_then_all(number: int, before: tuple[str, ...], names: list[str]) -> None:
    assert [one.name for one in called(number, (BO, KIM, LEE), before)] == names


def test_a_rota_of_one_is_called_again_and_an_empty_one_calls_nobody() -> None:
    assert called(1, (BO,), {"Bo"}) == (BO,)
    assert called(0, (), ()) == called(5, (), ()) == ()


@pytest.mark.parametrize(
    ("local", "names"),
    [
        ("2026-11-23T10:00-05:00", ["Bo", "Kim", "Lee"]),
        ("2026-11-23T08:59-05:00", ["Lee", "Bo", "Kim"]),
        ("2026-11-23T17:00-05:00", ["Kim", "Bo", "Lee"]),  # Bo's day has just ended, Kim's night begins
        ("2026-11-24T05:59-05:00", ["Kim", "Bo", "Lee"]),
        ("2026-11-24T06:00-05:00", ["Lee", "Bo", "Kim"]),
        ("2026-11-22T05:00-05:00", ["Bo", "Kim", "Lee"]),  # on a Saturday's night nobody is: the first in the rota
        ("2026-11-28T05:00-05:00", ["Kim", "Bo", "Lee"]),  # Friday's night ends on Saturday
    ],
)
def test_who_is_on_duty_stands_first_in_line(local: str, names: list[str]) -> None:
    rota = [
        {"name": "Bo", "phone": "+12025550101", "on_duty": {"days": WEEKDAYS, "start": "09:00", "end": "17:00"}},
        {"name": "Kim", "phone": "+12025550102", "on_duty": {"days": WEEKDAYS, "start": "17:00", "end": "06:00"}},
        {"name": "Lee", "email": "lee@clinic.example", "on_duty": {"start": "06:00", "end": "09:00"}},
    ]
    hours = {"start": "09:00", "end": "17:00", "zone": "America/New_York"}
    clinic = Clinic.model_validate(
        {"name": "Hill", "phone": "202-555-0100", "country": "US", "hours": hours, "rota": rota}
    )

    assert [one.name for one in clinic.line(datetime.fromisoformat(local))] == names


rounds = st.builds(
    Taken,
    number=st.integers(0, 50),
    at=st.integers(0, 10_000).map(lambda seconds: TEN + timedelta(seconds=seconds)),
    reached=st.sampled_from(Reached),
)


@given(last=rounds, late=st.integers(0, 10_000))
def test_steps_only_go_on_and_none_is_due_before_the_round_or_more_than_half_an_hour_after_the_last(
    last: Taken, late: int
) -> None:
    step = next_step(TEN, last, last.at + timedelta(seconds=late))

    assert step.number > last.number
    assert step.number <= max(ALL, last.number + 1)
    assert TEN <= step.due_at <= max(TEN, last.at) + minutes(30)


@given(last=rounds, late=st.integers(0, 10_000))
def test_who_reaches_nobody_never_waits_longer_than_who_reaches_somebody(last: Taken, late: int) -> None:
    now = last.at + timedelta(seconds=late)
    due = {
        reached: next_step(TEN, Taken(last.number, last.at, reached), now).due_at
        for reached in (NOBODY, MACHINE, SOMEBODY)
    }

    assert due[NOBODY] <= due[MACHINE] <= due[SOMEBODY]


@given(
    names=st.lists(st.sampled_from("ABCDEF"), unique=True, max_size=6),
    number=st.integers(0, 5),
    before=st.sets(st.sampled_from("ABCDEF")),
)
def test_somebody_is_called_whenever_there_is_anybody_and_by_the_third_step_all_are(
    names: list[str], number: int, before: set[str]
) -> None:
    line = [contact(name) for name in names]
    whom = called(number, line, before)

    assert bool(whom) == bool(line)
    assert set(whom) <= set(line)
    assert number < ALL or list(whom) == line
