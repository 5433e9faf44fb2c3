"""Recalls what must be known of whoever wrote a text, so that it can be understood."""

from datetime import datetime, timedelta

from sqlmodel import Session

from coach.domain.consent import Consent
from coach.domain.inbound import AnsweredQuestion, Context, OpenQuestion
from coach.domain.safety import Rules
from coach.services.talk_spell import is_talked_to
from coach.storage import ledger, patients, questions, replies
from coach.storage.tables import Patient, Question, Reply
from coach.storage.tables.patient import SpellKind

JOINED = timedelta(minutes=2)  # texts this close are read together for safety
LATE = timedelta(hours=48)  # how long a closed question takes an answer, at most
LATELY = timedelta(hours=12)  # how long an answer may be put right, or be followed by a thank-you
OPTED_OUT = frozenset({Consent.RECORDED, Consent.INVITED, Consent.STOPPED})


def recall(session: Session, reply: Reply, patient: Patient | None, rules: Rules, now: datetime) -> Context:
    """What `reply` is read with: what its writer was asked, and answered lately. The patient's row is locked."""
    earlier, received_at = replies.earlier(session, reply, JOINED), reply.received_at
    if patient is None:
        return Context("en", received_at, rules, earlier=earlier)
    assert patient.id is not None
    asked = [
        *questions.open_of(session, patient.id),
        *replies.late_candidates(session, patient.id, received_at, LATE),
    ]
    answered = questions.answered_since(session, patient.id, received_at - LATELY, received_at)
    return Context(
        language=patient.language,
        received_at=received_at,
        rules=rules,
        # A text that is read late cannot have answered what was asked after it came. What was asked after now was asked
        # by a clock that runs ahead, or was put back since.
        open=tuple(_open(one, received_at) for one in asked if one.opened_at <= received_at or one.opened_at > now),
        earlier=earlier,
        opted_out=ledger.standing(session, patient.phone) in OPTED_OUT,
        answered=tuple(_answered(one) for one in answered if not questions.asked_again(session, one, received_at)),
        thanks_expected=bool(answered) and not _team_waits(session, patient.id, now),
    )


def _open(question: Question, at: datetime) -> OpenQuestion:
    assert question.id is not None
    return OpenQuestion(
        question.id,
        question.expects,
        question.opened_at,
        closed=question.closed_at is not None or question.answer_by <= at,
    )


def _answered(question: Question) -> AnsweredQuestion:
    assert question.id is not None
    assert question.closed_at is not None
    return AnsweredQuestion(question.id, question.expects, question.closed_at)


def _team_waits(session: Session, patient_id: int, now: datetime) -> bool:
    """Whether a person of the team should see every word: they are in talk, or a danger is not over."""
    held = SpellKind.HOLD in patients.spells_at(session, patient_id, now)
    return held or is_talked_to(session, patient_id, now=now)
