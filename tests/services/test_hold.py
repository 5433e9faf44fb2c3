from datetime import timedelta

import pytest

from coach.domain.case import CaseCategory, CaseState, Tier
from coach.domain.consent import Departure
from coach.services import care
from coach.services.cases import acknowledge, list_cases, note, resolve
from coach.services.hold import ASKED, STILL_OPEN, ask_about_dangers, ask_about_holds
from coach.storage.database import Sessions
from coach.storage.tables import CaseEntry
from tests.people import CY, Practice, nudge
from tests.services.paging import TEN, Ward

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def ward(sessions: Sessions) -> Ward:
    """Ana's nudges are held since ten, and Bo has the case."""
    found = Ward(Practice(sessions))
    found.practice.enrolls_ana(nudge("move"))
    found.practice.hears("I want to die", at=TEN)
    acknowledge(sessions, 1, by="Bo", now=TEN + MINUTE)
    return found


def asked(ward: Ward, *hours: float) -> list[float]:
    """At which of these hours after the hold began somebody was asked."""
    return [hour for hour in hours if ask_about_holds(ward.practice.sessions, now=TEN + hour * HOUR)]


def test_a_hold_of_a_day_opens_its_case_again_and_pages_once_a_day(ward: Ward) -> None:
    assert asked(ward, 1, 23.9, 24, 24.1, 47.9, 48, 48.1, 72) == [24, 48, 72]
    assert ward.lines(1).count(ASKED) == 3
    assert (ward.case(1).state, ward.case(1).paging_since) == (CaseState.OPEN, TEN + DAY)
    assert ward.round(TEN + 73 * HOUR) != []


def test_where_its_case_is_closed_a_system_case_of_the_person_asks(ward: Ward) -> None:
    resolve(ward.practice.sessions, 1, by="Bo", note="seen", lift_hold=False, now=TEN + HOUR)

    assert asked(ward, 2, 24, 25, 48) == [24, 48]
    [line] = list_cases(ward.practice.sessions)
    assert (line.category, line.tier, line.patient_id) == (CaseCategory.SYSTEM, Tier.NOW, 1)
    assert line.is_paging


def test_a_hold_that_was_lifted_is_not_asked_about(ward: Ward) -> None:
    resolve(ward.practice.sessions, 1, by="Bo", note="seen", lift_hold=True, now=TEN + HOUR)

    assert asked(ward, 24, 48) == []


def test_nobody_is_asked_about_somebody_who_left(ward: Ward) -> None:
    care.withdraw(ward.practice.sessions, 1, Departure.TRANSFERRED, by="Bo", now=TEN + HOUR)

    assert asked(ward, 24, 48) == []


def test_the_question_says_nothing_of_the_words_that_came(ward: Ward) -> None:
    asked(ward, 24)
    last = ward.practice.rows(CaseEntry)[-1]

    assert (last.by, last.what, last.reply_id) == ("coach", ASKED, None)


def reminded(ward: Ward, *hours: float) -> list[float]:
    """At which of these hours after ten somebody was asked about a case of danger."""
    return [hour for hour in hours if ask_about_dangers(ward.practice.sessions, now=TEN + hour * HOUR)]


def test_a_strangers_danger_that_somebody_took_and_nobody_wrote_about_is_asked_about_once_a_day(ward: Ward) -> None:
    resolve(ward.practice.sessions, 1, by="Bo", note="seen", lift_hold=True, now=TEN)
    ward.practice.hears("I want to die", at=TEN, phone=CY)
    acknowledge(ward.practice.sessions, 2, by="Bo", now=TEN)

    assert reminded(ward, 1, 23.9, 24, 24.1) == [24]
    assert (ward.case(2).state, ward.case(2).paging_since) == (CaseState.OPEN, TEN + DAY)
    acknowledge(ward.practice.sessions, 2, by="Kim", now=TEN + 30 * HOUR)
    note(ward.practice.sessions, 2, "no answer, tried again", by="Kim", now=TEN + 40 * HOUR)
    assert reminded(ward, 48, 63.9, 64) == [64]
    assert ward.lines(2).count(STILL_OPEN) == 2


def test_who_was_asked_about_as_a_case_is_not_asked_about_as_a_hold(ward: Ward) -> None:
    assert reminded(ward, 24.1, 25) == [24.1]
    assert asked(ward, 25, 48, 49) == [49]
