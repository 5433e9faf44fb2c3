from datetime import UTC, date, datetime, timedelta

import pytest

from coach.domain.consent import Departure
from coach.gateway.base import Receipt
from coach.services.care import withdraw
from coach.services.confirm import confirm
from coach.services.edit import Change, edit
from coach.services.explain import explain_message
from coach.services.patient_calendar import Day, Line, calendar
from coach.services.roster import NoSuchPatientError
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Spell
from coach.storage.tables.patient import SpellKind
from tests.people import MONDAY, MONDAY_6AM, Practice, ana, asks, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOVE = nudge("move", days=["mon", "tue"], answer=asks("done", within=600, reminder=None))
CALM = nudge("calm-down", days=["mon", "wed"], slot="midday")


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    found = Practice(sessions)
    found.enrolls_ana(MOVE, CALM)
    return found


def days(practice: Practice, now: datetime, first: date = MONDAY, number: int = 1) -> list[Day]:
    return calendar(practice.sessions, practice.editions, 1, first=first, days=number, now=now)


def lines(practice: Practice, now: datetime, day: int = 0) -> tuple[Line, ...]:
    return days(practice, now, MONDAY + day * DAY)[0].lines


def spell(practice: Practice, kind: SpellKind, starts_at: datetime, ends_at: datetime | None = None) -> None:
    with practice.sessions.write() as session:
        session.add(Spell(patient_id=1, kind=kind, starts_at=starts_at, ends_at=ends_at, opened_by="Nurse Bo"))


def test_a_text_that_left_says_why_it_was_sent_and_what_came_back(practice: Practice) -> None:
    practice.at(TEN)
    practice.hears("done", at=TEN + HOUR)
    move, calm = lines(practice, TEN + 2 * HOUR)

    assert (f"{move.at:%H:%M}", move.name, move.stage, move.state) == (
        "09:30",
        "Move",
        "past",
        "handed to the provider",
    )
    assert move.why == "Small Steps owes it on Mondays and Tuesdays in the morning (09:30), in weeks 1 to 4"
    assert (f"{move.left_at:%H:%M}", move.text, move.why_not) == ("10:00", "en move a Ana", "")
    assert [(f"{one.at:%H:%M}", one.said, one.meaning, one.stands) for one in move.heard] == [
        ("11:00", "done", "done", True)
    ]
    assert (calm.name, calm.stage, calm.state, calm.text) == ("Calm down", "coming", "planned", None)


def test_an_answer_that_a_later_one_replaced_stays_in_sight(practice: Practice) -> None:
    practice.at(TEN)
    practice.hears("banana", at=TEN + HOUR)
    practice.at(TEN + HOUR)
    practice.hears("done", at=TEN + 2 * HOUR)
    (move, *_) = lines(practice, TEN + 3 * HOUR)

    assert [(one.said, one.meaning, one.stands) for one in move.heard] == [
        ("banana", "coach could not tell", False),
        ("done", "done", True),
    ]


def test_a_question_says_until_when_it_waits_and_then_that_no_answer_came(practice: Practice) -> None:
    practice.at(TEN)

    assert lines(practice, TEN + HOUR)[0].waits == "waits for an answer until 20:00"
    assert lines(practice, TEN + 11 * HOUR)[0].waits == "no answer came by 20:00"


def test_why_ana_did_not_get_tuesdays_text(practice: Practice) -> None:
    spell(practice, SpellKind.PAUSE, TEN, TEN + 2 * DAY)
    practice.at(TEN + DAY)
    (move,) = lines(practice, TEN + DAY + HOUR, day=1)

    assert (move.state, move.why_not, move.text) == ("withheld", "the person paused the texts", None)
    assert move.why.startswith("Small Steps owes it on Mondays and Tuesdays")
    assert move.message_id is not None
    assert explain_message(practice.sessions, move.message_id).reason == move.why_not


def test_a_day_on_which_nothing_was_owed_says_why(practice: Practice) -> None:
    found = days(practice, TEN, MONDAY - DAY, 30)

    assert found[0].nothing == ("Small Steps begins on 23 Nov 2026",)
    assert (found[4].lines, found[4].nothing) == ((), ("Small Steps has no text on Thursdays in week 1",))
    assert found[29].nothing == ("Small Steps was over on 20 Dec 2026",)
    assert found[1].nothing == ()


def test_who_is_in_no_program_is_said_so(sessions: Sessions) -> None:
    practice = Practice(sessions)
    ana(sessions)

    assert days(practice, TEN)[0].nothing == ("they are in no program",)


def test_beyond_what_is_planned_the_days_are_foreseen(practice: Practice) -> None:
    week = days(practice, TEN, MONDAY, 9)
    seen = [(one.day - MONDAY, line.name, line.stage, line.state) for one in week for line in one.lines]

    assert seen == [
        (0 * DAY, "Move", "coming", "planned"),
        (0 * DAY, "Calm down", "coming", "planned"),
        (1 * DAY, "Move", "coming", "planned"),
        (2 * DAY, "Calm down", "coming", "planned"),
        (7 * DAY, "Move", "foreseen", "foreseen"),
        (7 * DAY, "Calm down", "foreseen", "foreseen"),
        (8 * DAY, "Move", "foreseen", "foreseen"),
    ]
    assert week[7].lines[0].why == week[1].lines[0].why
    assert week[7].lines[0].message_id is None


def test_what_is_foreseen_says_what_would_keep_it_back(practice: Practice) -> None:
    spell(practice, SpellKind.PAUSE, TEN, TEN + 7 * DAY + HOUR)
    monday = lines(practice, TEN + HOUR, day=7)

    assert [(one.state, one.why_not) for one in monday] == [
        ("would be withheld", "the person paused the texts"),
        ("foreseen", ""),
    ]


def test_a_text_that_is_planned_says_what_stands_in_its_way(practice: Practice) -> None:
    spell(practice, SpellKind.HOLD, TEN)

    assert {one.why_not for one in lines(practice, TEN, day=1)} == {
        "nudges are held until somebody on the team releases them"
    }


def test_an_edit_shows_the_new_time_and_not_what_it_replaced(practice: Practice) -> None:
    change = Change(slots={"morning": "11:15"}, weekdays_off=["tue"])
    edit(practice.sessions, practice.editions, 1, change, by="Nurse Bo", now=MONDAY_6AM)
    monday, tuesday = days(practice, MONDAY_6AM, MONDAY, 2)

    assert [(f"{line.at:%H:%M}", line.name) for line in monday.lines] == [("11:15", "Move"), ("12:30", "Calm down")]
    assert monday.lines[0].why == (
        "Small Steps owes it on Mondays and Tuesdays in the morning (11:15, their own time), in weeks 1 to 4"
    )
    assert [line.why_not for line in tuesday.lines] == ["the person takes no texts on this weekday"]


def test_who_is_withdrawn_is_owed_nothing_more(practice: Practice) -> None:
    withdraw(practice.sessions, 1, Departure.FINISHED, by="Nurse Bo", now=TEN)
    (tuesday, *_, next_monday) = days(practice, TEN, MONDAY + DAY, 7)

    assert [(one.state, one.why_not) for one in tuesday.lines] == [("cancelled", "the person was withdrawn: finished")]
    assert (next_monday.lines, next_monday.nothing) == ((), ("their time in Small Steps is over",))


def test_what_did_not_arrive_says_what_the_provider_said(practice: Practice) -> None:
    practice.at(TEN)
    attempt = practice.rows(Attempt)[0]
    news = Receipt(attempt.provider_id or "", "undelivered", error_code="30003")
    confirm(practice.sessions, practice.gateway.sender, attempt.token, news, now=TEN + timedelta(minutes=1))
    move = lines(practice, TEN + HOUR)[0]

    assert move.state == "sent, but it did not reach the phone"
    assert move.why_not == "the provider says undelivered (30003)"


def test_our_answers_to_their_texts_stand_in_the_day_with_the_text_that_they_answer(practice: Practice) -> None:
    practice.hears("HELP", at=TEN)
    practice.at(TEN)
    help_, *_ = [one for one in lines(practice, TEN + HOUR) if one.name == "Answer to HELP"]

    assert (help_.why, help_.text) == ("answers their own text (of 10:00)", "en help")


def test_reading_the_days_changes_nothing(practice: Practice) -> None:
    before = practice.at(TEN)
    days(practice, MONDAY_6AM, MONDAY, 60)

    assert len(before) == 1
    assert days(practice, TEN, MONDAY, 60) == days(practice, TEN, MONDAY, 60)


def test_nobody_is_said_in_one_line(practice: Practice) -> None:
    with pytest.raises(NoSuchPatientError, match="there is no patient 9"):
        calendar(practice.sessions, practice.editions, 9, first=MONDAY, days=1, now=TEN)
