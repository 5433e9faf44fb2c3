"""coach user ...: the first admin comes in by the command line."""

import re
import shutil
from pathlib import Path

from tests.journeys.real import environment, run


def test_accounts_are_made_and_given_links_by_the_command_line(tmp_path: Path, migrated: Path) -> None:
    env = environment(tmp_path, public_base_url="https://coach.example.org")
    shutil.copy(migrated, tmp_path / "coach.db")
    added = run(tmp_path, "user", "add", "Adam@Clinic.example", "--role", "admin", "--name", "Adam", env=env)
    twice = run(tmp_path, "user", "add", "adam@clinic.example", "--role", "viewer", env=env)
    nobody = run(tmp_path, "user", "add", "bo", "--role", "clinician", env=env)
    again = run(tmp_path, "user", "link", "1", env=env)
    listed = run(tmp_path, "user", "list", env=env)

    assert re.search(r"^https://coach\.example\.org/welcome/[\w-]{32}$", added.stdout, re.MULTILINE)
    assert again.stdout.startswith("https://coach.example.org/welcome/")
    assert again.stdout.split()[-1] != added.stdout.split()[-1]
    assert (twice.returncode, "has an account already" in twice.stderr) == (2, True)
    assert (nobody.returncode, "write it as bo@clinic.example" in nobody.stderr) == (2, True)
    assert "adam@clinic.example" in listed.stdout
