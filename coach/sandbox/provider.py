"""The provider itself: takes texts, carries them to the phones, and tells by webhook what became of them."""

import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.domain.segment import count
from coach.sandbox.faults import Fault, FaultKind, Faults
from coach.sandbox.keywords import REPLIES, Keyword, KeywordReplies, keyword
from coach.sandbox.ledger import Created, Ledger, Posted
from coach.sandbox.message import API_VERSION, Message
from coach.sandbox.phones import Bubble, Phone, Phones
from coach.sandbox.validation import ApiError, Order, read_order
from coach.sandbox.way import Delays, Step, Timetable, steps_of
from coach.sandbox.webhook import Poster, Posting, SignedPoster, Webhook

Clock = Callable[[], datetime]

NO_MESSAGE: dict[FaultKind, tuple[int, int, str]] = {
    FaultKind.ERROR_BEFORE: (500, 20500, "Internal Server Error"),
    FaultKind.THROTTLED: (429, 20429, "Too Many Requests"),
    FaultKind.OPTED_OUT: (400, 21610, "The recipient has opted out."),
}
SENDER = "+12025550100"


@dataclass(frozen=True)
class Account:
    """Who may call, and what is theirs. `service` None: any messaging service exists."""

    sid: str = "AC" + "0" * 32
    auth_token: str = "sandbox-token"  # noqa: S105 (of a sandbox)
    service: str | None = None
    sender: str = SENDER


class Sandbox:
    """Twilio's Messages with phones in the box. Safe to share between threads; `now` gives aware UTC.

    `keyword_replies`: who answers STOP, START and HELP; with "provider", STOP also blocks further texts.
    """

    def __init__(
        self,
        now: Clock,
        *,
        account: Account | None = None,
        inbound_url: str | None = None,
        delays: Delays | None = None,
        keyword_replies: KeywordReplies = "coach",
        ledger: Ledger | None = None,
        faults: Faults | None = None,
        poster: Poster | None = None,
    ) -> None:
        self.now = now
        self.account = account or Account()
        self.inbound_url = inbound_url
        self.delays = delays or Delays()
        self.keyword_replies = keyword_replies
        self.ledger = ledger or Ledger()
        self.faults = faults or Faults()
        self.timetable = Timetable()
        self._phones = Phones()
        self._messages: dict[str, Message] = {}
        self._opted_out: set[str] = set()
        self._lock = threading.RLock()
        self._pumping = threading.Lock()
        self._own = SignedPoster(self.account.auth_token)
        self._post: Poster = poster or self._own

    def close(self) -> None:
        """The connections that it opened for its webhooks are closed; a poster that was given is its giver's."""
        self._own.close()

    # What the API does.

    def create(self, form: Sequence[tuple[str, str]]) -> tuple[Message, Fault | None]:
        """The message that was accepted, with what shall befall its answer; ApiError where nothing was accepted."""
        now, to = self.now(), dict(form).get("To", "")
        try:
            order = read_order(dict(form), service=self.account.service)
            fault = self.faults.draw(order.to, now)
            self._refuse(order, fault)
        except ApiError as error:
            self.ledger.add(Created(now, to, tuple(form), None, f"{error.status} {error.code}"))
            raise
        with self._lock:
            message = self._accept(order, now)
            for step in steps_of(message.sid, now, self.delays, fault):
                self.timetable.add(step)
        answer = fault.kind.value if fault and fault.kind in {FaultKind.LOST_ANSWER, FaultKind.ERROR_AFTER} else "201"
        self.ledger.add(Created(now, to, tuple(form), message.sid, answer))
        return message, fault

    def message(self, sid: str) -> Message | None:
        with self._lock:
            return self._messages.get(sid)

    def messages(self) -> list[Message]:
        """Every message in or out, the newest first."""
        with self._lock:
            return list(reversed(self._messages.values()))

    # What the phones do.

    def add_phone(self, phone: Phone) -> None:
        """`phone` is in the box, shown after those that were added before."""
        with self._lock:
            self._phones.add(phone)

    def phones(self) -> list[tuple[Phone, tuple[Bubble, ...]]]:
        """Each phone with what its screen shows now, oldest text first."""
        with self._lock:
            return [(phone, tuple(phone.bubbles)) for phone in self._phones.all()]

    def text_from(self, number: str, body: str) -> Posting:
        """The person at `number` has texted `body`, and the inbound webhook was posted; how it was answered."""
        now = self.now()
        word = keyword(body) if self.keyword_replies == "provider" else None
        with self._lock:
            message = Message(
                _new_sid(), "inbound", self.account.sender, number, body, self.account.service, "received",
                created=now, updated=now, segments=max(1, count(body).segments), sent=now,
            )  # fmt: skip
            self._messages[message.sid] = message
            self._phones.get(number).bubbles.append(Bubble(message.sid, mine=True, text=body, at=now))
            if word is not None:
                self._answer_keyword(number, word, now)
        if self.inbound_url is None:
            return Posting(None, "no inbound address was given")
        return self._send(Webhook("inbound", self.inbound_url, self._inbound_form(message, word)), now)

    # What time does.

    def next_due(self) -> datetime | None:
        """When the next step of some message is due, in UTC; None where nothing is on its way."""
        return self.timetable.next_due()

    def deliver_due(self, now: datetime) -> int:
        """Every step that is due by `now` has been taken, in order, and its receipt posted; how many there were."""
        taken = 0
        with self._pumping:
            while (step := self.timetable.pop(now)) is not None:
                taken += 1
                with self._lock:
                    webhook = self._take(step)
                for _ in range(step.receipts if webhook is not None else 0):
                    assert webhook is not None
                    self._send(webhook, step.at)
        return taken

    # Inside.

    def _refuse(self, order: Order, fault: Fault | None) -> None:
        if fault is not None and fault.kind in NO_MESSAGE:
            raise ApiError(*NO_MESSAGE[fault.kind])
        if fault is not None and fault.kind is FaultKind.REFUSED:
            raise ApiError(400, fault.code, f"Refused with {fault.code}.")
        if order.to in self._opted_out:
            raise ApiError(400, 21610, "The recipient has opted out.")

    def _accept(self, order: Order, now: datetime) -> Message:
        message = Message(
            _new_sid(), "outbound-api", order.to, order.from_, order.body, order.service,
            "accepted" if order.service else "queued",
            created=now, updated=now, segments=count(order.body).segments if order.from_ else 0,
            status_callback=order.status_callback, valid_until=now + timedelta(seconds=order.valid_for),
        )  # fmt: skip
        self._messages[message.sid] = message
        return message

    def _take(self, step: Step) -> Webhook | None:
        """One step of a message's way; its receipt, where one is due. A message that has ended takes no more."""
        message = self._messages[step.sid]
        ended = message.status in {"delivered", "undelivered", "failed"}
        if ended and not step.late_news:
            return None
        status, code = step.status, step.code
        if not ended:
            if status == "sent" and message.valid_until is not None and step.at > message.valid_until:
                status, code = "failed", 30036
            self._apply(message, status, code, step.at)
        if message.status_callback is None or step.receipts == 0:
            return None
        return Webhook("status", message.status_callback, self._status_form(message, status, code, step.at))

    def _apply(self, message: Message, status: str, code: int | None, at: datetime) -> None:
        if status == message.status:
            return
        message.status, message.error_code, message.updated = status, code, at
        message.from_ = message.from_ or self.account.sender
        message.segments = count(message.body).segments
        if status in {"sent", "delivered"} and message.sent is None:
            message.sent = at
        if status == "delivered":
            bubble = Bubble(message.sid, mine=False, text=message.body, at=at)
            self._phones.get(message.to).bubbles.append(bubble)

    def _answer_keyword(self, number: str, word: Keyword, now: datetime) -> None:
        if word == "STOP":
            self._opted_out.add(number)
        elif word == "START":
            self._opted_out.discard(number)
        reply = Message(
            _new_sid(), "outbound-reply", number, self.account.sender, REPLIES[word], self.account.service, "delivered",
            created=now, updated=now, segments=1, sent=now,
        )  # fmt: skip
        self._messages[reply.sid] = reply
        self._phones.get(number).bubbles.append(Bubble(reply.sid, mine=False, text=reply.body, at=now))

    def _send(self, webhook: Webhook, at: datetime) -> Posting:
        posting = self._post(webhook)
        self.ledger.add(Posted(at, webhook.kind, webhook.url, webhook.form, posting.status, posting.words))
        return posting

    def _inbound_form(self, message: Message, word: Keyword | None) -> list[tuple[str, str]]:
        geography = [(end + part, "") for end in ("From", "To") for part in ("City", "State", "Zip", "Country")]
        return [
            *geography,
            ("SmsMessageSid", message.sid), ("NumMedia", "0"), ("SmsSid", message.sid), ("SmsStatus", "received"),
            ("Body", message.body), ("To", message.to), *self._service_field(message),
            ("NumSegments", str(message.segments)), ("MessageSid", message.sid), ("AccountSid", self.account.sid),
            ("From", message.from_ or ""), ("ApiVersion", API_VERSION), *([("OptOutType", word)] if word else []),
        ]  # fmt: skip

    def _status_form(self, message: Message, status: str, code: int | None, at: datetime) -> list[tuple[str, str]]:
        final = status in {"delivered", "undelivered"}
        return [
            ("SmsSid", message.sid), ("SmsStatus", status), ("MessageStatus", status), ("To", message.to),
            *self._service_field(message), ("MessageSid", message.sid), ("AccountSid", self.account.sid),
            ("From", message.from_ or self.account.sender), ("ApiVersion", API_VERSION),
            *([("ErrorCode", str(code))] if code else []),
            *([("RawDlrDoneDate", at.strftime("%y%m%d%H%M"))] if final else []),
        ]  # fmt: skip

    def _service_field(self, message: Message) -> list[tuple[str, str]]:
        return [("MessagingServiceSid", message.service)] if message.service else []


def _new_sid() -> str:
    return "SM" + secrets.token_hex(16)
