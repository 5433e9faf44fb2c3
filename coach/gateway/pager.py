"""What calls one of the care team over one channel: by mail, at an on-call service, or for the self-test."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coach.domain.errors import CoachError

LONGEST_WORDS = 200


class PagerError(CoachError):
    """A call did not leave, as far as is known. Where it is `final`, the same call again would not help."""

    def __init__(self, words: str, *, final: bool = False) -> None:
        super().__init__(" ".join(words.split())[:LONGEST_WORDS])
        self.final = final


@dataclass(frozen=True)
class Notice:
    """One call about one case. It holds nothing of a patient: no words, no name, no number, no category."""

    key: str  # the same each time that this call is tried, and of no other
    case_id: int
    step: int
    to: str  # a mail address; empty where the pager knows its own
    text: str  # one line, with the link
    link: str  # acknowledges the case, once
    at: datetime  # UTC: now


class Pager(Protocol):
    """A channel over which the care team is called."""

    def send(self, notice: Notice) -> None:
        """The other side has taken it.

        Raises:
            PagerError: it has not, or did not say so in time.
        """
