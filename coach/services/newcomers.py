"""What a file says of people, row by row: who can come in, what would happen with them, and what is wrong."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import select
from sqlmodel import Session, col

from coach.content.people_file import FileRow
from coach.domain.calendar import local_day
from coach.domain.errors import CoachError
from coach.domain.program import LANGUAGES
from coach.services import phones
from coach.services.editions import Editions, NotApprovedError, NotPublishedError
from coach.services.enroll import BUILT_IN_PRESETS
from coach.services.erase import is_barred
from coach.storage import ledger
from coach.storage.tables import Patient
from coach.storage.tables.patient import PatientState

SPOILT = re.compile(r"\d+([.,]\d+)?[eE]\+?\d+|\d+[.,]0+")  # as a spreadsheet shows what it took for a number
AS_TEXT = "format the column as text, and type it again"
BEYOND = "name the column, or put quotes round a cell that has a comma"
LONGEST_NAME, LONGEST_CONSENT = 80, 500  # letters


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell, and how to mend it. `row` is the spreadsheet's."""

    row: int
    column: str
    what: str
    remedy: str


@dataclass(frozen=True)
class Newcomer:
    """One row that can go in, and what would happen, in words."""

    row: int
    name: str
    words: str
    phone: str = field(repr=False)
    country: str
    zone: str
    language: str
    consent: str
    program: str
    start: date
    preset: str


@dataclass(frozen=True)
class Preview:
    """What would happen with each row; `faults` by row and column."""

    newcomers: Sequence[Newcomer]
    faults: Sequence[Fault]

    @property
    def bad_rows(self) -> int:
        return len({fault.row for fault in self.faults})


@dataclass(frozen=True)
class Means:
    """What an import is made with: the clinic's country, and the key of erased people's numbers."""

    country: str
    key: bytes


def look(session: Session, editions: Editions, rows: Sequence[FileRow], means: Means, now: datetime) -> Preview:
    faults: list[Fault] = []
    newcomers: list[Newcomer] = []
    taken = _Taken(session, means)
    for row in rows:
        checked = _Checked(row, faults)
        newcomer = _newcomer(session, editions, checked, taken, means, now)
        if newcomer is not None and checked.is_good:
            newcomers.append(newcomer)
    return Preview(newcomers, faults)


class _Checked:
    """One row while it is looked at."""

    def __init__(self, row: FileRow, faults: list[Fault]) -> None:
        self.row, self.is_good, self._faults = row, True, faults

    def get(self, column: str) -> str:
        return self.row.cells.get(column, "")

    def fault(self, column: str, what: str, remedy: str) -> None:
        self.is_good = False
        self._faults.append(Fault(self.row.number, column, what, remedy))


class _Taken:
    """Numbers that cannot go in: of active patients, of erased people, and of rows above."""

    def __init__(self, session: Session, means: Means) -> None:
        active = select(col(Patient.phone)).where(col(Patient.state) == PatientState.ACTIVE)
        self._active = set(session.execute(active).scalars())
        self._above: dict[str, int] = {}
        self._session, self._key = session, means.key

    def why(self, number: str, row: int) -> tuple[str, str] | None:
        """What is wrong with taking the number, and the remedy; it is taken from now on."""
        above = self._above.setdefault(number, row)
        if above != row:
            return f"this number stands in row {above} too", "take one of the two rows away"
        if number in self._active:
            return "this number belongs to a patient already", "take the row away, or withdraw that patient first"
        if is_barred(self._session, number, self._key):
            return "this number is that of somebody who was erased", "if they asked to come back, add them by hand"
        return None


def _newcomer(
    session: Session, editions: Editions, checked: _Checked, taken: _Taken, means: Means, now: datetime
) -> Newcomer | None:
    if checked.row.beyond:
        checked.fault("(no name)", f"{checked.row.beyond!r} stands where no column has a name", BEYOND)
    _words(checked, "name", LONGEST_NAME, "write what the person wants to be called")
    _words(checked, "consent", LONGEST_CONSENT, "write how they consented, and the words they were shown")
    _one_of(checked, "language", LANGUAGES)
    zone = _zone(checked)
    number = _number(checked, taken, means.country)
    start = _start(checked, zone, now)
    says = _program(session, editions, checked, start)
    if number is None or zone is None or start is None:
        return None
    phone, country = number
    words = f"is added, and {says}" if says else "is added; nothing is sent before they are in a program"
    if ledger.has_said_stop(session, phone):
        words = "is added; this number has said STOP, and only their own START opens it again"
    return Newcomer(
        checked.row.number,
        checked.get("name"),
        words,
        phone,
        country,
        zone,
        checked.get("language"),
        checked.get("consent"),
        checked.get("program"),
        start,
        checked.get("preset") or "standard",
    )


def _words(checked: _Checked, column: str, longest: int, remedy: str) -> None:
    value = checked.get(column)
    if not value:
        checked.fault(column, "it is empty", remedy)
    elif len(value) > longest:
        checked.fault(column, f"it has {len(value)} letters", f"{remedy}, in {longest} at most")
    elif not value.isprintable():
        checked.fault(column, "it has a line break, or a sign that cannot be seen", "take it out")


def _one_of(checked: _Checked, column: str, words: Sequence[str]) -> None:
    value = checked.get(column)
    if value not in words:
        checked.fault(column, f"{value!r} is none of {', '.join(words)}", f"write one of: {', '.join(words)}")


def _zone(checked: _Checked) -> str | None:
    value = checked.get("zone")
    if value in _zones():
        return value
    checked.fault("zone", f"there is no time zone {value!r}", _zone_near(value))
    return None


@cache
def _zones() -> frozenset[str]:
    """Every name of the tz database: to list them takes milliseconds, and a file has hundreds of rows."""
    return frozenset(available_timezones())


@lru_cache(maxsize=64)
def _zone_near(value: str) -> str:
    near = get_close_matches(value.replace(" ", "_"), _zones(), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else "write one such as America/New_York"


def _number(checked: _Checked, taken: _Taken, country: str) -> tuple[str, str] | None:
    value = checked.get("phone")
    if SPOILT.fullmatch(value):
        checked.fault("phone", f"the spreadsheet has made {value} of it", AS_TEXT)
        return None
    try:
        found = phones.parse(value, country)
    except CoachError as error:
        checked.fault("phone", str(error).partition(";")[0], _with_plus(value))
        return None
    if why := taken.why(found[0], checked.row.number):
        checked.fault("phone", *why)
        return None
    return found


def _with_plus(value: str) -> str:
    """How to mend a number that cannot be one, which is one with a + before it: spreadsheets take that away."""
    try:
        found, _ = phones.parse(f"+{value}", "")
    except CoachError:
        return "write it as +12025550143, or as dialled in your country"
    return f"did you mean {found}? Then {AS_TEXT}: spreadsheets take the + away"


def _start(checked: _Checked, zone: str | None, now: datetime) -> date | None:
    value, today = checked.get("start"), local_day(now, ZoneInfo(zone or "UTC"))
    if not checked.get("program") and (value or checked.get("preset")):
        checked.fault("program", "it is empty, and the row says how to begin", "write its name, or leave all three out")
    if not value:
        return today
    try:
        start = date.fromisoformat(value)
    except ValueError:
        checked.fault("start", f"{value!r} is no day", "write it as 2026-11-23")
        return None
    if checked.get("program") and start < today:
        checked.fault("start", f"{value} is past where they live", "begin today or later")
    return start


def _program(session: Session, editions: Editions, checked: _Checked, start: date | None) -> str:
    """What the program does with them, in words; empty where the row names none."""
    name = checked.get("program")
    if not name:
        return ""
    try:
        edition = editions.newest_to_use(session, name)
    except NotPublishedError:
        checked.fault("program", f"no program {name!r} is published", "look at its name, or publish it first")
        return ""
    except NotApprovedError:
        checked.fault("program", f"no version of {name!r} is approved", "ask a colleague to approve it first")
        return ""
    program, preset = edition.program, checked.get("preset") or "standard"
    presets = sorted(BUILT_IN_PRESETS | set(program.presets))
    if preset not in presets:
        checked.fault("preset", f"{name} has no preset {preset!r}", f"write one of: {', '.join(presets)}")
    if checked.get("language") in LANGUAGES and checked.get("language") not in program.languages:
        checked.fault("language", f"{name} is not written in it", f"it is in {', '.join(program.languages)}")
    return f"{name} begins on {start}; the invitation asks for their yes"
