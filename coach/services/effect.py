"""What a change of somebody's settings would do to their coming week, before it is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.calendar import local_day
from coach.domain.delivery import Purpose
from coach.domain.planner import NotPlanned
from coach.domain.reasons import in_words
from coach.services.edit import Change, edit_in, locked
from coach.services.editions import Editions
from coach.services.patient_calendar import Line, days_of
from coach.storage.database import Sessions
from coach.storage.tables import Patient

WEEK = 7  # days
OWED = frozenset({Purpose.NUDGE, Purpose.CHECK_IN})


@dataclass(frozen=True)
class Moved:
    """One text of the coming week that would be different. `before` and `after` say when it leaves, or why not."""

    name: str
    day: date
    before: str
    after: str


@dataclass(frozen=True)
class Effect:
    """What would be different in the next seven local days, in a sentence and text by text."""

    summary: str
    moved: Sequence[Moved]
    warnings: Sequence[str]


def effect_of(sessions: Sessions, editions: Editions, patient_id: int, change: Change, *, now: datetime) -> Effect:
    """What saving `change` at `now` would do: it is done, looked at, and taken back before anybody sees it.

    Raises:
        EditError: as `edit` does.
    """
    with sessions.write() as session:
        patient = locked(session, patient_id)
        first = local_day(now, ZoneInfo(patient.zone))
        before = _coming(session, editions, patient, first, now)
        trial = session.begin_nested()
        edit_in(session, editions, patient, change, by="", now=now)
        session.flush()
        after = _coming(session, editions, patient, first, now)
        every_day_off = len(patient.weekdays_off) == WEEK
        trial.rollback()
    moved = [
        Moved(name, day, before.get((name, day), NOT_OWED), after.get((name, day), NOT_OWED))
        for name, day in sorted(before.keys() | after.keys(), key=lambda key: (key[1], key[0]))
        if before.get((name, day)) != after.get((name, day))
    ]
    return Effect(_summary(moved), moved, _warnings(moved, every_day_off=every_day_off))


NOT_OWED = "not owed"
_Coming = Mapping[tuple[str, date], str]


def _coming(session: Session, editions: Editions, patient: Patient, first: date, now: datetime) -> _Coming:
    week = days_of(session, editions, patient, first=first, days=WEEK, now=now)
    lines = [(line, day.day) for day in week for line in day.lines if line.purpose in OWED and line.left_at is None]
    return {(line.name, day): _told(line) for line, day in lines}


def _told(line: Line) -> str:
    is_planned = line.state in {"planned", "foreseen"}
    return f"{line.at:%H:%M}" if is_planned else f"not sent: {line.why_not or line.state}"


def _summary(moved: Sequence[Moved]) -> str:
    if not moved:
        return "no text of the next seven days moves"
    lost = sum(one.after.startswith("not") for one in moved)
    found = sum(one.before.startswith("not") and not one.after.startswith("not") for one in moved)
    parts = (
        _texts(len(moved) - lost - found, "comes at another time", "come at another time"),
        _texts(lost, "does not come any more", "do not come any more"),
        _texts(found, "comes that did not", "come that did not"),
    )
    said = "; ".join(part for part in parts if part)
    return f"in the next seven days {said}. Nothing is sent twice, and nothing moves into the past"


def _texts(count: int, one: str, many: str) -> str:
    return "" if not count else f"1 text {one}" if count == 1 else f"{count} texts {many}"


def _warnings(moved: Sequence[Moved], *, every_day_off: bool) -> list[str]:
    found = []
    if any(in_words(NotPlanned.OUTSIDE_HOURS) in one.after for one in moved):
        found.append("a time that you chose lies outside the program's hours: those texts would not be sent")
    if every_day_off:
        found.append("every day is without texts: nothing would be sent at all. A pause ends by itself")
    return found
