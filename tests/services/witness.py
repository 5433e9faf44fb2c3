"""A provider that keeps a ledger of what really left, whatever it said of it; its lists, and its receipts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from coach.gateway.base import (
    Accepted,
    Heard,
    InboundSms,
    Outbound,
    Outcome,
    Receipt,
    SentList,
    Texted,
    Unknown,
    Unsent,
)
from tests.people import ANA, RecordingGateway, SteppedClock

FATES = ("accepted", "unsent", "left, answer lost", "lost on the way", "left, process gone", "process gone")
"""What may become of a call; the first is the everyday."""


@dataclass(frozen=True)
class Seen:
    """One call as the provider saw it (UTC). `left`: the text went out to the phone, whatever was said of it."""

    at: datetime
    outbound: Outbound
    left: bool


@dataclass
class Provider(RecordingGateway):
    """Takes calls by the fates that it is told, one after the other and round again."""

    clock: SteppedClock = field(default_factory=SteppedClock)
    fates: Sequence[str] = FATES[:1]
    is_listing: bool = True  # whether its list of what was sent can be read whole
    ledger: list[Seen] = field(default_factory=list)
    inbox: list[InboundSms] = field(default_factory=list)

    def send(self, outbound: Outbound) -> Outcome:
        fate = self.fates[len(self.ledger) % len(self.fates)]
        self.ledger.append(Seen(self.clock.at, outbound, fate in {FATES[0], FATES[2], FATES[4]}))
        match fate:
            case "accepted":
                return Accepted(self.sid(len(self.ledger) - 1), "queued")
            case "unsent":
                return Unsent("busy")
            case "left, process gone" | "process gone":
                raise ConnectionAbortedError("the process is gone in the middle of its call")
            case _:
                return Unknown("the answer was lost")

    def sid(self, number: int) -> str:
        """Its own id of the text of a call, by the call's place in the ledger."""
        return f"SM{number + 1:032x}"

    def sent_to(self, phone: str, since: datetime) -> SentList:
        texts = (
            Texted(self.sid(number), one.outbound.text, "sent", one.at)
            for number, one in enumerate(self.ledger)
            if one.left and one.outbound.to == phone and one.at >= since
        )
        return SentList(tuple(texts) if self.is_listing else (), whole=self.is_listing)

    def status_of(self, provider_id: str) -> Receipt | None:
        return Receipt(provider_id, "sent")

    def heard_since(self, since: datetime) -> Heard:
        return Heard(tuple(one for one in self.inbox if one.sent_at and one.sent_at >= since), whole=True)

    def hears(self, words: str) -> InboundSms:
        """What a person texts now; it stands in the list from now on."""
        sms = InboundSms(f"MM{len(self.inbox):032x}", ANA, "+12025550100", words, sent_at=self.clock.at)
        self.inbox.append(sms)
        return sms
