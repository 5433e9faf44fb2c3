"""What PROGRESS tells, what the dial shows, and how days are written."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from coach.domain.program import AnswerKind, NudgeKind
from coach.domain.story import Said, tell
from coach.domain.turned import Settings, turned
from coach.domain.when import day_words, moment_words, time_words

TODAY = date(2026, 11, 29)


def said(expects: str, value: str | None, days_ago: int = 0) -> Said:
    return Said(NudgeKind.PACING, AnswerKind(expects), value, TODAY - timedelta(days=days_ago))


def test_a_week_is_told_by_what_there_was() -> None:
    week = [
        said("minutes", "10"),
        said("minutes", "0", 1),
        said("minutes", "12", 2),
        said("done", "done", 3),
        said("done", "partial", 3),
        said("done", "not_done", 4),
        said("yes_no", "yes", 5),
        said("yes_no", "no", 6),
        said("scale_0_10", "7", 6),
    ]

    assert tell(week, TODAY) == {"answers": 9, "minutes": 22, "days": 2, "done": 2, "kind": 1, "more": 0}


def test_growth_is_told_and_a_smaller_week_never_is() -> None:
    week_before = [said("minutes", "4", day) for day in (8, 9, 10)]

    assert tell([said("minutes", "20"), *week_before], TODAY)["more"] == 8
    assert tell([said("minutes", "8"), *week_before], TODAY)["more"] == 0
    assert tell([said("minutes", "12")], TODAY)["more"] == 0


def test_a_week_that_had_hardly_begun_is_compared_with_nothing() -> None:
    assert tell([said("minutes", "20"), said("minutes", "4", 8), said("minutes", "4", 9)], TODAY)["more"] == 0


def test_only_the_last_seven_days_are_told() -> None:
    assert tell([said("minutes", "10", 7)], TODAY)["answers"] == 0
    assert tell([said("minutes", "10", -1)], TODAY)["answers"] == 0


BEFORE = Settings("America/New_York", "en", {}, (), {"steps": "standard"})


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (BEFORE, []),
        (
            Settings("America/New_York", "es", {}, (), {"steps": "standard"}),
            [("LANGUAGE", "texts come in Spanish")],
        ),
        (
            Settings("America/New_York", "en", {}, ("sat", "sun"), {"steps": "light"}),
            [("NO WEEKENDS", "no texts on Saturdays and Sundays"), ("LESS", "steps: light")],
        ),
        (
            Settings(
                "America/New_York",
                "en",
                dict.fromkeys(("morning", "midday", "afternoon", "evening"), "18:30"),
                (),
                {"steps": "standard"},
            ),
            [("TIME", "texts come at 18:30")],
        ),
        (
            Settings("America/Chicago", "en", {"morning": "10:00"}, (), {"steps": "standard"}),
            [("TIME", "morning 10:00; zone America/Chicago")],
        ),
    ],
)
def test_each_turn_is_told_by_its_command_and_how_it_is_now(after: Settings, told: list[tuple[str, str]]) -> None:
    assert list(turned(BEFORE, after)) == told


@pytest.mark.parametrize(
    ("language", "country", "words"),
    [
        ("en", "US", "Mon, Nov 30, 5:30 PM"),
        ("es", "US", "lun, 30 de nov, 5:30 p.m."),
        ("es", "GB", "lun, 30 nov, 17:30"),
    ],
)
def test_days_and_times_are_written_as_the_person_writes_them(language: str, country: str, words: str) -> None:
    moment = datetime(2026, 11, 30, 22, 30, tzinfo=UTC).astimezone(ZoneInfo("America/New_York"))

    assert moment_words(moment, language, country) == words
    assert words == f"{day_words(moment, language, country)}, {time_words(time(17, 30), language, country)}"
