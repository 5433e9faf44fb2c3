from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from coach.domain.adherence import Adherence, Exclusion
from coach.gateway.base import Outbound, Outcome, Rejected, RejectionKind, Unknown
from coach.gateway.base import Receipt as News
from coach.services.adherence_report import adherence
from coach.services.confirm import confirm
from coach.storage.database import Sessions
from coach.storage.tables import Attempt
from coach.storage.tables.patient import Spell, SpellKind
from tests.people import CY, MONDAY_6AM, Practice, accept, ana, asks, nudge, publication

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York, on day 0
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WORDINGS = list("abcdefghijkl")
MOVE = nudge("move", variants=WORDINGS, answer=asks("done", within=120, reminder=None, action=True))


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    found = Practice(sessions)
    found.enrolls_ana(MOVE)
    return found


def figures(practice: Practice, now: datetime) -> Adherence:
    reports = adherence(practice.sessions, now=now)
    assert len(reports) == 1
    return reports[0].adherence


def spell(practice: Practice, kind: SpellKind, starts_at: datetime, ends_at: datetime) -> None:
    with practice.sessions.write() as session:
        session.add(Spell(patient_id=1, kind=kind, starts_at=starts_at, ends_at=ends_at, opened_by="Nurse Bo"))


def ask_on(practice: Practice, day: int, answer: Callable[[Outbound], Outcome] = accept) -> datetime:
    """When the question of that day left, or was to leave; the doubt about it has ended."""
    practice.gateway.answer = answer
    asked_at = TEN + day * DAY
    practice.at(asked_at)
    practice.at(asked_at + timedelta(minutes=16))
    return asked_at


def ten_days(practice: Practice) -> None:
    """Answered, late, silent, undelivered, missed, paused, held, stopped, answered no, still open."""
    practice.hears("done", at=ask_on(practice, 0) + HOUR)
    practice.at(TEN + DAY - HOUR)
    practice.hears("some", at=ask_on(practice, 1) + 3 * HOUR)
    ask_on(practice, 2)
    asked_at = ask_on(practice, 3)
    confirm(
        practice.sessions,
        practice.gateway.sender,
        practice.rows(Attempt)[-1].token,
        News("SM3", "undelivered", "30003"),
        now=asked_at,
    )
    ask_on(practice, 4, lambda _: Unknown("the answer was lost"))
    asked_at = ask_on(practice, 5)
    spell(practice, SpellKind.PAUSE, asked_at + HOUR, asked_at + 20 * HOUR)
    asked_at = ask_on(practice, 6)
    spell(practice, SpellKind.HOLD, asked_at + HOUR, asked_at + 20 * HOUR)
    asked_at = ask_on(practice, 7)
    practice.hears("STOP", at=asked_at + HOUR)
    practice.hears("START", at=asked_at + 4 * HOUR)
    practice.at(asked_at + 4 * HOUR)
    practice.hears("no", at=ask_on(practice, 8) + HOUR)
    ask_on(practice, 9)


def test_ten_days_count_as_they_would_by_hand(practice: Practice) -> None:
    ten_days(practice)
    found = figures(practice, TEN + 9 * DAY + HOUR)
    whole = found.whole

    assert whole.asked == 10
    assert (whole.response.numerator, whole.response.denominator) == (3, 4)
    assert (whole.on_time.numerator, whole.late.numerator) == (2, 1)
    assert (whole.action.numerator, whole.action.denominator) == (1.5, 4)
    assert (whole.action_answered.numerator, whole.action_answered.denominator) == (1.5, 3)
    assert dict(whole.excluded) == {
        Exclusion.NOT_SENT: 1,
        Exclusion.UNDELIVERED: 1,
        Exclusion.PAUSED: 1,
        Exclusion.HELD: 1,
        Exclusion.STOPPED: 1,
        Exclusion.STILL_OPEN: 1,
    }


def test_the_weeks_add_up_to_the_whole(practice: Practice) -> None:
    ten_days(practice)
    weeks = figures(practice, TEN + 9 * DAY + HOUR).weeks

    assert {week: (one.asked, one.response.numerator, one.response.denominator) for week, one in weeks.items()} == {
        1: (7, 2, 3),
        2: (3, 1, 1),
    }


def test_replies_of_any_kind_make_a_person_engaged_until_they_stop(practice: Practice) -> None:
    for hour, text in enumerate(("hello", "HELP", "what a day")):
        practice.hears(text, at=TEN + hour * HOUR)
    assert figures(practice, TEN + DAY).engaged

    practice.hears("STOP", at=TEN + 5 * HOUR)

    assert not figures(practice, TEN + DAY).engaged


def test_a_question_still_open_counts_once_its_time_is_over(practice: Practice) -> None:
    ask_on(practice, 0)

    assert figures(practice, TEN + HOUR).whole.response.denominator == 0
    assert figures(practice, TEN + 2 * HOUR).whole.response.denominator == 1


def test_a_text_that_was_refused_asked_nothing(practice: Practice) -> None:
    ask_on(practice, 0, lambda _: Rejected("21211", RejectionKind.BAD_NUMBER, "no such number"))

    assert figures(practice, TEN + DAY).whole.asked == 0


def test_a_reminder_and_a_re_ask_make_no_second_question(sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("move", days=["mon", "tue"], answer=asks("done", within=720, reminder=60)))
    practice.at(TEN)
    practice.at(TEN + HOUR)
    practice.at(TEN + DAY)
    practice.hears("banana", at=TEN + DAY)
    practice.at(TEN + DAY)
    whole = figures(practice, TEN + 3 * DAY).whole

    assert len(practice.gateway.calls) == 4
    assert (whole.asked, whole.response.numerator, whole.response.denominator) == (2, 1, 2)


def test_a_flare_day_is_told_apart(practice: Practice) -> None:
    spell(practice, SpellKind.FLARE, TEN - HOUR, TEN + 20 * HOUR)
    practice.hears("done", at=ask_on(practice, 0) + HOUR)
    practice.hears("done", at=ask_on(practice, 1) + HOUR)
    found = figures(practice, TEN + 2 * DAY - HOUR)

    assert (found.whole.response.denominator, found.flare.response.denominator) == (1, 1)
    assert found.whole.excluded[Exclusion.FLARE] == 1


def test_the_quota_follows_the_baseline_and_is_counted_by_day(sessions: Sessions) -> None:
    practice = Practice(sessions)
    minutes = asks("minutes", reminder=None)
    practice.enrolls_ana(
        nudge("walk", kind="pacing", weeks=[1], days=["mon", "wed", "fri"], answer=minutes),
        nudge("walk-goal", kind="pacing", weeks=[2], days=["mon", "tue"], answer=minutes),
        goal={"baseline": "walk", "nudges": ["walk-goal"], "cap": 30},
    )
    answers = {0: "10", 2: "10 min", 4: "10", 7: "13", 8: "4"}
    for day in range(10):
        practice.at(TEN + day * DAY)
        if day in answers:
            practice.hears(answers[day], at=TEN + day * DAY + HOUR)
    quota = figures(practice, TEN + 10 * DAY).whole.quota

    assert practice.gateway.texts[3:] == ["en walk-goal a Ana goal 8", "en walk-goal b Ana goal 8"]
    assert (quota.reports, quota.mean, quota.overshoot_days) == (2, 0.75, 1)


def test_one_persons_figures_leave_the_others_out(practice: Practice) -> None:
    other = ana(practice.sessions, phone=CY)
    practice.enrolls_also(other, publication(MOVE))

    assert [one.patient_id for one in adherence(practice.sessions, now=MONDAY_6AM)] == [1, other]
    assert [one.patient_id for one in adherence(practice.sessions, now=MONDAY_6AM, patient_id=other)] == [other]
