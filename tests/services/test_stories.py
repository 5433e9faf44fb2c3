"""Whatever a person writes, whenever: what holds in every story."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from coach.domain.consent import Consent
from coach.gateway.base import Accepted, Outbound, Outcome, Unknown, Unsent
from coach.storage.database import Sessions
from coach.storage.tables import Answer, Message, MessageEvent, Question
from tests.people import Practice, ana_in, asks, nudge, publication

START = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)  # 08:00 in New York
NEW_YORK = ZoneInfo("America/New_York")
WORDS = [
    "",
    "5",
    "done",
    "si",
    "YES",
    "STOP",
    "START",
    "HELP",
    "skip",
    "banana",
    "done, 6",
    "no quiero morir",
    "PAUSE 3",
    "RESUME",
    "less",
    "LATER",
    "brote",
    "TIME 10:30",
    "PROGRESS",
]
QUIETLY = ("en unclear", "en dial_", "en progress", "en feedback/")  # what may answer at night
OUTCOMES = ["accepted", "accepted", "accepted", "unsent", "unknown"]
ITEM = {"variants": ["a", "b"], "answer": asks("scale_0_10", within=300, reminder=60)}
PROGRAM = publication(
    nudge("move", answer=asks("done", within=180, reminder=60)),
    nudge("walk", slot="midday", answer=asks("minutes", within=180, reminder=60)),
    nudge("write", slot="evening", answer=asks("text", within=600, reminder=None)),
    check_ins=[
        {
            "name": "daily",
            "weeks": [1, 2, 3, 4],
            "days": ["mon", "tue", "wed", "thu", "fri"],
            "slot": "afternoon",
            "items": [{"name": "pain", **ITEM}, {"name": "mood", **ITEM}],
        }
    ],
    feedback=True,
)
steps = st.tuples(st.sampled_from([0, 1, 7, 20, 45, 90, 200, 700]), st.sampled_from([None, *WORDS]))


def outcome(word: str, outbound: Outbound) -> Outcome:
    if word == "accepted":
        return Accepted(f"SM{abs(hash(outbound.attempt)):032x}"[:34], "queued")
    return Unsent("busy") if word == "unsent" else Unknown("the answer was lost")


@settings(max_examples=25)
@given(
    story=st.lists(steps, min_size=5, max_size=40),
    outcomes=st.lists(st.sampled_from(OUTCOMES), min_size=1, max_size=6),
    confirmed=st.booleans(),
)
def test_whatever_is_written_and_whatever_the_provider_says_the_promises_hold(
    empty_sqlite: Callable[[], Engine], story: list[tuple[int, str | None]], outcomes: list[str], confirmed: bool
) -> None:
    practice = Practice(Sessions(empty_sqlite()))
    ana_in(practice.sessions, practice.editions, PROGRAM, now=START, confirmed=confirmed)
    live(practice, story, outcomes)
    nothing_is_sent_twice(practice)
    every_move_is_written(practice)


def live(practice: Practice, story: list[tuple[int, str | None]], outcomes: list[str]) -> None:
    """The story is lived through; after each step, what left is what may leave then."""
    calls = 0

    def answer(outbound: Outbound) -> Outcome:
        nonlocal calls
        calls += 1
        return outcome(outcomes[calls % len(outcomes)], outbound)

    practice.gateway.answer = answer
    now = heard_at = START
    for minutes, words in story:
        now += timedelta(minutes=minutes)
        if words is not None:
            practice.hears(words, at=now)
            heard_at = now
        texts = practice.at(now)
        may_leave(practice, texts, now, quietly=now - heard_at <= timedelta(minutes=15))


def may_leave(practice: Practice, texts: list[str], now: datetime, *, quietly: bool) -> None:
    """Nothing but answers leaves in quiet hours, before a yes, or after a STOP."""
    answers = {"en stop", "en help", "en start", "en confirmed"}
    if not 9 <= now.astimezone(NEW_YORK).hour < 20:
        assert all(quietly and (text in answers or text.startswith(QUIETLY)) for text in texts)
    consent = practice.consent()
    if consent is Consent.STOPPED:
        assert set(texts) <= {"en stop", "en help"}
    elif consent is not Consent.CONFIRMED:
        assert set(texts) <= {"en invitation", "en help"}


def nothing_is_sent_twice(practice: Practice) -> None:
    """One call that may have left a message, one current answer and at most one of each text a question."""
    left = [one for one in practice.rows(Message) if one.left_at is not None]
    occurrences = [(one.name, one.local_date, one.occurrence) for one in left if one.occurrence is not None]
    assert len(occurrences) == len(set(occurrences))
    per_question = [(one.question_id, one.purpose) for one in left if one.question_id is not None]
    assert len(per_question) == len(set(per_question))
    current = [one.question_id for one in practice.rows(Answer) if one.superseded_at is None]
    assert len(current) == len(set(current))
    states = {one.id: one.state for one in practice.rows(Question)}
    assert {one.question_id for one in practice.rows(Answer) if one.status in {"understood", "skip"}} == {
        number for number, state in states.items() if state == "answered"
    }


def every_move_is_written(practice: Practice) -> None:
    """Each message stands where its last event left it, and each event begins where the one before ended."""
    moves: dict[int, list[MessageEvent]] = {}
    for event in practice.rows(MessageEvent):
        moves.setdefault(event.message_id, []).append(event)
    for message in practice.rows(Message):
        events = moves[message.id or 0]
        assert events[-1].after == message.state
        assert [one.before for one in events] == [None, *(one.after for one in events[:-1])]
