"""What a refusal means, whatever the provider's code was. Services decide by these; only this floor knows codes."""

from enum import StrEnum


class RejectionKind(StrEnum):
    """What an error of the provider's means for us, in answer to a call or in a receipt."""

    OPTED_OUT = "opted_out"
    BAD_NUMBER = "bad_number"
    BAD_MESSAGE = "bad_message"
    ACCOUNT = "account"
    TRY_LATER = "try_later"
    EXPIRED = "expired"  # its own validity ended before it left: our deadline at work, and nobody's fault
    UNCERTAIN = "uncertain"  # it may have left or arrived all the same, or nobody can say: not sent again because of it
    NOTICE = "notice"  # says nothing of this text: for the operator's log
