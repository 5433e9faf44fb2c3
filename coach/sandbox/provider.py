"""The provider itself: takes texts, carries them to the phones, and tells by webhook what became of them."""

import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.domain.segment import count
from coach.sandbox.faults import Fault, FaultKind, Faults, Occasion
from coach.sandbox.keywords import REPLIES, Keyword, KeywordReplies, keyword
from coach.sandbox.ledger import Created, Inbound, Ledger, Posted
from coach.sandbox.message import Message
from coach.sandbox.news import inbound_form, status_form
from coach.sandbox.phones import Bubble, Phone, Phones
from coach.sandbox.store import Messages
from coach.sandbox.validation import ApiError, NoAnswerError, Order, read_order
from coach.sandbox.way import Delays, Step, Timetable, steps_of
from coach.sandbox.webhook import Poster, Posting, SignedPoster, Webhook

Clock = Callable[[], datetime]

NO_MESSAGE: dict[FaultKind, tuple[int, int, str]] = {
    FaultKind.ERROR_BEFORE: (500, 20500, "Internal Server Error"),
    FaultKind.THROTTLED: (429, 20429, "Too Many Requests"),
    FaultKind.ACCOUNT_BLOCKED: (401, 20003, "Authenticate"),
    FaultKind.OPTED_OUT: (400, 21610, "The recipient has opted out."),
}
UNTOLD = frozenset({FaultKind.LOST_ANSWER, FaultKind.ERROR_AFTER, FaultKind.SLOW_AFTER, FaultKind.SLOW_BEFORE})
"""Faults after which the caller of an accepted message may not know that it was."""
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
    `fallback_url`: where a text from a phone is posted when `inbound_url` did not take it.
    """

    def __init__(
        self,
        now: Clock,
        *,
        account: Account | None = None,
        inbound_url: str | None = None,
        fallback_url: str | None = None,
        delays: Delays | None = None,
        keyword_replies: KeywordReplies = "coach",
        ledger: Ledger | None = None,
        faults: Faults | None = None,
        poster: Poster | None = None,
    ) -> None:
        self.now = now
        self.account = account or Account()
        self.inbound_url = inbound_url
        self.fallback_url = fallback_url
        self.delays = delays or Delays()
        self.keyword_replies = keyword_replies
        self.ledger = ledger or Ledger()
        self.faults = faults or Faults()
        self.timetable = Timetable()
        self._phones = Phones()
        self._messages = Messages()
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
        """The message that was accepted, with what shall befall its answer.

        Where nothing was accepted: ApiError with the answer, or NoAnswerError where there shall be none.
        """
        to, fault = dict(form).get("To", ""), None
        try:
            order = read_order(dict(form), service=self.account.service)
            fault = self.draw(Occasion.CREATE, order.to)
            self._refuse(order, fault)
        except (ApiError, NoAnswerError) as error:
            told = "dropped" if isinstance(error, NoAnswerError) else f"{error.status} {error.code}"
            self.ledger.add(Created(self.now(), to, tuple(form), None, told, fault.kind.value if fault else None))
            raise
        message = self._take_on(order, tuple(form), fault)
        if fault is not None and fault.kind is FaultKind.RECEIPTS_FIRST:
            for step in steps_of(message.sid, message.created, Delays(*[timedelta(0)] * 3), fault):
                self._report(self._take(step), step)
        return message, fault

    def draw(self, occasion: Occasion, to: str = "") -> Fault | None:
        """What goes wrong with this call; None where all goes well."""
        return self.faults.draw(to, self.now(), occasion)

    def message(self, sid: str) -> Message | None:
        return self._messages.get(sid)

    def listed(self, *, to: str | None = None, before: str | None = None) -> Iterator[Message]:
        """What the list of messages shows now, the newest first; `before`: only what comes after that id in it."""
        return self._messages.newest_first(self.now(), to=to, before=before)

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
            self._messages.add(message)
            self._phones.get(number).bubbles.append(Bubble(message.sid, mine=True, text=body, at=now))
            if word is not None:
                self._answer_keyword(number, word, now)
        fault = self.draw(Occasion.INBOUND, number)
        posting = self._tell_of(message, word, fault)
        befell = fault.kind.value if fault else None
        self.ledger.add(Inbound(now, message.sid, number, body, posting.status, posting.words, befell))
        return posting

    # What time does.

    def next_due(self) -> datetime | None:
        """When the next step of some message is due, in UTC; None where nothing is on its way."""
        return self.timetable.next_due()

    def deliver_due(self, now: datetime) -> int:
        """Every step that is due by `now` has been taken, in order, and its receipt posted; how many there were."""
        taken = 0
        with self._pumping:
            while (step := self.timetable.pop(now)) is not None:
                self.take(step)
                taken += 1
        return taken

    def take(self, step: Step) -> None:
        """The message has taken that step, and its receipt is posted; those of one message go one after another."""
        self._report(self._take(step), step)

    # Inside.

    def _refuse(self, order: Order, fault: Fault | None) -> None:
        if fault is not None and fault.kind in NO_MESSAGE:
            raise ApiError(*NO_MESSAGE[fault.kind], retry_after=int(fault.seconds))
        if fault is not None and fault.kind is FaultKind.REFUSED:
            raise ApiError(400, fault.code, f"Refused with {fault.code}.")
        if fault is not None and fault.kind is FaultKind.DROPPED:
            raise NoAnswerError
        if order.to in self._opted_out:
            raise ApiError(400, 21610, "The recipient has opted out.")
        if fault is not None and fault.kind is FaultKind.SLOW_BEFORE:
            time.sleep(fault.seconds)  # of real time: the caller's patience is real as well

    def _take_on(self, order: Order, form: tuple[tuple[str, str], ...], fault: Fault | None) -> Message:
        """The message is accepted, and its steps are set."""
        now = self.now()
        message = Message(
            _new_sid(), "outbound-api", order.to, order.from_, order.body, order.service,
            "accepted" if order.service else "queued",
            created=now, updated=now, segments=count(order.body).segments if order.from_ else 0,
            status_callback=order.status_callback, valid_until=now + timedelta(seconds=order.valid_for),
        )  # fmt: skip
        if fault is not None and fault.kind is FaultKind.LIST_LAG:
            message.listed_from = now + timedelta(seconds=fault.seconds)
        self._messages.add(message)
        told = fault.kind.value if fault is not None and fault.kind in UNTOLD else "201"
        self.ledger.add(Created(now, order.to, form, message.sid, told, fault.kind.value if fault else None))
        if fault is None or fault.kind is not FaultKind.RECEIPTS_FIRST:
            for step in steps_of(message.sid, now, self.delays, fault):
                self.timetable.add(step)
        return message

    def _take(self, step: Step) -> Webhook | None:
        """One step of a message's way; its receipt, where one is due. A message that has ended takes no more."""
        with self._lock:
            message = self._messages.get(step.sid)
            assert message is not None
            ended = message.status in {"delivered", "undelivered", "failed"}
            if ended and not step.late_news:
                return None
            status, code = step.status, step.code
            if not ended:
                if status == "sent" and message.valid_until is not None and step.at > message.valid_until:
                    status, code = "failed", 30036
                self._apply(message, status, code, step.at)
            if message.status_callback is None:
                return None
            form = status_form(message, self.account.sid, status, code, step.at)
            return Webhook("status", message.status_callback, form)

    def _apply(self, message: Message, status: str, code: int | None, at: datetime) -> None:
        message.from_ = message.from_ or self.account.sender
        if status == message.status:
            return
        message.status, message.error_code, message.updated = status, code, at
        message.segments = count(message.body).segments
        if status in {"sent", "delivered"} and message.sent is None:
            message.sent = at
        if status == "delivered":
            bubble = Bubble(message.sid, mine=False, text=message.body, at=at)
            self._phones.get(message.to).bubbles.append(bubble)

    def _report(self, webhook: Webhook | None, step: Step) -> None:
        for _ in range(step.receipts if webhook is not None else 0):
            assert webhook is not None
            self._send(webhook, step.at)

    def _answer_keyword(self, number: str, word: Keyword, now: datetime) -> None:
        if word == "STOP":
            self._opted_out.add(number)
        elif word == "START":
            self._opted_out.discard(number)
        reply = Message(
            _new_sid(), "outbound-reply", number, self.account.sender, REPLIES[word], self.account.service, "delivered",
            created=now, updated=now, segments=1, sent=now,
        )  # fmt: skip
        self._messages.add(reply)
        self._phones.get(number).bubbles.append(Bubble(reply.sid, mine=False, text=reply.body, at=now))

    def _tell_of(self, message: Message, word: Keyword | None, fault: Fault | None) -> Posting:
        """The inbound webhook is posted, as `fault` would have it; how it was answered in the end."""
        if self.inbound_url is None:
            return Posting(None, "no inbound address was given")
        if fault is not None and fault.kind is FaultKind.INBOUND_LOST:
            return Posting(None, "no webhook was posted")
        form = inbound_form(message, self.account.sid, word)
        for _ in range(2 if fault is not None and fault.kind is FaultKind.INBOUND_TWICE else 1):
            posting = self._send(Webhook("inbound", self.inbound_url, form), message.created)
        if posting.failed and self.fallback_url is not None:
            failure = [("ErrorCode", "11205" if posting.status is None else "11200"), ("ErrorUrl", self.inbound_url)]
            return self._send(Webhook("inbound", self.fallback_url, form + failure), message.created)
        return posting

    def _send(self, webhook: Webhook, at: datetime) -> Posting:
        posting = self._post(webhook)
        entry = Posted(at, webhook.kind, webhook.url, webhook.form, posting.status, posting.words, posting.tries)
        self.ledger.add(entry)
        return posting


def _new_sid() -> str:
    return "SM" + secrets.token_hex(16)
