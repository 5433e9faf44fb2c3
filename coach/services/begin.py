"""Transaction A: the last look at several people's texts, and the attempts that are about to be made."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session

from coach.domain.calendar import closing
from coach.domain.clinic import Clinic
from coach.domain.consent import Consent
from coach.domain.delivery import ASKS, PRIORITY, MessageState, Purpose, Reason
from coach.domain.last_look import Expire, Go, Look, Wait, Withhold, last_look, valid_until
from coach.services.compose import Draft, compose
from coach.services.editions import Editions
from coach.services.heed import heed
from coach.services.look import Text, gather, texts_of
from coach.services.plan import enrollment_facts
from coach.services.talk_spell import open_talk
from coach.storage import ledger, messages, patients
from coach.storage.claims import Claim
from coach.storage.insert import insert_all, insert_in_order, insert_new
from coach.storage.messages import Move
from coach.storage.tables import Attempt, Message, Patient, Question, Spell
from coach.storage.tables.question import QuestionState

# Written whether they change or not: rows with the same columns go into one statement.
WRITTEN = ("question_id", "text", "variant", "language", "encoding", "segments", "left_at", "reason")


@dataclass(frozen=True)
class Call:
    """A call to the provider that is to be made now. `token` is the attempt's; times are UTC."""

    message_id: int
    patient_id: int | None  # none: it goes to a number of nobody's, or to a contact of the clinic
    token: str
    phone: str
    text: str
    segments: int
    begun_at: datetime
    valid_until: datetime  # when it may arrive at the latest: its send_by, and not in quiet hours


@dataclass(frozen=True)
class _Leaving:
    """A text that has passed the last look, with its words."""

    text: Text
    draft: Draft
    valid_until: datetime


_Decision = _Leaving | Wait | Withhold | Expire


def begin(
    session: Session, editions: Editions, clinic: Clinic, claims: Sequence[Claim], *, now: datetime
) -> list[Call]:
    """The attempts are written and their messages sending; each of the others says why it does not leave.

    The claims are of one patient each, or of none. The patients' rows are locked until the transaction ends.
    """
    nobodys = _begin_nobodys(session, [claim for claim in claims if claim.patient_id is None], now)
    people = patients.lock_all(session, {claim.patient_id for claim in claims if claim.patient_id is not None})
    owed = _ours(session, people, claims, now)
    # Looked at before anything that may raise, so that no row stays planned for ever.
    late = [Move(message, MessageState.EXPIRED, Reason.PAST_SEND_BY) for message, _ in owed if now >= message.send_by]
    texts = texts_of(session, editions, [(message, patient) for message, patient in owed if now < message.send_by])
    decided = _decide(session, editions, clinic, texts, now)
    leaving = [one for one in decided if isinstance(one, _Leaving)]
    _ask(session, leaving, now)
    calls = [_call(one, now) for one in leaving]
    for one in leaving:
        if one.text.message.written_by and one.text.patient.id:
            open_talk(session, one.text.patient.id, by=one.text.message.written_by, now=now)
    moves = [move for text, one in zip(texts, decided, strict=True) if (move := _move(session, text.message, one))]
    messages.move_all(session, [*late, *moves], at=now)
    _plan_reminders(session, leaving, now)
    insert_all(session, Attempt, [_attempt(call) for call in calls])
    for message in (move.message for move in late):
        heed(session, message, "it could not leave in time", now=now)
    return [*nobodys, *calls]


def _begin_nobodys(session: Session, claims: Sequence[Claim], now: datetime) -> list[Call]:
    """Texts of safety and pages, which have their words already and pass every gate but time."""
    leases = {claim.message_id: claim for claim in claims}
    calls: list[Call] = []
    for message in messages.lock_all(session, leases.keys()):
        if not _is_leased(message, leases[message.id or 0], now):
            continue
        if now >= message.send_by or message.text is None or message.phone is None:
            messages.move(session, message, MessageState.EXPIRED, at=now, why=Reason.PAST_SEND_BY)
            heed(session, message, "it could not leave in time", now=now)
            continue
        call = _call_nobody(message, message.phone, message.text, now)
        messages.move(session, message, MessageState.SENDING, at=now, why="it leaves at any hour")
        calls.append(call)
    insert_all(session, Attempt, [_attempt(call) for call in calls])
    return calls


def _call_nobody(message: Message, phone: str, text: str, now: datetime) -> Call:
    assert message.id is not None
    message.left_at = now
    return Call(message.id, None, secrets.token_urlsafe(18), phone, text, message.segments or 1, now, message.send_by)


def _ours(
    session: Session, people: dict[int, Patient], claims: Sequence[Claim], now: datetime
) -> list[tuple[Message, Patient]]:
    """Not those whose lease lapsed, which another worker may have, or that are cancelled or erased; no stranger's."""
    found = messages.by_ids(session, [claim.message_id for claim in claims])
    return [
        (message, people[claim.patient_id])
        for claim in claims
        if claim.patient_id is not None
        and (message := found.get(claim.message_id)) is not None
        and _is_leased(message, claim, now)
    ]


def _is_leased(message: Message, claim: Claim, now: datetime) -> bool:
    leased = message.lease_until is not None and message.lease_until >= now
    return message.state is MessageState.PLANNED and message.lease_token == claim.token and leased


def _decide(
    session: Session, editions: Editions, clinic: Clinic, texts: Sequence[Text], now: datetime
) -> list[_Decision]:
    looks = gather(session, editions, texts, now=now)
    asking = {text.enrollment.id for text in texts if text.enrollment is not None and text.message.purpose in ASKS}
    used = messages.used_variants(session, {id_ for id_ in asking if id_ is not None})
    return [_decide_one(session, clinic, text, look, used) for text, look in zip(texts, looks, strict=True)]


def _decide_one(session: Session, clinic: Clinic, text: Text, look: Look, used: dict[int, list[str]]) -> _Decision:
    verdict = last_look(look)
    if not isinstance(verdict, Go):
        return verdict
    message, enrollment = text.message, text.enrollment
    seen: list[str] = []
    if enrollment is not None and enrollment.id is not None and text.edition is not None:
        seen = text.edition.used_up(used.get(enrollment.id, []), enrollment.words_seen)
    draft = compose(session, text.edition, clinic, message, text.patient, enrollment, seen)
    if isinstance(draft, Reason):
        return Withhold(draft)
    if message.purpose is Purpose.INVITATION and look.consent is Consent.RECORDED:
        ledger.add(session, text.patient, Consent.INVITED, at=look.now, by="coach", how="the invitation leaves")
    return _Leaving(text, draft, valid_until(look))


def _move(session: Session, message: Message, decision: _Decision) -> Move | None:
    match decision:
        case Wait(until, reason):
            messages.wait(session, message, until, why=reason)
            return None
        case Withhold(reason):
            return Move(message, MessageState.WITHHELD, reason)
        case Expire(reason):
            return Move(message, MessageState.EXPIRED, reason)
        case _Leaving(text):
            of = "safety" if text.edition is None else text.edition.program.name
            return Move(message, MessageState.SENDING, f"{of}: last look passed")


def _call(leaving: _Leaving, now: datetime) -> Call:
    message, patient, draft = leaving.text.message, leaving.text.patient, leaving.draft
    message.text, message.variant, message.language = draft.text, draft.variant, patient.language
    message.encoding, message.segments = draft.size.encoding, draft.size.segments
    message.left_at = now
    for column in WRITTEN:
        flag_modified(message, column)
    assert message.id is not None
    assert patient.id is not None
    token = secrets.token_urlsafe(18)
    return Call(message.id, patient.id, token, patient.phone, draft.text, draft.size.segments, now, leaving.valid_until)


def _attempt(call: Call) -> dict[str, Any]:
    fresh = {"message_id": call.message_id, "token": call.token, "phone": call.phone, "begun_at": call.begun_at}
    return {**fresh, "rank": -1}


def _ask(session: Session, leaving: Sequence[_Leaving], now: datetime) -> None:
    """The questions are open."""
    asking = [one for one in leaving if one.draft.asking is not None]
    pauses = patients.pauses_of(session, [one.text.patient.id for one in asking if one.text.patient.id])
    ids = insert_in_order(session, Question, [_question(one, pauses[one.text.patient.id or 0], now) for one in asking])
    for one, question_id in zip(asking, ids, strict=True):
        one.text.message.question_id = question_id


def _question(leaving: _Leaving, pauses: Sequence[Spell], now: datetime) -> dict[str, Any]:
    text, message, asking = leaving.text, leaving.text.message, leaving.draft.asking
    enrollment = text.enrollment
    assert asking is not None
    assert enrollment is not None
    assert text.edition is not None
    assert message.local_date is not None
    return {
        "patient_id": enrollment.patient_id,
        "enrollment_id": enrollment.id,
        "name": asking.name,
        "item": message.item,
        "kind": asking.kind,
        "expects": asking.answer.kind,
        "action": asking.answer.action,
        "quota": asking.quota,
        "local_date": message.local_date,
        "week": enrollment_facts(enrollment, text.patient, text.edition.program, pauses).week(message.local_date),
        "opened_at": now,
        "answer_by": now + timedelta(minutes=asking.answer.within),
        "state": QuestionState.OPEN,
    }


def _plan_reminders(session: Session, leaving: Sequence[_Leaving], now: datetime) -> None:
    """The one reminder of each question is planned."""
    reminders = [reminder for one in leaving if (reminder := _reminder(one, now))]
    why = "the one reminder, unless the answer comes first"
    messages.log_born(session, insert_new(session, Message, reminders), MessageState.PLANNED, at=now, why=why)


def _reminder(leaving: _Leaving, now: datetime) -> dict[str, Any] | None:
    message, asking = leaving.text.message, leaving.draft.asking
    if asking is None or asking.answer.reminder is None:
        return None
    due = now + timedelta(minutes=asking.answer.reminder)
    last = min(
        now + timedelta(minutes=asking.answer.within),
        closing(now, ZoneInfo(leaving.text.patient.zone), leaving.text.hours),
    )
    if due >= last:
        return None  # it would come at night, or on another day
    return {
        "patient_id": message.patient_id,
        "enrollment_id": message.enrollment_id,
        "question_id": message.question_id,
        "purpose": Purpose.REMINDER,
        "priority": PRIORITY[Purpose.REMINDER],
        "name": message.name,
        "item": message.item,
        "due_at": due,
        "next_at": due,
        "send_by": last,
        "state": MessageState.PLANNED,
        "created_at": now,
    }
