"""coach user ...: the first admin comes in by the command line."""

import re
from pathlib import Path

from tests.journeys.real import environment, run


def test_the_first_admin_gets_a_link_and_the_address_is_taken_once(tmp_path: Path) -> None:
    env = environment(tmp_path, public_base_url="https://coach.example.org")
    run(tmp_path, "migrate", env=env)
    added = run(tmp_path, "user", "add", "Adam@Clinic.example", "--role", "admin", "--name", "Adam", env=env)
    twice = run(tmp_path, "user", "add", "adam@clinic.example", "--role", "viewer", env=env)
    listed = run(tmp_path, "user", "list", env=env)

    assert re.search(r"^https://coach\.example\.org/welcome/[\w-]{32}$", added.stdout, re.MULTILINE)
    assert (twice.returncode, "has an account already" in twice.stderr) == (2, True)
    assert "adam@clinic.example" in listed.stdout
    assert "invited" in listed.stdout


def test_a_new_link_is_printed_for_whoever_forgot_their_password(tmp_path: Path) -> None:
    env = environment(tmp_path)
    run(tmp_path, "migrate", env=env)
    first = run(tmp_path, "user", "add", "bo@clinic.example", "--role", "clinician", env=env).stdout.split()[-1]
    second = run(tmp_path, "user", "link", "1", env=env).stdout.split()[-1]
    nobody = run(tmp_path, "user", "link", "9", env=env)

    assert first.rpartition("/")[0] == second.rpartition("/")[0]
    assert first != second
    assert (nobody.returncode, "there is no account 9" in nobody.stderr) == (2, True)


def test_no_address_no_account(tmp_path: Path) -> None:
    env = environment(tmp_path)
    run(tmp_path, "migrate", env=env)
    answer = run(tmp_path, "user", "add", "bo", "--role", "clinician", env=env)

    assert (answer.returncode, "write it as bo@clinic.example" in answer.stderr) == (2, True)
