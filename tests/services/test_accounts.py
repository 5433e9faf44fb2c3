"""Accounts: links that work once, one admin who stays, and tries that are counted before they are looked at."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from coach.domain.rights import Role
from coach.services.accounts import (
    AccountError,
    accept,
    add_account,
    change_role,
    close_account,
    look_up,
    members,
    open_again,
)
from coach.services.sign_in import SignInError, sign_in, who_is
from coach.storage.database import Sessions
from tests.people import MONDAY_6AM
from tests.web.team import PASSWORD, QUICK

NOW, IDLE = MONDAY_6AM, timedelta(minutes=30)


def member(sessions: Sessions, name: str, role: Role) -> tuple[int, str]:
    """The id of somebody who has set their password, and the token of their browser."""
    account_id, link = add_account(sessions, email=f"{name}@clinic.example", name=name, role=role, now=NOW)
    return account_id, accept(sessions, QUICK, link, PASSWORD, now=NOW)


def enter(sessions: Sessions, name: str, password: str = PASSWORD) -> str:
    return sign_in(sessions, QUICK, email=f"{name}@clinic.example", password=password, now=NOW)


@pytest.mark.parametrize(
    ("email", "name"), [("", "Bo"), ("bo", "Bo"), ("bo@clinic", "Bo"), ("bo@clinic.example", " "), ("b\n@c.de", "Bo")]
)
def test_an_account_needs_an_address_and_a_name(sessions: Sessions, email: str, name: str) -> None:
    with pytest.raises(AccountError, match=r"write it as|say what the person is called"):
        add_account(sessions, email=email, name=name, role=Role.VIEWER, now=NOW)


def test_of_two_who_use_one_link_at_once_one_gets_in(sessions: Sessions) -> None:
    _, link = add_account(sessions, email="bo@clinic.example", name="Bo", role=Role.VIEWER, now=NOW)

    def come(_number: int) -> str | None:
        try:
            return accept(sessions, QUICK, link, PASSWORD, now=NOW)
        except AccountError:
            return None

    with ThreadPoolExecutor(4) as pool:
        came = list(pool.map(come, range(4)))

    assert len([token for token in came if token]) == 1


def test_a_new_link_makes_the_one_before_useless(sessions: Sessions) -> None:
    account_id, first = add_account(sessions, email="bo@clinic.example", name="Bo", role=Role.VIEWER, now=NOW)
    close_account(sessions, account_id, now=NOW)
    closed = look_up(sessions, first, now=NOW)
    second = look_up(sessions, open_again(sessions, account_id, now=NOW), now=NOW)

    assert closed is not None
    assert second is not None
    assert (closed.is_usable, second.is_usable) == (False, True)


def test_the_only_admin_who_can_sign_in_keeps_their_rights(sessions: Sessions) -> None:
    adam, _ = member(sessions, "adam", Role.ADMIN)
    add_account(sessions, email="eve@clinic.example", name="Eve", role=Role.ADMIN, now=NOW)  # she has not come yet

    with pytest.raises(AccountError, match="only admin who can sign in"):
        change_role(sessions, adam, Role.VIEWER, now=NOW)
    with pytest.raises(AccountError, match="only admin who can sign in"):
        close_account(sessions, adam, now=NOW)


def test_of_two_admins_who_close_each_other_at_once_one_stays(sessions: Sessions) -> None:
    ids = [member(sessions, name, Role.ADMIN)[0] for name in ("adam", "eve")]

    def close(account_id: int) -> bool:
        try:
            close_account(sessions, account_id, now=NOW)
        except AccountError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        closed = list(pool.map(close, ids))

    assert sorted(closed) == [False, True]
    assert sorted(one.is_closed for one in members(sessions)) == [False, True]


@pytest.mark.parametrize("end", ["role", "close"])
def test_other_rights_or_a_closed_account_end_every_sign_in(sessions: Sessions, end: str) -> None:
    member(sessions, "adam", Role.ADMIN)
    bo, token = member(sessions, "bo", Role.CLINICIAN)
    before = who_is(sessions, token, now=NOW, idle=IDLE)
    if end == "role":
        change_role(sessions, bo, Role.VIEWER, now=NOW)
    else:
        close_account(sessions, bo, now=NOW)

    assert before is not None
    assert who_is(sessions, token, now=NOW, idle=IDLE) is None
    if end == "close":
        with pytest.raises(SignInError):
            enter(sessions, "bo")


def test_many_guesses_at_once_are_all_counted(sessions: Sessions) -> None:
    """So that an address waits after its fifth, however many come in the same moment."""
    member(sessions, "bo", Role.CLINICIAN)

    def guess(number: int) -> str:
        try:
            return enter(sessions, "bo", f"guess number {number} of many")
        except SignInError as error:
            return str(error)

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(guess, range(24)))

    assert sum("do not belong together" in words for words in said) == 5
    assert sum("too many tries" in words for words in said) == 19


def test_a_right_password_forgets_the_wrong_ones(sessions: Sessions) -> None:
    member(sessions, "bo", Role.CLINICIAN)
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(SignInError, match="do not belong together"):
                enter(sessions, "bo", "wrong wrong wrong")

        assert enter(sessions, "bo")
