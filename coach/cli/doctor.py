"""What `coach doctor` looks at."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from coach.content.clinic import read_clinic
from coach.content.safety import load_rules
from coach.domain.errors import CoachError
from coach.services.editions import Editions
from coach.settings import Settings
from coach.storage.database import Sessions, open_engine
from coach.storage.schema import is_current


@dataclass(frozen=True)
class Finding:
    """One thing looked at: well, or with the way to mend it."""

    ok: bool
    what: str


def examine(settings: Settings) -> list[Finding]:
    """All that must be right before coach can run, one finding each."""
    looks: list[Callable[[Settings], Finding]] = [_database, _program, _clinic, _safety, _gateway]
    return [look(settings) for look in looks]


def _database(settings: Settings) -> Finding:
    try:
        if is_current(open_engine(settings.database_url)):
            return Finding(ok=True, what="the database answers and is up to date")
    except SQLAlchemyError as error:
        return Finding(
            ok=False, what=f"the database does not open ({error.__class__.__name__}); look at COACH_DATABASE_URL"
        )
    return Finding(ok=False, what="the database is not up to date; run `coach migrate`")


def _program(settings: Settings) -> Finding:
    try:
        with Sessions(open_engine(settings.database_url)).read() as session:
            newest = Editions().newest(session)
    except SQLAlchemyError:
        newest = None
    if newest is None:
        return Finding(
            ok=False, what="no program is published; run `coach program publish config/programs/steady-steps.yaml`"
        )
    return Finding(ok=True, what=f"{newest.program.name} is published")


def _clinic(settings: Settings) -> Finding:
    try:
        return Finding(ok=True, what=f"the clinic is {read_clinic(settings.config_dir / 'clinic.yaml').name}")
    except CoachError as error:
        return Finding(ok=False, what=str(error))


def _safety(settings: Settings) -> Finding:
    try:
        load_rules(settings.config_dir)
    except CoachError as error:
        return Finding(ok=False, what=str(error))
    return Finding(ok=True, what="the safety phrases can be read")


def _gateway(settings: Settings) -> Finding:
    return Finding(
        ok=True,
        what=f"texts go to the sandbox at {settings.sandbox_url}; a live gateway is refused: no crisis path yet",
    )
