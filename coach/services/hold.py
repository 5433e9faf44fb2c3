"""What lasts: a hold, or a danger that nobody writes about any more, for more than a day is asked about, once a day."""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlmodel import Session, col

from coach.domain.case import DANGERS, CaseCategory, CaseState, Tier
from coach.domain.escalation import HOLD_AT_MOST
from coach.services.triage import open_case
from coach.storage import cases, patients
from coach.storage.database import Sessions
from coach.storage.tables import Case, CaseEntry, Patient, Spell
from coach.storage.tables.patient import PatientState, SpellKind

log = logging.getLogger(__name__)

ASKED = "the nudges of this person have been held for over a day: please look, and lift the hold or note why it stays"


STILL_OPEN = "nobody has written a line here for over a day: please look, and note what was done, or close the case"


def ask_about_dangers(sessions: Sessions, *, now: datetime) -> int:
    """How many cases of danger were asked about: those that nobody is paged about, and no person wrote in for 24 h."""
    with sessions.read() as session:
        found = [case.id for case in _forgotten(session, now)]
    return sum(_try_to_remind(sessions, case_id, now) for case_id in found if case_id is not None)


def _forgotten(session: Session, now: datetime) -> Sequence[Case]:
    lately = exists().where(
        col(CaseEntry.case_id) == Case.id,
        or_(col(CaseEntry.by) != "coach", col(CaseEntry.what).in_([ASKED, STILL_OPEN])),
        col(CaseEntry.at) > now - HOLD_AT_MOST,
    )
    query = select(Case).where(
        col(Case.category).in_(DANGERS),
        col(Case.state) != CaseState.RESOLVED,
        col(Case.is_test).is_(False),
        col(Case.opened_at) <= now - HOLD_AT_MOST,
        col(Case.paging_since).is_(None),
        ~lately,
    )
    return session.execute(query.order_by(col(Case.id))).scalars().all()


def _try_to_remind(sessions: Sessions, case_id: int, now: datetime) -> bool:
    try:
        with sessions.write() as session:
            case = cases.lock(session, case_id)
            if case is None or case.id not in [one.id for one in _forgotten(session, now)]:
                return False
            case.state, case.paging_since = CaseState.OPEN, now
            session.add(case)
            cases.note(session, case, STILL_OPEN, by="coach", at=now)
            return True
    except Exception:  # one case's trouble holds no other up; this one is asked about in a later round
        log.exception("case %s could not be asked about", case_id)
        return False


def ask_about_holds(sessions: Sessions, *, now: datetime) -> int:
    """How many were asked about: each hold older than 24 h, and each person once in as long. Somebody is paged.

    The question stands in the case that the hold came from; where that is closed, in a system case of the person.
    """
    with sessions.read() as session:
        found = [(hold.patient_id, hold.id) for hold in _old_holds(session, now)]
    return sum(_try_to_ask(sessions, patient_id, hold_id, now) for patient_id, hold_id in found if hold_id)


def _old_holds(session: Session, now: datetime) -> Sequence[Spell]:
    """Of each person who still is a patient, and was not asked about within a day."""
    asked = (
        exists()
        .where(col(CaseEntry.case_id) == Case.id, col(Case.patient_id) == Spell.patient_id)
        .where(col(CaseEntry.what).in_([ASKED, STILL_OPEN]), col(CaseEntry.at) > now - HOLD_AT_MOST)
    )
    query = (
        select(Spell)
        .join(Patient, col(Patient.id) == Spell.patient_id)
        .where(
            col(Spell.kind) == SpellKind.HOLD,
            col(Spell.starts_at) <= now - HOLD_AT_MOST,
            or_(col(Spell.ends_at).is_(None), col(Spell.ends_at) > now),
            col(Patient.state) == PatientState.ACTIVE,
            ~asked,
        )
        .order_by(col(Spell.id))
    )
    return session.execute(query).scalars().all()


def _try_to_ask(sessions: Sessions, patient_id: int, hold_id: int, now: datetime) -> bool:
    try:
        with sessions.write() as session:
            patient = patients.lock(session, patient_id)
            hold = next((hold for hold in _old_holds(session, now) if hold.id == hold_id), None)
            if hold is None:
                return False
            _ask(session, patient, hold, now)
            return True
    except Exception:  # one person's trouble holds no other up; this one is asked about in a later round
        log.exception("the hold of patient %s could not be asked about", patient_id)
        return False


def _ask(session: Session, patient: Patient, hold: Spell, now: datetime) -> None:
    case = None if hold.case_id is None else session.get(Case, hold.case_id)
    stands = case is not None and case.state is not CaseState.RESOLVED
    category, phone = (case.category, case.phone) if case and stands else (CaseCategory.SYSTEM, patient.phone)
    open_case(session, category, patient=patient, phone=phone, what=ASKED, now=now, tier=Tier.NOW)
