"""The judge: whether a run kept the promises. It goes by the provider's ledger, and takes nobody's word."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from tests.torture.evidence import Call, Evidence, Text, Try
from tests.torture.provider import LIST_LAG

LAG = {"list_lag": timedelta(seconds=LIST_LAG)}
ONCE = frozenset({"nudge", "reminder"})
NEVER_LEFT = frozenset({"unsent", "rejected"})
STUCK = frozenset({"sending", "unknown"})
NOT_SENT = frozenset({"withheld", "expired", "cancelled", "missed", "failed", "undelivered"})
ARRIVED = frozenset({"accepted", "sent", "delivered", "undelivered"})
LISTED_WITHIN = timedelta(minutes=15)
"""A list may lag so long. Where the provider's lags longer, its no is not the truth, and the fault not ours."""


@dataclass(frozen=True)
class Finding:
    """A promise that was broken: which one, for what, and how it shows."""

    rule: str
    of: str
    what: str


@dataclass(frozen=True)
class Judgement:
    """All that was found, and what of it is allowed in number."""

    twice: Sequence[Finding]
    lost: Sequence[Finding]
    after_stop: Sequence[Finding]
    wrong: Sequence[Finding]
    missed: Sequence[Finding]
    most_missed: int

    @property
    def broken(self) -> list[Finding]:
        """What is a fault; texts that were missed are only where they are too many."""
        too_many = self.missed if len(self.missed) > self.most_missed else ()
        return [*self.twice, *self.lost, *self.after_stop, *self.wrong, *too_many]

    @property
    def line(self) -> str:
        return (
            f"twice {len(self.twice)}, lost {len(self.lost)}, after stop {len(self.after_stop)},"
            f" missed {len(self.missed)} of at most {self.most_missed}"
        )


def judge(evidence: Evidence) -> Judgement:
    """What of the promises did not hold."""
    seen = _Seen(evidence)
    return Judgement(
        twice=[*_calls_twice(seen), *_texts_twice(seen), *_bodies_twice(seen)],
        lost=[*_replies_lost(evidence), *_without_end(evidence)],
        after_stop=list(_after_stop(seen)),
        wrong=[*_strays(seen), *_untrue(seen), *_expired(evidence)],
        missed=list(_missed(seen)),
        most_missed=evidence.kills * evidence.parallel_calls,
    )


def together(judgements: Sequence[Judgement]) -> Judgement:
    """One judgement of several runs."""
    return Judgement(
        twice=[finding for one in judgements for finding in one.twice],
        lost=[finding for one in judgements for finding in one.lost],
        after_stop=[finding for one in judgements for finding in one.after_stop],
        wrong=[finding for one in judgements for finding in one.wrong],
        missed=[finding for one in judgements for finding in one.missed],
        most_missed=sum(one.most_missed for one in judgements),
    )


@dataclass(frozen=True)
class _Seen:
    """The evidence, found by what it is about."""

    evidence: Evidence

    @cached_property
    def texts(self) -> dict[int, Text]:
        return {text.id: text for text in self.evidence.texts}

    @cached_property
    def by_token(self) -> dict[str, Try]:
        return {one.token: one for one in self.evidence.tries}

    @cached_property
    def tries(self) -> dict[int, list[Try]]:
        """The attempts of each message, in the order in which they were begun."""
        found: dict[int, list[Try]] = defaultdict(list)
        for one in sorted(self.evidence.tries, key=lambda one: one.id):
            found[one.message_id].append(one)
        return found

    @cached_property
    def calls(self) -> dict[str, list[Call]]:
        found: dict[str, list[Call]] = defaultdict(list)
        for call in self.evidence.calls:
            found[call.token].append(call)
        return found

    def left(self, one: Try) -> bool:
        """Whether the provider took it, whatever anybody was told."""
        return any(call.sid is not None for call in self.calls.get(one.token, ()))

    def hidden(self, one: Try) -> bool:
        """Whether the provider's list showed it later than anybody can reckon with."""
        shown = [
            call.at + LAG.get(call.fault or "", timedelta(0)) for call in self.calls.get(one.token, ()) if call.sid
        ]
        return any(at - one.begun_at > LISTED_WITHIN for at in shown)


def _calls_twice(seen: _Seen) -> Iterator[Finding]:
    for token, calls in seen.calls.items():
        if sum(call.sid is not None for call in calls) > 1 or len(calls) > 1:
            yield Finding("one call an attempt", f"attempt {token}", f"{len(calls)} calls")


def _texts_twice(seen: _Seen) -> Iterator[Finding]:
    for message_id, tries in seen.tries.items():
        text = seen.texts[message_id]
        left = [one for one in tries if seen.left(one)]
        if text.purpose in ONCE:
            doubtful = [one for one in tries if one.outcome not in NEVER_LEFT]
            if len(left) > 1 or len(doubtful) > 1:
                what = f"{len(left)} left, {len(doubtful)} may have"
                yield Finding(f"a {text.purpose} begins one attempt that may leave", f"message {message_id}", what)
        elif sum(not (one.absent and seen.hidden(one)) for one in left) > 1:
            yield Finding("a question is sent once", f"message {message_id}", f"{len(left)} of its calls left")
        yield from _too_soon(text, tries)


def _too_soon(text: Text, tries: Sequence[Try]) -> Iterator[Finding]:
    """Again only after a no: a refusal, no connection, or a whole list without it."""
    for one in tries[:-1]:
        if one.outcome not in NEVER_LEFT and not one.absent:
            what = f"attempt {one.id} ({one.outcome}) was followed by another without a whole look-up"
            yield Finding("sent again only after a no", f"message {text.id}", what)


def _bodies_twice(seen: _Seen) -> Iterator[Finding]:
    """A nudge's words never come twice to one person."""
    nudges = {(one.token) for one in seen.evidence.tries if seen.texts[one.message_id].purpose == "nudge"}
    taken = Counter(
        (call.to, call.body) for call in seen.evidence.calls if call.sid is not None and call.token in nudges
    )
    for (to, body), count in taken.items():
        if count > 1:
            yield Finding("a nudge's words come once", to, f"{body!r} {count} times")


def _replies_lost(evidence: Evidence) -> Iterator[Finding]:
    stored = Counter(sid for sid, _ in evidence.replies)
    for sid in evidence.heard:
        if stored[sid] != 1:
            yield Finding("every reply is stored once", f"reply {sid}", f"stored {stored[sid]} times")
    for sid, state in evidence.replies:
        if state != "read":
            yield Finding("every reply is read", f"reply {sid}", state)
    for sid in stored.keys() - set(evidence.heard):
        yield Finding("no reply that nobody wrote", f"reply {sid}", "not in the provider's ledger")


def _without_end(evidence: Evidence) -> Iterator[Finding]:
    assert evidence.ended_at is not None
    for text in evidence.texts:
        due = text.state == "planned" and min(text.next_at, text.send_by) <= evidence.ended_at
        if text.state in STUCK or due:
            yield Finding("no message is stuck", f"message {text.id}", f"{text.purpose} is {text.state}")
        elif text.state in NOT_SENT and not text.reason:
            yield Finding("what was not sent says why", f"message {text.id}", f"{text.purpose} is {text.state}")


def _after_stop(seen: _Seen) -> Iterator[Finding]:
    """Between STOP and START, one text: its confirmation."""
    by_id = {one.id: one for one in seen.evidence.tries}
    stopped: dict[str, set[int]] = {}
    for one in seen.evidence.written:
        if one.consent is not None:
            stopped.pop(one.phone, None)
            if one.consent in {"stopped", "withdrawn"}:
                stopped[one.phone] = set()
        elif one.phone in stopped and one.attempt_id is not None:
            text = seen.texts[by_id[one.attempt_id].message_id]
            stopped[one.phone].add(text.id)
            if (text.purpose, text.name) != ("keyword", "stop") or len(stopped[one.phone]) > 1:
                what = f"{text.purpose} {text.name}: attempt {one.attempt_id} was begun after STOP"
                yield Finding("after STOP only its confirmation", f"message {text.id}", what)


def _strays(seen: _Seen) -> Iterator[Finding]:
    for token in seen.calls.keys() - seen.by_token.keys():
        yield Finding("no call without an attempt", f"attempt {token}", "the provider saw it, the database does not")


def _untrue(seen: _Seen) -> Iterator[Finding]:
    """What the rows say of a text's leaving is so."""
    for message_id, tries in seen.tries.items():
        text = seen.texts[message_id]
        left = [one for one in tries if seen.left(one)]
        if text.state in ARRIVED and not left:
            yield Finding("sent means sent", f"message {message_id}", f"is {text.state}; the provider never took it")
        if text.state == "missed" and left:
            yield Finding("missed means missed", f"message {message_id}", f"attempt {left[0].id} left")
        for one in left:
            if one.outcome in NEVER_LEFT or (one.absent and not seen.hidden(one)):
                what = f"attempt {one.id} is said not to have left ({one.outcome}, absent: {one.absent}), and did"
                yield Finding("a no is a no", f"message {message_id}", what)


def _expired(evidence: Evidence) -> Iterator[Finding]:
    for text in evidence.texts:
        if text.state == "expired" and not any(
            start <= text.send_by and text.due_at <= end for start, end in evidence.outages
        ):
            yield Finding("expired only in an outage", f"message {text.id}", f"{text.purpose}: {text.reason}")


def _missed(seen: _Seen) -> Iterator[Finding]:
    """Texts that were missed since a process died, and not since the provider refused without saying so."""
    for text in seen.evidence.texts:
        calls = [call for one in seen.tries.get(text.id, ()) for call in seen.calls.get(one.token, ())]
        if text.state == "missed" and not any(call.sid is None and call.fault for call in calls):
            yield Finding("missed", f"message {text.id}", text.reason or "")
