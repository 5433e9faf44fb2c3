from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.adherence import (
    Adherence,
    Asked,
    Barred,
    DuplicateQuestionError,
    Exclusion,
    Figures,
    QuotaFigure,
    Status,
    by_kind,
    exclusion,
    of_group,
    of_person,
)
from coach.domain.calendar import NaiveMomentError
from coach.domain.intervals import Share
from coach.domain.program import AnswerKind, NudgeKind

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
START = date(2026, 3, 2)
NOW = datetime(2026, 3, 16, 0, 0, tzinfo=UTC)  # the end of the second week
KINDS = {
    AnswerKind.MINUTES: NudgeKind.PACING,
    AnswerKind.DONE: NudgeKind.EXERCISE,
    AnswerKind.TEXT: NudgeKind.JOURNALING,
    AnswerKind.YES_NO: NudgeKind.SELF_COMPASSION,
    AnswerKind.SCALE_0_10: NudgeKind.CHECK_IN,
}


def asked(
    number: int,
    expects: AnswerKind,
    value: str | int | None = None,
    *,
    status: Status | None = None,
    after: float | None = None,
    day: int | None = None,
    quota: int | None = None,
) -> Asked:
    """Asked at noon UTC of a day of the program, to be answered in 8 hours; `after` hours it was, if at all."""
    local = START + DAY * ((day or number) - 1)
    noon = datetime.combine(local, time(12), tzinfo=UTC)
    after = 1 if after is None and (value is not None or status) else after
    return Asked(
        question_id=number,
        nudge=KINDS[expects].value,
        kind=KINDS[expects],
        expects=expects,
        day=local,
        week=((day or number) + 6) // 7,
        asked_at=noon,
        answer_by=noon + 8 * HOUR,
        answered_at=None if after is None else noon + after * HOUR,
        status=status or (None if value is None else "understood"),
        value=value,
        action=expects in (AnswerKind.DONE, AnswerKind.YES_NO),
        quota=quota,
    )


ANA = [
    # week 1: 7 asked, 1 undelivered, 6 eligible; 4 on time, 1 late; of 2 action questions 2 done
    asked(1, AnswerKind.MINUTES, 20),  # baseline: no quota yet
    asked(2, AnswerKind.DONE, "done"),
    asked(3, AnswerKind.TEXT, status="skip"),  # a reply all the same
    asked(4, AnswerKind.MINUTES),
    asked(5, AnswerKind.YES_NO, "yes", after=20),  # late
    replace(asked(6, AnswerKind.DONE), delivered=False),
    asked(7, AnswerKind.SCALE_0_10, 6),
    # week 2: 9 asked, 3 excluded, 6 eligible; 5 on time; of 3 action questions half of one, and only one says
    asked(8, AnswerKind.MINUTES, 12, quota=12),  # 1
    asked(9, AnswerKind.DONE, "partial"),  # 0.5
    asked(10, AnswerKind.MINUTES, 6, quota=12),  # 0.5
    asked(11, AnswerKind.DONE, status="unclear"),  # a reply that does not say
    asked(12, AnswerKind.YES_NO),  # silence
    asked(13, AnswerKind.MINUTES, 20, quota=12),  # 1, and over 18
    replace(asked(14, AnswerKind.SCALE_0_10), answer_by=NOW + HOUR),
    replace(asked(15, AnswerKind.DONE, "done", day=13), flare=True),
    replace(asked(16, AnswerKind.DONE, day=14), asked_at=None),
]


def lived(questions: list[Asked], replies: int = 11, *, stopped: bool = False) -> Adherence:
    return of_person(questions, replies=replies, stopped=stopped, now=NOW)


def parts(figures: Figures) -> Mapping[str, tuple[float, int]]:
    """The numerators and denominators by name."""
    names = ("response", "on_time", "late", "action", "action_answered")
    shares: dict[str, Share] = {name: getattr(figures, name) for name in names}
    return {name: (one.numerator, one.denominator) for name, one in shares.items()}


def test_two_weeks_come_to_the_figures_counted_by_hand() -> None:
    found = lived(ANA)
    spans = {"week 1": found.weeks[1], "week 2": found.weeks[2], "whole": found.whole, "flare": found.flare}

    assert {span: tuple(parts(figures).values()) for span, figures in spans.items()} == {
        # response, on time, late, action, action among answered
        "week 1": ((5, 6), (4, 6), (1, 6), (2, 2), (2, 2)),
        "week 2": ((5, 6), (5, 6), (0, 6), (0.5, 3), (0.5, 1)),
        "whole": ((10, 12), (9, 12), (1, 12), (2.5, 5), (2.5, 3)),
        "flare": ((1, 1), (1, 1), (0, 1), (1, 1), (1, 1)),
    }
    assert {span: figures.asked for span, figures in spans.items()} == {
        "week 1": 7,
        "week 2": 9,
        "whole": 16,
        "flare": 1,
    }
    assert found.weeks[1].quota == QuotaFigure(reports=0, mean=None, overshoot_days=0)
    assert found.whole.quota == QuotaFigure(reports=3, mean=2.5 / 3, overshoot_days=1)
    assert found.weeks[1].excluded == {Exclusion.UNDELIVERED: 1}
    assert found.whole.excluded == {
        Exclusion.NOT_SENT: 1,
        Exclusion.UNDELIVERED: 1,
        Exclusion.STILL_OPEN: 1,
        Exclusion.FLARE: 1,
    }


OPEN = asked(1, AnswerKind.DONE)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (OPEN, None),
        (replace(OPEN, delivered=True), None),
        (replace(OPEN, asked_at=None), Exclusion.NOT_SENT),
        (replace(OPEN, delivered=False), Exclusion.UNDELIVERED),
        (replace(OPEN, barred=Barred.PAUSED), Exclusion.PAUSED),
        (replace(OPEN, barred=Barred.HELD), Exclusion.HELD),
        (replace(OPEN, barred=Barred.STOPPED), Exclusion.STOPPED),
        (replace(OPEN, answer_by=NOW), None),  # its time has just run out
        (replace(OPEN, answer_by=NOW + HOUR), Exclusion.STILL_OPEN),
        (replace(OPEN, answer_by=NOW + HOUR, answered_at=NOW), None),  # answered early counts at once
        (replace(OPEN, delivered=False, answered_at=NOW), None),  # it arrived, whatever the receipt says
        (replace(OPEN, barred=Barred.PAUSED, answered_at=NOW), None),  # a pause after the answer takes nothing back
        (replace(OPEN, barred=Barred.HELD, delivered=False), Exclusion.UNDELIVERED),  # what came first names it
    ],
)
def test_only_questions_that_could_be_answered_count_and_the_others_are_named(
    question: Asked, reason: Exclusion | None
) -> None:
    assert exclusion(question, NOW) == reason


@pytest.mark.parametrize(
    ("question", "action", "among_answered"),
    [
        (asked(1, AnswerKind.DONE, "done"), (1, 1), (1, 1)),
        (asked(1, AnswerKind.DONE, "partial"), (0.5, 1), (0.5, 1)),
        (asked(1, AnswerKind.DONE, "not_done"), (0, 1), (0, 1)),
        (asked(1, AnswerKind.YES_NO, "yes"), (1, 1), (1, 1)),
        (asked(1, AnswerKind.YES_NO, "no"), (0, 1), (0, 1)),
        (asked(1, AnswerKind.DONE, status="skip"), (0, 1), (0, 0)),
        (asked(1, AnswerKind.DONE, status="invalid"), (0, 1), (0, 0)),
        (asked(1, AnswerKind.DONE), (0, 1), (0, 0)),  # silence
        (replace(asked(1, AnswerKind.YES_NO, "yes"), action=False), (0, 0), (0, 0)),
        (replace(asked(1, AnswerKind.TEXT, "ok"), action=True), (0, 0), (0, 0)),  # a text does not say yes or done
    ],
)
def test_an_action_earns_what_its_answer_says(
    question: Asked, action: tuple[float, int], among_answered: tuple[float, int]
) -> None:
    found = parts(lived([question]).whole)

    assert (found["action"], found["action_answered"]) == (action, among_answered)


@pytest.mark.parametrize(
    ("replies", "stopped", "engaged"), [(3, False, True), (2, False, False), (3, True, False), (0, False, False)]
)
def test_engaged_is_three_replies_and_no_stop(replies: int, stopped: bool, engaged: bool) -> None:
    assert lived(ANA, replies, stopped=stopped).engaged is engaged


def test_an_answer_at_the_last_moment_is_on_time() -> None:
    found = parts(
        lived([asked(1, AnswerKind.DONE, "done", after=8), asked(2, AnswerKind.DONE, "done", after=8.01)]).whole
    )

    assert (found["on_time"], found["late"]) == ((1, 2), (1, 2))


def test_two_long_answers_on_one_day_are_one_overshoot_day() -> None:
    long_day = [asked(number, AnswerKind.MINUTES, 30, quota=10, day=1) for number in (1, 2)]

    assert lived(long_day).whole.quota == QuotaFigure(reports=2, mean=1.0, overshoot_days=1)


def test_a_reminder_given_as_a_second_question_is_refused() -> None:
    with pytest.raises(DuplicateQuestionError, match="question 1 is counted twice"):
        lived([asked(1, AnswerKind.DONE), asked(1, AnswerKind.DONE, "done")])


def test_a_moment_without_a_zone_is_refused_by_name() -> None:
    naive = NOW.replace(tzinfo=None)

    with pytest.raises(NaiveMomentError, match="answer_by"):
        replace(OPEN, answer_by=naive)
    with pytest.raises(NaiveMomentError, match="now"):
        of_person([OPEN], replies=0, stopped=False, now=naive)


def test_nothing_asked_is_no_figure_rather_than_nought() -> None:
    found = lived([])

    assert found.whole.response == Share(0, 0, None, None, None)
    assert found.weeks == {}


def test_in_a_group_each_person_weighs_the_same() -> None:
    often = lived([asked(number, AnswerKind.DONE, "done") for number in range(1, 11)])
    once = lived([asked(1, AnswerKind.DONE)], replies=0)
    found = of_group([often, once], seed=3)

    assert {name: mean.mean for name, mean in found.items()} == {
        "response": 0.5,
        "on_time": 0.5,
        "action": 0.5,
        "action_answered": 1.0,  # of the one who said
        "quota": None,
        "engaged": 0.5,
    }
    assert found["action_answered"].left_out == 1


QUESTIONS = st.lists(
    st.builds(
        replace,
        st.builds(
            asked,
            st.integers(1, 20),
            st.sampled_from(list(KINDS)),
            st.none() | st.sampled_from(["yes", "no", "done", "partial", "not_done", "ok", 0, 5, 30]),
            after=st.none() | st.floats(0, 40),
            quota=st.none() | st.integers(1, 30),
        ),
        delivered=st.sampled_from([None, True, False]),
        barred=st.none() | st.sampled_from(list(Barred)),
        flare=st.booleans(),
    ),
    max_size=20,
    unique_by=lambda one: one.question_id,
)


@given(QUESTIONS)
def test_every_question_is_eligible_or_excluded_by_name_and_shares_are_shares(questions: list[Asked]) -> None:
    found = lived(questions)

    for figures in (found.whole, *found.weeks.values(), found.flare):
        shares = [figures.response, figures.on_time, figures.late, figures.action, figures.action_answered]
        assert figures.response.denominator + sum(figures.excluded.values()) == figures.asked
        assert figures.response.numerator == figures.on_time.numerator + figures.late.numerator
        assert all(0 <= one.numerator <= one.denominator for one in shares)
        assert all((one.low or 0) <= (one.value or 0) <= (one.high or 1) for one in shares)


@given(QUESTIONS)
def test_weeks_add_up_to_the_whole(questions: list[Asked]) -> None:
    found = lived(questions)
    summed = {
        name: tuple(sum(parts(figures)[name][at] for figures in found.weeks.values()) for at in (0, 1))
        for name in parts(found.whole)
    }

    assert summed == parts(found.whole)


@given(QUESTIONS, st.randoms(use_true_random=False))
def test_the_order_of_questions_changes_nothing(questions: list[Asked], dice: Random) -> None:
    shuffled = dice.sample(questions, len(questions))

    assert parts(lived(shuffled).whole) == parts(lived(questions).whole)


@given(QUESTIONS, st.integers(1, 14))
def test_one_more_silence_never_raises_a_figure(questions: list[Asked], day: int) -> None:
    before = parts(lived(questions).whole)
    after = parts(lived([*questions, asked(21, AnswerKind.DONE, day=day)]).whole)

    for name in ("response", "on_time", "action"):
        (had, of), (has, now_of) = before[name], after[name]
        assert has * max(of, 1) <= had * max(now_of, 1)


@given(QUESTIONS)
def test_kinds_add_up_to_the_whole_and_stand_in_their_order(questions: list[Asked]) -> None:
    found = by_kind(questions, now=NOW)
    summed = {
        name: tuple(sum(parts(figures)[name][at] for figures in found.values()) for at in (0, 1))
        for name in parts(lived(questions).whole)
    }

    assert summed == parts(lived(questions).whole)
    assert list(found) == [kind for kind in NudgeKind if any(one.kind is kind for one in questions)]
