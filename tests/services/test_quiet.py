from datetime import UTC, datetime, timedelta

import pytest

from coach.content.publication import Publication
from coach.domain.delivery import MessageState, Purpose
from coach.services.alert import raise_alerts
from coach.storage.database import Sessions
from coach.storage.tables import Alert, Message, MessageEvent, Spell
from coach.storage.tables.patient import SpellKind
from tests.people import Practice, ana_in, asks, nudge, publication

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York on day 0
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MIDNIGHT = TEN + 7 * DAY - 10 * HOUR  # day 7 has just begun
MIDDAY = MIDNIGHT + 12 * HOUR + 30 * timedelta(minutes=1)
KIND_WORDS = "en quiet"


def program(slot: str = "evening", **changes: object) -> Publication:
    """Asks once a day, and looks for silence."""
    wordings = [f"w{number}" for number in range(28)]
    asking = nudge("move", slot=slot, variants=wordings, answer=asks("done", within=120, reminder=None))
    made = publication(asking, alerts=[{"name": "silence", "kind": "silence"}], **changes)
    kindly = {f"{language}/shared/quiet": f"{language} quiet" for language in ("en", "es")}
    return Publication.of(made.program, {**made.templates, **kindly})


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    """Ana wrote on day 0 and not since; it is day 7."""
    found = Practice(sessions)
    ana_in(sessions, found.editions, program())
    found.hears("hello", at=TEN)
    for number in range(7):
        found.at(TEN + number * DAY + 9 * HOUR)
    return found


def looks(practice: Practice, at: datetime) -> int:
    return raise_alerts(practice.sessions, practice.editions, now=at)


def quiet_texts(practice: Practice) -> list[Message]:
    return [one for one in practice.rows(Message) if one.purpose is Purpose.STAFF]


def test_after_seven_days_of_silence_one_friendly_text_leaves_at_midday(practice: Practice) -> None:
    assert looks(practice, MIDNIGHT) == 1

    left = {at: practice.at(at) for at in (MIDNIGHT, MIDDAY - HOUR, MIDDAY, MIDDAY + HOUR)}

    assert [KIND_WORDS in texts for texts in left.values()] == [False, False, True, False]


def test_a_silence_has_one_friendly_text_however_long_it_lasts(practice: Practice) -> None:
    for number in range(7):
        looks(practice, MIDNIGHT + number * DAY)
        practice.at(MIDDAY + number * DAY)

    assert [one.state for one in quiet_texts(practice)] == [MessageState.ACCEPTED]


def test_it_says_why_and_waits_behind_answers(practice: Practice) -> None:
    looks(practice, MIDNIGHT)
    (text,) = quiet_texts(practice)
    why = [one.why for one in practice.rows(MessageEvent) if one.message_id == text.id]

    assert why == ["nothing heard since 23 Nov 2026: 7 days, and 6 questions that could be answered"]
    assert text.priority == 2
    assert (text.due_at, text.send_by) == (MIDDAY, MIDNIGHT + 20 * HOUR)


@pytest.mark.parametrize(
    ("noticed", "due", "until"),
    [
        (MIDDAY, MIDDAY, MIDNIGHT + 20 * HOUR),
        (MIDDAY + HOUR, MIDDAY + DAY, MIDNIGHT + DAY + 20 * HOUR),  # the next midday
        (MIDNIGHT + 23 * HOUR, MIDDAY + DAY, MIDNIGHT + DAY + 20 * HOUR),
    ],
)
def test_noticed_late_it_waits_for_the_next_midday(
    practice: Practice, noticed: datetime, due: datetime, until: datetime
) -> None:
    looks(practice, noticed)

    assert [(one.due_at, one.send_by) for one in quiet_texts(practice)] == [(due, until)]


def test_who_writes_before_it_leaves_does_not_get_it(practice: Practice) -> None:
    looks(practice, MIDNIGHT)
    practice.hears("I was away, sorry", at=MIDNIGHT + 9 * HOUR)
    looks(practice, MIDNIGHT + 10 * HOUR)

    assert KIND_WORDS not in practice.at(MIDDAY)
    assert [(one.state, one.reason) for one in quiet_texts(practice)] == [
        (MessageState.CANCELLED, "they are not silent any more")
    ]


def test_who_writes_words_of_danger_just_before_it_leaves_does_not_get_it(practice: Practice) -> None:
    looks(practice, MIDNIGHT)
    practice.hears("I want to die", at=MIDDAY - MINUTE)

    assert KIND_WORDS not in practice.at(MIDDAY)


@pytest.mark.parametrize("kind", list(SpellKind))
def test_who_is_held_paused_or_in_flare_before_it_leaves_does_not_get_it(practice: Practice, kind: SpellKind) -> None:
    looks(practice, MIDNIGHT)
    with practice.sessions.write() as session:
        session.add(Spell(patient_id=1, kind=kind, starts_at=MIDNIGHT + HOUR, opened_by="Nurse Bo"))
    looks(practice, MIDNIGHT + 2 * HOUR)

    assert KIND_WORDS not in practice.at(MIDDAY)


def test_who_says_stop_does_not_get_it(practice: Practice) -> None:
    looks(practice, MIDNIGHT)
    practice.hears("STOP", at=MIDNIGHT + 9 * HOUR)

    assert KIND_WORDS not in practice.at(MIDDAY)


def test_two_programs_that_notice_one_silence_write_once(practice: Practice) -> None:
    other = program(slot="midday", name="other-steps", title={"en": "Other", "es": "Otro"})
    practice.enrolls_also(1, other)
    for number in range(5):  # the other has its third question behind it on day 10 only
        looks(practice, MIDNIGHT + number * DAY)
        practice.at(MIDDAY + number * DAY)
        practice.at(MIDDAY + number * DAY + 7 * HOUR)

    assert sorted((one.enrollment_id, one.at) for one in practice.rows(Alert)) == [
        (1, MIDNIGHT),
        (2, MIDNIGHT + 3 * DAY),
    ]
    assert len(quiet_texts(practice)) == 1
