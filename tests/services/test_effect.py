"""What a change of settings would do is said before it is saved, and is then what happens."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from coach.domain.delivery import MessageState
from coach.services.edit import Change, EditError, edit
from coach.services.effect import effect_of
from coach.services.patient_calendar import calendar
from coach.storage.database import Sessions
from coach.storage.tables import Enrollment, Message, Patient
from tests.people import MONDAY_6AM, Practice, nudge

NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # Monday in New York
WALKS = (
    nudge("walk", days=["mon", "wed", "fri"]),
    nudge("rest", slot="evening", days=["tue", "wed"], kind="breathing"),
)


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    found = Practice(sessions)
    found.enrolls_ana(*WALKS, presets={"standard": {}, "light": {"without": ["rest"]}})
    found.at(NOON)
    return found


def told(practice: Practice, change: Change) -> list[tuple[str, str, str, str]]:
    effect = effect_of(practice.sessions, practice.editions, 1, change, now=NOON)
    return [(one.name, f"{one.day:%a}", one.before, one.after) for one in effect.moved]


def test_a_moved_slot_is_told_text_by_text_and_nothing_is_saved(practice: Practice) -> None:
    before = practice.rows(Patient)[0].slots, len(practice.rows(Message))
    change = Change(slots={"morning": "10:15"})

    assert told(practice, change) == [("Walk", "Wed", "09:30", "10:15"), ("Walk", "Fri", "09:30", "10:15")]
    assert (practice.rows(Patient)[0].slots, len(practice.rows(Message))) == before
    summary = effect_of(practice.sessions, practice.editions, 1, change, now=NOON).summary
    assert summary.startswith("in the next seven days 2 texts come at another time.")


def test_a_preset_and_a_day_off_take_texts_away_and_say_why(practice: Practice) -> None:
    light = Change(presets={1: "light"})

    assert [one[3] for one in told(practice, light)] == ["not sent: the person's preset leaves this text out"] * 2
    assert told(practice, Change(weekdays_off=["fri"])) == [
        ("Walk", "Fri", "09:30", "not sent: the person takes no texts on this weekday")
    ]
    edit(practice.sessions, practice.editions, 1, light, by="Nurse Bo", now=NOON)
    assert practice.rows(Enrollment)[0].preset == "light"
    assert [one[2:] for one in told(practice, Change(presets={1: "standard"}))] == [
        ("not sent: the person's preset leaves this text out", "18:30")
    ] * 2


def test_a_change_that_would_silence_everything_is_warned_of(practice: Practice) -> None:
    late = effect_of(practice.sessions, practice.editions, 1, Change(slots={"morning": "21:00"}), now=NOON)
    every_day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    off = effect_of(practice.sessions, practice.editions, 1, Change(weekdays_off=every_day), now=NOON)

    assert late.warnings == ["a time that you chose lies outside the program's hours: those texts would not be sent"]
    assert "every day is without texts" in off.warnings[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(language="fr"), "no texts in 'fr'"),
        (Change(presets={1: "tiny"}), "no preset 'tiny'; it has check_ins_only, light, standard"),
        (Change(name=" "), "in 1 to 80 letters"),
        (Change(zone="Mars"), "no time zone 'Mars'"),
    ],
)
def test_what_cannot_be_is_refused_with_its_remedy(practice: Practice, change: Change, said: str) -> None:
    with pytest.raises(EditError, match=said):
        effect_of(practice.sessions, practice.editions, 1, change, now=NOON)


def test_another_language_speaks_from_the_next_text_on(practice: Practice) -> None:
    edit(practice.sessions, practice.editions, 1, Change(language="es", name="Ana María"), by="Nurse Bo", now=NOON)

    assert practice.at(NOON + timedelta(days=1, hours=6, minutes=30)) == ["es rest a Ana"]


TIMES = st.integers(0, 47).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}") | st.just("")
CHANGES = st.builds(
    Change,
    zone=st.sampled_from([None, "America/Los_Angeles", "Europe/London", "Asia/Tokyo"]),
    slots=st.none() | st.dictionaries(st.sampled_from(["morning", "evening"]), TIMES, max_size=2),
    weekdays_off=st.none() | st.lists(st.sampled_from(["mon", "tue", "wed", "fri"]), unique=True),
    presets=st.sampled_from([{}, {1: "light"}, {1: "check_ins_only"}]),
)


@settings(max_examples=25)
@given(CHANGES, st.integers(0, 60))
def test_what_is_told_is_what_happens_and_nothing_is_due_in_the_past(
    empty_sqlite: Callable[[], Engine], change: Change, hours: int
) -> None:
    practice = Practice(Sessions(empty_sqlite()))
    practice.enrolls_ana(*WALKS, presets={"standard": {}, "light": {"without": ["rest"]}})
    now = MONDAY_6AM + timedelta(hours=hours)
    practice.at(now)
    effect = effect_of(practice.sessions, practice.editions, 1, change, now=now)
    edit(practice.sessions, practice.editions, 1, change, by="Nurse Bo", now=now)
    zone = ZoneInfo(practice.rows(Patient)[0].zone)
    first: date = now.astimezone(ZoneInfo("America/New_York")).date()
    week = calendar(practice.sessions, practice.editions, 1, first=first, days=7, now=now)
    stands = {(line.name, day.day): line for day in week for line in day.lines}
    again = effect_of(practice.sessions, practice.editions, 1, change, now=now)

    assert again.moved == []
    for one in effect.moved:
        line = stands.get((one.name, one.day))
        if one.after == "not owed":
            assert line is None or line.left_at is not None
        else:
            assert line is not None
            assert one.after == (
                f"{line.at:%H:%M}" if line.state in {"planned", "foreseen"} else f"not sent: {line.why_not}"
            )
    for message in practice.rows(Message):
        if message.state is MessageState.PLANNED:
            assert message.due_at >= now, (message.name, message.due_at.astimezone(zone))
