from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner, Result

from coach.cli import build_app
from coach.gateway.base import Rejected, RejectionKind
from coach.services.explain import NothingToExplainError
from coach.storage.database import Sessions
from tests.people import Practice, asks, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
Coach = Callable[..., Result]


@pytest.fixture
def coach(sessions: Sessions) -> Coach:
    """`coach` on the database of a practice in which Ana was asked, answered, and had a text too many."""
    practice = Practice(sessions)
    limits = {"per_day": 1, "per_week": 9, "minutes_between": 0, "segments": {"en": 1}}
    practice.enrolls_ana(nudge("move", answer=asks("done")), nudge("calm", slot="midday"), limits=limits)
    practice.at(TEN)
    practice.hears("done", at=TEN + timedelta(hours=1))
    practice.at(TEN + timedelta(hours=3))

    def run(*arguments: str) -> Result:
        environment = {"COACH_DATABASE_URL": sessions.engine.url.render_as_string(), "COLUMNS": "200"}
        return CliRunner().invoke(build_app(), list(arguments), env=environment)

    return run


def test_a_day_is_told_in_clinic_language(coach: Coach) -> None:
    lines = coach("explain", "1", "2026-11-23").stdout.splitlines()

    assert [line for line in lines if not line.startswith(" ")] == [
        "Mon 23 Nov 09:30  move (nudge, message 1) handed to the provider",
        "Mon 23 Nov 12:30  calm (nudge, message 2) withheld: the day's limit of texts was reached",
        "Mon 23 Nov 13:00  move (reminder, message 7) cancelled: the answer is here",
    ]
    assert "    “en move a Ana”" in lines


def test_one_message_is_told_with_all_that_happened_to_it(coach: Coach) -> None:
    said = coach("explain", "1").stdout

    assert said.startswith("Mon 23 Nov 09:30  move (nudge, message 1)")
    assert "    23 Nov 10:00:00  being sent: " in said
    assert "attempt 1: accepted SM" in said


def test_a_refusal_is_told_in_the_providers_words_whatever_is_in_them(coach: Coach, sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.gateway.answer = lambda _: Rejected("21211", RejectionKind.BAD_NUMBER, "[/b] no such number")
    practice.at(TEN + timedelta(days=1))

    assert "the provider refused it: 21211 [/b] no such number" in coach("explain", "1", "2026-11-24").stdout


def test_a_day_on_which_nothing_was_owed_is_said(coach: Coach) -> None:
    assert coach("explain", "1", "2020-01-01").stdout == "nothing was owed to patient 1 on 2020-01-01\n"


def test_what_is_not_there_is_said(coach: Coach) -> None:
    assert isinstance(coach("explain", "99").exception, NothingToExplainError)
