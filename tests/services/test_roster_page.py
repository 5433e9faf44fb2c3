"""The roster and Today's sides: who is found, how they stand, and what is said of them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from coach.domain.consent import Departure
from coach.domain.standing import Stands
from coach.gateway.base import Rejected, RejectionKind
from coach.services import care
from coach.services.editions import Editions
from coach.services.enroll import add_patient
from coach.services.roster_page import RosterPage, Wanted, everybody, roster_page
from coach.services.spells import flare, hold, pause
from coach.services.staff_text import write_text
from coach.services.tally import tally
from coach.services.today import doing_well, not_arrived, quiet_people
from coach.storage.database import Sessions
from coach.storage.tables import Case, Patient, Tally
from tests.people import MONDAY_6AM, Practice, asks, nudge

NINE = MONDAY_6AM + timedelta(hours=3)
HALF_PAST = NINE + timedelta(minutes=30)
DAY = timedelta(days=1)
NAMES = ("José Núñez", "Bea O'Hara", "Cleo 50%", "Dan_Li", "Ana Reyes")


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    """Ana in a program, and four more who are in none."""
    found = Practice(sessions)
    found.enrolls_ana(nudge("walk", answer=asks("minutes", reminder=None)))
    for number, name in enumerate(NAMES[:4]):
        add(found, name, f"+1202555016{number}")
    return found


def add(practice: Practice, name: str, phone: str) -> int:
    return add_patient(
        practice.sessions,
        name=name,
        phone=phone,
        zone="America/New_York",
        language="en",
        country="US",
        consent="told",
        now=MONDAY_6AM,
    )


def page(practice: Practice, *, number: int = 1, size: int = 25, **wanted: Any) -> RosterPage:
    return roster_page(
        practice.sessions,
        Wanted(**wanted),
        page=number,
        size=size,
        now=practice.clock(),
    )


def names(practice: Practice, **wanted: Any) -> list[str]:
    return [row.name for row in page(practice, **wanted).rows]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("nunez", ["José Núñez"]),
        ("JOSÉ", ["José Núñez"]),
        ("o'h", ["Bea O'Hara"]),
        ("50%", ["Cleo 50%"]),
        ("%", ["Cleo 50%"]),
        ("n_l", ["Dan_Li"]),
        ("0162", ["Cleo 50%"]),
        ("3", ["Bea O'Hara"]),  # the patient's number
        ("zzz", []),
        ("' OR 1=1 --", []),
    ],
)
def test_people_are_found_by_name_without_accents_by_number_and_by_the_end_of_their_phone(
    practice: Practice, search: str, found: list[str]
) -> None:
    assert names(practice, search=search) == found


def test_pages_hold_everybody_once_and_one_beyond_the_end_is_the_last(practice: Practice) -> None:
    pages = [page(practice, number=number, size=2) for number in (1, 2, 3, 9)]

    assert [row.name for one in pages[:3] for row in one.rows] == sorted(NAMES)
    assert [(one.page, one.pages, one.total) for one in pages] == [(1, 3, 5), (2, 3, 5), (3, 3, 5), (3, 3, 5)]
    assert names(practice, descending=True) == sorted(NAMES, reverse=True)


def test_how_somebody_stands_is_the_gravest_and_can_be_asked_for(practice: Practice) -> None:
    sessions = practice.sessions
    practice.clock.to(NINE)

    def stands() -> Stands:
        return next(row.stands for row in page(practice).rows if row.name == "Ana Reyes")

    seen = [stands()]
    pause(sessions, Editions(), 1, days=3, by="Bo", now=NINE)
    seen.append(stands())
    flare(sessions, 1, by="Bo", now=NINE)
    seen.append(stands())
    write_text(sessions, practice.editions, 1, "Hello", by="Bo", now=NINE)
    seen.append(stands())
    hold(sessions, 1, by="Bo", now=NINE)
    seen.append(stands())
    practice.hears("i want to end my life", at=NINE)
    seen.append(stands())

    graver = [Stands.ACTIVE, Stands.PAUSED, Stands.FLARE, Stands.TALKING, Stands.HELD, Stands.NEEDS_YOU]
    assert seen == graver
    for wanted in graver[1:]:
        assert names(practice, stands=wanted) == ["Ana Reyes"], wanted
    assert names(practice, stands=Stands.ACTIVE) == []
    assert len(names(practice, stands=Stands.OVER)) == 4


def test_who_said_stop_waits_or_is_withdrawn_is_found_so(practice: Practice) -> None:
    practice.hears("STOP", at=NINE)
    assert names(practice, stands=Stands.STOPPED) == ["Ana Reyes"]
    care.withdraw(practice.sessions, 1, Departure.ASKED, by="Bo", now=NINE)

    assert "Ana Reyes" not in names(practice)
    assert names(practice, stands=Stands.WITHDRAWN) == ["Ana Reyes"]
    assert names(practice, program="small-steps") == []
    assert [row.id for row in everybody(practice.sessions, now=NINE)] == [2, 3, 4, 5]


def test_weeks_are_counted_anew_when_an_answer_comes_and_once_a_day_otherwise(practice: Practice) -> None:
    assert tally(practice.sessions, now=MONDAY_6AM) == 5
    practice.at(HALF_PAST)
    tally(practice.sessions, now=HALF_PAST)
    assert tally(practice.sessions, now=HALF_PAST + timedelta(minutes=1)) == 0
    practice.hears("12", at=HALF_PAST + timedelta(minutes=5))
    assert tally(practice.sessions, now=HALF_PAST + timedelta(minutes=6)) == 1
    (ana,) = page(practice, search="Ana").rows

    assert (ana.answered, ana.eligible, len(ana.weeks)) == (1, 1, 12)
    assert ana.heard_at == HALF_PAST + timedelta(minutes=5)
    assert tally(practice.sessions, now=HALF_PAST + timedelta(minutes=7)) == 0
    assert tally(practice.sessions, now=HALF_PAST + DAY + timedelta(minutes=7)) == 5


@pytest.mark.parametrize("event", ["closed", "pause", "stop"])
def test_a_closed_question_a_pause_or_a_stop_is_news_too(practice: Practice, event: str) -> None:
    practice.at(HALF_PAST)
    tally(practice.sessions, now=HALF_PAST)
    later = HALF_PAST + timedelta(hours=13)
    if event == "closed":
        practice.at(later)
    elif event == "pause":
        pause(practice.sessions, practice.editions, 1, days=1, by="Bo", now=later)
    else:
        practice.hears("STOP", at=later)

    assert tally(practice.sessions, now=later + timedelta(minutes=1)) == 1


def test_trouble_with_one_keeps_no_other_from_being_counted(practice: Practice) -> None:
    with practice.sessions.write() as session:
        broken = session.get_one(Patient, 3)
        broken.zone = "Mars"
        session.add(broken)
    tally(practice.sessions, now=MONDAY_6AM)

    assert [one.patient_id for one in practice.rows(Tally)] == [1, 2, 4, 5]


def test_who_needs_somebody_comes_first_where_asked_for_then_who_is_held(practice: Practice) -> None:
    assert names(practice, sort="stands") == ["Ana Reyes", "José Núñez", "Bea O'Hara", "Cleo 50%", "Dan_Li"]
    hold(practice.sessions, 4, by="Bo", now=NINE)
    pause(practice.sessions, practice.editions, 2, days=3, by="Bo", now=NINE)
    practice.hears("i want to end my life", at=NINE, phone="+12025550163")
    practice.clock.to(NINE)

    assert names(practice, sort="stands") == ["Dan_Li", "Cleo 50%", "José Núñez", "Ana Reyes", "Bea O'Hara"]
    assert names(practice, sort="stands", search="li") == ["Dan_Li"]
    assert names(practice, sort="stands", descending=True)[-1] == "Dan_Li"


def test_what_is_found_has_pages_and_its_order_too(practice: Practice) -> None:
    found = [page(practice, number=number, size=1, search="e", descending=True) for number in (1, 2, 3, 4)]

    assert [one.rows[0].name for one in found] == ["José Núñez", "Cleo 50%", "Bea O'Hara", "Ana Reyes"]
    assert {(one.total, one.pages) for one in found} == {(4, 4)}


def test_the_case_of_a_self_test_makes_nobody_look_as_if_they_needed_somebody(practice: Practice) -> None:
    practice.hears("i want to end my life", at=NINE)
    with practice.sessions.write() as session:
        session.execute(update(Case).values(is_test=True))
    practice.clock.to(NINE)

    assert names(practice, stands=Stands.NEEDS_YOU) == []
    assert page(practice, search="Ana").rows[0].stands is Stands.HELD


def test_order_by_answers_puts_those_of_whom_nothing_is_known_last(practice: Practice) -> None:
    practice.at(HALF_PAST)
    practice.hears("12", at=HALF_PAST + timedelta(minutes=5))
    tally(practice.sessions, now=HALF_PAST + DAY)

    for order in ("answers", "heard"):
        assert names(practice, sort=order)[0] == "Ana Reyes"
        assert names(practice, sort=order, descending=True)[0] == "Ana Reyes"


def test_who_has_gone_quiet_is_named_with_the_days_and_whoever_wrote_is_not(practice: Practice) -> None:
    for day in range(9):
        practice.at(HALF_PAST + day * DAY)
    now = HALF_PAST + 8 * DAY
    tally(practice.sessions, now=now)
    quiet = quiet_people(practice.sessions, now=now, limit=5)
    practice.hears("still here", at=now)
    tally(practice.sessions, now=now + timedelta(minutes=1))

    assert [(one.name, one.words) for one in quiet.people] == [("Ana Reyes", "nothing heard for 8 days")]
    assert quiet_people(practice.sessions, now=now + timedelta(minutes=1), limit=5).total == 0


def test_what_did_not_arrive_says_why_and_what_to_do(practice: Practice) -> None:
    practice.gateway.answer = lambda _: Rejected("21614", RejectionKind.BAD_NUMBER, "is not a mobile number")
    practice.at(HALF_PAST)
    (lost,) = not_arrived(practice.sessions, now=HALF_PAST + timedelta(hours=1), limit=5).people

    assert lost.name == "Ana Reyes"
    assert lost.to_do == "Ask them for a number that takes texts."
    assert not_arrived(practice.sessions, now=HALF_PAST + 4 * DAY, limit=5).total == 0


def test_who_answers_everything_or_more_than_before_does_well(practice: Practice) -> None:
    for day in range(6):
        at = HALF_PAST + day * DAY
        practice.at(at)
        practice.hears("12", at=at + timedelta(minutes=5))
    tally(practice.sessions, now=at + timedelta(minutes=6))
    well = doing_well(practice.sessions, now=at + timedelta(minutes=6), limit=5)

    assert [one.words for one in well.people] == ["answered all 6 questions of the last four weeks"]
