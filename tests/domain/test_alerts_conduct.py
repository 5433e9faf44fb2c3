from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.alerts.history import Asking, Effort, History, Measured, Outcome, Reported
from coach.domain.case import Tier
from coach.domain.measures import Measure
from tests.domain.alerting import day, failed, found, measured, weekly


def reported(*minutes: int, quota: int = 10, **more: Any) -> tuple[Reported, ...]:
    return tuple(Reported(day(number), one, quota, **more) for number, one in enumerate(minutes))


@pytest.mark.parametrize(
    ("minutes", "speaks"),
    [
        ([16, 4, 4], True),
        ([15, 4, 4], False),  # 150% is not over it
        ([16, 5, 4], False),  # half is not under half
        ([16, 4, 5], False),
        ([16, 4], False),
        ([16, 0, 0], True),
        ([10, 16, 4, 4], True),
        ([16, 4, 4, 10], False),  # told when it was new
        ([16, 4, 16, 4], False),
    ],
)
def test_much_and_then_little_on_the_next_two_reported_days_speaks_up(minutes: list[int], *, speaks: bool) -> None:
    findings = found("boom_and_bust", History(reports=reported(*minutes)))

    assert [(one.tier, one.until) for one in findings] == [(Tier.ROUTINE, day(len(minutes) - 1))] * speaks


def test_days_of_flare_and_days_without_a_quota_are_left_out_of_boom_and_bust() -> None:
    boom, *busts = reported(16, 4, 4)
    flare = replace(busts[0], flare=True)
    without = replace(busts[0], quota=None)

    assert not found("boom_and_bust", History(reports=(boom, flare, busts[1])))
    assert not found("boom_and_bust", History(reports=(boom, without, busts[1])))


@pytest.mark.parametrize(("quota", "boom", "bust", "speaks"), [(7, 11, 3, True), (7, 10, 3, False), (7, 11, 4, False)])
def test_odd_quotas_are_not_rounded(quota: int, boom: int, bust: int, *, speaks: bool) -> None:
    assert bool(found("boom_and_bust", History(reports=reported(boom, bust, bust, quota=quota)))) is speaks


HARD: list[Outcome | None] = ["partial", "not_done", "partial"]


def efforts(outcomes: Sequence[Outcome | None]) -> tuple[Effort, ...]:
    return tuple(Effort(day(7 * number + 3), outcome) for number, outcome in enumerate(outcomes))


@pytest.mark.parametrize(
    ("outcomes", "pain", "speaks"),
    [
        (HARD, [4, 5, 6], True),
        (HARD, [4, 5, 5], False),  # one point
        (HARD, [4, 9, 5], False),  # it went back
        (HARD, [None, 4, 6], False),  # nothing before the three
        (HARD, [4, None, None], False),  # nothing since
        (["partial", "done", "not_done"], [4, 5, 6], False),
        (["partial", "not_done"], [4, 5, 6], False),
        (["partial", None, "not_done", "partial"], [4, 5, 6, 7], False),  # not running
        (["done", *HARD], [4, 4, 5, 6], True),
        ([*HARD, None], [4, 5, 6], True),
    ],
)
def test_exercise_that_stays_hard_while_pain_rises_speaks_up(
    outcomes: list[Outcome | None], pain: list[int | None], *, speaks: bool
) -> None:
    history = replace(measured(pain=pain), efforts=efforts(outcomes))

    assert bool(found("exercise_trouble", history)) is speaks


def unanswered(*days: int) -> tuple[Asking, ...]:
    return tuple(Asking(day(number), answered=False) for number in days)


@pytest.mark.parametrize(
    ("today", "asked", "tier", "until"),
    [
        (6, [1, 2, 3], "nothing", None),
        (7, [1, 2, 3], None, 7),
        (7, [1, 2], "nothing", None),
        (7, [0, 1, 2], "nothing", None),  # asked before they fell silent
        (13, [1, 2, 3], None, 7),
        (14, [1, 2, 3], Tier.ROUTINE, 14),
        (14, [1, 2], "nothing", None),
        (40, [1, 2, 3, 20], Tier.ROUTINE, 14),
    ],
)
def test_silence_is_a_friendly_text_after_seven_days_and_a_case_after_fourteen(
    today: int, asked: list[int], tier: Tier | str | None, until: int | None
) -> None:
    findings = found("silence", History(askings=unanswered(*asked), quiet_since=day(0)), today=today)

    assert [(one.tier, one.until) for one in findings] == ([] if until is None else [(tier, day(until))])


def test_nobody_is_silent_of_whom_nothing_is_expected() -> None:
    assert not found("silence", History(askings=unanswered(1, 2, 3, 4)), today=50)


@pytest.mark.parametrize(
    ("hours", "speaks"),
    [
        ((0, 30, 71.9), True),
        ((0, 30, 72), True),
        ((0, 30, 72.1), False),
        ((0, 1), False),
        ((0, 1, 2, 100), False),  # told when it was new
        ((0, 100, 101, 102), True),
    ],
)
def test_three_texts_in_seventy_two_hours_that_do_not_arrive_speak_up(
    hours: tuple[float, ...], *, speaks: bool
) -> None:
    assert bool(found("delivery", History(failures=failed(*hours)))) is speaks


def asked(before: int, now: int, *, of: int = 10, actions: bool = False) -> tuple[Asking, ...]:
    """Ten questions in each of the two fortnights that end on day 28, and how many were answered (or done)."""
    parts = [(first + number, number < good) for first, good in ((1, before), (15, now)) for number in range(of)]
    if actions:
        return tuple(Asking(day(on), answered=True, credit=float(good)) for on, good in parts)
    return tuple(Asking(day(on), answered=good) for on, good in parts)


def fortnights(
    pain: tuple[int, int, int, int], mood: tuple[int, int, int, int], askings: tuple[Asking, ...]
) -> History:
    """Check-ins on days 7, 14, 21 and 28."""
    measures = {
        measure: tuple(Measured(day(7 * week + 7), value) for week, value in enumerate(values))
        for measure, values in ((Measure.PAIN, pain), (Measure.MOOD, mood))
    }
    return History(measures, askings=askings)


@pytest.mark.parametrize(
    ("pain", "mood", "askings", "speaks"),
    [
        ((4, 4, 5, 5), (6, 6, 5, 5), asked(8, 6), True),
        ((4, 4, 4, 5), (6, 6, 5, 5), asked(8, 6), False),  # pain half a point up
        ((4, 4, 5, 5), (6, 6, 5, 6), asked(8, 6), False),  # mood half a point down
        ((4, 4, 5, 5), (6, 6, 5, 5), asked(8, 7), False),  # adherence ten points down
        ((4, 4, 7, 7), (6, 6, 3, 3), asked(8, 2), True),
        ((4, 4, 5, 5), (6, 6, 5, 5), asked(8, 6, actions=True), True),  # answered, and less was done
        ((4, 4, 5, 5), (6, 6, 5, 5), asked(1, 0, of=2), False),  # too few questions for a share
        ((5, 5, 4, 4), (6, 6, 5, 5), asked(8, 6), False),
        ((4, 4, 5, 5), (5, 5, 6, 6), asked(8, 6), False),
        ((4, 4, 5, 5), (6, 6, 5, 5), asked(6, 8), False),
    ],
)
def test_the_spiral_is_pain_mood_and_adherence_all_together(
    pain: tuple[int, int, int, int], mood: tuple[int, int, int, int], askings: tuple[Asking, ...], *, speaks: bool
) -> None:
    findings = found("spiral", fortnights(pain, mood, askings))

    assert [(one.tier, one.until) for one in findings] == [(Tier.TODAY, day(28))] * speaks


@pytest.mark.parametrize("measure", [Measure.PAIN, Measure.MOOD])
@pytest.mark.parametrize("left_out", [7, 14, 21])
def test_the_spiral_compares_no_single_value(measure: Measure, left_out: int) -> None:
    whole = fortnights((4, 4, 5, 5), (6, 6, 5, 5), asked(8, 6))
    values = tuple(one for one in whole.measures[measure] if one.day != day(left_out))
    thin = replace(whole, measures={**whole.measures, measure: values})

    assert found("spiral", whole)
    assert not found("spiral", thin)


def test_the_spiral_says_its_figures() -> None:
    findings = found("spiral", fortnights((4, 4, 5, 6), (6, 6, 5, 5), asked(8, 6)))

    assert [one.words for one in findings] == [
        "14 days to 29 Nov 2026, against as many before: pain 4.0 to 5.5, mood 6.0 to 5.0, adherence 20 points down"
    ]


def test_questions_of_a_flare_are_left_out_of_the_spiral() -> None:
    askings = tuple(replace(one, flare=one.day > day(14)) for one in asked(8, 0))

    assert not found("spiral", fortnights((4, 4, 5, 5), (6, 6, 5, 5), askings))


NOT_SILENCE = ("boom_and_bust", "exercise_trouble", "delivery", "spiral")
ratings = st.lists(st.one_of(st.none(), st.integers(0, 10)), max_size=8).map(weekly)
days = st.integers(0, 56).map(day)
pasts = st.builds(
    History,
    measures=st.fixed_dictionaries({Measure.PAIN: ratings, Measure.MOOD: ratings}),
    reports=st.lists(st.builds(Reported, days, st.integers(0, 40), st.integers(1, 20), st.booleans())).map(tuple),
    efforts=st.lists(st.builds(Effort, days, st.sampled_from(["done", "partial", "not_done", None]))).map(tuple),
    askings=st.lists(
        st.builds(Asking, days, st.booleans(), st.sampled_from([None, 0.0, 0.5, 1.0])), min_size=5, max_size=40
    ).map(tuple),
    failures=st.lists(st.floats(0, 1000), max_size=6).map(lambda hours: failed(*hours)),
    quiet_since=st.one_of(st.none(), days),
)


@given(pasts, st.randoms())
def test_the_order_of_the_past_says_nothing(history: History, random: Any) -> None:
    def shuffle(entries: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(random.sample(entries, len(entries)))

    shuffled = History(
        {name: shuffle(one) for name, one in history.measures.items()},
        shuffle(history.reports),
        shuffle(history.efforts),
        shuffle(history.askings),
        shuffle(history.failures),
        history.quiet_since,
    )

    for kind in (*NOT_SILENCE, "silence"):
        assert found(kind, shuffled) == found(kind, history)


@given(pasts, days)
def test_what_nobody_answered_raises_no_alarm_but_silence_and_what_is_about_adherence(
    history: History, on: Any
) -> None:
    more = replace(
        history,
        measures={name: (*one, Measured(on, None)) for name, one in history.measures.items()},
        efforts=(*history.efforts, Effort(on, None)),
    )
    for kind in NOT_SILENCE:
        assert not found(kind, more) or found(kind, history)

    unanswered_too = replace(more, askings=(*history.askings, Asking(on, answered=False)))
    for kind in NOT_SILENCE[:-1]:
        assert not found(kind, unanswered_too) or found(kind, history)


fours = st.tuples(*[st.integers(0, 7)] * 4)


@given(fours, fours, st.integers(0, 3))
def test_the_spiral_does_not_depend_on_where_a_person_started(
    pain: tuple[int, int, int, int], mood: tuple[int, int, int, int], more: int
) -> None:
    before = found("spiral", fortnights(pain, mood, asked(8, 6)))
    raised = [Measured(day(7 * week + 7), value + more) for week, value in enumerate(pain)]
    lifted = [Measured(day(7 * week + 7), value + more) for week, value in enumerate(mood)]
    moved = History({Measure.PAIN: tuple(raised), Measure.MOOD: tuple(lifted)}, askings=asked(8, 6))

    assert [one.until for one in found("spiral", moved)] == [one.until for one in before]


def test_without_a_past_nothing_is_found() -> None:
    for kind in (*NOT_SILENCE, "silence"):
        assert not found(kind, History())
