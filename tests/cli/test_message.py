import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner, Result

from coach.cli import build_app
from coach.cli.message import app
from coach.storage.database import Sessions
from tests.people import Practice, nudge

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
Coach = Callable[..., Result]


@pytest.fixture
def coach(sessions: Sessions) -> Coach:
    """`coach` on the database of a practice whose clock stood still on Monday, and where one text a day was allowed."""
    practice = Practice(sessions)
    limits = {"per_day": 1, "per_week": 9, "minutes_between": 0, "segments": {"en": 1}}
    practice.enrolls_ana(nudge("move"), nudge("calm", slot="midday"), limits=limits)
    practice.at(TEN + timedelta(hours=12))
    practice.at(TEN + timedelta(days=1))
    practice.at(TEN + timedelta(days=1, hours=3))

    def run(*arguments: str) -> Result:
        environment = {"COACH_DATABASE_URL": sessions.engine.url.render_as_string(), "COLUMNS": "200"}
        return CliRunner().invoke(build_app(), list(arguments), env=environment)

    return run


def rows(result: Result) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_what_did_not_leave_is_listed_with_its_reason_in_the_patients_time(coach: Coach) -> None:
    listed = coach("message", "list").stdout

    late = "it could not leave in time, and a late text helps nobody"
    for cells in (
        ("2", "1", "move", "2026-11-23 09:30", "expired", late),
        ("calm", "2026-11-23 12:30", "expired", late),
        ("calm", "2026-11-24 12:30", "withheld", "the day's limit of texts was reached"),
    ):
        assert any(all(cell in line for cell in cells[-4:]) for line in listed.splitlines()), listed


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ((), ["move", "calm", "calm"]),
        (("--state", "expired"), ["move", "calm"]),
        (("--state", "withheld"), ["calm"]),
        (("--state", "expired", "--state", "withheld", "--since", "2026-11-24"), ["calm"]),
        (("--since", "2026-11-23"), ["move", "calm", "calm"]),
        (("--since", "2026-11-25"), []),
        (("--state", "failed"), []),
    ],
)
def test_a_list_is_of_the_states_and_days_that_are_asked_for(
    coach: Coach, arguments: tuple[str, ...], names: list[str]
) -> None:
    assert [row["name"] for row in rows(coach("message", "list", "--format", "json", *arguments))] == names


def test_a_row_of_json_says_all_that_the_table_says(coach: Coach) -> None:
    row = rows(coach("message", "list", "--format", "json", "--state", "withheld"))[0]

    assert {name: row[name] for name in ("patient_id", "due", "state", "stands", "reason")} == {
        "patient_id": 1,
        "due": "2026-11-24T12:30-05:00",
        "state": "withheld",
        "stands": "withheld",
        "reason": "the day's limit of texts was reached",
    }


def test_a_list_of_nothing_says_so(coach: Coach) -> None:
    assert coach("message", "list", "--state", "missed").stdout == "no such text\n"


@pytest.mark.parametrize("arguments", [("--state", "lost"), ("--state", "delivered")])
def test_a_state_that_is_none_of_a_text_that_did_not_leave_is_a_usage_error(
    coach: Coach, arguments: tuple[str, ...]
) -> None:
    assert coach("message", "list", *arguments).exit_code == 2


def test_each_text_is_measured_in_order() -> None:
    result = CliRunner().invoke(app, ["count"], input='"hello"\n"sí"\n')

    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"encoding": "GSM-7", "segments": 1, "units": 5},
        {"encoding": "UCS-2", "segments": 1, "units": 2},
    ]
