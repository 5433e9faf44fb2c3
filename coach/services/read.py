"""Reads stored replies: what a person said, and what follows. Reading that raises leaves the reply unread."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from coach.domain import self_test
from coach.domain.case import CaseCategory, Tier
from coach.domain.consent import Consent
from coach.domain.consent_words import Wish
from coach.domain.delivery import Purpose
from coach.domain.inbound import Reading, interpret
from coach.domain.safety import Rules
from coach.gateway.keywords import is_answered_by_provider
from coach.services.answer_danger import Answering, answer_danger
from coach.services.consent import start, stop
from coach.services.dial import go_on, turn_dial
from coach.services.editions import Editions
from coach.services.quiet import take_back
from coach.services.recall import recall
from coach.services.respond import answer_with
from coach.services.silence import end_silence
from coach.services.take_answers import take_answers
from coach.services.talk_spell import heard_in_talk
from coach.services.triage import hold, open_case
from coach.storage import ledger, patients, replies
from coach.storage.database import AWAY, Sessions
from coach.storage.tables import Patient, Reply
from coach.storage.tables.reply import ReplyState

log = logging.getLogger(__name__)

A_PERSON_READS_IT_AFTER = 3  # faults, where the text was at least read for safety
READ_AGAIN = timedelta(seconds=5)  # after a first fault, and twice as long after each further one
READ_AGAIN_AT_MOST = timedelta(minutes=10)
# What the provider has acted on holds, whatever the word was: its lists of keywords are longer than ours.
PROVIDERS_WORDS: Mapping[str, Wish] = {"STOP": "stop", "START": "start", "HELP": "help"}


@dataclass(frozen=True)
class Reader:
    """What reading needs: the published programs, the words of danger, and what is answered to them.

    `provider_answers_keywords`: whether STOP, START and HELP get the provider's own sentence, so that ours is too much.
    """

    editions: Editions
    rules: Rules
    answering: Answering
    provider_answers_keywords: bool = False


def read_unread(sessions: Sessions, reader: Reader, *, now: datetime, limit: int = 200) -> int:
    """How many replies were read, oldest first. One whose reading raises stays unread, and is read again later.

    Where the database is busy the round ends: the next one reads what is left.
    """
    with sessions.read() as session:
        waiting = replies.unread(session, now, limit)
    read = 0
    for reply_id in waiting:
        try:
            read += _read(sessions, reader, reply_id, now)
        except AWAY as error:
            log.warning("replies from %s on are read in the next round: %s", reply_id, type(error).__name__)
            break
    return read


def read_reply(sessions: Sessions, reader: Reader, reply_id: int, *, now: datetime) -> bool:
    """The reply is read, and what follows is done; False where reading raised, or another reader had it.

    A reply that could not even be read for safety opens a case: a person must read it. A busy database is no fault
    of the reply: it stays unread.
    """
    try:
        return _read(sessions, reader, reply_id, now)
    except AWAY as error:
        log.warning("reply %s is read in the next round: %s", reply_id, type(error).__name__)
        return False


def _read(sessions: Sessions, reader: Reader, reply_id: int, now: datetime) -> bool:
    """In one transaction where there is no danger and no fault; else safety first, by itself."""
    heeded = False  # danger is
    try:
        with sessions.write() as session:
            heard = _hear(session, reader, reply_id, now)
            if heard is None:
                return False
            _safety_first(session, reader, heard, now)
            if heard.reading.safety is None:
                _then_the_rest(session, reader, heard, now)
                return True
        heeded = True
    except AWAY:
        raise
    except Exception as error:  # noqa: BLE001 (step by step it shows where, and what follows from danger is kept)
        log.warning("reply %s is read step by step after %s", reply_id, type(error).__name__)
    return _read_step_by_step(sessions, reader, reply_id, now, read_for_safety=heeded)


def _read_step_by_step(
    sessions: Sessions, reader: Reader, reply_id: int, now: datetime, *, read_for_safety: bool
) -> bool:
    try:
        with sessions.write() as session:
            if not read_for_safety and (heard := _hear(session, reader, reply_id, now)) is not None:
                _safety_first(session, reader, heard, now)
        read_for_safety = True
        with sessions.write() as session:
            if (heard := _hear(session, reader, reply_id, now)) is not None:
                _then_the_rest(session, reader, heard, now)
            return heard is not None
    except AWAY:
        raise
    except Exception:
        log.exception("reply %s could not be read; it is kept and read again", reply_id)
        with sessions.write() as session:
            _count_fault(session, reply_id, read_for_safety=read_for_safety, now=now)
        return False


def _count_fault(session: Session, reply_id: int, *, read_for_safety: bool, now: datetime) -> None:
    reply = session.get_one(Reply, reply_id)
    reply.faults += 1
    reply.retry_at = now + min(READ_AGAIN * 2.0 ** min(reply.faults - 1, 10), READ_AGAIN_AT_MOST)
    session.add(reply)
    if reply.faults == (A_PERSON_READS_IT_AFTER if read_for_safety else 1):
        patient = patients.by_phone(session, reply.phone)
        what = "a text could not be read by coach; please read it"
        tier = Tier.ROUTINE if read_for_safety else Tier.NOW  # nobody knows what it says
        open_case(
            session,
            CaseCategory.SYSTEM,
            patient=patient,
            phone=reply.phone,
            what=what,
            now=now,
            reply=reply,
            tier=tier,
        )


@dataclass(frozen=True)
class _Heard:
    """A reply, who wrote it (None: nobody whom we know), and what it was understood to say."""

    reply: Reply
    patient: Patient | None
    reading: Reading


def _hear(session: Session, reader: Reader, reply_id: int, now: datetime) -> _Heard | None:
    """The reply as it is understood, with its writer's row locked; None where another reader had it."""
    reply, patient = _mine(session, reply_id)
    if reply.state is not ReplyState.UNREAD:
        return None
    return _Heard(reply, patient, interpret(reply.body, recall(session, reply, patient, reader.rules, now)))


def _safety_first(session: Session, reader: Reader, heard: _Heard, now: datetime) -> None:
    """A case, a hold and an answer, before anything else can go wrong."""
    reply, patient, reading = heard.reply, heard.patient, heard.reading
    if reply.safety_read_at is not None:
        return
    if patient is not None and patient.id is not None:
        take_back(session, patient.id, now=now)
    if reading.safety is not None:
        category = CaseCategory(reading.safety)
        what = "wrote words that may mean danger: " + ", ".join(f"“{words}”" for words in reading.because)
        case = open_case(session, category, patient=patient, phone=reply.phone, what=what, now=now, reply=reply)
        if patient is not None:
            hold(session, patient, case, now=now)
        answer_danger(session, reader.answering, reading.safety, case, reply, patient, now=now)
    reply.safety_read_at = now
    session.add(reply)


def _then_the_rest(session: Session, reader: Reader, heard: _Heard, now: datetime) -> None:
    """Consent, help, commands, answers, or a note for the team."""
    reply, patient, reading = heard.reply, heard.patient, heard.reading
    reply.state, reply.read_at = ReplyState.READ, now
    reply.patient_id = patient.id if patient else None
    reply.reading = replies.as_json(reading)
    session.add(reply)
    if patient is not None:
        heard_in_talk(session, patient, now=now)
        end_silence(session, patient, by="patient", now=now)
    wish = PROVIDERS_WORDS.get(reply.opt_out_type or "", reading.consent)
    if reading.wrong_person and wish == "stop":
        what = f"says that the number is not theirs, or that they have died: {reply.body!r}. Please check it"
        open_case(
            session,
            CaseCategory.DELIVERY,
            patient=patient,
            phone=reply.phone,
            what=what,
            now=now,
            reply=reply,
            tier=Tier.TODAY,
        )
    if patient is None:
        reply.is_note = reply.phone != self_test.PHONE
        if wish == "stop":
            ledger.stop_of_stranger(session, reply.phone, at=now, how=f"wrote {reply.body!r}", reply_id=reply.id)
        return
    if wish is not None:
        _consent(session, reader, wish, heard, patient, now)
        if any(one.status == "understood" for one in reading.answers):  # else the wish is what is answered
            take_answers(session, reader.editions, reading, reply, patient, now=now)
    elif turn_dial(session, reader.editions, reader.answering.clinic, reading, reply, patient, now):
        pass
    elif reading.answers:
        reply.is_note = not take_answers(session, reader.editions, reading, reply, patient, now=now)
    else:
        reply.is_note = not reading.courtesy


def _consent(session: Session, reader: Reader, wish: Wish, heard: _Heard, patient: Patient, now: datetime) -> None:
    reply = heard.reply
    provider_answered = reply.opt_out_type is not None or (
        reader.provider_answers_keywords and is_answered_by_provider(reply.body)
    )
    how = f"wrote {reply.body!r}"
    if wish == "stop":
        changed = stop(session, patient, at=now, by="patient", how=how, reply_id=reply.id)
        name = "stop" if changed else None
    elif wish == "start":
        before = start(session, patient, reply, at=now, how=how)
        name = None if before is None else "start" if before is Consent.STOPPED else "confirmed"
        if before is None:  # they get texts already: then it is their pause that is to end
            turn_dial(session, reader.editions, reader.answering.clinic, heard.reading, reply, patient, now)
        else:
            go_on(session, reader.editions, reply, patient, now)
    elif ledger.standing(session, patient.phone) in {Consent.STOPPED, Consent.WITHDRAWN}:
        reply.is_note, name = True, None  # after STOP nothing begins: a person may call
    else:
        name = wish  # help, or the question what they meant
        reply.is_note = not is_answered_by_provider(reply.body)  # a sentence may ask for more than our answer gives
    if name is not None and not provider_answered:
        answer_with(session, patient, reply, purpose=Purpose.KEYWORD, name=name, now=now)


def _mine(session: Session, reply_id: int) -> tuple[Reply, Patient | None]:
    """The reply and its writer, whose row is locked."""
    reply = session.get_one(Reply, reply_id)
    patient = patients.by_phone(session, reply.phone)
    if patient is not None:
        assert patient.id is not None
        patient = patients.lock(session, patient.id)
    return replies.lock(session, reply_id), patient  # strangers' texts have no patient to be locked by
