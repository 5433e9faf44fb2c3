"""What most commands need: a Coach on this process's settings, over a migrated database."""

import logging

from coach.bootstrap import Coach, build
from coach.domain.errors import CoachError
from coach.settings import read_settings
from coach.storage.schema import is_current


class NotMigratedError(CoachError):
    """The database is older than this coach."""


def open_coach() -> Coach:
    """The Coach of COACH_* and .env.

    Raises:
        SettingsError: a setting is wrong.
        NotMigratedError: the database is not up to date.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    coach = build(read_settings())
    if not is_current(coach.sessions.engine):
        raise NotMigratedError("the database is new, or older than this coach; run `coach migrate` first")
    return coach
