from datetime import datetime

from sqlmodel import Field

from coach.domain.rights import Role
from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime, text_enum


class Account(Row, table=True):
    """Somebody of the care team who may sign in. Without a password they have been invited, and have not come yet."""

    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)  # in small letters
    name: str  # as it stands beside what they do
    role: Role = Field(sa_type=text_enum(Role, "role"))
    password_hash: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # none: they may sign in


class Invitation(Row, table=True):
    """A link with which somebody sets their password: the first one, or another. It works once."""

    __tablename__ = "invitation"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(unique=True)  # SHA-256 of the link's token
    created_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignIn(Row, table=True):
    """One browser that somebody signed in with, until it ends."""

    __tablename__ = "sign_in"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(unique=True)  # SHA-256 of the cookie
    began_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)  # when a person last did something; a page's own polls do not count
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Knock(Row, table=True):
    """Failed tries to sign in with one address, whether or not an account has it."""

    __tablename__ = "knock"

    id: int | None = Field(default=None, primary_key=True)
    email_hash: str = Field(unique=True)  # SHA-256 of the address in small letters
    failures: int
    last_at: datetime = Field(sa_type=UtcDateTime)
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
