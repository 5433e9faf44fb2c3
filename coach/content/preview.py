"""A preview with its texts, as rows, as a calendar file, and as JSON."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from coach.content.publication import Publication
from coach.domain.clinic import Clinic
from coach.domain.preview import Person, Step, preview
from coach.domain.segment import count

NAME = "Ana"  # of the made-up person
FOLD = 75  # octets in a line of a calendar file, RFC 5545 3.1
MINUTES_SHOWN = 5  # how long a text stands in a calendar


@dataclass(frozen=True)
class Row:
    """One text of a preview: `local` is the patient's wall clock (ISO minutes), `utc` the moment (ISO, Z)."""

    nudge: str
    kind: str
    local: str
    utc: str
    text: str
    segments: int


def preview_rows(publication: Publication, clinic: Clinic, person: Person) -> list[Row]:
    """Every text of the made-up person's weeks, in order of time. Raises TextError and UnknownPresetError."""
    texts = publication.texts()
    variables = {"name": NAME, "clinic": clinic.name, "phone": clinic.phone}
    rows = []
    for step in preview(publication.program, person):
        goal = {} if step.goal is None else {"goal": step.goal}
        words = texts.render(step.key, person.language, {**variables, **step.facts, **goal})
        rows.append(_row(step, person.zone, words))
    return rows


def _row(step: Step, zone: ZoneInfo, text: str) -> Row:
    local = step.at.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")
    utc = f"{step.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return Row(step.name, step.kind.value, local, utc, text, count(text).segments)


def as_json(rows: Iterable[Row]) -> str:
    """The rows as a JSON list."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2)


def as_calendar(rows: Iterable[Row], title: str) -> str:
    """The rows as an iCalendar file (RFC 5545), all times in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//coach//program preview//EN",
        f"X-WR-CALNAME:{_escaped(title)}",
    ]
    for row in rows:
        lines += _event(row)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _event(row: Row) -> list[str]:
    start = f"{datetime.fromisoformat(row.utc):%Y%m%dT%H%M%SZ}"
    identity = sha256(f"{row.nudge}|{row.utc}|{row.text}".encode()).hexdigest()[:32]
    return [
        "BEGIN:VEVENT",
        f"UID:{identity}@coach",
        f"DTSTAMP:{start}",  # a preview has no history: the same input gives the same file
        f"DTSTART:{start}",
        f"DURATION:PT{MINUTES_SHOWN}M",
        f"SUMMARY:{_escaped(row.nudge)}",
        f"DESCRIPTION:{_escaped(row.text)}",
        f"CATEGORIES:{_escaped(row.kind)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, of which the later begin with a space; no character is split."""
    piece, room = "", FOLD
    for char in line:
        width = len(char.encode())
        if width > room:
            yield piece
            piece, room = " ", FOLD - 1
        piece, room = piece + char, room - width
    yield piece
