"""A text that somebody of the team writes: by consent and in hours, or with a reason; nothing automatic meanwhile."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from coach.domain.consent import Departure
from coach.domain.delivery import MessageState, Purpose
from coach.domain.reasons import in_words
from coach.services import care
from coach.services.care import CareError
from coach.services.edit import Change, EditError, edit
from coach.services.spells import better, flare, hold, pause, resume
from coach.services.staff_text import StaffTextError, check_text, write_text
from coach.services.talk_spell import end_talk
from coach.storage.database import Sessions
from coach.storage.tables import Message
from tests.people import MONDAY_6AM, Practice, ana_in, asks, nudge, publication

NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # 09:00 in New York; the walk is due at half past
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NEW_YORK = ZoneInfo("America/New_York")
HALF_PAST_NINE = NINE + 30 * MINUTE
NIGHT = NINE + 14 * HOUR  # 23:00
BO = "Nurse Bo"


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    found = Practice(sessions)
    found.enrolls_ana(nudge("walk", answer=asks("minutes", reminder=None), send_within=300))
    return found


def writes(practice: Practice, text: str, *, at: datetime, override: str = "") -> Message:
    practice.clock.to(at)
    return write_text(practice.sessions, practice.editions, 1, text, by=BO, override=override, now=at)


def states(practice: Practice) -> list[tuple[str, MessageState, str]]:
    return [
        (one.name, one.state, in_words(one.reason)) for one in practice.rows(Message) if one.due_at < NINE + 12 * HOUR
    ]


def test_a_text_leaves_at_once_in_the_persons_hours_and_says_who_wrote_it(practice: Practice) -> None:
    message = writes(practice, "Shall I call you at four?", at=NINE)

    assert practice.at(NINE) == ["Shall I call you at four?"]
    (sent,) = [one for one in practice.rows(Message) if one.id == message.id]
    assert (sent.purpose, sent.written_by, sent.state) == (Purpose.STAFF, BO, MessageState.ACCEPTED)


def test_a_text_waits_for_the_allowed_hours_unless_its_writer_says_why_not(practice: Practice) -> None:
    practice.at(MONDAY_6AM)
    waiting = writes(practice, "Good morning", at=MONDAY_6AM)
    urgent = writes(practice, "The ambulance is on its way", at=MONDAY_6AM + MINUTE, override="they asked for it")

    assert practice.at(MONDAY_6AM + MINUTE) == ["The ambulance is on its way"]
    assert waiting.due_at == NINE
    assert urgent.override == "they asked for it"
    assert practice.at(NINE) == ["Good morning"]


@pytest.mark.parametrize("override", ["", "they need to know"])
def test_after_stop_nothing_may_be_written_whatever_the_reason(practice: Practice, override: str) -> None:
    practice.hears("STOP", at=NINE)

    with pytest.raises(StaffTextError, match="has said STOP"):
        writes(practice, "Are you well?", at=NINE + MINUTE, override=override)


def test_a_stop_that_comes_first_keeps_a_written_text_from_leaving(practice: Practice) -> None:
    writes(practice, "Are you well?", at=NINE, override="they asked for it")
    practice.hears("STOP", at=NINE)

    assert "Are you well?" not in practice.at(NINE)


def test_before_a_yes_a_text_wants_a_reason(sessions: Sessions) -> None:
    practice = Practice(sessions)
    ana_in(sessions, practice.editions, publication(nudge("walk")), confirmed=False)
    practice.at(NINE)

    with pytest.raises(StaffTextError, match="has not said yes"):
        writes(practice, "Did my invitation come?", at=NINE + MINUTE)
    writes(practice, "Did my invitation come?", at=NINE + MINUTE, override="she asked on the phone")
    assert practice.at(NINE + MINUTE) == ["Did my invitation come?"]


@pytest.mark.parametrize(
    ("text", "said"), [("  ", "write something"), ("x" * 1000, "7 texts on the air; 6 is the most")]
)
def test_an_empty_or_endless_text_is_refused(practice: Practice, text: str, said: str) -> None:
    with pytest.raises(StaffTextError, match=said):
        writes(practice, text, at=NINE)


def test_two_clicks_are_one_text(practice: Practice) -> None:
    first, second = (writes(practice, "Hello", at=NINE + number * timedelta(seconds=2)) for number in range(2))
    later = writes(practice, "Hello", at=NINE + 2 * MINUTE)

    assert first.id == second.id
    assert later.id != first.id


def test_the_verdict_counts_and_says_what_speaks_against_it(practice: Practice) -> None:
    plain = check_text(practice.sessions, practice.editions, 1, "See you at four", now=NINE)
    accented = check_text(practice.sessions, practice.editions, 1, "Hasta mañana, José 🙂", now=NIGHT)

    assert (plain.size.segments, plain.forces, plain.wants_reason, plain.leaves_at) == (1, None, False, NINE)
    assert (accented.size.encoding, accented.forces, accented.wants_reason) == ("UCS-2", "🙂", True)
    assert accented.objections == ("it is 23:00 where Ana Reyes is, outside 09:00 to 20:00",)
    assert accented.leaves_at == NINE + 24 * HOUR


def test_automatic_texts_wait_while_people_talk_and_go_on_two_hours_after_the_newest_text(practice: Practice) -> None:
    writes(practice, "How was the weekend?", at=NINE)
    practice.at(NINE)
    assert practice.at(HALF_PAST_NINE) == []
    practice.hears("hard, to be honest", at=HALF_PAST_NINE)

    assert practice.at(HALF_PAST_NINE + 119 * MINUTE) == []
    assert practice.at(HALF_PAST_NINE + 120 * MINUTE) == ["en walk a Ana"]


def test_a_talk_that_outlasts_a_texts_last_moment_is_why_it_did_not_leave(sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("walk", send_within=30))
    writes(practice, "How was the weekend?", at=NINE)
    practice.at(NINE)
    practice.at(HALF_PAST_NINE)

    assert states(practice)[0][1:] == (
        MessageState.EXPIRED,
        "somebody of the team was texting with them, and what is automatic waits meanwhile",
    )


def test_the_team_can_let_automatic_texts_go_on(practice: Practice) -> None:
    writes(practice, "How was the weekend?", at=NINE)
    practice.at(NINE)
    practice.at(HALF_PAST_NINE)
    end_talk(practice.sessions, 1, by=BO, now=HALF_PAST_NINE + MINUTE)

    assert practice.at(HALF_PAST_NINE + MINUTE) == ["en walk a Ana"]
    with pytest.raises(CareError, match="nobody is in talk"):
        end_talk(practice.sessions, 1, by=BO, now=HALF_PAST_NINE + MINUTE)


def test_an_answer_hours_later_takes_the_talk_up_again_and_one_of_the_next_week_does_not(practice: Practice) -> None:
    writes(practice, "How was the weekend?", at=NINE)
    practice.at(NINE)
    practice.hears("sorry, I only see this now", at=NINE + 5 * HOUR)
    assert practice.at(NINE + 5 * HOUR) == []
    practice.hears("hello", at=NINE + timedelta(days=7))

    assert practice.at(HALF_PAST_NINE + timedelta(days=7))[0].startswith("en walk")


def test_words_of_danger_and_stop_are_answered_while_people_talk(practice: Practice) -> None:
    writes(practice, "How was the weekend?", at=NINE)
    practice.at(NINE)
    practice.hears("i want to kill myself", at=NINE + MINUTE)
    practice.hears("STOP", at=NINE + 2 * MINUTE)

    assert len(practice.at(NINE + 2 * MINUTE)) >= 1
    assert len([one for one in practice.rows(Message) if one.state is MessageState.ACCEPTED]) == 3


MOVES = (
    lambda practice, now: write_text(
        practice.sessions, practice.editions, 1, f"Hello {now:%d %H:%M}", by=BO, override="asked", now=now
    ),
    lambda practice, now: write_text(practice.sessions, practice.editions, 1, f"Hi {now:%d %H:%M}", by=BO, now=now),
    lambda practice, now: pause(practice.sessions, practice.editions, 1, days=1, by=BO, now=now),
    lambda practice, now: resume(practice.sessions, practice.editions, 1, by=BO, now=now),
    lambda practice, now: flare(practice.sessions, 1, by=BO, now=now),
    lambda practice, now: better(practice.sessions, 1, by=BO, now=now),
    lambda practice, now: hold(practice.sessions, 1, by=BO, now=now),
    lambda practice, now: care.lift_hold(practice.sessions, 1, by=BO, now=now),
    lambda practice, now: end_talk(practice.sessions, 1, by=BO, now=now),
    lambda practice, now: edit(
        practice.sessions, practice.editions, 1, Change(slots={"morning": f"{9 + now.hour % 9:02}:15"}), by=BO, now=now
    ),
    lambda practice, now: practice.hears("ok thanks", at=now),
    lambda practice, now: practice.hears("STOP", at=now),
    lambda practice, now: practice.hears("START", at=now),
    lambda practice, now: care.withdraw(practice.sessions, 1, Departure.ASKED, by=BO, now=now),
)
"""What a team and a patient may do, in any order; what makes no sense raises CareError and changes nothing."""


class Barred:
    """What may not leave now, kept apart from coach's own rows."""

    def __init__(self) -> None:
        self.stopped = self.withdrawn = self.held = False
        self.paused_until = self.talk_until = NINE - HOUR

    def notes(self, number: int, now: datetime) -> None:
        match number:
            case 0:
                self.talk_until = now + 2 * HOUR
            case 2:
                shown = now.astimezone(NEW_YORK)  # a day is a local one, and after 18:00 it is tomorrow's
                over = shown.date() + timedelta(days=1 + (shown.hour >= 18))
                self.paused_until = datetime.combine(over, time(0), NEW_YORK)
            case 3:
                self.paused_until = now
            case 6 | 7:
                self.held = number == 6
            case 8:
                self.talk_until = now
            case 11 | 12:
                self.stopped = number == 11
            case 13:
                self.withdrawn = True

    def forbids(self, text: str, now: datetime) -> bool:
        if text.startswith(("en walk", "en rest")):
            barred = self.stopped or self.withdrawn or self.held
            return barred or now < max(self.paused_until, self.talk_until)
        return self.withdrawn or (self.stopped and text.startswith(("Hello", "Hi")))


@settings(max_examples=20)
@example([(1, 0), (12, 2), (12, 13)])  # a pause at night
@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.sampled_from(range(len(MOVES) - 1)) | st.just(len(MOVES) - 1)), max_size=18
    )
)
def test_no_order_of_moves_lets_a_text_leave_after_stop_or_a_nudge_while_it_is_barred(
    empty_sqlite: Callable[[], Engine], moves: list[tuple[int, int]]
) -> None:
    practice = Practice(Sessions(empty_sqlite()))
    practice.enrolls_ana(nudge("walk", send_within=300), nudge("rest", slot="afternoon", send_within=300))
    now, barred = NINE, Barred()
    for hours, number in moves:
        now += timedelta(hours=hours, minutes=7)
        for text in practice.at(now):
            assert not barred.forbids(text, now), (text, now)
        try:
            MOVES[number](practice, now)
        except (CareError, EditError):
            continue
        barred.notes(number, now)
    for text in practice.at(now + MINUTE):
        assert not barred.forbids(text, now + MINUTE), text
