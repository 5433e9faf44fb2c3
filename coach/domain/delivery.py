"""The way of a message: its states and their moves, what providers call them, and the last look before it leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from coach.domain import calendar
from coach.domain.consent import Consent
from coach.domain.program import Hours


class MessageState(StrEnum):
    PLANNED = "planned"
    SENDING = "sending"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    MISSED = "missed"
    WITHHELD = "withheld"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


_S = MessageState
_RECEIPTS = frozenset({_S.ACCEPTED, _S.SENT, _S.DELIVERED, _S.UNDELIVERED, _S.FAILED})

MOVES: Mapping[MessageState, frozenset[MessageState]] = {
    _S.PLANNED: frozenset({_S.SENDING, _S.WITHHELD, _S.EXPIRED, _S.CANCELLED}),
    # A receipt may beat our own write; a provable "never left" goes back to planned.
    _S.SENDING: frozenset({_S.PLANNED, _S.UNKNOWN, *_RECEIPTS}),
    _S.UNKNOWN: frozenset({_S.PLANNED, _S.MISSED, *_RECEIPTS}),
    _S.ACCEPTED: frozenset({_S.SENT, _S.DELIVERED, _S.UNDELIVERED, _S.FAILED}),
    _S.SENT: frozenset({_S.DELIVERED, _S.UNDELIVERED, _S.FAILED}),
    _S.MISSED: _RECEIPTS,  # late truth
    _S.WITHHELD: frozenset({_S.CANCELLED}),  # only where an edit plans the day again
    _S.DELIVERED: frozenset(),
    _S.UNDELIVERED: frozenset(),
    _S.FAILED: frozenset(),
    _S.EXPIRED: frozenset(),
    _S.CANCELLED: frozenset(),
}

MAY_HAVE_ARRIVED = frozenset({_S.SENDING, _S.UNKNOWN, _S.ACCEPTED, _S.SENT, _S.DELIVERED, _S.MISSED})
"""States in which a phone may hold the text."""

ARRIVED = frozenset({_S.ACCEPTED, _S.SENT, _S.DELIVERED})
"""States in which the text is on its way or there, and nothing contrary is known."""


def may_move(before: MessageState, after: MessageState) -> bool:
    """Whether the table of moves has this one."""
    return after in MOVES[before]


_RANKS: Mapping[str, int] = {
    "accepted": 0,
    "scheduled": 0,
    "queued": 1,
    "sending": 2,
    "sent": 3,
    "delivered": 4,
    "undelivered": 4,
    "failed": 4,
    "canceled": 4,
    "read": 5,
}
_STATES: Mapping[str, MessageState] = {
    "sent": _S.SENT,
    "delivered": _S.DELIVERED,
    "read": _S.DELIVERED,
    "undelivered": _S.UNDELIVERED,
    "failed": _S.FAILED,
    "canceled": _S.FAILED,
}


def rank(provider_status: str) -> int:
    """How far along a provider's status is: 0 accepted to 5 read; -1 for a word that we do not know."""
    return _RANKS.get(provider_status, -1)


def state_of(provider_status: str) -> MessageState:
    """Our state for a provider's status of an outbound message."""
    return _STATES.get(provider_status, _S.ACCEPTED)


class Purpose(StrEnum):
    """What a text is for; it decides what it counts as and which gates it passes."""

    NUDGE = "nudge"
    CHECK_IN = "check_in"  # the first question of a check-in
    ITEM = "item"  # the questions that follow it
    REMINDER = "reminder"
    RE_ASK = "re_ask"
    INVITATION = "invitation"
    KEYWORD = "keyword"  # our answer to STOP, START, HELP
    SAFETY = "safety"
    STAFF = "staff"


ASKS = frozenset({Purpose.NUDGE, Purpose.CHECK_IN, Purpose.ITEM})
"""What may open a question."""

PER_DAY = frozenset({Purpose.NUDGE, Purpose.CHECK_IN, Purpose.REMINDER})
"""What counts toward per_day, and keeps minutes_between."""

PER_WEEK = PER_DAY | {Purpose.ITEM, Purpose.RE_ASK}
"""What counts toward per_week."""

PRIORITY: Mapping[Purpose, int] = {
    Purpose.SAFETY: 0,
    Purpose.KEYWORD: 1,
    Purpose.STAFF: 1,
    Purpose.RE_ASK: 1,
    Purpose.ITEM: 1,
    Purpose.INVITATION: 2,
    Purpose.NUDGE: 2,
    Purpose.CHECK_IN: 2,
    Purpose.REMINDER: 3,
}
"""Who leaves first: safety, then answers, then the rest."""

ANSWER_IN_HOURS_AFTER = timedelta(minutes=15)
"""How long after a patient's own text our answer to it may still leave in quiet hours."""

ASK_AGAIN = timedelta(minutes=5)
"""How soon a text that waits for another question is looked at again."""


class Reason(StrEnum):
    """Why a text did not leave, or waits. Clinic language for each is in `coach.domain.reasons`."""

    PAST_SEND_BY = "past_send_by"
    QUIET_HOURS = "quiet_hours"
    NO_CONSENT = "no_consent"
    STOPPED = "stopped"
    HELD = "held"
    PAUSED = "paused"
    ENDED = "ended"  # the enrollment is over
    ANSWERED = "answered"
    CLOSED = "closed"
    NOT_ASKED = "not_asked"  # a reminder of a question that may not have arrived
    PER_DAY = "per_day"
    PER_WEEK = "per_week"
    MINUTES_BETWEEN = "minutes_between"
    OTHER_QUESTION_OPEN = "other_question_open"
    NO_FRESH_TEXT = "no_fresh_text"
    NO_GOAL_YET = "no_goal_yet"
    TEXT_FAULT = "text_fault"


@dataclass(frozen=True)
class Left:
    """A text that has left, or may have: when (UTC), and for what."""

    at: datetime
    purpose: Purpose


@dataclass(frozen=True)
class Burden:
    """The limits on one person, over all programs: the strictest of each."""

    per_day: int
    per_week: int
    minutes_between: int


@dataclass(frozen=True)
class Look:
    """All that the last look looks at. Times are UTC; `left` reaches back eight days at least."""

    now: datetime
    purpose: Purpose
    send_by: datetime
    zone: ZoneInfo
    hours: Hours
    consent: Consent
    burden: Burden
    left: tuple[Left, ...] = ()
    held: bool = False
    paused: bool = False
    ended: bool = False
    answers_text_at: datetime | None = None  # when the patient's text that this answers was stored
    question_answered: bool = False
    question_closed: bool = False
    question_arrived: bool = True
    numeric: bool = False  # whether this asks for a number
    numeric_open: bool = False  # whether another question for a number is open


@dataclass(frozen=True)
class Go:
    """It may leave now."""


@dataclass(frozen=True)
class Wait:
    """Not yet: look again at `until`, UTC."""

    until: datetime
    reason: Reason


@dataclass(frozen=True)
class Withhold:
    """It will not leave."""

    reason: Reason


@dataclass(frozen=True)
class Expire:
    """It is too late for it."""

    reason: Reason


Verdict = Go | Wait | Withhold | Expire


def last_look(look: Look) -> Verdict:
    """Whether a text may leave now. The first gate that objects decides."""
    if look.now >= look.send_by:
        return Expire(Reason.PAST_SEND_BY)
    if look.purpose is Purpose.SAFETY:
        return Go()
    refused = _refused(look)
    if refused is not None:
        return Withhold(refused)
    return _quiet(look) or _burden(look) or _one_number_at_a_time(look) or Go()


def _refused(look: Look) -> Reason | None:
    if look.purpose is Purpose.KEYWORD:
        return None  # answers the patient's own words, the confirmation of a STOP included
    if look.consent is Consent.STOPPED or look.consent is Consent.WITHDRAWN:
        return Reason.STOPPED
    if look.purpose is Purpose.INVITATION:
        return None if look.consent in {Consent.RECORDED, Consent.INVITED} else Reason.NO_CONSENT
    if look.consent is not Consent.CONFIRMED:
        return Reason.NO_CONSENT
    if look.purpose is Purpose.STAFF:
        return None
    gates = (
        (look.ended, Reason.ENDED),
        (look.held, Reason.HELD),
        (look.paused, Reason.PAUSED),
        (look.question_answered, Reason.ANSWERED),
        (look.question_closed, Reason.CLOSED),
        (not look.question_arrived, Reason.NOT_ASKED),
    )
    return next((reason for closed, reason in gates if closed), None)


def _quiet(look: Look) -> Verdict | None:
    if calendar.in_hours(look.now, look.zone, look.hours):
        return None
    if look.answers_text_at is not None and look.now - look.answers_text_at <= ANSWER_IN_HOURS_AFTER:
        return None
    opening = calendar.next_opening(look.now, look.zone, look.hours)
    return Expire(Reason.QUIET_HOURS) if opening >= look.send_by else Wait(opening, Reason.QUIET_HOURS)


def _burden(look: Look) -> Verdict | None:
    if look.purpose not in PER_WEEK:
        return None
    today = calendar.local_day(look.now, look.zone)
    days = [(calendar.local_day(left.at, look.zone), left) for left in look.left if left.purpose in PER_WEEK]
    if sum(day > today - timedelta(days=7) for day, _ in days) >= look.burden.per_week:
        return Withhold(Reason.PER_WEEK)
    if look.purpose not in PER_DAY:
        return None
    if sum(day == today and left.purpose in PER_DAY for day, left in days) >= look.burden.per_day:
        return Withhold(Reason.PER_DAY)
    return _between(look, (left.at for _, left in days))


def _between(look: Look, left: Iterable[datetime]) -> Verdict | None:
    free_at = max((at + timedelta(minutes=look.burden.minutes_between) for at in left), default=look.now)
    if free_at <= look.now:
        return None
    return Withhold(Reason.MINUTES_BETWEEN) if free_at >= look.send_by else Wait(free_at, Reason.MINUTES_BETWEEN)


def _one_number_at_a_time(look: Look) -> Verdict | None:
    if not (look.numeric and look.numeric_open):
        return None
    again = look.now + ASK_AGAIN
    return Withhold(Reason.OTHER_QUESTION_OPEN) if again >= look.send_by else Wait(again, Reason.OTHER_QUESTION_OPEN)


def backoff(attempts: int, *, jitter: float, retry_after: int | None = None) -> timedelta:
    """How long to wait after `attempts` (>= 1) that never left: 2, 4, 8 ... 300 s, and up to half as much for `jitter`.

    The provider's own `retry_after` (seconds) is a floor.
    """
    seconds = min(2.0 ** min(attempts, 9), 300.0) * (1 + jitter / 2)
    return timedelta(seconds=max(seconds, retry_after or 0))
