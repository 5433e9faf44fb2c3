"""What `coach doctor` looks at."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from coach.bootstrap import is_postgresql, open_queue, standing_of
from coach.content.answers import load_answers
from coach.content.clinic import read_clinic
from coach.content.safety import load_rules
from coach.domain.errors import CoachError
from coach.domain.going_live import advice, lacking
from coach.domain.safety_answers import ELSEWHERE
from coach.services.editions import Editions
from coach.services.versions import Version, versions
from coach.settings import Settings
from coach.storage import signs
from coach.storage.database import Sessions, open_engine
from coach.storage.schema import is_current

PUBLISH = "no program is published; run `coach program publish config/programs/steady-steps.yaml`"


class Mark(StrEnum):
    """How a finding begins."""

    OK = "ok"
    MEND = "MEND"
    LIVE = "LIVE"  # to be done before real people are texted
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: well, or with the way to mend it."""

    ok: bool
    what: str
    mark: Mark | None = None

    def __str__(self) -> str:
        return f"{self.mark or (Mark.OK if self.ok else Mark.MEND):<6}{self.what}"


def examine(settings: Settings) -> list[Finding]:
    """All that must be right before coach can run, one finding each."""
    rest: list[Callable[[Settings], Finding]] = [_program, _clinic, _safety, _answers, _gateway]
    found = [*_database(settings), *(look(settings) for look in rest)]
    return [*found, *_not_approved(settings), *_going_live(settings), *_self_test(settings)]


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


def _not_approved(settings: Settings) -> Iterator[Finding]:
    """On a live gateway, each program whose newest version nobody has approved."""
    if not settings.is_live or _is_absent(settings):
        return
    newest: dict[str, Version] = {}
    with suppress(SQLAlchemyError), _opened(settings) as engine:
        for one in versions(Sessions(engine)):
            newest.setdefault(one.name, one)
    for name, version in newest.items():
        if version.approver is None:
            what = f"the newest version of {name} is not approved; another person than its author, {version.author},"
            yield Finding(ok=True, what=f"{what} runs `coach program approve {name} --approver WHO`", mark=Mark.NOTE)


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
    return Finding(ok=True, what="the words of danger can be read")


def _answers(settings: Settings) -> Finding:
    try:
        answers = load_answers(settings.config_dir)
    except CoachError as error:
        return Finding(ok=False, what=str(error))
    countries = ", ".join(name for name in answers.countries if name != ELSEWHERE)
    return Finding(ok=True, what=f"words of danger are answered with the numbers of {countries}, and elsewhere")


def _gateway(settings: Settings) -> Finding:
    where = "Twilio: real people are texted" if settings.is_live else f"the sandbox at {settings.sandbox_url}"
    return Finding(ok=True, what=f"texts go to {where}")


def _going_live(settings: Settings) -> list[Finding]:
    """What a live gateway asks for: lacking now where it is set, else what is still to do before it is."""
    try:
        clinic, answers = read_clinic(settings.config_dir / "clinic.yaml"), load_answers(settings.config_dir)
    except CoachError:
        return []  # said already
    standing = standing_of(settings, clinic, answers)
    mark = Mark.MEND if settings.is_live else Mark.LIVE
    return [
        *(Finding(ok=not settings.is_live, what=what, mark=mark) for what in lacking(standing)),
        *(Finding(ok=True, what=what, mark=Mark.NOTE) for what in advice(standing)),
    ]


def _self_test(settings: Settings) -> list[Finding]:
    """How the last self-test went, where there has been one; on a live gateway there must have been."""
    test = None
    with suppress(SQLAlchemyError):
        if not _is_absent(settings):
            with _opened(settings) as engine, Sessions(engine).read() as session:
                test = signs.newest_ended_test(session)
    if test is None:
        what = "no self-test has ended yet; it runs a minute after `coach serve` starts, and then daily"
        return [Finding(ok=True, what=what, mark=Mark.NOTE)] if settings.is_live else []
    if test.ok:
        return [Finding(ok=True, what=f"the self-test of {test.started_at:%Y-%m-%d %H:%M} UTC passed")]
    return [Finding(ok=False, what=f"the self-test of {test.started_at:%Y-%m-%d %H:%M} UTC did not pass: {test.why}")]
