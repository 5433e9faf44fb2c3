"""Why a text was sent, waits, or was not sent, in clinic language."""

from collections.abc import Mapping

from coach.domain.delivery import MessageState, Reason
from coach.domain.planner import NotPlanned

WORDS: Mapping[str, str] = {
    NotPlanned.PRESET: "the person's preset leaves this text out",
    NotPlanned.WEEKDAY_OFF: "the person takes no texts on this weekday",
    NotPlanned.OUTSIDE_HOURS: "the person's own time for it lies outside the program's hours",
    NotPlanned.MOVED_PAST: "its time had passed when the day was planned",
    Reason.PAST_SEND_BY: "it could not leave in time, and a late text helps nobody",
    Reason.QUIET_HOURS: "it would have arrived in the person's quiet hours",
    Reason.NO_CONSENT: "the person has not said yes to texts",
    Reason.STOPPED: "the person said STOP",
    Reason.HELD: "nudges are held until somebody on the team releases them",
    Reason.PAUSED: "the person paused the texts",
    Reason.SILENT: "nothing was heard of them for long, and texts rest until they or the team are in touch",
    Reason.GAVE_WAY: "it gave way: what is still to come would reach the limit, and matters more",
    Reason.ENDED: "the person's time in the program is over",
    Reason.ANSWERED: "the answer had come already",
    Reason.CLOSED: "the question was over",
    Reason.NOT_ASKED: "its question may not have arrived",
    Reason.PER_DAY: "the day's limit of texts was reached",
    Reason.PER_WEEK: "the week's limit of texts was reached",
    Reason.MINUTES_BETWEEN: "it came too close to another text",
    Reason.OTHER_QUESTION_OPEN: "another question for a number was open",
    Reason.NO_FRESH_TEXT: "every wording of it has been sent, and no text is sent twice",
    Reason.NO_GOAL_YET: "there are not enough baseline answers for a goal",
    Reason.CONDITION: "the program sends it only to people whose own record is such, and theirs is another now",
    Reason.LEFT_OUT: "the program's version that they were moved to does not have it",
    Reason.HAD_THIS_WEEK: "they had it this week already, before they were moved to a version with another day for it",
    Reason.HAD_BY_ANOTHER_NAME: "they had it this day, by the name that it went by before they were moved",
    Reason.TALKING: "somebody of the team was texting with them, and what is automatic waits meanwhile",
    Reason.LATER: "the person asked for it later",
    Reason.UNREAD_REPLY: "a text of theirs had not been read yet",
    Reason.TEXT_FAULT: "its wording could not be put together; check the program",
}

STATES: Mapping[MessageState, str] = {
    MessageState.PLANNED: "planned",
    MessageState.SENDING: "being sent",
    MessageState.UNKNOWN: "perhaps sent: the provider gave no clear answer",
    MessageState.ACCEPTED: "handed to the provider",
    MessageState.SENT: "sent",
    MessageState.DELIVERED: "delivered",
    MessageState.UNDELIVERED: "sent, but it did not reach the phone",
    MessageState.FAILED: "refused by the provider",
    MessageState.MISSED: "may never have left, and is not sent twice",
    MessageState.WITHHELD: "withheld",
    MessageState.EXPIRED: "expired",
    MessageState.CANCELLED: "cancelled",
}


def in_words(reason: str | None) -> str:
    """The reason in clinic language; what is in words already stays as it is."""
    return "" if reason is None else WORDS.get(reason, reason)
