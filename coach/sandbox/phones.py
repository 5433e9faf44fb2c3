"""The phones in the box: what each one shows."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Bubble:
    """One text on a phone's screen: `mine` if its owner wrote it. `at` is UTC."""

    sid: str
    mine: bool
    text: str
    at: datetime


@dataclass
class Phone:
    """A made-up person's phone; shows its own local time."""

    number: str  # E.164
    name: str = ""
    zone: ZoneInfo | None = None  # UTC where nobody has said
    language: str = "en"
    bubbles: list[Bubble] = field(default_factory=list)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone or ZoneInfo("UTC"))


class Phones:
    """Every phone by its number; one that nobody announced appears with its first text."""

    def __init__(self) -> None:
        self._phones: dict[str, Phone] = {}

    def add(self, phone: Phone) -> None:
        """`phone` is in the box; one that was there keeps its conversation."""
        if before := self._phones.get(phone.number):
            phone.bubbles = before.bubbles
        self._phones[phone.number] = phone

    def get(self, number: str) -> Phone:
        return self._phones.setdefault(number, Phone(number))

    def all(self) -> list[Phone]:
        """In the order in which they came."""
        return list(self._phones.values())
