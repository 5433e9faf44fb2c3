"""A long silence: texts rest once a case asks the team to call, until the person writes or that case is closed."""

from datetime import datetime

from sqlmodel import Session

from coach.services.spells import lasting_of
from coach.storage import cases
from coach.storage.tables import Case, Patient, Spell
from coach.storage.tables.patient import SpellKind

RESTS = "texts rest until they write, or until this case is closed"
HEARD = "they wrote: texts go on. A call may still be welcome"


def rest(session: Session, patient: Patient, case: Case, *, now: datetime) -> None:
    """Nothing of a program leaves from `now` (UTC) on; the patient's row is locked. Said in the case."""
    assert patient.id is not None
    if lasting_of(session, patient, SpellKind.SILENCE, now) is None:
        session.add(
            Spell(patient_id=patient.id, kind=SpellKind.SILENCE, starts_at=now, opened_by="coach", case_id=case.id)
        )
        cases.note(session, case, RESTS, by="coach", at=now)


def end_silence(session: Session, patient: Patient, *, by: str, now: datetime) -> None:
    """Texts leave again from `now` on, if silence was all that kept them; what was withheld stays so.

    Where it is the person who wrote (`by` is "patient"), the case says so and stays open: somebody may want to call.
    """
    lasting = lasting_of(session, patient, SpellKind.SILENCE, now)
    if lasting is None:
        return
    lasting.ends_at, lasting.closed_by = now, by
    session.add(lasting)
    case = None if lasting.case_id is None else cases.lock(session, lasting.case_id)
    if case is not None and by == "patient":
        cases.note(session, case, HEARD, by="coach", at=now)
