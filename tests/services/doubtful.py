"""Texts in doubt: a nudge, a check-in and a text of safety, each called for at ten with an answer of one's choice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from coach.gateway.base import Outbound, Outcome, SentList, Texted, Unknown
from coach.storage.tables import Attempt, Message
from tests.people import Practice, asks, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
CHECK_IN = {
    "name": "weekly",
    "weeks": [1, 2, 3, 4],
    "days": ["mon"],
    "slot": "morning",
    "items": [{"name": "pain", "variants": ["a", "b"], "answer": asks("scale_0_10")}],
}
NOT_WHOLE = SentList((), whole=False, words="HTTP 503")
Answer = Callable[[Outbound], Outcome]


def gone(_: Outbound) -> Outcome:
    raise ConnectionAbortedError("the process is gone in the middle of its call")


def lost(_: Outbound) -> Outcome:
    return Unknown("the answer was lost")


def listed(text: str, *, sid: int = 9, status: str = "sent", at: datetime = TEN) -> SentList:
    return SentList((Texted(f"SM{sid:032x}", text, status, at),), whole=True)


def nudged(practice: Practice, answer: Answer) -> None:
    """Ana's nudge has been called for at ten, with this answer."""
    practice.enrolls_ana(nudge("move", answer=asks("done", reminder=None)))
    practice.gateway.answer = answer
    practice.at(TEN)


def checked_in(practice: Practice, answer: Answer) -> None:
    """Ana's check-in has been called for at ten, with this answer."""
    practice.enrolls_ana(nudge("calm", slot="evening", weeks=[2]), check_ins=[CHECK_IN])
    practice.gateway.answer = answer
    practice.at(TEN)


def told_of_danger(practice: Practice, answer: Answer) -> None:
    """A text of safety to Ana has been called for at ten, with this answer."""
    practice.enrolls_ana(nudge("calm", slot="evening"))
    practice.hears("i want to kill myself", at=TEN)
    practice.gateway.answer = answer
    practice.at(TEN)


def after(practice: Practice, **span: float) -> str:
    """The state of the text that was called for first, after a round so long after ten."""
    practice.at(TEN + timedelta(**span))
    return first(practice).state.value


def first(practice: Practice) -> Message:
    attempt = practice.rows(Attempt)[0]
    return next(message for message in practice.rows(Message) if message.id == attempt.message_id)
