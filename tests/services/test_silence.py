"""After a long silence texts rest, until the person writes or the team has been in touch."""

from datetime import UTC, datetime, timedelta

import pytest

from coach.domain.case import CaseCategory, CaseState
from coach.domain.delivery import Purpose, Reason
from coach.services.alert import raise_alerts
from coach.services.cases import resolve
from coach.services.hold import ask_about_holds
from coach.storage.database import Sessions
from coach.storage.tables import Case, CaseEntry, Message, Spell
from coach.storage.tables.patient import SpellKind
from tests.people import Practice, ana_in, asks, nudge, publication

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York on day 0
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MANY = [f"w{number}" for number in range(28)]


def lives(practice: Practice, first: int, last: int) -> list[str]:
    """What leaves on these days after the Monday, the alert rules being read as each begins."""
    left = []
    for number in range(first, last + 1):
        raise_alerts(practice.sessions, practice.editions, now=TEN + number * DAY - 9 * HOUR)
        over = practice.over(TEN + number * DAY - HOUR, 12 * HOUR, HOUR)
        left += [text.split()[1] for _, texts in over for text in texts]
    return left


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    """Ana wrote on day 0 and not since; it is the evening of day 14."""
    found = Practice(sessions)
    asking = nudge("move", variants=MANY, answer=asks("done", within=120, reminder=None))
    ana_in(sessions, found.editions, publication(asking, alerts=[{"name": "silence", "kind": "silence"}]))
    found.hears("hello", at=TEN)
    assert lives(found, 0, 14) == [*["move"] * 8, "quiet", *["move"] * 6]
    return found


def the_case(practice: Practice) -> Case:
    (case,) = practice.rows(Case)
    return case


def test_fourteen_silent_days_are_a_case_and_nothing_leaves_from_then_on(practice: Practice) -> None:
    assert the_case(practice).category is CaseCategory.SILENCE
    assert lives(practice, 15, 18) == []
    why = [one.reason for one in practice.rows(Message) if one.purpose is Purpose.NUDGE][-6:-2]
    assert why == [Reason.SILENT] * 4


def test_their_own_text_brings_the_texts_back_and_the_case_stays_for_a_call(practice: Practice) -> None:
    practice.hears("hi, i was away", at=TEN + 15 * DAY - 3 * HOUR)

    assert lives(practice, 15, 17) == ["move"] * 3
    assert the_case(practice).state is CaseState.OPEN
    assert practice.rows(CaseEntry)[-1].what == "they wrote: texts go on. A call may still be welcome"


def test_closing_the_case_after_a_call_brings_the_texts_back(practice: Practice) -> None:
    resolve(
        practice.sessions,
        the_case(practice).id or 0,
        by="Nurse Bo",
        note="called her: she is well",
        lift_hold=False,
        now=TEN + 15 * DAY - 3 * HOUR,
    )

    assert lives(practice, 15, 16) == ["move"] * 2
    (spell,) = practice.rows(Spell)
    assert (spell.kind, spell.closed_by) == (SpellKind.SILENCE, "Nurse Bo")


def test_a_silence_pages_nobody_however_long_it_lasts(practice: Practice) -> None:
    assert ask_about_holds(practice.sessions, now=TEN + 20 * DAY) == 0
    assert the_case(practice).paging_since is None
