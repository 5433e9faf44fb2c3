"""Brings people in from a file: everything is looked at first, then all of it goes in, or nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from coach.content.people_file import read_people
from coach.domain.errors import CoachError
from coach.services.editions import Editions
from coach.services.enroll import add_in, enroll_in
from coach.services.newcomers import Fault, Means, Newcomer, Preview, look
from coach.storage.database import Sessions
from coach.storage.tables import Patient


class ImportFaultsError(CoachError):
    """Nobody was brought in: the file has `faults`, or changed its meaning since it was looked at."""

    def __init__(self, words: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(words)
        self.faults = faults


def preview_import(sessions: Sessions, editions: Editions, data: bytes, means: Means, *, now: datetime) -> Preview:
    """What would happen with every row. Raises PeopleFileError where the file as a whole cannot be read."""
    rows = read_people(data)
    with sessions.read() as session:
        return look(session, editions, rows, means, now)


def import_patients(
    sessions: Sessions,
    editions: Editions,
    data: bytes,
    means: Means,
    *,
    by: str,
    skip_bad: bool = False,
    now: datetime,
) -> list[int]:
    """The ids of those who were brought in, in the order of the file: all, or those without a fault if `skip_bad`.

    Raises:
        PeopleFileError: the file as a whole cannot be read.
        ImportFaultsError: it has faults (and not `skip_bad`), or nobody who can go in; nobody did.
    """
    rows = read_people(data)
    try:
        with sessions.write() as session:
            found = look(session, editions, rows, means, now)
            if (found.faults and not skip_bad) or not found.newcomers:
                words = f"nobody was brought in: {found.bad_rows} of {len(rows)} rows have faults; mend them"
                raise ImportFaultsError(words, found.faults)
            return [_bring_in(session, editions, one, by, now) for one in found.newcomers]
    except IntegrityError:
        raise ImportFaultsError(
            "nobody was brought in: somebody was added with one of these numbers just now; look at the file again"
        ) from None


def _bring_in(session: Session, editions: Editions, one: Newcomer, by: str, now: datetime) -> int:
    consent = f"{one.consent} (brought in from a file by {by})"
    patient = Patient(
        name=one.name, phone=one.phone, country=one.country, zone=one.zone, language=one.language, created_at=now
    )
    patient_id = add_in(session, patient, consent, now)
    if one.program:
        enroll_in(session, editions, patient_id, one.program, one.start, one.preset, now)
    return patient_id
