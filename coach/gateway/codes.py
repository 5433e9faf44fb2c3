"""What Twilio's error codes mean for us. Twilio may change or add codes: one that is not here has a default."""

from collections.abc import Mapping

from coach.gateway.rejection import RejectionKind

CONCURRENCY = 20429
"""Too many calls at once: Twilio says that such a call was never processed."""

INTERNAL = frozenset({20500, 20503, 20504})
"""Twilio's own trouble, after which a text may have been sent."""

_CODES: Mapping[RejectionKind, frozenset[int]] = {
    RejectionKind.OPTED_OUT: frozenset({
        21610,  # the person has opted out
        63014, 63033,  # the person has blocked the sender
    }),
    RejectionKind.BAD_NUMBER: frozenset({
        14101, 21211, 21217, 21401,  # not a phone number
        21214, 21612, 63003, 63024,  # cannot be reached from here
        21408,  # our account may not send to that country
        21614, 30006,  # a landline, or no carrier that takes texts
        30004, 30005,  # blocked, or unknown to the carrier
        30640,  # the number must not be texted, by law
    }),
    RejectionKind.BAD_MESSAGE: frozenset({
        14103, 21602, 21604, 21617, 21618, 21619, 20422,  # a part is missing, or the text is too long
        21620, 21623, 30011, 30019,  # attachments
        21910, 30007, 30038, 30043, 30453, 30485, 63013, 63016,  # filtered, or the wrong channel
        30010, 30400, 30409, 35111, 35114, 35117, 35126,  # price, scheduling, edits
    }),
    RejectionKind.EXPIRED: frozenset({30036}),
    RejectionKind.ACCOUNT: frozenset({
        10001, 20005, 30002, 90010,  # not active, or suspended
        20003, 20006, 20008, 20010, 20151,  # not allowed
        20404, 30028, 30404, 21402, 21603, 21609, 21624,  # our request or addresses are set up wrongly
        21212, 21606, 21607, 21608, 21616, 21621, 21659, 21660, 21661, 63007,  # the sender
        21701, 21702, 21703, 21704, 21705, 35118,  # the messaging service
        30018, 30024, 30032, 30033, 30034, 30035, 30040, 30041, 30042,  # the sender's registration
        30029, 30030, 30037, 30454, 63038,  # plan and limits
    }),
    RejectionKind.TRY_LATER: frozenset({
        14107, 21611, 30001, 30017, 30022, 63018, 35125,  # queues are full
        30023, 30027, 30450, 30610,  # a daily cap, a temporary block, the carrier's quiet hours
        30003, 30008, 12400, 30020, 30021, 30500, 60005, 63010, 63012, 63036,  # passing trouble on the way
    }),
}  # fmt: skip

KINDS: Mapping[int, RejectionKind] = {code: kind for kind, codes in _CODES.items() for code in codes}

_ACCOUNT_STATUSES = frozenset({401, 403, 404})


def kind_of(code: int | None, status: int) -> RejectionKind:
    """What a refusal means: by its code, else by its HTTP status; where both say nothing, this one text is at fault."""
    if code is not None and code in KINDS:
        return KINDS[code]
    return RejectionKind.ACCOUNT if status in _ACCOUNT_STATUSES else RejectionKind.BAD_MESSAGE


def kind_in_receipt(code: str) -> RejectionKind:
    """What the error in a receipt means; a code that nobody knows is no reason to send again."""
    number = int(code) if code.isascii() and code.isdecimal() else None
    return RejectionKind.UNCERTAIN if number is None else KINDS.get(number, RejectionKind.UNCERTAIN)
