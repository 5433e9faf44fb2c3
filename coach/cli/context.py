"""What most commands need: a Coach on this process's settings, over a migrated database."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from coach.bootstrap import Coach, build
from coach.domain.errors import CoachError
from coach.settings import read_settings
from coach.storage.schema import is_current


class NotMigratedError(CoachError):
    """The database is older than this coach."""


class DatabaseError(CoachError):
    """The database does not open."""


@contextmanager
def database_opens() -> Iterator[None]:
    """What the driver raises in the block becomes a DatabaseError of one line."""
    try:
        yield
    except DBAPIError as error:
        first = str(error.orig).partition("\n")[0]
        raise DatabaseError(
            f"the database does not open ({first}); look at COACH_DATABASE_URL, and whether its folder exists"
        ) from None


def open_coach() -> Coach:
    """The Coach of COACH_* and .env.

    Raises:
        SettingsError: a setting is wrong.
        DatabaseError: the database does not open.
        NotMigratedError: the database is not up to date.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    coach = build(read_settings())
    with database_opens():
        current = is_current(coach.sessions.engine)
    if not current:
        raise NotMigratedError("the database is new, or older than this coach; run `coach migrate` first")
    return coach


def open_listening_coach() -> Coach:
    """The same, with the words of danger read: a fault in them is said at the start, not at the first cry for help.

    Raises:
        SafetyRulesError: the words of danger cannot be read.
    """
    coach = open_coach()
    _ = coach.reader
    return coach
