"""A file of people as a spreadsheet saves it: its rows by column, or what is wrong with it as a whole."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import zip_longest

from coach.content.csv_cells import as_typed
from coach.domain.errors import CoachError

NEEDED = ("name", "phone", "zone", "language", "consent")
COLUMNS = (*NEEDED, "program", "start", "preset")
LARGEST, MOST_ROWS = 256 * 1024, 500  # bytes; rows: all of them go in at once, and texts must not wait for that
BETWEEN = ",;\t"


class PeopleFileError(CoachError):
    """The file as a whole cannot be read."""


@dataclass(frozen=True)
class FileRow:
    """One row, by column, as it was typed. `number` is the one that a spreadsheet shows: the header is row 1.

    `beyond`: what stands right of the last column that has a name.
    """

    number: int
    cells: Mapping[str, str]
    beyond: str = ""


def read_people(data: bytes) -> list[FileRow]:
    """The rows that are not empty, without spaces around their cells.

    Raises:
        PeopleFileError: it is too large, no text in UTF-8, or its header lacks a column or has one that is not known.
    """
    if len(data) > LARGEST:
        raise PeopleFileError(f"the file is larger than {LARGEST // 1024} KB; divide it into several")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PeopleFileError("the file is not in UTF-8; save it as “CSV UTF-8 (comma delimited)”") from None
    if "\0" in text:
        raise PeopleFileError("the file is no CSV; save the spreadsheet as “CSV UTF-8 (comma delimited)”")
    records = _records(text)
    if not records or not any(records[0]):
        raise PeopleFileError(f"the file is empty; its first row names the columns: {', '.join(COLUMNS)}")
    header = [cell.strip().casefold() for cell in records[0]]
    _check(header)
    rows = [
        FileRow(
            number, {name: _cell(record, place) for place, name in enumerate(header) if name}, _beyond(header, record)
        )
        for number, record in enumerate(records[1:], start=2)
        if any(cell.strip() for cell in record)
    ]
    if len(rows) > MOST_ROWS:
        raise PeopleFileError(f"the file has {len(rows)} people; {MOST_ROWS} at once are the most: divide it")
    return rows


def _records(text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    between = max(BETWEEN, key=first.count)
    try:
        # Strict: a quote that nobody closes would swallow the rows below it.
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True))
    except csv.Error as error:
        raise PeopleFileError(
            f"the file is no CSV ({error}); look for a quote that is not closed, or save it as “CSV UTF-8” anew"
        ) from None


def _check(header: Sequence[str]) -> None:
    for name in header:
        if name and name not in COLUMNS:
            near = get_close_matches(name, [one for one in COLUMNS if one not in header], n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"the columns are {', '.join(COLUMNS)}"
            raise PeopleFileError(f"there is no column {name!r}; {hint}")
        if name and header.count(name) > 1:
            raise PeopleFileError(f"the column {name!r} is there twice; take one away")
    lacking = [name for name in NEEDED if name not in header]
    if lacking:
        raise PeopleFileError(f"the header lacks {', '.join(lacking)}; its first row names the columns")


def _cell(record: Sequence[str], place: int) -> str:
    """What was typed; the apostrophe that our own files put before what looks like a formula is taken off again."""
    return as_typed(record[place].strip()).strip() if place < len(record) else ""


def _beyond(header: Sequence[str], record: Sequence[str]) -> str:
    """What the row says where no column has a name: a comma in a cell without quotes pushes all cells to the right."""
    named = zip_longest(header, record, fillvalue="")
    return " ".join(cell.strip() for name, cell in named if not name and cell.strip())
