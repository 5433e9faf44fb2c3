"""What `coach doctor` looks at."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from coach.bootstrap import is_postgresql, open_queue
from coach.content.clinic import read_clinic
from coach.content.safety import load_rules
from coach.domain.errors import CoachError
from coach.services.editions import Editions
from coach.settings import Settings
from coach.storage.database import Sessions, open_engine
from coach.storage.schema import is_current

PUBLISH = "no program is published; run `coach program publish config/programs/steady-steps.yaml`"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: well, or with the way to mend it."""

    ok: bool
    what: str


def examine(settings: Settings) -> list[Finding]:
    """All that must be right before coach can run, one finding each."""
    rest: list[Callable[[Settings], Finding]] = [_program, _clinic, _safety, _gateway]
    return [*_database(settings), *(look(settings) for look in rest)]


def _database(settings: Settings) -> list[Finding]:
    """Whether it answers and is up to date; where it does, of which kind it is, and who does the work on it."""
    if _is_absent(settings):
        return [Finding(ok=False, what="there is no database yet; look at COACH_DATABASE_URL, or run `coach migrate`")]
    try:
        with _opened(settings) as engine:
            if not is_current(engine):
                return [Finding(ok=False, what="the database is not up to date; run `coach migrate`")]
            kind = _on_postgresql(engine, settings) if is_postgresql(settings.database_url) else [_on_sqlite()]
    except SQLAlchemyError as error:
        words = f"the database does not open ({error.__class__.__name__}); look at COACH_DATABASE_URL"
        return [Finding(ok=False, what=words)]
    return [Finding(ok=True, what="the database answers and is up to date"), *kind]


@contextmanager
def _opened(settings: Settings) -> Iterator[Engine]:
    engine = open_engine(settings.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def _is_absent(settings: Settings) -> bool:
    """Whether looking would make it: SQLite opens what is not there."""
    file = make_url(settings.database_url).database
    return not is_postgresql(settings.database_url) and (file is None or not Path(file).exists())


def _on_sqlite() -> Finding:
    return Finding(ok=True, what="it is SQLite, for one machine: `coach serve` does it all")


def _on_postgresql(engine: Engine, settings: Settings) -> list[Finding]:
    with engine.connect() as connection:
        version = connection.execute(text("SHOW server_version")).scalar_one()
    return [Finding(ok=True, what=f"it is PostgreSQL {version}, for several machines"), _workers(settings)]


def _workers(settings: Settings) -> Finding:
    try:
        queue = open_queue(settings.database_url)
        if not queue.is_prepared():
            return Finding(ok=False, what="the tables for jobs are missing; run `coach migrate`")
        alive = queue.workers()
    except CoachError as error:
        return Finding(ok=False, what=str(error))
    if alive:
        return Finding(ok=True, what=f"the tables for jobs are there; workers at work: {alive}")
    return Finding(ok=True, what="no worker is at work: `coach clock` needs one, `coach serve` with its clock does not")


def _program(settings: Settings) -> Finding:
    try:
        if _is_absent(settings):
            return Finding(ok=False, what=PUBLISH)
        with _opened(settings) as engine, Sessions(engine).read() as session:
            newest = Editions().newest(session)
    except SQLAlchemyError:
        newest = None
    if newest is None:
        return Finding(ok=False, what=PUBLISH)
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
