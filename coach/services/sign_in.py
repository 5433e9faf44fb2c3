"""Signs people of the care team in and out, and says who is there."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from pwdlib import PasswordHash
from sqlalchemy import Select, select, update
from sqlmodel import Session, col

from coach.domain.errors import CoachError
from coach.domain.rights import Role
from coach.domain.sign_in import FORGOTTEN_AFTER, is_over, wait_after
from coach.storage.database import Sessions
from coach.storage.insert import insert_new
from coach.storage.tables import Account, Knock, SignIn

A_MINUTE = timedelta(minutes=1)
WRONG = "that address and password do not belong together"


class SignInError(CoachError):
    """Nobody is signed in. `begins_wait`: with this try the address begins to wait."""

    begins_wait = False


@dataclass(frozen=True)
class Who:
    """Somebody of the care team who is signed in. `sign_in_id` is their browser's."""

    account_id: int
    name: str
    email: str
    role: Role
    sign_in_id: int


def sign_in(sessions: Sessions, passwords: PasswordHash, *, email: str, password: str, now: datetime) -> str:
    """The token of a browser that is signed in from now on. Each try is counted before it is looked at.

    Raises:
        SignInError: address and password do not belong together, or the address must wait after too many tries.
    """
    address = tidy(email)
    with sessions.write() as session:
        begins_wait = _count(session, address, now)
        account = open_account(session, address)
    known = account.password_hash if account and account.password_hash else _nobodys(passwords)
    holds, renewed = passwords.verify_and_update(password, known)  # as long for nobody's address as for somebody's
    if not holds or account is None or not account.password_hash:
        refused = SignInError(WRONG)
        refused.begins_wait = begins_wait
        raise refused
    with sessions.write() as session:
        if renewed is not None:
            renew = update(Account).where(col(Account.id) == account.id, col(Account.password_hash) == known)
            session.execute(renew.values(password_hash=renewed))
        forget(session, address)
        assert account.id is not None
        return begin(session, account.id, now)


def begin(session: Session, account_id: int, now: datetime) -> str:
    """The token of a new sign-in of that account."""
    token = secrets.token_urlsafe(32)
    session.add(SignIn(account_id=account_id, token_hash=digest(token), began_at=now, seen_at=now))
    session.flush()
    return token


def who_is(sessions: Sessions, token: str, *, now: datetime, idle: timedelta, is_active: bool = True) -> Who | None:
    """Who is signed in with that token, or None. Where `is_active`, a person did something, and is idle from now."""
    query = (
        select(SignIn, Account)
        .join(Account, col(Account.id) == SignIn.account_id)
        .where(
            col(SignIn.token_hash) == digest(token), col(SignIn.ended_at).is_(None), col(Account.closed_at).is_(None)
        )
    )
    with sessions.read() as session:
        found = session.execute(query).one_or_none()
    if found is None or is_over(found[0].began_at, found[0].seen_at, now, idle=idle):
        return None
    visit, account = found
    if is_active and now - visit.seen_at >= A_MINUTE:  # not a write for each picture on a page
        with sessions.write() as session:
            session.execute(update(SignIn).where(col(SignIn.id) == visit.id).values(seen_at=now))
    return Who(account.id, account.name, account.email, account.role, visit.id)


def who_was(sessions: Sessions, token: str) -> int | None:
    """Whose sign-in that was, over or not; None: nobody's."""
    query = select(col(SignIn.account_id)).where(col(SignIn.token_hash) == digest(token))
    with sessions.read() as session:
        return session.execute(query).scalar_one_or_none()


def sign_out(sessions: Sessions, sign_in_id: int, *, now: datetime) -> None:
    """That browser is signed in no more."""
    with sessions.write() as session:
        session.execute(update(SignIn).where(col(SignIn.id) == sign_in_id).values(ended_at=now))


def sign_out_everywhere(session: Session, account_id: int, now: datetime) -> None:
    """No browser of that account is signed in any more."""
    signed_in = update(SignIn).where(col(SignIn.account_id) == account_id, col(SignIn.ended_at).is_(None))
    session.execute(signed_in.values(ended_at=now))


def open_account(session: Session, address: str) -> Account | None:
    """The account with that address, unless it is closed."""
    query = select(Account).where(col(Account.email) == address, col(Account.closed_at).is_(None))
    return session.execute(query).scalar_one_or_none()


def tidy(email: str) -> str:
    """The address as accounts have it."""
    return email.strip().lower()


def digest(token: str) -> str:
    """What the database keeps of a token, or of an address that knocks: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def forget(session: Session, address: str) -> None:
    """The wrong tries with that address count no more."""
    row = session.execute(_knock(address)).scalar_one_or_none()
    if row is not None:
        row.failures, row.locked_until = 0, None
        session.add(row)


def _count(session: Session, address: str, now: datetime) -> bool:
    """Whether the address must wait after this one more try; raises SignInError where it must wait already."""
    insert_new(session, Knock, [{"email_hash": digest(address), "failures": 0, "last_at": now}])
    row = session.execute(_knock(address).with_for_update()).scalar_one()
    if row.locked_until is not None and now < row.locked_until:
        minutes = -(-(row.locked_until - now) // A_MINUTE)
        raise SignInError(
            f"too many tries with this address: wait {minutes} minute{'s' if minutes > 1 else ''},"
            " or ask an admin of your clinic for a new link"
        )
    failures = 1 if now - row.last_at > FORGOTTEN_AFTER else row.failures + 1
    wait = wait_after(failures)
    row.failures, row.last_at, row.locked_until = failures, now, now + wait if wait else None
    session.add(row)
    return bool(wait)


def _knock(address: str) -> Select[Knock]:
    return select(Knock).where(col(Knock.email_hash) == digest(address))


@cache
def _nobodys(passwords: PasswordHash) -> str:
    """A hash that no password fits, made as the others are."""
    return passwords.hash(secrets.token_urlsafe(16))
