"""Cases as the team's pages show them: the words that decided, the answer that was sent, and who is called next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from coach.domain.delivery import Purpose
from coach.domain.reasons import STATES
from coach.services.care import holds
from coach.services.cases import CaseLine, NoSuchCaseError, line_of, these
from coach.services.plan_pages import next_call
from coach.storage import cases, pages
from coach.storage.database import Sessions
from coach.storage.tables import Case, CaseEntry, Message, Patient, Reply


@dataclass(frozen=True)
class Answer:
    """What coach answered, how that stands in words, and when it left (UTC)."""

    text: str
    stands: str
    left_at: datetime | None


@dataclass(frozen=True)
class Entry:
    """A line of a case, UTC. Where a text came: the text, the words of it that decided, and coach's answer."""

    at: datetime
    by: str
    what: str
    text: str | None = None
    because: Sequence[str] = ()
    answer: Answer | None = None


@dataclass(frozen=True)
class Card:
    """One case with what somebody needs who acts on it. Times are UTC."""

    line: CaseLine
    patient: Patient | None
    phone: str
    entries: Sequence[Entry]
    called: Sequence[str]  # whom coach has called in this round
    next_call_at: datetime | None  # when the next one is called; none: nobody is
    is_held: bool  # the person's nudges are held
    seen: int  # the number of the newest line

    @property
    def newest(self) -> Entry | None:
        """The newest text of the case."""
        return next((one for one in reversed(self.entries) if one.text is not None), None)


@dataclass(frozen=True)
class Cards:
    """The gravest cases that are not closed, of `total`."""

    cards: Sequence[Card]
    total: int


def open_cards(sessions: Sessions, *, now: datetime, limit: int = 20) -> Cards:
    """What somebody must act on: the gravest first, of each tier the oldest, `limit` of them."""
    unresolved = these(with_closed=False)
    with sessions.read() as session:
        total: int = session.execute(select(func.count()).select_from(unresolved.subquery())).scalar_one()
        found = session.execute(unresolved.limit(limit)).scalars().all()
        return Cards([_card(session, case, now) for case in found], total)


def card(sessions: Sessions, case_id: int, *, now: datetime) -> Card:
    """One case, whatever its state. Raises NoSuchCaseError where there is none."""
    with sessions.read() as session:
        case = session.get(Case, case_id)
        if case is None:
            raise NoSuchCaseError(f"there is no case {case_id}")
        return _card(session, case, now)


def patient_of(sessions: Sessions, case_id: int) -> int | None:
    """Whose case that is; None: nobody's that is known, or no such case."""
    with sessions.read() as session:
        case = session.get(Case, case_id)
        return None if case is None else case.patient_id


def _card(session: Session, case: Case, now: datetime) -> Card:
    assert case.id is not None
    patient = None if case.patient_id is None else session.get(Patient, case.patient_id)
    lines = cases.entries(session, case.id)
    called = [] if case.paging_since is None else pages.of_round(session, case)
    return Card(
        line_of(case, patient, lines[-1] if lines else None),
        patient,
        patient.phone if patient else case.phone,
        [_entry(session, line) for line in lines],
        list(dict.fromkeys(page.contact for page in called)),
        next_call(session, case, now),
        patient is not None and bool(holds(session, patient.id or 0, now)),
        lines[-1].id or 0 if lines else 0,
    )


def _entry(session: Session, line: CaseEntry) -> Entry:
    reply = None if line.reply_id is None else session.get(Reply, line.reply_id)
    if reply is None:
        return Entry(line.at, line.by, line.what)
    because = (reply.reading or {}).get("because", ())
    return Entry(line.at, line.by, line.what, reply.body, list(because), _answer(session, reply))


def _answer(session: Session, reply: Reply) -> Answer | None:
    """What coach answered to that text in its words of safety."""
    theirs = (
        col(Message.phone) == reply.phone if reply.patient_id is None else col(Message.patient_id) == reply.patient_id
    )
    query = select(Message).where(theirs, col(Message.purpose) == Purpose.SAFETY, col(Message.reply_id) == reply.id)
    found = session.execute(query.order_by(col(Message.id).desc()).limit(1)).scalar_one_or_none()
    return None if found is None else Answer(found.text or "", STATES[found.state], found.left_at)
