"""The way of a message: its states and their moves, what providers call them, what it is for, and why it waits."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


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
_ARRIVALS = frozenset({_S.ACCEPTED, _S.SENT, _S.DELIVERED})
_RECEIPTS = _ARRIVALS | {_S.UNDELIVERED, _S.FAILED}

MOVES: Mapping[MessageState, frozenset[MessageState]] = {
    # Good news of an earlier attempt may come while the text waits to be sent again, or was given up.
    _S.PLANNED: frozenset({_S.SENDING, _S.WITHHELD, _S.EXPIRED, _S.CANCELLED, *_ARRIVALS}),
    # A receipt may beat our own write; a provable "never left" goes back to planned.
    _S.SENDING: frozenset({_S.PLANNED, _S.UNKNOWN, *_RECEIPTS}),
    _S.UNKNOWN: frozenset({_S.PLANNED, _S.MISSED, *_RECEIPTS}),
    _S.ACCEPTED: frozenset({_S.SENT, _S.DELIVERED, _S.UNDELIVERED, _S.FAILED}),
    _S.SENT: frozenset({_S.DELIVERED, _S.UNDELIVERED, _S.FAILED}),
    _S.MISSED: _RECEIPTS,  # late truth
    _S.WITHHELD: frozenset({_S.CANCELLED, *_ARRIVALS}),  # cancelled only where an edit plans the day again
    _S.DELIVERED: frozenset(),
    _S.UNDELIVERED: frozenset(),
    _S.FAILED: frozenset(),
    _S.EXPIRED: _ARRIVALS,
    _S.CANCELLED: frozenset(),
}

MAY_HAVE_ARRIVED = frozenset({_S.SENDING, _S.UNKNOWN, _S.ACCEPTED, _S.SENT, _S.DELIVERED, _S.MISSED})
"""States in which a phone may hold the text."""

ARRIVED = _ARRIVALS
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
    """How far along a provider's status is: 0 accepted to 5 read. An unknown word: it has the text, at least."""
    return _RANKS.get(provider_status, 0)


def is_final(rank_: int) -> bool:
    """Whether nothing more is to come after a status of that rank: the text has arrived, or will not."""
    return rank_ >= _RANKS["delivered"]


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
    DIAL = "dial"  # our answer to PAUSE, LESS, PROGRESS and the like: the new plan
    FOLLOW_UP = "follow_up"  # one kind line about an answer, or the question how a flare goes
    STAFF = "staff"
    PAGE = "page"  # a call to the care team: it goes to a contact, not to a patient


ASKS = frozenset({Purpose.NUDGE, Purpose.CHECK_IN, Purpose.ITEM})
"""What may open a question."""

PER_DAY = frozenset({Purpose.NUDGE, Purpose.CHECK_IN, Purpose.REMINDER})
"""What counts toward per_day, and keeps minutes_between."""

PER_WEEK = PER_DAY | {Purpose.ITEM, Purpose.RE_ASK, Purpose.FOLLOW_UP}
"""What counts toward per_week."""

PRIORITY: Mapping[Purpose, int] = {
    Purpose.SAFETY: 0,
    Purpose.PAGE: 0,
    Purpose.KEYWORD: 1,
    Purpose.DIAL: 1,
    Purpose.STAFF: 1,
    Purpose.RE_ASK: 1,
    Purpose.ITEM: 1,
    Purpose.FOLLOW_UP: 1,
    Purpose.INVITATION: 2,
    Purpose.NUDGE: 2,
    Purpose.CHECK_IN: 2,
    Purpose.REMINDER: 3,
}
"""Who leaves first: safety, then answers, then the rest."""


class Reason(StrEnum):
    """Why a text did not leave, or waits. Clinic language for each is in `coach.domain.reasons`."""

    PAST_SEND_BY = "past_send_by"
    QUIET_HOURS = "quiet_hours"
    NO_CONSENT = "no_consent"
    STOPPED = "stopped"
    HELD = "held"
    PAUSED = "paused"
    SILENT = "silent"  # nothing was heard of them for long: texts rest until somebody is in touch
    GAVE_WAY = "gave_way"  # the limit is kept free for texts that matter more
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
    CONDITION = "condition"  # the text's condition in the program is not so for this person now
    LEFT_OUT = "left_out"  # the version that the person was moved to does not have it
    HAD_THIS_WEEK = "had_this_week"  # they were moved to a version that has it on a later day
    HAD_BY_ANOTHER_NAME = "had_by_another_name"  # or to one that calls it by another name
    TEXT_FAULT = "text_fault"
    TALKING = "talking"  # somebody of the team is texting with them
    LATER = "later"  # the person asked for it later
    UNREAD_REPLY = "unread_reply"  # a text of theirs is stored, and not read yet


LONGEST_WAIT = 900.0
"""Seconds: however long the provider asks us to wait, a text is looked at again after this time."""


def backoff(attempts: int, *, jitter: float, retry_after: int | None = None) -> timedelta:
    """How long to wait after `attempts` (>= 1) that never left: 2, 4, 8 ... 300 s, and up to half as much for `jitter`.

    The provider's own `retry_after` (seconds) is a floor, up to a quarter of an hour.
    """
    seconds = min(2.0 ** min(attempts, 9), 300.0) * (1 + jitter / 2)
    return timedelta(seconds=max(seconds, min(retry_after or 0, LONGEST_WAIT)))
