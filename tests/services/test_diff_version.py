from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from coach.cli.version_words import in_words
from coach.content.publication import Publication
from coach.services.diff_version import diff
from coach.services.edit import Change, edit
from coach.services.enroll import enroll
from coach.services.move import move
from coach.services.plan import plan
from coach.services.publish import publish
from coach.services.versions import versions
from coach.storage.database import Sessions
from coach.storage.tables import Message
from tests.people import MONDAY, MONDAY_6AM, Practice, ana, nudge, publication

PRESETS = {"presets": {"light": {"without": ["calm"]}}}
TUESDAYS = nudge("exercise", days=["tue"], slot="midday", weeks=[1, 2])
CALM = nudge("calm", days=["mon"], slot="evening", kind="breathing")
SATURDAY = datetime(2026, 11, 28, 15, tzinfo=UTC)


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    """Four people: in the standard way, in the light one, with a midday of her own, with no Tuesdays, in Spanish."""
    made = Practice(sessions)
    publish(sessions, publication(TUESDAYS, CALM, **PRESETS), author="Nurse Bo", now=MONDAY_6AM)
    for number in range(4):
        ana(sessions, phone=f"+1202555014{number}", language="es" if number == 3 else "en")
        _enroll(made, number + 1, "light" if number == 1 else "standard")
    edit(sessions, made.editions, 3, Change(slots={"midday": "13:00"}), by="Nurse Bo", now=MONDAY_6AM)
    edit(sessions, made.editions, 4, Change(weekdays_off=["tue"]), by="Nurse Bo", now=MONDAY_6AM)
    plan(sessions, made.editions, now=MONDAY_6AM)
    return made


def _enroll(practice: Practice, patient_id: int, preset: str, start: date = MONDAY) -> None:
    facts = {"patient_id": patient_id, "program": "small-steps", "preset": preset, "start": start}
    enroll(practice.sessions, practice.editions, **facts, now=MONDAY_6AM)  # type: ignore[arg-type]


def told(practice: Practice, new: Publication, now: datetime = MONDAY_6AM) -> list[tuple[str, int, int, int]]:
    found = diff(practice.sessions, practice.editions, new, now=now)
    assert found.twice == []
    return [(one.what, count.people, sum(count.more), sum(count.less)) for one, count in found.changes]


def lines(practice: Practice, new: Publication, now: datetime = MONDAY_6AM) -> Sequence[str]:
    return list(in_words(diff(practice.sessions, practice.editions, new, now=now)))


def test_a_moved_time_concerns_those_who_have_it_and_no_time_of_their_own(practice: Practice) -> None:
    new = publication({**TUESDAYS, "slot": "afternoon"}, CALM, **PRESETS)

    found = told(practice, new)

    assert found == [("Tuesday's exercise moves from 12:30 to 16:00", 3, 0, 0)]
    assert "  3 people: Tuesday's exercise moves from 12:30 to 16:00; nobody gets a text twice" in lines(practice, new)


def test_another_time_of_the_program_leaves_those_with_their_own_as_they_are(practice: Practice) -> None:
    slots = {"morning": "09:30", "midday": "12:45", "afternoon": "16:00", "evening": "18:30"}

    found = told(practice, publication(TUESDAYS, CALM, slots=slots, **PRESETS))

    assert found == [("Tuesday's exercise moves from 12:30 to 12:45", 2, 0, 0)]


def test_texts_more_and_less_are_counted_over_the_rest_of_each_persons_program(practice: Practice) -> None:
    new = publication({**TUESDAYS, "days": ["tue", "thu"]}, **PRESETS)

    assert told(practice, new) == [
        ("Calm is taken out (on Mondays at 18:30, in weeks 1 to 4)", 3, 0, 12),
        ("Exercise comes on Tuesdays and Thursdays, instead of on Tuesdays", 4, 8, 0),
    ]
    assert told(practice, new, now=SATURDAY) == [
        ("Calm is taken out (on Mondays at 18:30, in weeks 1 to 4)", 3, 0, 9),
        ("Exercise comes on Tuesdays and Thursdays, instead of on Tuesdays", 4, 4, 0),
    ]


def test_a_preset_concerns_those_who_have_it(practice: Practice) -> None:
    found = told(practice, publication(TUESDAYS, CALM, presets={"light": {"without": []}}))

    assert found == [("the preset light is with everything, instead of without calm", 1, 4, 0)]


def test_words_concern_those_who_read_them_and_touch_no_schedule(practice: Practice) -> None:
    new = publication(TUESDAYS, CALM, **PRESETS)
    new = Publication.of(new.program, {**new.templates, "en/small-steps/calm/b": "Breathe, {{ name }}."})

    assert told(practice, new) == [("words of calm in English: 1 changed", 2, 0, 0)]
    assert "no schedule is touched: what is planned for people stays as it is" in lines(practice, new)


def test_whoever_would_stay_behind_is_named(practice: Practice) -> None:
    said = lines(practice, publication(TUESDAYS, CALM, languages=["en"]))

    assert [line for line in said if "would stay" in line] == [
        (
            "patient 2 (Ana Reyes) would stay in their version: their preset 'light' is not in the new version; "
            "change it first, or put it back"
        ),
        "patient 4 (Ana Reyes) would stay in their version: the new version is not written in their language, 'es'",
    ]


def test_words_that_run_out_are_said(practice: Practice) -> None:
    two = publication(TUESDAYS, {**CALM, "variants": ["a", "b"]}, **PRESETS)

    assert diff(practice.sessions, practice.editions, two, now=MONDAY_6AM).wordless == 3 * 2


def test_nothing_published_and_nothing_different_are_said(practice: Practice) -> None:
    other = publication(TUESDAYS, name="great-strides")

    assert lines(practice, other) == [
        "no version of great-strides is published yet: publishing this one changes nothing for anybody"
    ]
    assert "nothing is different" in lines(practice, publication(TUESDAYS, CALM, **PRESETS))[0]


def test_a_day_that_was_sent_is_not_counted_again(practice: Practice) -> None:
    after = MONDAY_6AM + timedelta(days=1, hours=8)  # Tuesday at 14:00
    practice.at(MONDAY_6AM + timedelta(days=1, hours=6, minutes=30))
    practice.at(MONDAY_6AM + timedelta(days=1, hours=7))

    later = told(practice, publication({**TUESDAYS, "days": ["thu"]}, CALM, **PRESETS), now=after)

    # Three have had it: only next week's day is another. Who takes no Tuesdays gets two where there were none.
    assert later == [("Exercise comes on Thursdays, instead of on Tuesdays", 4, 2, 0)]


def test_saying_what_would_change_writes_nothing(practice: Practice) -> None:
    before = practice.rows(Message)

    told(practice, publication({**TUESDAYS, "slot": "evening"}, **PRESETS))

    assert practice.rows(Message) == before
    assert len(versions(practice.sessions)) == 1


def test_what_is_foretold_is_what_a_move_then_plans(practice: Practice) -> None:
    now = MONDAY_6AM + timedelta(days=1, hours=1)
    practice.at(now)
    new = publication({**TUESDAYS, "days": ["wed"], "slot": "evening"}, {**CALM, "days": ["mon", "thu"]}, **PRESETS)
    foretold = sum(more for _, _, more, _ in told(practice, new, now=now))

    publish(practice.sessions, new, author="Dr. Kim", now=now)
    move(practice.sessions, practice.editions, "small-steps", by="Dr. Kim", now=lambda: now)
    texts = [len(practice.at(now + timedelta(hours=hours))) for hours in range(1, 24 * 27)]

    # Exercise: two Wednesdays for the one who takes no Tuesdays; calm: six wordings, where three Mondays were left.
    assert foretold == 2 + 3 * (6 - 3)
    assert sum(texts) == 4 * 2 + 3 * 6
