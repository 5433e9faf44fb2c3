from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from sqlalchemy import delete

from coach.domain.case import CaseCategory, CaseState, Tier
from coach.domain.consent import Departure
from coach.domain.self_test import PHONE
from coach.services.care import CareError, lift_hold, withdraw
from coach.services.cases import CaseError, acknowledge, case_story, list_cases, note, resolve, take
from coach.services.triage import open_case, resolve_case
from coach.storage import cases
from coach.storage.database import Sessions
from coach.storage.tables import Case, CaseEntry, Spell
from tests.people import ANA, CY, Practice, ana, nudge
from tests.services.paging import TEN, Ward

MINUTE = timedelta(minutes=1)
DANGER = CaseCategory.CRISIS_SUICIDE
READER_ARRIVES = 0.3  # seconds


@pytest.fixture
def ward(sessions: Sessions) -> Ward:
    return Ward(Practice(sessions))


def in_danger(ward: Ward) -> int:
    """The id of the case of Ana, whose nudges are held."""
    ward.practice.enrolls_ana(nudge("move"))
    ward.practice.hears("I want to die", at=TEN)
    return list_cases(ward.practice.sessions)[0].id


def test_cases_are_listed_the_gravest_first_then_the_oldest_and_closed_ones_where_asked(ward: Ward) -> None:
    quiet = ward.opens(CaseCategory.SILENCE, at=TEN)
    spine = ward.opens(CaseCategory.RED_FLAG_SPINE, at=TEN + MINUTE)
    danger = ward.opens(DANGER, at=TEN + 2 * MINUTE)
    closed = ward.opens(CaseCategory.DELIVERY, at=TEN)
    ward.opens(DANGER, phone=PHONE)  # the self-test's own
    sessions = ward.practice.sessions
    resolve(sessions, closed, by="Bo", note="number mended", lift_hold=False, now=TEN)

    assert [line.id for line in list_cases(sessions)] == [spine, danger, quiet]
    assert [line.id for line in list_cases(sessions, with_closed=True)] == [spine, danger, quiet, closed]


def test_a_line_says_whose_case_it_is_and_what_happened_last(ward: Ward) -> None:
    case_id = in_danger(ward)
    sessions = ward.practice.sessions
    acknowledge(sessions, case_id, by="Nurse  Bo", now=TEN + MINUTE)
    line = list_cases(sessions)[0]

    assert (line.who, line.patient_id, line.tier, line.category) == ("Ana Reyes", 1, Tier.NOW, DANGER)
    assert (line.state, line.taken_by, line.is_paging) == (CaseState.ACKNOWLEDGED, "Nurse Bo", False)
    assert (line.last_at, line.last_line) == (TEN + MINUTE, "has the case")


def test_a_strangers_case_names_the_number(ward: Ward) -> None:
    ward.opens(phone=CY)

    assert [(line.who, line.patient_id) for line in list_cases(ward.practice.sessions)] == [(CY, None)]


def test_a_story_has_every_line_and_the_texts_that_came(ward: Ward) -> None:
    case_id = in_danger(ward)
    sessions = ward.practice.sessions
    acknowledge(sessions, case_id, by="Bo", now=TEN + MINUTE)
    note(sessions, case_id, " called her, she is safe ", by="Bo", now=TEN + 2 * MINUTE)
    resolve(sessions, case_id, by="Bo", note="seen today", lift_hold=False, now=TEN + 3 * MINUTE)
    story = case_story(sessions, case_id)

    assert story.entries[0].text == "I want to die"
    assert [(entry.by, entry.what) for entry in story.entries[-3:]] == [
        ("Bo", "has the case"),
        ("Bo", "called her, she is safe"),
        ("Bo", "closed: seen today"),
    ]


def test_a_case_is_taken_once_and_a_closed_one_not_at_all(ward: Ward) -> None:
    case_id = ward.opens()
    sessions = ward.practice.sessions
    acknowledge(sessions, case_id, by="Bo", now=TEN)
    with pytest.raises(CaseError, match="Bo has case 1 already"):
        acknowledge(sessions, case_id, by="Kim", now=TEN)
    resolve(sessions, case_id, by="Kim", note="done", lift_hold=False, now=TEN)

    with pytest.raises(CaseError, match="case 1 is closed, by Kim"):
        acknowledge(sessions, case_id, by="Lee", now=TEN)
    with pytest.raises(CaseError, match="case 1 is closed already, by Kim"):
        resolve(sessions, case_id, by="Lee", note="done", lift_hold=False, now=TEN)
    assert ward.case(case_id).acknowledged_by == "Bo"


@pytest.mark.parametrize("lift_hold", [True, False])
def test_closing_says_what_becomes_of_the_hold(ward: Ward, *, lift_hold: bool) -> None:
    case_id = in_danger(ward)
    held = resolve(ward.practice.sessions, case_id, by="Bo", note="seen", lift_hold=lift_hold, now=TEN + MINUTE)
    [hold] = ward.practice.rows(Spell)

    assert held is not lift_hold
    assert (hold.ends_at, hold.closed_by) == ((TEN + MINUTE, "Bo") if lift_hold else (None, None))
    assert ("the hold is lifted: nudges may leave again" in ward.lines(case_id)) is lift_hold
    assert ward.case(case_id).paging_since is None


def test_a_hold_is_not_lifted_while_another_danger_of_the_same_person_is_open(ward: Ward) -> None:
    case_id = in_danger(ward)
    ward.practice.hears("I took all my pills", at=TEN + MINUTE)
    sessions = ward.practice.sessions
    ids = [line.id for line in list_cases(sessions)]

    with pytest.raises(CaseError, match=f"case {ids[1]} .* is not closed"):
        resolve(sessions, case_id, by="Bo", note="seen", lift_hold=True, now=TEN + 2 * MINUTE)
    assert ward.case(case_id).state is CaseState.OPEN
    assert resolve(sessions, case_id, by="Bo", note="seen", lift_hold=False, now=TEN + 2 * MINUTE)
    assert not resolve(sessions, ids[1], by="Bo", note="seen", lift_hold=True, now=TEN + 3 * MINUTE)


def test_a_hold_is_not_lifted_by_itself_while_a_danger_is_open(ward: Ward) -> None:
    case_id = in_danger(ward)
    sessions = ward.practice.sessions

    with pytest.raises(CareError, match=f"case {case_id} .* is not closed"):
        lift_hold(sessions, 1, by="Bo", now=TEN + MINUTE)
    resolve(sessions, case_id, by="Bo", note="seen", lift_hold=False, now=TEN + 2 * MINUTE)
    lift_hold(sessions, 1, by="Bo", now=TEN + 3 * MINUTE)
    assert ward.practice.rows(Spell)[0].ends_at == TEN + 3 * MINUTE


def test_whoever_has_the_number_now_has_a_case_of_their_own(ward: Ward) -> None:
    in_danger(ward)
    sessions = ward.practice.sessions
    withdraw(sessions, 1, Departure.TRANSFERRED, by="Bo", now=TEN + MINUTE)
    ana(sessions, zone="UTC", now=TEN + MINUTE)
    ward.practice.hears("I want to die", at=TEN + 2 * MINUTE)

    assert [(case.patient_id, case.state) for case in ward.practice.rows(Case)] == [
        (1, CaseState.RESOLVED),
        (2, CaseState.OPEN),
    ]
    assert not resolve(sessions, 2, by="Bo", note="seen", lift_hold=True, now=TEN + 3 * MINUTE)


def test_a_strangers_case_is_theirs_once_they_are_a_patient(ward: Ward) -> None:
    ward.practice.hears("I want to die", at=TEN)
    ana(ward.practice.sessions, now=TEN + MINUTE)
    ward.practice.hears("I still want to die", at=TEN + 2 * MINUTE)

    assert [case.patient_id for case in ward.practice.rows(Case)] == [1]


def test_what_coach_closes_is_not_called_about(ward: Ward) -> None:
    case_id = ward.opens(CaseCategory.SYSTEM)
    ward.pages(TEN)
    with ward.practice.sessions.write() as session:
        resolve_case(session, CaseCategory.SYSTEM, phone=CY, what="it is over", now=TEN + MINUTE)

    assert ward.practice.at(TEN + MINUTE) == []
    assert ward.case(case_id).state is CaseState.RESOLVED


@pytest.mark.parametrize("kind", ["postgresql"])  # on SQLite a second writer waits for the whole file
def test_a_cry_that_is_read_while_somebody_takes_the_case_is_called_about(ward: Ward) -> None:
    case_id = ward.opens()
    with ThreadPoolExecutor(1) as pool, ward.practice.sessions.write() as session:
        case = cases.lock(session, case_id)
        assert case is not None
        later = pool.submit(ward.opens, at=TEN + MINUTE)
        wait([later], READER_ARRIVES)
        take(session, case, by="Bo", how="has the case", now=TEN)

    assert (ward.case(case_id).state, ward.case(case_id).paging_since) == (CaseState.OPEN, TEN + MINUTE)


def test_closing_an_open_case_stops_its_paging(ward: Ward) -> None:
    case_id = ward.opens()
    ward.pages(TEN)
    resolve(ward.practice.sessions, case_id, by="Bo", note="a test of mine", lift_hold=False, now=TEN + MINUTE)

    assert ward.round(TEN + 10 * MINUTE) == []
    assert ward.practice.gateway.calls == []


def test_after_a_case_is_closed_a_further_text_opens_a_new_one(ward: Ward) -> None:
    first = ward.opens()
    resolve(ward.practice.sessions, first, by="Bo", note="seen", lift_hold=False, now=TEN)

    assert ward.opens(at=TEN + MINUTE) != first


DEEDS: list[Callable[[Sessions], object]] = [
    lambda sessions: acknowledge(sessions, 1, by=" ", now=TEN),
    lambda sessions: acknowledge(sessions, 1, by="x" * 81, now=TEN),
    lambda sessions: acknowledge(sessions, 1, by="Bo\x1b[2J", now=TEN),
    lambda sessions: acknowledge(sessions, 7, by="Bo", now=TEN),
    lambda sessions: note(sessions, 1, "\n", by="Bo", now=TEN),
    lambda sessions: note(sessions, 1, "x" * 2001, by="Bo", now=TEN),
    lambda sessions: note(sessions, 7, "called", by="Bo", now=TEN),
    lambda sessions: resolve(sessions, 1, by="", note="seen", lift_hold=False, now=TEN),
    lambda sessions: resolve(sessions, 1, by="Bo", note="", lift_hold=False, now=TEN),
    lambda sessions: resolve(sessions, 7, by="Bo", note="seen", lift_hold=False, now=TEN),
    lambda sessions: case_story(sessions, 7),
]


@pytest.mark.parametrize("deed", DEEDS)
def test_who_and_what_are_asked_for_and_what_cannot_be_done_changes_nothing(
    ward: Ward, deed: Callable[[Sessions], object]
) -> None:
    case_id = ward.opens()
    with pytest.raises(CaseError, match=r"say who you are|say what was done|there is no case 7"):
        deed(ward.practice.sessions)

    assert ward.case(case_id).state is CaseState.OPEN
    assert ward.lines(case_id) == ["words of danger"]


def test_a_case_without_a_line_is_listed_all_the_same(ward: Ward) -> None:
    with ward.practice.sessions.write() as session:
        open_case(session, DANGER, patient=None, phone=ANA, what="words", now=TEN)
    with ward.practice.sessions.write() as session:
        session.execute(delete(CaseEntry))

    assert [line.last_line for line in list_cases(ward.practice.sessions)] == [""]
