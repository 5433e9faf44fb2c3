"""The words that a provider answers by itself, where the account leaves them to it."""

from typing import Literal

KeywordReplies = Literal["coach", "provider"]
Keyword = Literal["STOP", "START", "HELP"]

_WORDS: dict[Keyword, frozenset[str]] = {
    "STOP": frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}),
    "START": frozenset({"START", "YES", "UNSTOP"}),
    "HELP": frozenset({"HELP", "INFO"}),
}
REPLIES: dict[Keyword, str] = {
    "STOP": "You are unsubscribed and will get no more messages from this number. Reply START to resubscribe.",
    "START": "You are subscribed again to messages from this number. Reply HELP for help, STOP to unsubscribe.",
    "HELP": "Reply STOP to unsubscribe. Message and data rates may apply.",
}


def keyword(text: str) -> Keyword | None:
    """The keyword that the whole text is, in any case; None for a sentence."""
    word = text.strip().upper()
    return next((kind for kind, words in _WORDS.items() if word in words), None)
