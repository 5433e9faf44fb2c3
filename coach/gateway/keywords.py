"""The words that Twilio answers by itself where the account leaves them to it.

Source: its tutorial on Advanced Opt-Out. Only a whole one-word message counts, in any case.
"""

WORDS = frozenset(
    {
        *("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"),
        *("START", "UNSTOP"),  # and YES, which goes off the list: it is an answer (docs/operators/going-live.md)
        *("HELP", "INFO"),
    }
)


def is_answered_by_provider(text: str) -> bool:
    """Whether the whole text is a keyword that the provider has answered already."""
    return text.strip().upper() in WORDS
