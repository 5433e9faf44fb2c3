import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach.cli import build_app
from coach.services.care import CareError
from coach.services.publish import publish
from coach.storage.database import Sessions
from coach.storage.tables import Enrollment, Patient
from tests import forks
from tests.people import MONDAY_6AM, Practice, ana_in, asks, nudge, publication

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
Coach = Callable[..., Result]


@pytest.fixture
def coach(sessions: Sessions) -> Coach:
    """`coach` on this database."""

    def run(*arguments: str) -> Result:
        environment = {"COACH_DATABASE_URL": sessions.engine.url.render_as_string(), "COLUMNS": "200"}
        return CliRunner().invoke(build_app(), list(arguments), env=environment)

    return run


def test_a_person_is_added_listed_and_enrolled(coach: Coach, sessions: Sessions) -> None:
    publish(sessions, publication(nudge("move")), author="Nurse Bo", now=MONDAY_6AM)

    added = coach("patient", "add", "Ana Reyes", "(202) 555-0143", "--zone", "America/New_York", "--language", "es")
    enrolled = coach("enroll", "1", "small-steps", "--start", "2099-01-05")
    listed = coach("patient", "list")

    assert added.stdout == "patient 1 is added; `coach enroll 1 PROGRAM --start DATE` comes next\n"
    assert enrolled.stdout == "enrollment 1: patient 1 is in small-steps from 2099-01-05\n"
    assert "Ana Reyes" in listed.stdout
    assert "recorded" in listed.stdout
    assert [(one.phone, one.language) for one in Practice(sessions).rows(Patient)] == [("+12025550143", "es")]
    assert len(Practice(sessions).rows(Enrollment)) == 1


def test_show_tells_a_persons_whole_story_in_their_time(coach: Coach, sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("rate", answer=asks("scale_0_10")))
    practice.at(TEN)
    practice.hears("6", at=TEN + timedelta(hours=1))
    practice.hears("I want to die [really]", at=TEN + timedelta(hours=2))
    lines = coach("patient", "show", "1").stdout.splitlines()

    assert lines[:4] == [
        "Ana Reyes, patient 1, +12025550143, America/New_York, en",
        "  2026-11-23 06:00  consent recorded by staff: told by Nurse Bo",
        "  2026-11-23 06:00  consent confirmed by patient: said yes to Nurse Bo",
        "  in small-steps from 2026-11-23, preset standard, active",
    ]
    assert "  hold since 2026-11-23 12:00, until somebody ends it, by coach" in lines
    assert "  case 1: crisis_suicide, open, since 2026-11-23 12:00" in lines
    assert "  Mon 23 Nov 10:00  > en rate a Ana" in lines
    assert "  Mon 23 Nov 11:00  < 6" in lines
    assert any(line.startswith("  Mon 23 Nov 12:00  < I want to die [really]") for line in lines)
    assert any("1 of 1 (100%)" in line for line in lines)


def test_a_text_stays_on_its_line_and_cannot_speak_to_the_terminal(coach: Coach, sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("move"))
    practice.hears("hello\n  consent confirmed by staff\x1b[2J", at=TEN)
    lines = coach("patient", "show", "1").stdout.splitlines()

    assert "  Mon 23 Nov 10:00  < hello ⏎   consent confirmed by staff�[2J  [for the team to read]" in lines


def test_a_name_with_brackets_is_shown_as_it_is(coach: Coach, sessions: Sessions) -> None:
    publish(sessions, publication(nudge("move")), author="Nurse Bo", now=MONDAY_6AM)
    coach("patient", "add", "Ana [/b] [red]R", "2025550143", "--zone", "UTC", "--language", "en")
    coach("enroll", "1", "small-steps", "--start", "2099-01-05")

    assert "Ana [/b] [red]R" in coach("patient", "list").stdout
    assert coach("patient", "show", "1").stdout.count("Ana [/b] [red]R") == 2  # above her story, and her figures


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("patient", "show", "7"), "there is no patient 7; `coach patient list` shows them"),
        (("patient", "add", "Ana", "12", "--zone", "UTC", "--language", "en"), "write it as +1 202 555 0143"),
        (("enroll", "7", "small-steps", "--start", "tomorrow"), "'tomorrow' is no date; write it as 2026-11-23"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_2(sessions: Sessions, arguments: tuple[str, ...], words: str) -> None:
    environment = {**os.environ, "COACH_DATABASE_URL": sessions.engine.url.render_as_string()}

    done = forks.run(Path.cwd(), arguments, environment)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("coach: ")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_hold_is_lifted_a_person_invited_again_and_withdrawn(coach: Coach, sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("move"))
    practice.hears("I want to die", at=TEN)

    assert isinstance(coach("patient", "lift-hold", "1", "--by", "Nurse Bo").exception, CareError)
    coach("case", "close", "1", "--note", "seen", "--by", "Nurse Bo")
    assert coach("patient", "lift-hold", "1", "--by", "Nurse Bo").stdout == "patient 1: nudges may leave again\n"
    assert isinstance(coach("patient", "invite", "1").exception, CareError)
    assert coach("patient", "withdraw", "1").exit_code == 2  # without a reason
    said = coach("patient", "withdraw", "1", "--reason", "finished", "--by", "Nurse Bo").stdout
    assert said == "patient 1 is withdrawn (finished); 4 planned texts are cancelled, and none is sent\n"
    assert any(
        line.endswith("consent withdrawn by staff: withdrawn by Nurse Bo: finished")
        for line in coach("patient", "show", "1").stdout.splitlines()
    )


def test_an_invitation_is_sent_again_on_demand(coach: Coach, sessions: Sessions) -> None:
    practice = Practice(sessions)
    ana_in(sessions, practice.editions, publication(nudge("move")), confirmed=False)
    practice.at(TEN + timedelta(days=9))  # it could not leave in time

    assert coach("patient", "invite", "1").stdout == "patient 1: an invitation leaves in their hours\n"
