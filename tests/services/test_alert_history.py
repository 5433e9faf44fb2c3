from datetime import date

import pytest

from coach.domain.alerts.history import Reported
from coach.domain.measures import Measure
from coach.storage.database import Sessions
from coach.storage.tables import Answer
from coach.storage.tables.answer import AnswerStatus
from coach.storage.tables.patient import SpellKind
from tests.people import Practice, asks, nudge
from tests.services.ward import DAY, HOUR, TEN, Ward, program


@pytest.fixture
def ward(sessions: Sessions) -> Ward:
    return Ward(Practice(sessions))


def test_the_past_is_read_as_it_was_answered(ward: Ward) -> None:
    move = nudge(
        "move",
        slot="morning",
        variants=[f"w{number}" for number in range(28)],
        answer=asks("done", within=120, reminder=None, action=True),
    )
    ward.enrolls_ana(program("pain_high", measures=("pain",), nudges=(move,)))
    ward.day(0, "some", "7")
    ward.day(1, "done")
    ward.day(2)
    ward.practice.at(TEN + 3 * DAY - HOUR)

    history = ward.watched(TEN + 3 * DAY - HOUR).history

    assert [one.value for one in sorted(history.measures[Measure.PAIN], key=lambda one: one.day)][:1] == [7]
    assert sorted((one.day.day, one.outcome or "") for one in history.efforts) == [
        (23, "partial"),
        (24, "done"),
        (25, ""),
    ]
    assert history.quiet_since == date(2026, 11, 24)


def test_an_answer_that_is_taken_back_is_not_counted(ward: Ward) -> None:
    ward.enrolls_ana(program("phq2_urgent", measures=("phq2_1", "phq2_2")))
    at = ward.day(0, "0", "3")
    with ward.practice.sessions.write() as session:
        session.get_one(Answer, 2).superseded_at = at
        session.flush()
        session.add(Answer(question_id=2, reply_id=2, status=AnswerStatus.UNDERSTOOD, value="0", at=at))

    assert ward.looks(at) == 0


def test_minutes_reported_in_a_flare_are_marked(ward: Ward) -> None:
    walk = nudge(
        "walk", kind="pacing", variants=["a", "b", "c", "d"], answer=asks("minutes", within=600, reminder=None)
    )
    ward.enrolls_ana(program("silence", nudges=(walk,)))
    ward.day(0, "12")
    ward.spell(SpellKind.FLARE, TEN + 12 * HOUR)
    ward.day(1, "3")

    assert ward.watched(TEN + 2 * DAY).history.reports == (
        Reported(date(2026, 11, 23), 12, None),
        Reported(date(2026, 11, 24), 3, None, flare=True),
    )
