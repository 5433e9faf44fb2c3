import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach.cli import build_app
from coach.cli.context import NotMigratedError
from coach.domain.errors import CoachError
from coach.services.editions import NotApprovedError
from coach.storage.database import Sessions
from tests.content.project import edit, write_project
from tests.people import Practice, ana_in, nudge, publication


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def run(practice: Practice | str, *arguments: str, **settings: str) -> Result:
    address = practice if isinstance(practice, str) else practice.sessions.engine.url.render_as_string()
    return CliRunner().invoke(build_app(), ["program", *arguments], env={"COACH_DATABASE_URL": address, **settings})


def test_the_way_of_a_version(practice: Practice, tmp_path: Path) -> None:
    program = str(write_project(tmp_path))
    first = run(practice, "diff", program)
    run(practice, "publish", program, "--author", "Dr. Kim")
    edit(Path(program), "slot: morning", "slot: afternoon")
    found = run(practice, "diff", program)
    as_json = json.loads(run(practice, "diff", program, "--format", "json", "--now", "2026-11-23T09:00Z").stdout)
    run(practice, "publish", program, "--author", "Dr. Kim", "--note", "afternoons")
    approved = run(practice, "approve", "tiny", "--approver", "Dr. Lee")
    moved = run(practice, "move", "tiny")
    listed = run(practice, "list").stdout

    assert first.stdout == "no version of tiny is published yet: publishing this one changes nothing for anybody\n"
    assert "  0 people: Sunday's weekly moves from 09:30 to 15:30\n" in found.stdout
    assert [(one["kind"], one["name"], one["people"]) for one in as_json["changes"]] == [("time", "weekly", 0)]
    assert (as_json["people"], as_json["twice"], as_json["stay"]) == (0, [], [])
    assert approved.stdout.endswith(": approved by Dr. Lee\n")
    assert moved.stdout.endswith(": 0 people are moved to it\n")
    assert [line.split("│")[5].strip() for line in listed.splitlines() if "tiny" in line] == ["Dr. Lee", "not approved"]


def test_a_move_says_who_is_moved_and_a_dry_run_that_it_would_be(practice: Practice) -> None:
    ana_in(practice.sessions, practice.editions, publication(nudge("move")))
    from coach.services.publish import publish
    from tests.people import MONDAY_6AM

    new = publication(nudge("move", variants=["x", "y"]))
    publish(practice.sessions, new, author="Dr. Kim", now=MONDAY_6AM)
    dry = run(practice, "move", "small-steps", "--dry-run").stdout.splitlines()
    done = run(practice, "move", "small-steps", "--patient", "1").stdout.splitlines()

    words = "  1 of them only get other words: what is planned for them stays as it is"
    assert dry == [f"small-steps {new.hash[:12]}: 1 person would be moved to it", words]
    assert done == [f"small-steps {new.hash[:12]}: 1 person is moved to it", words]


def test_only_approved_versions_are_used_where_the_setting_says_so(practice: Practice, tmp_path: Path) -> None:
    program = str(write_project(tmp_path))
    run(practice, "publish", program, "--author", "Dr. Kim")

    refused = run(practice, "move", "tiny", COACH_REQUIRE_APPROVAL="true")

    assert isinstance(refused.exception, NotApprovedError)
    assert "`coach program approve tiny --approver WHO`" in str(refused.exception)


def test_a_diff_without_tables_says_how_to_make_them_and_faults_come_first(tmp_path: Path) -> None:
    program = write_project(tmp_path)
    address = f"sqlite:///{tmp_path}/new.db"

    assert isinstance(run(address, "diff", str(program)).exception, NotMigratedError)
    edit(program, "weeks: 2\n", "weeks: 60\n")
    faulty = run(address, "diff", str(program))

    assert (faulty.exit_code, faulty.stdout.count("\n")) == (1, 1)


def test_a_moment_that_is_none_is_refused(practice: Practice, tmp_path: Path) -> None:
    refused = run(practice, "diff", str(write_project(tmp_path)), "--now", "yesterday").exception

    assert isinstance(refused, CoachError)
    assert str(refused) == "'yesterday' is no moment; write it as 2026-11-23T09:00Z"
