"""The last look: whether a text may leave now. Pure, and taken under the patient's lock just before each attempt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from coach.domain import calendar
from coach.domain.consent import Consent
from coach.domain.delivery import PER_DAY, PER_WEEK, Purpose, Reason
from coach.domain.giving_way import Burden, Left, Place, gives_way
from coach.domain.program import Hours

ANSWER_IN_HOURS_AFTER = timedelta(minutes=15)
"""How long after a patient's own text our answer to it may still leave in quiet hours."""

ASK_AGAIN = timedelta(minutes=5)
"""How soon a text that waits for another question is looked at again."""

WAITS_FOR_TALK = frozenset({Purpose.NUDGE, Purpose.CHECK_IN, Purpose.REMINDER, Purpose.FOLLOW_UP})
"""What waits, with the text to the silent, while somebody of the team and the patient text each other."""

READ_FIRST = timedelta(seconds=10)
"""How soon a text is looked at again where one of the patient's is stored and not read: it may be a STOP."""


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
    mine: Place | None = None  # this text in the order of what gives way; None where nothing can be crowded out
    coming: tuple[Place, ...] = ()  # what is to come in the next seven local days
    held: bool = False
    paused: bool = False
    silent: bool = False  # nothing was heard of them for long
    ended: bool = False
    unmet: bool = False  # whether the program's condition on this text is not so for them
    answers_text_at: datetime | None = None  # when the patient's text that this answers was stored
    question_answered: bool = False
    question_closed: bool = False
    question_arrived: bool = True
    written: bool = False  # by somebody of the team, in their own words
    override: bool = False  # its writer has said why it may leave in quiet hours, or before a yes
    talk_until: datetime | None = None  # until when the team and the patient are in talk
    unread: bool = False  # whether a text of theirs is stored and not read yet: it may be a STOP, or the answer
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
    if look.purpose is Purpose.SAFETY or look.purpose is Purpose.PAGE:
        return Go()
    refused = _refused(look)
    if refused is not None:
        return Withhold(refused)
    return _unread(look) or _talk(look) or _quiet(look) or _burden(look) or _one_number_at_a_time(look) or Go()


def valid_until(look: Look) -> datetime:
    """Until when (UTC) a text that leaves now may reach its phone: what waits for a phone is not for the night.

    Safety, and an answer to words just received, may arrive in quiet hours.
    """
    answers = look.purpose in {Purpose.SAFETY, Purpose.KEYWORD} or look.answers_text_at is not None
    if answers or not calendar.in_hours(look.now, look.zone, look.hours):
        return look.send_by
    return min(look.send_by, calendar.closing(look.now, look.zone, look.hours))


def _refused(look: Look) -> Reason | None:
    if look.purpose is Purpose.KEYWORD:
        return None  # answers the patient's own words, the confirmation of a STOP included
    if look.consent is Consent.STOPPED or look.consent is Consent.WITHDRAWN:
        return Reason.STOPPED
    if look.purpose is Purpose.INVITATION:
        return None if look.consent in {Consent.RECORDED, Consent.INVITED} else Reason.NO_CONSENT
    if look.consent is not Consent.CONFIRMED and not _may_precede_a_yes(look):
        return Reason.NO_CONSENT
    if look.purpose is Purpose.STAFF or look.purpose is Purpose.DIAL:
        return None
    follows = look.purpose is Purpose.FOLLOW_UP  # an answer: its question is answered
    gates = (
        (look.ended, Reason.ENDED),
        (look.held, Reason.HELD),
        (look.paused, Reason.PAUSED),
        (look.silent, Reason.SILENT),
        (look.question_answered and not follows, Reason.ANSWERED),
        (look.question_closed, Reason.CLOSED),
        (not look.question_arrived, Reason.NOT_ASKED),
        (look.unmet, Reason.CONDITION),
    )
    return next((reason for closed, reason in gates if closed), None)


def _may_precede_a_yes(look: Look) -> bool:
    return look.written and look.override and look.consent in {Consent.RECORDED, Consent.INVITED}


def _unread(look: Look) -> Verdict | None:
    goodbye = look.purpose is Purpose.KEYWORD and look.consent is Consent.STOPPED
    if not look.unread or goodbye:
        return None
    again = look.now + READ_FIRST
    return Expire(Reason.UNREAD_REPLY) if again >= look.send_by else Wait(again, Reason.UNREAD_REPLY)


def _talk(look: Look) -> Verdict | None:
    is_automatic = look.purpose in WAITS_FOR_TALK or (look.purpose is Purpose.STAFF and not look.written)
    if look.talk_until is None or not is_automatic:
        return None
    return Expire(Reason.TALKING) if look.talk_until >= look.send_by else Wait(look.talk_until, Reason.TALKING)


def _quiet(look: Look) -> Verdict | None:
    if calendar.in_hours(look.now, look.zone, look.hours) or (look.written and look.override):
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
    if look.mine and gives_way(look.mine, look.coming, look.left, look.burden, zone=look.zone, now=look.now):
        return Withhold(Reason.GAVE_WAY)
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
