"""What Today shows beside cases: who has gone quiet, what did not arrive, and who does well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, literal_column, not_, or_, select
from sqlalchemy import case as sql_case
from sqlmodel import Session, col

from coach.domain.calendar import local_day
from coach.domain.case import CaseCategory, CaseState
from coach.domain.delivery import MessageState, Purpose
from coach.domain.reasons import STATES, in_words
from coach.domain.standing import Stands
from coach.domain.tally import Trend
from coach.gateway.codes import Stage, kind_in_receipt, meaning_of
from coach.gateway.rejection import RejectionKind
from coach.services.quiet import NAME as FRIENDLY
from coach.services.roster_page import Row, rows, who_stand
from coach.storage.database import Sessions
from coach.storage.tables import Attempt, Case, Message, Patient, Tally
from coach.storage.tables.patient import PatientState

QUIET_AFTER = timedelta(days=7)
LOST_SINCE = timedelta(days=3)
MOST = 99  # people that are counted
ENOUGH = 10 * MOST  # lost texts that are read to find them: after an outage nearly every one is of somebody else
_DOES_WELL: Any = literal_column("tally.does_well")  # as its index has it
_IS_LOST: Any = literal_column("message.state IN ('undelivered', 'failed', 'missed', 'expired')")  # as its index has it
NEVER_LEFT = (MessageState.MISSED, MessageState.EXPIRED)
_CAN_HELP = or_(
    col(Message.state).not_in(NEVER_LEFT),
    col(Message.purpose).in_((Purpose.SAFETY, Purpose.INVITATION)),
    and_(col(Message.purpose) == Purpose.STAFF, col(Message.name) != FRIENDLY),
)
NOTHING_TO_DO = "Nothing to do: the next text goes as planned."
BY_PURPOSE: Mapping[Purpose, str] = {  # where it never left; of any other text nothing is to be done
    Purpose.STAFF: "Write again, or call them.",
    Purpose.INVITATION: "Send the invitation once more, from their page.",
}
COMES_FIRST = (Stands.NEEDS_YOU, Stands.HELD, Stands.STOPPED)
TO_SAY = {  # by whether they answer more than before; of themselves only, and only of what went up
    True: 'You could say: "You answer more than in the weeks before. That is good to see."',
    False: 'You could say: "You have answered every question of the last four weeks. Thank you."',
}
DANGER = "Call them now, unless somebody has: it answered words of danger."
BY_KIND: Mapping[RejectionKind, str] = {
    RejectionKind.BAD_NUMBER: "Ask them for a number that takes texts.",
    RejectionKind.OPTED_OUT: "They have told their carrier STOP; only their own START opens it again.",
    RejectionKind.ACCOUNT: "Whoever keeps coach up must look at the provider's account.",
    RejectionKind.BAD_MESSAGE: "Whoever writes the program should look at this text.",
}
ELSE = "If it happens again, call them, and ask whether their phone is on and takes texts."


@dataclass(frozen=True)
class Somebody:
    """One person, what there is to say of them, and what to do, if anything."""

    patient_id: int
    name: str
    words: str
    to_do: str = ""


@dataclass(frozen=True)
class People:
    """Some people, of `total`; more than MOST are not counted."""

    people: Sequence[Somebody]
    total: int


def quiet_people(sessions: Sessions, *, now: datetime, limit: int) -> People:
    """Who has not been heard for a week though they could have been, the longest first."""
    quiet = (
        select(Patient, Tally)
        .join(Tally, col(Tally.patient_id) == Patient.id)
        .where(col(Tally.quiet_since) <= (now - QUIET_AFTER).date(), col(Patient.state) == PatientState.ACTIVE)
    )
    with sessions.read() as session:
        total = _count(session, quiet.with_only_columns(col(Patient.id)))
        found = session.execute(quiet.order_by(col(Tally.quiet_since), col(Patient.id)).limit(limit)).all()
        done = _done_about_silence(session, {patient.id: tally.quiet_since for patient, tally in found})
    people = []
    for patient, tally in found:
        days = (local_day(now, ZoneInfo(patient.zone)) - tally.quiet_since).days
        people.append(Somebody(patient.id, patient.name, f"nothing heard for {days} days{done.get(patient.id, '')}"))
    return People(people, total)


def _count(session: Session, query: Select[Any]) -> int:
    """How many there are, up to one more than MOST: nobody reads on, and it takes no longer in a large clinic."""
    count: int = session.execute(select(func.count()).select_from(query.limit(MOST + 1).subquery())).scalar_one()
    return count


def _done_about_silence(session: Session, since: Mapping[int, date]) -> dict[int, str]:
    wrote = select(col(Message.patient_id), col(Message.left_at)).where(
        col(Message.patient_id).in_(since),
        col(Message.purpose) == Purpose.STAFF,
        col(Message.name) == FRIENDLY,
        col(Message.left_at).is_not(None),
    )
    cases = select(col(Case.patient_id)).where(
        col(Case.patient_id).in_(since),
        col(Case.category) == CaseCategory.SILENCE,
        col(Case.state) != CaseState.RESOLVED,
    )
    said = {id_: "; a friendly text went out" for id_, at in session.execute(wrote) if at.date() > since[id_]}
    return said | {id_: "; a case is open" for id_ in session.execute(cases).scalars() if id_ is not None}


def not_arrived(sessions: Sessions, *, now: datetime, limit: int) -> People:
    """Whose texts of the last three days did not arrive or leave, and what to do: those first whom somebody can help.

    Of reminders nothing is said: their question is what matters.
    """
    lost = (_IS_LOST, col(Message.due_at) > now - LOST_SINCE, col(Message.purpose) != Purpose.REMINDER)
    whose = (
        select(col(Message.patient_id))
        .join(Patient, col(Patient.id) == Message.patient_id)
        .where(*lost, col(Patient.state) == PatientState.ACTIVE)
        .order_by(sql_case((_CAN_HELP, 0), else_=1), col(Message.due_at).desc(), col(Message.id).desc())
    )
    with sessions.read() as session:
        ids = list(dict.fromkeys(session.execute(whose.limit(ENOUGH)).scalars()))
        shown = ids[:limit]
        people = session.execute(select(Patient).where(col(Patient.id).in_(shown))).scalars()
        names = {one.id: one.name for one in people}
        texts = _texts(session, shown, lost)
    return People([_lost(id_, names[id_], texts[id_]) for id_ in shown], min(len(ids), MOST + 1))


def _texts(session: Session, ids: Sequence[int], lost: Sequence[Any]) -> dict[int, list[tuple[Message, str]]]:
    """The lost texts of these people, the newest first, each with the error of its last attempt, or none."""
    query = select(Message).where(col(Message.patient_id).in_(ids), *lost)
    messages = session.execute(query.order_by(col(Message.due_at).desc(), col(Message.id).desc())).scalars().all()
    attempts = select(Attempt).where(col(Attempt.message_id).in_([one.id for one in messages]))
    tried = session.execute(attempts.order_by(col(Attempt.id))).scalars()
    codes = {one.message_id: one.error_code or "" for one in tried}
    found: dict[int, list[tuple[Message, str]]] = {}
    for message in messages:
        found.setdefault(message.patient_id or 0, []).append((message, codes.get(message.id or 0, "")))
    return found


def _lost(patient_id: int, name: str, texts: Sequence[tuple[Message, str]]) -> Somebody:
    """The newest text that somebody can do something about, else the newest."""
    message, code = next((one for one in texts if _to_do(*one) != NOTHING_TO_DO), texts[0])
    which = "the newest" if message is texts[0][0] else "one of them"
    why = _why(message, code)
    words = why if len(texts) == 1 else f"{len(texts)} texts; {which}: {why}"
    return Somebody(patient_id, name, words, _to_do(message, code))


def _why(message: Message, code: str) -> str:
    if message.state not in NEVER_LEFT and (meaning := meaning_of(_number(code), Stage.RECEIPT)):
        return f"{STATES[message.state]}: {meaning.words[0].lower()}{meaning.words[1:]}"
    return in_words(message.reason) or STATES[message.state]


def _number(code: str) -> int | None:
    return int(code) if code.isascii() and code.isdecimal() else None


def _to_do(message: Message, code: str) -> str:
    if message.purpose is Purpose.SAFETY:
        return DANGER
    if message.state in NEVER_LEFT:
        return NOTHING_TO_DO if message.name == FRIENDLY else BY_PURPOSE.get(message.purpose, NOTHING_TO_DO)
    return BY_KIND.get(kind_in_receipt(code), ELSE)


def doing_well(sessions: Sessions, *, now: datetime, limit: int) -> People:
    """Who answers more than in their own weeks before, or has answered all of them; the most first.

    Nobody who needs somebody, is held or has said STOP is among them.
    """
    well = (
        select(col(Tally.patient_id))
        .join(Patient, col(Patient.id) == Tally.patient_id)
        .where(_DOES_WELL, col(Patient.state) == PatientState.ACTIVE)
        .where(*(not_(and_(*who_stand(stands, now))) for stands in COMES_FIRST))
    )
    with sessions.read() as session:
        total = _count(session, well)
        most = well.order_by(col(Tally.share).desc(), col(Tally.patient_id)).limit(limit)
        found = rows(session, list(session.execute(most).scalars()), now)
    return People([_well(row) for row in found], total)


def _well(row: Row) -> Somebody:
    words = (
        row.trend_words if row.trend is Trend.UP else f"answered all {row.eligible} questions of the last four weeks"
    )
    return Somebody(row.id, row.name, words, TO_SAY[row.trend is Trend.UP])
