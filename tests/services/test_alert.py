from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from coach.domain.case import CaseCategory, CaseState, Tier
from coach.domain.consent import Consent
from coach.gateway.base import Outbound, Outcome, Receipt, Rejected, RejectionKind
from coach.gateway.codes import kind_in_receipt
from coach.services.care import withdraw
from coach.services.confirm import confirm
from coach.services.triage import resolve_case
from coach.storage import ledger, patients
from coach.storage.database import Sessions
from coach.storage.messages import Shard
from coach.storage.tables import Alert, Answer, Attempt, Case, CaseEntry
from coach.storage.tables.patient import SpellKind
from tests.people import ANA, CY, Practice, ana, asks, nudge
from tests.services.ward import DAY, HOUR, MINUTE, TEN, Ward, program


@pytest.fixture
def ward(sessions: Sessions) -> Ward:
    return Ward(Practice(sessions))


SIX_OF_SIX = (
    "PHQ-2 is 6 of 6 (23 Nov 2026); the PHQ-2's second item is 3 of 3 (23 Nov 2026) (rule phq2-urgent of small-steps)"
)


def test_a_finding_is_a_case_with_its_words_and_a_row_with_its_figures(ward: Ward) -> None:
    ward.enrolls_ana(program("phq2_urgent", measures=("phq2_1", "phq2_2")))
    at = ward.day(0, "3", "3")

    assert ward.looks(at) == 1
    assert ward.cases() == [(CaseCategory.WORSENING, Tier.TODAY, CaseState.OPEN)]
    assert [(one.phone, one.patient_id) for one in ward.practice.rows(Case)] == [(ANA, 1)]
    assert [(one.by, one.what) for one in ward.practice.rows(CaseEntry)] == [
        (
            "coach",
            SIX_OF_SIX,
        )
    ]
    assert [(one.rule, one.until, one.figures, one.case_id) for one in ward.practice.rows(Alert)] == [
        ("phq2-urgent", date(2026, 11, 23), {"phq2": 6, "second_item": 3}, 1)
    ]


def test_the_same_figures_are_told_once_even_where_their_case_is_resolved(ward: Ward) -> None:
    ward.enrolls_ana(program("sleep_poor", measures=("sleep",)))
    ward.day(0, "2")
    at = ward.day(1, "3")
    assert ward.looks(at) == 1
    with ward.practice.sessions.write() as session:
        resolve_case(session, CaseCategory.WORSENING, phone=ANA, what="we talked", now=at)

    assert [ward.looks(at + later) for later in (MINUTE, DAY, 2 * DAY)] == [0, 0, 0]
    assert ward.cases() == [(CaseCategory.WORSENING, Tier.ROUTINE, CaseState.RESOLVED)]

    ward.day(2)
    assert ward.looks(ward.day(3, "1")) == 0  # day 2 was not answered: not two running
    assert ward.looks(ward.day(4, "1")) == 1
    assert [state for _, _, state in ward.cases()] == [CaseState.RESOLVED, CaseState.OPEN]


def test_two_rules_speak_in_one_case_and_the_graver_tier_stands(ward: Ward) -> None:
    ward.enrolls_ana(program("phq2_high", "phq2_urgent", measures=("phq2_1", "phq2_2")))
    at = ward.day(0, "3", "3")

    assert ward.looks(at) == 2
    assert ward.cases() == [(CaseCategory.WORSENING, Tier.TODAY, CaseState.OPEN)]
    assert len(ward.practice.rows(CaseEntry)) == 2


def test_an_answer_is_looked_at_within_the_round_and_without_one_nothing_is_until_the_day_turns(ward: Ward) -> None:
    ward.enrolls_ana(program("phq2_high", measures=("phq2_1", "phq2_2")))
    ward.looks(TEN - HOUR)
    at = ward.day(0, "2", "2")

    assert ward.looks(at) == 1
    assert ward.looks(at + 10 * MINUTE) == 0

    with ward.practice.sessions.write() as session:
        for row in ward.practice.rows(Alert):
            session.delete(row)  # so that another look would tell it again
    assert ward.looks(at + HOUR) == 0
    assert ward.looks(at + 13 * HOUR) == 0  # 23:04 in New York
    assert ward.looks(at + 14 * HOUR) == 1  # 00:04


def test_each_shard_looks_at_its_own_patients(ward: Ward) -> None:
    ward.enrolls_ana(program("phq2_high", measures=("phq2_1", "phq2_2")))
    at = ward.day(0, "2", "2")

    assert [ward.looks(at, shard=Shard(index, 2)) for index in (0, 1)] == [0, 1]
    assert [ward.looks(at + MINUTE, shard=Shard(index, 2)) for index in (0, 1)] == [0, 0]


def test_without_rules_in_the_program_nothing_is_said(ward: Ward) -> None:
    ward.enrolls_ana(program(measures=("phq2_1", "phq2_2")))

    assert ward.looks(ward.day(0, "3", "3")) == 0


def test_nothing_is_told_of_somebody_who_was_withdrawn(ward: Ward) -> None:
    ward.enrolls_ana(program("phq2_high", measures=("phq2_1", "phq2_2")))
    at = ward.day(0, "3", "3")
    withdraw(ward.practice.sessions, 1, "transferred", by="Nurse Bo", now=at)  # type: ignore[arg-type]  # its word

    assert ward.looks(at) == 0


def asked_daily(ward: Ward, days: Iterator[int] | range) -> None:
    for number in days:
        ward.practice.at(TEN + number * DAY + 9 * HOUR)  # 19:00: the evening's text leaves


def silent(ward: Ward, **person: Any) -> None:
    """Ana wrote on day 0, and is asked something each evening."""
    written = program(
        "silence",
        nudges=(
            nudge(
                "move",
                slot="evening",
                variants=[f"w{number}" for number in range(28)],
                answer=asks("done", within=120, reminder=None, action=True),
            ),
        ),
    )
    ward.enrolls_ana(written, **person)
    ward.day(0)
    ward.practice.hears("hello", at=TEN)


@pytest.mark.parametrize(("day", "new", "cases"), [(6, 0, 0), (7, 1, 0), (13, 1, 0), (14, 1, 1)])
def test_seven_days_of_silence_are_a_finding_and_fourteen_a_case(ward: Ward, day: int, new: int, cases: int) -> None:
    silent(ward)
    asked_daily(ward, range(day))

    assert ward.looks(TEN + day * DAY) == new
    assert len(ward.cases()) == cases


def test_a_silence_is_told_once_and_its_case_is_for_a_routine_call(ward: Ward) -> None:
    silent(ward)
    asked_daily(ward, range(20))

    told = [ward.looks(TEN + number * DAY) for number in range(7, 20)]

    assert told == [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert ward.cases() == [(CaseCategory.SILENCE, Tier.ROUTINE, CaseState.OPEN)]
    assert [(one.rule, one.until, one.case_id) for one in ward.practice.rows(Alert)] == [
        ("silence", date(2026, 11, 30), None),
        ("silence", date(2026, 12, 7), 1),
    ]


@pytest.mark.parametrize("kind", list(SpellKind))
def test_nobody_is_silent_while_held_paused_or_in_flare_nor_right_after(ward: Ward, kind: SpellKind) -> None:
    silent(ward)
    ward.spell(kind, TEN + 5 * DAY, TEN + 18 * DAY)
    asked_daily(ward, range(28))

    assert [ward.looks(TEN + number * DAY) for number in (6, 14, 17, 24)] == [0, 0, 0, 0]


def test_nobody_is_silent_who_said_stop(ward: Ward) -> None:
    silent(ward)
    asked_daily(ward, range(9))
    with ward.practice.sessions.write() as session:
        ledger.add(
            session,
            patients.lock(session, 1),
            Consent.STOPPED,
            at=TEN + 9 * DAY,
            by="patient",
            how="said STOP by phone",
        )

    assert ward.looks(TEN + 15 * DAY) == 0


def refuse(_: Outbound) -> Outcome:
    return Rejected("30003", RejectionKind.BAD_MESSAGE, "unreachable handset")


@pytest.mark.parametrize(("days", "cases"), [(2, 0), (3, 1)])
def test_three_texts_that_do_not_arrive_in_three_days_are_a_case(ward: Ward, days: int, cases: int) -> None:
    ward.enrolls_ana(program("delivery"))
    ward.practice.gateway.answer = refuse
    asked_daily(ward, range(days))

    ward.looks(TEN + days * DAY)

    assert ward.cases() == [(CaseCategory.DELIVERY, Tier.ROUTINE, CaseState.OPEN)] * cases


@pytest.mark.parametrize(("code", "cases"), [("30002", 0), ("30003", 1)])
def test_texts_that_the_account_kept_back_say_nothing_of_the_number(ward: Ward, code: str, cases: int) -> None:
    ward.enrolls_ana(program("delivery"))
    for number in range(3):
        at = TEN + number * DAY + 9 * HOUR
        ward.practice.at(at)
        attempt = ward.practice.rows(Attempt)[-1]
        news = Receipt(attempt.provider_id or "", "undelivered", code, kind_in_receipt(code))
        confirm(ward.practice.sessions, "another sender", attempt.token, news, now=at + MINUTE)

    ward.looks(TEN + 3 * DAY)

    assert len([one for one in ward.practice.rows(Case) if one.phone == ANA]) == cases


def test_one_persons_trouble_holds_nobody_else_up(ward: Ward, caplog: pytest.LogCaptureFixture) -> None:
    written = program("phq2_high", measures=("phq2_1", "phq2_2"))
    ward.enrolls_ana(written)
    ward.practice.enrolls_also(ana(ward.practice.sessions, phone=CY), written)
    ward.practice.at(TEN - 4 * HOUR)
    for who in (ANA, CY):
        at = ward.day(0, "2", "2", phone=who)
    with ward.practice.sessions.write() as session:
        session.get_one(Answer, 1).value = "not a number"

    assert ward.looks(at) == 1
    assert [one.phone for one in ward.practice.rows(Case)] == [CY]
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == [
        "the alert rules of enrollment 1 could not be read"
    ]
