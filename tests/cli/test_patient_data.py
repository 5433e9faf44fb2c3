import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach.cli import build_app
from coach.services.erase import EraseError
from coach.services.publish import publish
from coach.services.roster import NoSuchPatientError
from coach.storage.database import Sessions
from coach.storage.tables import Enrollment, Patient
from tests.people import ANA, MONDAY_6AM, Practice, ana, asks, nudge, publication

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
HEADER = "name;phone;zone;language;consent;program;start"
GOOD = "Dee [x];202-555-0151;America/New_York;en;signed form;small-steps;2099-01-05"
BAD = "Eli;12;America/New York;en;signed form;;"
Coach = Callable[..., Result]


@pytest.fixture
def coach(sessions: Sessions) -> Coach:
    """`coach` on this database, with a secret key."""

    def run(*arguments: str, key: str = "k" * 32, typed: str = "") -> Result:
        url = sessions.engine.url.render_as_string()
        environment = {"COACH_DATABASE_URL": url, "COACH_SECRET_KEY": key, "COLUMNS": "200"}
        return CliRunner().invoke(build_app(), ["patient", *arguments], env=environment, input=typed)

    return run


def people(tmp_path: Path, *rows: str) -> str:
    file = tmp_path / "people.csv"
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return str(file)


def lived_with(sessions: Sessions) -> Practice:
    """A practice in which Ana had a morning, long ago."""
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("rate", answer=asks("scale_0_10")))
    practice.at(TEN)
    practice.hears("=6", at=TEN + timedelta(minutes=1))
    return practice


def test_a_file_with_faults_names_each_by_place_and_brings_nobody_in(
    coach: Coach, sessions: Sessions, tmp_path: Path
) -> None:
    publish(sessions, publication(nudge("walk")), author="Bo", now=MONDAY_6AM)
    file = people(tmp_path, GOOD, BAD)
    tried = coach("import", file)

    assert tried.exit_code == 1
    assert tried.stdout.splitlines()[:2] == [
        f"{file}:3:zone: there is no time zone 'America/New York'; did you mean America/New_York?",
        f"{file}:3:phone: '12' has too few or too many digits; write it as +12025550143, or as dialled in your country",
    ]
    assert tried.stdout.splitlines()[-1] == "nobody was brought in: 1 can go in, 1 not yet"
    assert Practice(sessions).rows(Patient) == []


def test_a_dry_run_shows_what_would_happen_and_the_others_go_in_where_that_is_wanted(
    coach: Coach, sessions: Sessions, tmp_path: Path
) -> None:
    publish(sessions, publication(nudge("walk")), author="Bo", now=MONDAY_6AM)
    dry = coach("import", people(tmp_path, GOOD), "--dry-run")
    assert dry.exit_code == 0
    assert "Dee [x]" in dry.stdout
    assert "small-steps begins on 2099-01-05" in dry.stdout
    assert Practice(sessions).rows(Patient) == []

    done = coach("import", people(tmp_path, GOOD, BAD), "--skip-bad", "--by", "Bo")
    assert done.stdout.splitlines()[-1] == "1 person is now in, 1 left out"
    assert [one.phone for one in Practice(sessions).rows(Patient)] == ["+12025550151"]
    assert len(Practice(sessions).rows(Enrollment)) == 1


def test_everything_about_a_person_is_json_and_the_conversation_csv_too(coach: Coach, sessions: Sessions) -> None:
    lived_with(sessions)
    full = json.loads(coach("export", "1").stdout)
    lines = coach("export", "1", "--format", "csv").stdout.splitlines()

    assert (full["patient"]["phone"], full["replies"][0]["body"]) == (ANA, "=6")
    assert lines == [
        "at,local,from,text,note",
        "2026-11-23T15:00:00Z,2026-11-23 10:00,clinic,en rate a Ana,",
        "2026-11-23T15:01:00Z,2026-11-23 10:01,patient,'=6,",
    ]
    assert isinstance(coach("export", "7", "--format", "csv").exception, NoSuchPatientError)


def test_a_person_is_erased_once_that_is_sure_and_comes_back_only_if_they_ask(coach: Coach, sessions: Sessions) -> None:
    ana(sessions)
    how = ("erase", "1", "--by", "Bo", "--why", "they asked for it")
    assert coach(*how, typed="n\n").exit_code == 1
    assert isinstance(coach(*how, "--yes", key="").exception, EraseError)
    assert len(Practice(sessions).rows(Patient)) == 1

    assert coach(*how, typed="y\n").stdout.splitlines()[-1].startswith("patient 1 is erased: ")
    again = ("add", "Ana", ANA, "--zone", "UTC", "--language", "en")
    assert "say so if they asked to come back (--again)" in str(coach(*again).exception)
    assert coach(*again, "--again").exit_code == 0
