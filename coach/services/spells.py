"""Pause, flare and hold: how the care team sets them, how a patient's own words do, and how each ends.

The functions that end in `_in` work in a transaction that is open already, with the patient's row locked.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.alerts.history import shown
from coach.domain.calendar import day_bounds
from coach.domain.dial import FLARE_LASTS, pauses_from
from coach.domain.errors import CoachError
from coach.services.care import CareError, holds, lock_active
from coach.services.edit import plan_anew
from coach.services.editions import Editions
from coach.services.flare_ask import ask_later, ask_no_more
from coach.services.turns import note_turn
from coach.storage import patients
from coach.storage.database import Sessions
from coach.storage.tables import Patient, Reply, Spell
from coach.storage.tables.patient import SpellKind

LONGEST_PAUSE = 60  # days: whoever is away longer begins anew, or is withdrawn
LONGEST_WHY = 500  # letters


class DaysError(CoachError):
    """So many days cannot be."""


def pause(
    sessions: Sessions, editions: Editions, patient_id: int, *, days: int, by: str, why: str = "", now: datetime
) -> datetime:
    """When the pause ends, UTC: nothing automatic leaves before that local day, and nothing counts.

    One of 7 local days or more lets the program week in which it began come again.

    Raises:
        CareError: no such patient, withdrawn, or paused already.
        DaysError: not 1 to 60 days.
    """
    if not 1 <= days <= LONGEST_PAUSE:
        raise DaysError(f"a pause lasts 1 to {LONGEST_PAUSE} days; for longer, withdraw them and add them again later")
    with sessions.write() as session:
        patient = lock_active(session, patient_id)
        if lasting := lasting_of(session, patient, SpellKind.PAUSE, now):
            raise CareError(f"{patient.name} is paused already{_until(lasting)}; end that pause first")
        return pause_in(session, editions, patient, days=days, by=by, why=why, now=now)


def pause_in(
    session: Session,
    editions: Editions,
    patient: Patient,
    *,
    days: int,
    by: str,
    now: datetime,
    why: str = "",
    reply: Reply | None = None,
) -> datetime:
    """The same; a pause that lasts already ends then instead."""
    zone = ZoneInfo(patient.zone)
    back = pauses_from(now, zone) + timedelta(days=days)
    until = day_bounds(back, zone)[0]
    lasting = lasting_of(session, patient, SpellKind.PAUSE, now)
    if lasting is None:
        _open(session, patient, SpellKind.PAUSE, now, until, by, why)
    else:
        lasting.ends_at = until
        session.add(lasting)
        session.flush()
        plan_anew(session, editions, patient, now=now, why="the pause ends on another day")
    note_turn(session, patient, "PAUSE", f"texts rest until {_shown(back)}", by=by, now=now, reply=reply)
    return until


def resume(sessions: Sessions, editions: Editions, patient_id: int, *, by: str, now: datetime) -> None:
    """The pause is over, and the plan goes on today. Raises CareError where there is none."""
    with sessions.write() as session:
        patient = lock_active(session, patient_id)
        if not resume_in(session, editions, patient, by=by, now=now):
            raise CareError(f"{patient.name} is not paused")


def resume_in(
    session: Session, editions: Editions, patient: Patient, *, by: str, now: datetime, reply: Reply | None = None
) -> bool:
    """The same; False where there is no pause."""
    lasting = lasting_of(session, patient, SpellKind.PAUSE, now)
    if lasting is None:
        return False
    _end(session, lasting, by, now)
    session.flush()
    plan_anew(session, editions, patient, now=now, why="the pause ended early")
    note_turn(session, patient, "RESUME", "texts are on again", by=by, now=now, reply=reply)
    return True


def flare(sessions: Sessions, patient_id: int, *, by: str, why: str = "", now: datetime) -> datetime:
    """When the flare lapses if nobody ends it, UTC. Raises CareError: no such patient, withdrawn, or in one already."""
    with sessions.write() as session:
        patient = lock_active(session, patient_id)
        if lasting := lasting_of(session, patient, SpellKind.FLARE, now):
            raise CareError(f"{patient.name} is in a flare already{_until(lasting)}")
        return flare_in(session, patient, by=by, why=why, now=now)


def flare_in(
    session: Session, patient: Patient, *, by: str, now: datetime, why: str = "", reply: Reply | None = None
) -> datetime:
    """The same; one that lasts already goes on from now. A week from now it is asked how it goes."""
    lasting = lasting_of(session, patient, SpellKind.FLARE, now)
    ends_at = now + FLARE_LASTS
    if lasting is None:
        _open(session, patient, SpellKind.FLARE, now, ends_at, by, why)
    else:
        lasting.ends_at = ends_at
        session.add(lasting)
    ask_later(session, patient, now=now)
    what = "in a flare: gentler, and the goal halved" if lasting is None else "the flare goes on"
    note_turn(session, patient, "FLARE", what, by=by, now=now, reply=reply)
    return ends_at


def better(sessions: Sessions, patient_id: int, *, by: str, now: datetime) -> None:
    """The flare is over; the goal comes back in steps over three days. Raises CareError where there is none."""
    with sessions.write() as session:
        patient = lock_active(session, patient_id)
        if not better_in(session, patient, by=by, now=now):
            raise CareError(f"{patient.name} is in no flare")


def better_in(session: Session, patient: Patient, *, by: str, now: datetime, reply: Reply | None = None) -> bool:
    """The same; False where there is no flare."""
    lasting = lasting_of(session, patient, SpellKind.FLARE, now)
    if lasting is None:
        return False
    _end(session, lasting, by, now)
    ask_no_more(session, patient, now=now)
    note_turn(session, patient, "BETTER", "the flare is over", by=by, now=now, reply=reply)
    return True


def hold(sessions: Sessions, patient_id: int, *, by: str, why: str = "", now: datetime) -> None:
    """Nothing automatic leaves until somebody lifts it. Raises CareError: no such patient, withdrawn, or held."""
    with sessions.write() as session:
        patient = lock_active(session, patient_id)
        if holds(session, patient_id, now):
            raise CareError(f"the texts of {patient.name} are held already")
        _open(session, patient, SpellKind.HOLD, now, None, by, why)


def lasting_of(session: Session, patient: Patient, kind: SpellKind, now: datetime) -> Spell | None:
    """The patient's spell of that kind that has begun by `now` and has not ended."""
    assert patient.id is not None
    return next(
        (
            spell
            for spell in patients.spells(session, patient.id)
            if spell.kind is kind and spell.starts_at <= now and (spell.ends_at is None or spell.ends_at > now)
        ),
        None,
    )


def _open(
    session: Session, patient: Patient, kind: SpellKind, now: datetime, ends_at: datetime | None, by: str, why: str
) -> None:
    said = why.strip()
    if len(said) > LONGEST_WHY:
        raise CareError(f"say why in {LONGEST_WHY} letters or fewer")
    assert patient.id is not None
    session.add(Spell(patient_id=patient.id, kind=kind, starts_at=now, ends_at=ends_at, opened_by=by, why=said))


def _end(session: Session, lasting: Spell, by: str, now: datetime) -> None:
    lasting.ends_at, lasting.closed_by = now, by
    session.add(lasting)


def _shown(day: date) -> str:
    return f"{day:%a} {shown(day)}"


def _until(spell: Spell) -> str:
    return "" if spell.ends_at is None else f" until {spell.ends_at:%Y-%m-%d %H:%M} UTC"
