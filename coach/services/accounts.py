"""Who of the care team may sign in, and as what: invited by a link, changed and closed by an admin."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pwdlib import PasswordHash
from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from coach.domain.errors import CoachError
from coach.domain.passwords import weakness
from coach.domain.rights import Role
from coach.domain.sign_in import INVITATION_LASTS
from coach.services.sign_in import Who, begin, digest, forget, sign_in, sign_out_everywhere, tidy
from coach.storage.database import Sessions
from coach.storage.tables import Account, Invitation, SignIn

LONGEST_NAME, LONGEST_EMAIL = 80, 200  # letters


class AccountError(CoachError):
    """It cannot be done with this account."""


class WeakPasswordError(AccountError):
    """The password is too easy."""


@dataclass(frozen=True)
class Member:
    """One person of the care team; times are UTC."""

    id: int
    email: str
    name: str
    role: Role
    has_come: bool  # they have set a password
    is_closed: bool
    created_at: datetime
    seen_at: datetime | None  # when they last did something


@dataclass(frozen=True)
class Invited:
    """Whose link to set a password it is."""

    account_id: int
    name: str
    email: str
    is_usable: bool


def add_account(sessions: Sessions, *, email: str, name: str, role: Role, now: datetime) -> tuple[int, str]:
    """The new account's id, and the token of the link with which its owner sets a password.

    Raises:
        AccountError: no such address can be, no name is given, or an account has the address.
    """
    address, called = tidy(email), " ".join(name.split())
    user, _, host = address.rpartition("@")
    if not user or "." not in host.strip(".") or len(address) > LONGEST_EMAIL or not address.isprintable():
        raise AccountError(f"{email!r} is no mail address; write it as bo@clinic.example")
    if not called or len(called) > LONGEST_NAME or not called.isprintable():
        raise AccountError(f"say what the person is called, in 1 to {LONGEST_NAME} letters: Nurse Bo")
    try:
        with sessions.write() as session:
            account = Account(email=address, name=called, role=role, created_at=now)
            session.add(account)
            session.flush()
            assert account.id is not None
            return account.id, _invite(session, account.id, now)
    except IntegrityError:
        raise AccountError(f"{address} has an account already; give its owner a new link, or other rights") from None


def invite_again(sessions: Sessions, account_id: int, *, now: datetime) -> str:
    """The token of a new link to set a password; older links work no more, and wrong tries are forgotten.

    Raises:
        AccountError: there is no such account, or it is closed.
    """
    with sessions.write() as session:
        account = _locked(session, account_id)
        if account.closed_at is not None:
            raise AccountError(f"the account of {account.name} is closed; open it again first")
        forget(session, account.email)
        return _invite(session, account_id, now)


def change_role(sessions: Sessions, account_id: int, role: Role, *, now: datetime) -> None:
    """The account has that role from the next click on. Raises AccountError for the last admin, or no such account."""
    with sessions.write() as session:
        account = _locked_with_admins(session, account_id, loses_rights=role is not Role.ADMIN)
        account.role = role
        session.add(account)
        sign_out_everywhere(session, account_id, now)


def close_account(sessions: Sessions, account_id: int, *, now: datetime) -> None:
    """Nobody signs in with it, and whoever was signed in is not. Raises AccountError as `change_role` does."""
    with sessions.write() as session:
        account = _locked_with_admins(session, account_id, loses_rights=True)
        account.closed_at = now
        session.add(account)
        _spend_links(session, account_id, now)
        sign_out_everywhere(session, account_id, now)


def open_again(sessions: Sessions, account_id: int, *, now: datetime) -> str:
    """The token of a link with which the owner of a closed account sets a new password; the old one works no more."""
    with sessions.write() as session:
        account = _locked(session, account_id)
        account.closed_at = account.password_hash = None
        session.add(account)
        forget(session, account.email)
        return _invite(session, account_id, now)


def look_up(sessions: Sessions, token: str, *, now: datetime) -> Invited | None:
    """Whose link that is; None: nobody's."""
    with sessions.read() as session:
        found = session.execute(
            select(Invitation, Account)
            .join(Account, col(Account.id) == Invitation.account_id)
            .where(col(Invitation.token_hash) == digest(token))
        ).one_or_none()
    if found is None:
        return None
    link, account = found
    is_fresh = link.used_at is None and now < link.created_at + INVITATION_LASTS
    return Invited(account.id, account.name, account.email, is_fresh and account.closed_at is None)


def accept(sessions: Sessions, passwords: PasswordHash, token: str, password: str, *, now: datetime) -> str:
    """The token of a sign-in: the password is set, the link is used up, and other browsers are signed out.

    Raises:
        AccountError: the link is used up, or nobody's.
        WeakPasswordError: the password is too easy; the link still works.
    """
    invited = look_up(sessions, token, now=now)
    if invited is None or not invited.is_usable:
        raise AccountError("this link is used up, or older than three days; ask an admin of your clinic for a new one")
    if weak := weakness(password, [invited.email, invited.name]):
        raise WeakPasswordError(f"that password is too easy: {weak}")
    hashed = passwords.hash(password)
    with sessions.write() as session:
        account = _locked(session, invited.account_id)
        used = update(Invitation).where(col(Invitation.token_hash) == digest(token), col(Invitation.used_at).is_(None))
        if session.execute(used.values(used_at=now)).rowcount != 1:  # type: ignore[attr-defined]  # a cursor's
            raise AccountError("this link has just been used; sign in with the password that was set")
        account.password_hash = hashed
        session.add(account)
        _spend_links(session, invited.account_id, now)
        forget(session, account.email)
        sign_out_everywhere(session, invited.account_id, now)
        return begin(session, invited.account_id, now)


def change_password(
    sessions: Sessions, passwords: PasswordHash, who: Who, *, current: str, new: str, now: datetime
) -> str:
    """The token of a new sign-in: the password is another one, and every browser from before is signed out.

    Raises:
        SignInError: `current` is not their password, or they must wait after too many tries.
        WeakPasswordError: the new one is too easy.
    """
    if weak := weakness(new, [who.email, who.name]):
        raise WeakPasswordError(f"that password is too easy: {weak}")
    sign_in(sessions, passwords, email=who.email, password=current, now=now)  # ended below, with all others
    hashed = passwords.hash(new)
    with sessions.write() as session:
        account = _locked(session, who.account_id)
        account.password_hash = hashed
        session.add(account)
        sign_out_everywhere(session, who.account_id, now)
        return begin(session, who.account_id, now)


def members(sessions: Sessions) -> Sequence[Member]:
    """Everybody with an account, by name; closed ones last."""
    seen = (
        select(col(SignIn.account_id), func.max(col(SignIn.seen_at)).label("at")).group_by(col(SignIn.account_id))
    ).subquery()
    query = select(Account, seen.c.at).outerjoin(seen, seen.c.account_id == Account.id)
    with sessions.read() as session:
        found = [
            Member(
                row.id,
                row.email,
                row.name,
                row.role,
                row.password_hash is not None,
                row.closed_at is not None,
                row.created_at,
                at,
            )
            for row, at in session.execute(query)
        ]
    return sorted(found, key=lambda one: (one.is_closed, one.name.casefold(), one.id))


def _invite(session: Session, account_id: int, now: datetime) -> str:
    _spend_links(session, account_id, now)
    token = secrets.token_urlsafe(24)
    session.add(Invitation(account_id=account_id, token_hash=digest(token), created_at=now))
    session.flush()
    return token


def _spend_links(session: Session, account_id: int, now: datetime) -> None:
    links = update(Invitation).where(col(Invitation.account_id) == account_id, col(Invitation.used_at).is_(None))
    session.execute(links.values(used_at=now))


def _locked(session: Session, account_id: int) -> Account:
    query = select(Account).where(col(Account.id) == account_id).with_for_update()
    account: Account | None = session.execute(query).scalar_one_or_none()
    if account is None:
        raise AccountError(f"there is no account {account_id}; the page People and rights shows them")
    return account


def _locked_with_admins(session: Session, account_id: int, *, loses_rights: bool) -> Account:
    """The account, locked in order with those of all admins: of two who close each other's at once, one is refused."""
    query = select(Account).where(or_(col(Account.role) == Role.ADMIN, col(Account.id) == account_id))
    rows = session.execute(query.order_by(col(Account.id)).with_for_update()).scalars().all()
    account = _locked(session, account_id)
    admins = [one.id for one in rows if one.role is Role.ADMIN and one.password_hash and one.closed_at is None]
    if loses_rights and admins == [account_id]:
        raise AccountError(f"{account.name} is the only admin who can sign in; make somebody else admin first")
    return account
