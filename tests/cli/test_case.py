import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach.cli import build_app
from coach.domain.case import CaseCategory
from coach.domain.self_test import PHONE
from coach.services.cases import CaseError
from coach.services.triage import open_case
from coach.storage.database import Sessions
from tests.content.project import ROOT
from tests.people import CY, Practice, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
HOURS = "hours: {days: [mon, tue], start: 09:00, end: 17:00, zone: America/New_York}\n"
Coach = Callable[..., Result]


@pytest.fixture
def coach(sessions: Sessions, tmp_path: Path) -> Coach:
    """`coach` for a clinic in New York, where Ana wrote words of danger at ten."""
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("move"))
    practice.hears("I want to die [really]\x1b[2J", at=TEN)
    with sessions.write() as session:
        for category, phone, what in (
            (CaseCategory.CRISIS_SUICIDE, PHONE, "the self-test's own"),
            (CaseCategory.DELIVERY, CY, "texts do not reach [this] number"),
            (CaseCategory.SYSTEM, "", "the account refuses every text"),
        ):
            open_case(session, category, patient=None, phone=phone, what=what, now=TEN + timedelta(minutes=1))
    config = tmp_path / "config"
    config.mkdir()
    (config / "safety").symlink_to(ROOT / "config/safety")
    (config / "clinic.yaml").write_text("name: Hill\nphone: 202-555-0100\ncountry: US\n" + HOURS, encoding="utf-8")

    def run(*arguments: str) -> Result:
        environment = {
            "COACH_DATABASE_URL": sessions.engine.url.render_as_string(),
            "COACH_CONFIG_DIR": str(config),
            "COLUMNS": "240",
        }
        return CliRunner().invoke(build_app(), list(arguments), env=environment)

    return run


def ids(listed: Result) -> list[int]:
    return [line["id"] for line in json.loads(listed.stdout)]


def test_the_list_shows_who_since_when_in_the_clinics_time_and_what_happened_last(coach: Coach) -> None:
    shown = coach("case", "list").stdout

    assert "since (America/New_York)" in shown
    [danger] = [line for line in shown.splitlines() if "crisis_suicide" in line]
    assert [cell.strip() for cell in danger.split("│")[1:7]] == [
        "1",
        "now",
        "crisis_suicide",
        "2026-11-23 10:00",
        "patient 1, Ana Reyes",
        "open, paging",
    ]
    assert "texts do not reach [this] number" in shown
    assert CY in shown
    assert "coach itself" in shown
    assert PHONE not in shown


def test_json_has_the_same_cases_in_utc(coach: Coach) -> None:
    listed = json.loads(coach("case", "list", "--format", "json").stdout)

    assert [line["id"] for line in listed] == [1, 3, 4]
    assert (listed[0]["opened_at"], listed[0]["tier"], listed[0]["is_paging"]) == ("2026-11-23T15:00:00Z", "now", True)


def test_a_case_is_taken_noted_and_closed(coach: Coach) -> None:
    said = [
        coach("case", "ack", "1", "--by", "Nurse Bo").stdout,
        coach("case", "note", "1", "called her", "--by", "Nurse Bo").stdout,
        coach("case", "close", "1", "--note", "seen today", "--by", "Nurse Bo").stdout,
    ]

    assert said == [
        "case 1: Nurse Bo has it, and nobody is paged any more\n",
        "case 1: noted\n",
        "case 1 is closed; the nudges stay held: `coach patient lift-hold` lets them leave again\n",
    ]
    assert ids(coach("case", "list", "--format", "json")) == [3, 4]
    assert ids(coach("case", "list", "--all", "--format", "json")) == [3, 4, 1]


def test_closing_can_lift_the_hold(coach: Coach) -> None:
    closed = coach("case", "close", "1", "--note", "seen today", "--by", "Nurse Bo", "--lift-hold")

    assert closed.stdout == "case 1 is closed\n"
    assert coach("patient", "lift-hold", "1").exception is not None  # nothing is held any more


def test_a_story_cannot_speak_to_the_terminal(coach: Coach) -> None:
    coach("case", "note", "1", "line one\nline two", "--by", "Nurse Bo")
    shown = coach("case", "show", "1").stdout.splitlines()

    assert shown[:2] == [
        "case 1: crisis_suicide, now, open, paging, since 2026-11-23 10:00 (America/New_York)",
        "  patient 1, Ana Reyes",
    ]
    assert shown[3] == "      < I want to die [really]�[2J"
    assert shown[4].endswith("  Nurse Bo: line one ⏎ line two")


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "9"),
        ("ack", "9", "--by", "Bo"),
        ("ack", "1", "--by", " "),
        ("note", "1", " ", "--by", "Bo"),
        ("close", "9", "--note", "done", "--by", "Bo"),
    ],
)
def test_what_cannot_be_done_is_an_error_with_words(coach: Coach, arguments: tuple[str, ...]) -> None:
    assert isinstance(coach("case", *arguments).exception, CaseError)


@pytest.mark.parametrize("arguments", [("ack", "1"), ("note", "1", "x"), ("close", "1", "--by", "Bo"), ("close", "1")])
def test_who_and_what_must_be_said(coach: Coach, arguments: tuple[str, ...]) -> None:
    assert coach("case", *arguments).exit_code == 2


def test_an_empty_list_says_so(sessions: Sessions) -> None:
    environment = {"COACH_DATABASE_URL": sessions.engine.url.render_as_string()}
    run = CliRunner()

    assert run.invoke(build_app(), ["case", "list"], env=environment).stdout == "no case is open\n"
    assert run.invoke(build_app(), ["case", "list", "--all"], env=environment).stdout == "no such case\n"
    assert run.invoke(build_app(), ["case", "list", "--format", "json"], env=environment).stdout == "[]\n"


def test_cases_are_exported_with_their_lines_and_without_the_self_tests(coach: Coach) -> None:
    coach("case", "ack", "1", "--by", "Nurse Bo")
    rows = json.loads(coach("export", "cases", "--format", "json").stdout)
    flat = coach("export", "cases").stdout.splitlines()

    assert [row["id"] for row in rows] == [1, 3, 4]
    assert rows[0]["acknowledged_by"] == "Nurse Bo"
    assert [line["by"] for line in rows[0]["entries"]] == ["coach", "Nurse Bo"]
    assert flat[0].startswith("id,patient_id,phone,category,tier,state,opened_at,")
    assert len(flat) == 4
