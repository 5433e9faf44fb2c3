"""The judge has teeth: a run that kept every promise passes, and each broken one is found."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.torture.evidence import Call, Evidence, Text, Try, Written
from tests.torture.judge import judge, together
from tests.torture.timing import BASE

ANA = "+12025550143"
NUDGE = Text(1, "nudge", "calm", "delivered", "the provider says delivered", BASE, BASE, BASE + timedelta(hours=12))
ASKED = replace(NUDGE, id=2, purpose="check_in", name="how-are-you")
GOODBYE = replace(NUDGE, id=3, purpose="keyword", name="stop")
TRY = Try(1, 1, "one", "accepted", BASE)
CALL = Call(BASE, ANA, "calm a Ana", "SM1", "one")
STOPPED, STARTED = Written(ANA, consent="stopped"), Written(ANA, consent="confirmed")
LATER = BASE + timedelta(hours=3)


def run(**changes: object) -> Evidence:
    """One nudge that left and one reply that was read, and what a case changes."""
    kept: dict[str, object] = {
        "texts": [NUDGE],
        "tries": [TRY],
        "calls": [CALL],
        "replies": [("SM9", "read")],
        "heard": ["SM9"],
        "ended_at": LATER,
    }
    return Evidence(**{**kept, **changes})  # type: ignore[arg-type]  # a case changes what it likes


def again(text: Text, *, absent: bool = False, outcome: str | None = "unknown", lag: float = 0) -> Evidence:
    """A text with two attempts, both of which the provider took; its first came `lag` minutes late."""
    first = Try(1, text.id, "one", outcome, BASE, absent)
    late = BASE + timedelta(minutes=lag)
    calls = [Call(late, ANA, "first", "SM1", "one"), Call(LATER, ANA, "second", "SM2", "two")]
    return run(texts=[text], tries=[first, Try(2, text.id, "two", "accepted", LATER)], calls=calls)


def state(text: Text, state: str, reason: str | None = "why", **changes: object) -> Evidence:
    """A text that ended so, and of which the provider knows nothing."""
    return run(texts=[replace(text, state=state, reason=reason)], tries=[], calls=[], **changes)


def stopped(*written: Written, text: Text = NUDGE) -> Evidence:
    return run(texts=[text], tries=[replace(TRY, message_id=text.id)], written=written)


BROKEN = {
    "a nudge that left twice": (again(NUDGE, outcome="unsent"), "a nudge begins one attempt that may leave"),
    "a reminder with two attempts": (
        again(replace(NUDGE, purpose="reminder")),
        "a reminder begins one attempt that may leave",
    ),
    "a question that left twice": (again(ASKED, absent=True), "a question is sent once"),
    "a question sent again unasked": (again(ASKED, lag=20), "sent again only after a no"),
    "one attempt, two calls": (run(calls=[CALL, replace(CALL, sid="SM2")]), "one call an attempt"),
    "a nudge's words twice": (
        run(
            texts=[NUDGE, replace(NUDGE, id=5)],
            tries=[TRY, Try(5, 5, "five", "accepted", BASE)],
            calls=[CALL, replace(CALL, sid="SM5", token="five")],
        ),
        "a nudge's words come once",
    ),
    "a reply that is not stored": (run(replies=[]), "every reply is stored once"),
    "a reply that is stored twice": (run(replies=[("SM9", "read")] * 2), "every reply is stored once"),
    "a reply that is not read": (run(replies=[("SM9", "unread")]), "every reply is read"),
    "a reply of nobody's": (run(heard=[]), "no reply that nobody wrote"),
    "a call without an end": (run(texts=[replace(NUDGE, state="sending")]), "no message is stuck"),
    "a doubt without an end": (run(texts=[replace(NUDGE, state="unknown")]), "no message is stuck"),
    "a text that stays due": (state(NUDGE, "planned"), "no message is stuck"),
    "withheld without a reason": (state(NUDGE, "withheld", None), "what was not sent says why"),
    "begun after STOP": (stopped(STOPPED, Written(ANA, attempt_id=1)), "after STOP only its confirmation"),
    "begun after a second STOP": (
        stopped(STOPPED, STARTED, STOPPED, Written(ANA, attempt_id=1)),
        "after STOP only its confirmation",
    ),
    "a call of no attempt": (run(calls=[CALL, replace(CALL, token="stray")]), "no call without an attempt"),
    "said to be delivered": (run(calls=[]), "sent means sent"),
    "said to be missed": (run(texts=[replace(NUDGE, state="missed")]), "missed means missed"),
    "said not to have left": (run(tries=[replace(TRY, outcome="unsent")]), "a no is a no"),
    "said to be absent": (run(tries=[replace(TRY, absent=True)]), "a no is a no"),
    "expired on a good day": (state(NUDGE, "expired"), "expired only in an outage"),
    "missed without a kill": (state(NUDGE, "missed"), "missed"),
}


@pytest.mark.parametrize(("evidence", "rule"), BROKEN.values(), ids=BROKEN)
def test_a_broken_promise_is_found(evidence: Evidence, rule: str) -> None:
    assert rule in {finding.rule for finding in judge(evidence).broken}


KEPT = {
    "nothing happened": run(),
    "a text that is not due yet": state(replace(NUDGE, next_at=LATER + timedelta(hours=1)), "planned", None),
    "a question sent again after a refusal": run(
        texts=[ASKED],
        tries=[Try(1, 2, "one", "unsent", BASE), Try(2, 2, "two", "accepted", BASE)],
        calls=[replace(CALL, sid=None), replace(CALL, token="two")],
    ),
    "a question sent again after a whole look-up": run(
        texts=[ASKED],
        tries=[Try(1, 2, "one", "unknown", BASE, absent=True), Try(2, 2, "two", "accepted", LATER)],
        calls=[replace(CALL, token="two")],
    ),
    "a question twice since the list lagged too long": again(ASKED, absent=True, lag=16),
    "a STOP and its confirmation": stopped(STOPPED, Written(ANA, attempt_id=1), text=GOODBYE),
    "begun before STOP": stopped(Written(ANA, attempt_id=1), STOPPED),
    "begun after START": stopped(STOPPED, STARTED, Written(ANA, attempt_id=1)),
    "somebody else's STOP": stopped(Written("+12025550177", consent="stopped"), Written(ANA, attempt_id=1)),
    "expired in an outage": state(NUDGE, "expired", outages=[(BASE + timedelta(minutes=1), LATER)]),
    "missed by a kill": state(NUDGE, "missed", kills=1),
    "missed since the provider refused without a word": run(
        texts=[replace(NUDGE, state="missed")], calls=[replace(CALL, sid=None, fault="dropped")]
    ),
}


@pytest.mark.parametrize("evidence", KEPT.values(), ids=KEPT)
def test_a_promise_that_was_kept_is_not_objected_to(evidence: Evidence) -> None:
    assert judge(evidence).broken == []


def test_the_last_line_counts_what_was_found_in_all_runs() -> None:
    missed = replace(state(NUDGE, "missed"), kills=3)
    line = together([judge(again(NUDGE, outcome="unsent")), judge(missed), judge(run(replies=[]))]).line

    assert line == "twice 1, lost 1, after stop 0, missed 1 of at most 12"
