import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach.bootstrap import open_queue
from coach.cli import build_app
from coach.services.publish import publish
from coach.storage.database import Sessions
from tests.content.project import ROOT
from tests.people import MONDAY_6AM, nudge, publication
from tests.postgres import Postgres

Coach = Callable[..., Result]


def run(database: str, **settings: str) -> Result:
    return CliRunner().invoke(build_app(), ["doctor"], env={"COACH_DATABASE_URL": database, **settings})


def test_a_clinic_that_is_set_up_is_well(sessions: Sessions) -> None:
    publish(sessions, publication(nudge("move")), author="Nurse Bo", now=MONDAY_6AM)
    result = run(sessions.engine.url.render_as_string())

    assert result.exit_code == 0
    assert "MEND" not in result.stdout
    assert "small-steps is published" in result.stdout
    assert "LIVE  no crisis path: a clinician reads" in result.stdout


def test_what_a_live_gateway_asks_for_is_to_be_mended_once_it_is_set(sessions: Sessions) -> None:
    publish(sessions, publication(nudge("move")), author="Nurse Bo", now=MONDAY_6AM)
    result = run(sessions.engine.url.render_as_string(), COACH_GATEWAY="twilio")
    mend = [line.split(":")[0] for line in result.stdout.splitlines() if line.startswith("MEND")]

    assert result.exit_code == 1
    assert mend == [
        "MEND  no account with the provider",
        "MEND  no public address",
        "MEND  no crisis path",
        "MEND  nobody is on duty",
        "MEND  no alarm outside",
    ]


def test_on_postgresql_it_says_which_and_whether_workers_are_needed(postgres: Postgres, postgres_template: str) -> None:
    address = postgres.create(template=postgres_template)
    before = run(address)
    open_queue(address).prepare()
    after = run(address)
    postgres.drop(address)

    assert "MEND  the tables for jobs are missing; run `coach migrate`" in before.stdout
    assert "ok    it is PostgreSQL 18" in after.stdout
    assert "ok    no worker is at work: `coach clock` needs one" in after.stdout


@pytest.mark.parametrize("place", ["new.db", "no/such/folder.db"])
def test_every_fault_is_found_at_once_with_its_remedy(tmp_path: Path, place: str) -> None:
    result = run(f"sqlite:///{tmp_path}/{place}")

    assert list(tmp_path.iterdir()) == []  # looking makes no database
    mend = [line for line in result.stdout.splitlines() if line.startswith("MEND")]

    assert result.exit_code == 1
    assert len(mend) == 2
    assert "`coach migrate`" in mend[0] or "COACH_DATABASE_URL" in mend[0]
    assert "`coach program publish " in mend[1]


def test_what_a_clinic_wrote_wrongly_is_named_by_its_place(sessions: Sessions, tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    (config / "clinic.yaml").write_text("name: Hillside\nphone: call us\ncountry: US\n")
    (config / "safety" / "words" / "shared.yaml").unlink()
    result = run(sessions.engine.url.render_as_string(), COACH_CONFIG_DIR=str(config))

    assert result.exit_code == 1
    assert f"MEND  {config}/clinic.yaml:2:8: " in result.stdout
    assert f"MEND  {config}/safety/words/shared.yaml: cannot be read" in result.stdout


def test_a_newest_version_that_nobody_approved_is_noted_on_a_live_gateway(sessions: Sessions) -> None:
    address = sessions.engine.url.render_as_string()
    publish(sessions, publication(nudge("move")), author="Nurse Bo", approver="Dr. Kim", now=MONDAY_6AM)
    before = run(address, COACH_GATEWAY="twilio").stdout
    publish(sessions, publication(nudge("move", slot="evening")), author="Nurse Bo", now=MONDAY_6AM)
    after = run(address, COACH_GATEWAY="twilio").stdout

    assert "not approved" not in before
    assert "note  the newest version of small-steps is not approved; another person than its author, Nurse Bo," in after
    assert "not approved" not in run(address).stdout
