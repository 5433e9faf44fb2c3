"""A patient's conversation as on a phone: what left and what came, newest last, with what was understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from coach.domain.case import CaseCategory
from coach.domain.case_words import ABOUT
from coach.domain.delivery import ARRIVED, Purpose
from coach.domain.owed_words import meaning
from coach.domain.program import AnswerKind
from coach.domain.reasons import STATES
from coach.services.roster import NoSuchPatientError
from coach.storage import replies
from coach.storage.database import Sessions
from coach.storage.messages import IS_PLANNED
from coach.storage.tables import Answer, Message, Patient, Question, Reply


@dataclass(frozen=True)
class Bubble:
    """One text, UTC. `by`: who of the team wrote it; `note` says how it stands, or what it was understood to say."""

    at: datetime
    inbound: bool
    text: str
    note: str
    by: str = ""
    because: Sequence[str] = ()
    message_id: int | None = None
    waits: bool = False  # it has not left yet


@dataclass(frozen=True)
class Talk:
    """The newest texts, oldest first, of `total`."""

    bubbles: Sequence[Bubble]
    total: int


def talk(sessions: Sessions, patient_id: int, *, most: int) -> Talk:
    """The newest `most` texts of the conversation. Raises NoSuchPatientError."""
    with sessions.read() as session:
        patient = session.get(Patient, patient_id)
        if patient is None:
            raise NoSuchPatientError(f"there is no patient {patient_id}")
        left = (col(Message.patient_id) == patient_id, col(Message.left_at).is_not(None))
        came = (replies.of(patient),)
        total = _count(session, Message, left) + _count(session, Reply, came)
        sent = session.execute(select(Message).where(*left).order_by(col(Message.left_at).desc()).limit(most)).scalars()
        heard = session.execute(select(Reply).where(*came).order_by(col(Reply.received_at).desc()).limit(most))
        texts = list(heard.scalars())
        understood = _understood(session, [reply.id for reply in texts if reply.id is not None])
        waiting = select(Message).where(
            col(Message.patient_id) == patient_id,
            col(Message.state) == IS_PLANNED,
            col(Message.written_by).is_not(None),
        )
        planned = [_waits(one) for one in session.execute(waiting.order_by(col(Message.due_at))).scalars()]
        bubbles = [_sent(message) for message in sent] + [_heard(reply, understood) for reply in texts]
    return Talk([*sorted(bubbles, key=lambda one: one.at)[-most:], *planned], total)


def _count(session: Session, table: type[Message] | type[Reply], where: Sequence[object]) -> int:
    count: int = session.execute(select(func.count()).select_from(table).where(*where)).scalar_one()  # type: ignore[arg-type]  # SQL conditions
    return count


def _sent(message: Message) -> Bubble:
    note = "" if message.state in ARRIVED else STATES[message.state]
    by = message.written_by or ""
    if message.purpose is Purpose.SAFETY:
        note = "; ".join(part for part in ("an answer to words of danger", note) if part)
    return Bubble(message.left_at or message.due_at, False, message.text or "", note, by, (), message.id)


def _waits(message: Message) -> Bubble:
    return Bubble(
        message.next_at,
        False,
        message.text or "",
        "has not left yet",
        message.written_by or "",
        (),
        message.id,
        waits=True,
    )


def _heard(reply: Reply, understood: dict[int, str]) -> Bubble:
    reading = reply.reading or {}
    danger = reading.get("safety")
    if danger:
        note = ABOUT[CaseCategory(danger)].lower()
    elif reply.is_note:
        note = f"read by {reply.seen_by}" if reply.seen_by else "for the team to read"
    else:
        note = "a kind word: nothing waits" if reading.get("courtesy") else understood.get(reply.id or 0, "")
    because = tuple(reading.get("because", ())) if danger else ()
    return Bubble(reply.received_at, True, reply.body, note, "", because)


def _understood(session: Session, reply_ids: Sequence[int]) -> dict[int, str]:
    """What each of these texts was understood to answer, in words."""
    query = select(Answer, Question).join(Question, col(Question.id) == Answer.question_id)
    rows = session.execute(query.where(col(Answer.reply_id).in_(reply_ids)).order_by(col(Answer.id)))
    return {
        answer.reply_id: f"understood: {meaning(AnswerKind(question.expects), answer.status, answer.value)}"
        for answer, question in rows
    }
