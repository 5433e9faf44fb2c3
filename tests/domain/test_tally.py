"""A person's weeks: what counts, and how the last four stand to their own four before."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.adherence import Asked, Barred, of_person
from coach.domain.program import AnswerKind, NudgeKind
from coach.domain.tally import FEWEST, WEEKS, Trend, tally, trend_words

TODAY = date(2026, 11, 25)  # a Wednesday
NOW = datetime(2026, 11, 25, 18, tzinfo=UTC)
MONDAY = date(2026, 11, 23)


def asked(number: int, day: date, *, answered: bool = True, **changes: object) -> Asked:
    at = datetime(day.year, day.month, day.day, 14, tzinfo=UTC)
    facts = {
        "question_id": number,
        "nudge": "walk",
        "kind": NudgeKind.PACING,
        "expects": AnswerKind.MINUTES,
        "day": day,
        "week": 1,
        "asked_at": at,
        "answer_by": at + timedelta(hours=2),
        "delivered": True,
        "answered_at": at + timedelta(minutes=5) if answered else None,
    }
    return Asked(**(facts | changes))  # type: ignore[arg-type]  # what a case changes


def weeks_of(answered: list[int], eligible: int) -> list[Asked]:
    """So many of `eligible` questions answered in each week, the running one last."""
    found = []
    for back, count in enumerate(reversed(answered)):
        monday = MONDAY - timedelta(weeks=back)
        found += [asked(100 * back + number, monday, answered=number < count) for number in range(eligible)]
    return found


def test_a_week_is_monday_to_sunday_and_the_newest_is_last() -> None:
    found = tally([asked(1, date(2026, 11, 22)), asked(2, MONDAY, answered=False)], today=TODAY, now=NOW)

    assert len(found.weeks) == WEEKS
    assert [(one.starts, one.answered, one.eligible) for one in found.weeks[-2:]] == [
        (date(2026, 11, 16), 1, 1),
        (MONDAY, 0, 1),
    ]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"answered": False, "delivered": False}, "undelivered"),
        ({"answered": False, "barred": Barred.PAUSED}, "paused"),
        ({"answered": False, "answer_by": NOW + timedelta(hours=1)}, "still_open"),
        ({"flare": True}, "flare"),
    ],
)
def test_what_could_not_be_answered_does_not_count_and_is_named(changes: dict[str, object], why: str) -> None:
    week = tally([asked(1, MONDAY, **changes)], today=TODAY, now=NOW).weeks[-1]  # type: ignore[arg-type]  # likewise

    assert (week.answered, week.eligible, dict(week.left_out)) == (0, 0, {why: 1})


@pytest.mark.parametrize(
    ("answered", "trend"),
    [
        ([1, 1, 1, 1, 2, 2, 2, 3], Trend.UP),
        ([3, 3, 3, 3, 1, 2, 2, 2], Trend.DOWN),
        ([2, 2, 2, 2, 2, 2, 2, 3], Trend.STEADY),
        ([0, 0, 0, 0, 0, 0, 0, 0], Trend.STEADY),
    ],
)
def test_the_last_four_weeks_are_compared_with_their_own_four_before(answered: list[int], trend: Trend) -> None:
    assert tally(weeks_of(answered, 3), today=TODAY, now=NOW).trend is trend


def test_of_too_few_questions_nothing_is_said() -> None:
    found = tally(weeks_of([1, 1, 1, 1, 1, 1, 1, 1], 1), today=TODAY, now=NOW)

    assert found.trend is Trend.UNKNOWN
    assert found.last[1] < FEWEST
    assert trend_words(found.trend, found.last, found.before) == "too few questions yet to compare with before"


def test_the_trend_has_its_figures_and_blames_nobody() -> None:
    said = {trend: trend_words(trend, (9, 12), (5, 12)) for trend in Trend}

    assert said[Trend.UP] == (
        "answers more than before: 9 of 12 answered in the last four weeks, 5 of 12 in the four before"
    )
    assert not [words for words in said.values() if "missed" in words or "failed" in words]


DAYS = st.integers(0, 100).map(lambda back: TODAY - timedelta(days=back))


@given(st.lists(st.tuples(DAYS, st.booleans(), st.booleans()), max_size=60))
def test_the_weeks_count_what_adherence_counts(rows: list[tuple[date, bool, bool]]) -> None:
    questions = [asked(n, day, answered=answered, flare=flare) for n, (day, answered, flare) in enumerate(rows)]
    first = MONDAY - timedelta(weeks=WEEKS - 1)
    shown = [one for one in questions if one.day >= first]
    whole = of_person(shown, replies=0, stopped=False, now=NOW).whole.response
    found = tally(questions, today=TODAY, now=NOW)

    assert sum(week.answered for week in found.weeks) == whole.numerator
    assert sum(week.eligible for week in found.weeks) == whole.denominator
    assert all(week.answered <= week.eligible for week in found.weeks)
