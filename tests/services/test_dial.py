"""What a patient turns by text, lived through: what is sent from then on, and the one text that says so."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coach.gateway.base import Unknown
from coach.services.edit import Change, edit
from coach.storage.database import Sessions
from coach.storage.tables import Enrollment, Message, Patient, Spell, Turn
from tests.people import Practice, accept, ana_in, asks, nudge, publication

NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # 09:00 on Monday in New York
NEW_YORK = ZoneInfo("America/New_York")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MANY = [f"w{number}" for number in range(40)]


def program(**changes: Any) -> Any:
    return publication(
        nudge("move", variants=MANY, answer=asks("done")),
        nudge("calm", slot="evening", variants=MANY),
        presets={"light": {"without": ["calm"]}},
        check_ins=[
            {
                "name": "sunday",
                "weeks": [1, 2, 3, 4],
                "days": ["sun"],
                "slot": "afternoon",
                "items": [{"name": "pain", "variants": ["a"], "answer": asks("scale_0_10"), "measure": "pain"}],
            }
        ],
        **changes,
    )


@pytest.fixture
def ana(sessions: Sessions) -> Practice:
    practice = Practice(sessions)
    ana_in(practice.sessions, practice.editions, program())
    return practice


def says(practice: Practice, words: str, at: datetime) -> str:
    """The answer that leaves at once."""
    practice.hears(words, at=at)
    (answer,) = practice.at(at)
    return answer.strip()


def lives(practice: Practice, start: datetime, days: float, *, step: timedelta = HOUR) -> list[tuple[str, str]]:
    """What leaves in the days from `start`, hour by hour: when in New York, and its words."""
    return [
        (f"{now.astimezone(NEW_YORK):%a %d %H:%M}", text)
        for now, texts in practice.over(start, days * DAY, step)
        for text in texts
    ]


def whens(left: list[tuple[str, str]]) -> list[str]:
    return [when for when, _ in left]


def turns(practice: Practice) -> list[tuple[str, str, str]]:
    return [(one.by, one.word, one.what) for one in practice.rows(Turn)]


def test_a_pause_rests_all_texts_until_its_day_and_says_so(ana: Practice) -> None:
    assert says(ana, "PAUSE 3", NINE) == "en dial_pause Thu, Nov 26"
    assert whens(lives(ana, NINE, 4))[:2] == ["Thu 26 10:00", "Thu 26 13:00"]
    assert turns(ana) == [("patient", "PAUSE", "texts rest until Thu 26 Nov 2026")]


def test_a_pause_that_begins_in_the_evening_rests_the_days_that_follow(ana: Practice) -> None:
    evening = NINE + 13 * HOUR  # 22:00: there is nothing left of today

    assert says(ana, "PAUSE 1", evening) == "en dial_pause Wed, Nov 25"
    assert whens(lives(ana, evening, 3))[0] == "Wed 25 10:00"


def test_a_pause_without_days_is_for_a_week_and_one_too_long_for_as_long_as_the_program_allows(
    sessions: Sessions,
) -> None:
    practice = Practice(sessions)
    ana_in(sessions, practice.editions, program(dial={"longest_pause": 10}))

    assert says(practice, "pausa", NINE) == "en dial_pause Mon, Nov 30"
    assert says(practice, "PAUSE 3 weeks", NINE + 11 * MINUTE) == "en dial_pause_longest Thu, Dec 3 10"


def test_resume_brings_the_texts_back_today_and_nothing_from_the_past(ana: Practice) -> None:
    says(ana, "PAUSE", NINE)
    lives(ana, NINE, 2.2)

    assert says(ana, "RESUME", NINE + 2.2 * DAY) == "en dial_resume Wed, Nov 25, 6:30 PM"
    assert whens(lives(ana, NINE + 2.2 * DAY, 1))[0] == "Wed 25 18:48"
    assert says(ana, "reanudar", NINE + 4 * DAY) == "en dial_not_paused"


def test_a_pause_of_a_week_lets_its_program_week_come_again_whole(sessions: Sessions) -> None:
    practice = Practice(sessions)
    first = nudge("first", weeks=[1], variants=MANY)
    second = nudge("second", weeks=[2], variants=MANY)
    ana_in(sessions, practice.editions, publication(first, second))
    lives(practice, NINE, 3)  # Monday to Wednesday of week 1
    says(practice, "PAUSE 7", NINE + 3 * DAY)
    left = lives(practice, NINE + 3 * DAY, 22)

    names = [text.split()[1] for _, text in left]
    assert whens(left)[0] == "Thu 03 10:00"
    assert names == ["first"] * 7 + ["second"] * 7


def test_a_shorter_pause_shifts_nothing(sessions: Sessions) -> None:
    practice = Practice(sessions)
    ana_in(sessions, practice.editions, publication(nudge("first", weeks=[1]), nudge("second", weeks=[2])))
    says(practice, "PAUSE 6", NINE)

    assert [text.split()[1] for _, text in lives(practice, NINE, 9)] == ["first", "second", "second"]


def test_a_long_pause_that_ends_early_by_her_word_opens_the_week_too(sessions: Sessions) -> None:
    practice = Practice(sessions)
    first, second = nudge("first", weeks=[1], variants=MANY), nudge("second", weeks=[2], variants=MANY)
    ana_in(sessions, practice.editions, publication(first, second))
    says(practice, "PAUSE 20", NINE + DAY)
    lives(practice, NINE + DAY, 8)
    says(practice, "RESUME", NINE + 9 * DAY)

    assert [text.split()[1] for _, text in lives(practice, NINE + 9 * DAY, 14)] == ["first"] * 7 + ["second"] * 7


def test_a_flare_is_asked_about_on_day_seven_and_lapses_on_day_fourteen(ana: Practice) -> None:
    assert says(ana, "brote", NINE) == "en dial_flare"
    left = lives(ana, NINE, 15)

    assert [when for when, text in left if text == "en flare_ask"] == ["Mon 30 13:00"]
    (flare,) = ana.rows(Spell)
    assert flare.ends_at == NINE + 14 * DAY


def test_better_ends_a_flare_and_is_asked_about_no_more(ana: Practice) -> None:
    says(ana, "FLARE", NINE)

    assert says(ana, "BETTER", NINE + 2 * DAY) == "en dial_better"
    assert "en flare_ask" not in [text for _, text in lives(ana, NINE + 2 * DAY, 14)]
    assert [one[1:] for one in turns(ana)] == [
        ("FLARE", "in a flare: gentler, and the goal halved"),
        ("BETTER", "the flare is over"),
    ]


def test_better_without_a_flare_is_no_command(ana: Practice) -> None:
    reply = ana.hears("better", at=NINE)

    assert ana.at(NINE) == []
    assert ana.reply(reply).is_note


def test_flare_again_keeps_it_for_two_weeks_more(ana: Practice) -> None:
    says(ana, "FLARE", NINE)

    assert says(ana, "FLARE", NINE + 7 * DAY) == "en dial_flare_longer"
    assert [one.ends_at for one in ana.rows(Spell)] == [NINE + 21 * DAY]


def test_less_goes_down_the_presets_and_more_up_again(ana: Practice) -> None:
    answers = [
        says(ana, words, NINE + number * 11 * MINUTE)
        for number, words in enumerate(["less", "menos", "LESS", "more", "MAS", "more"])
    ]

    assert [answer.split()[1] for answer in answers] == [
        "dial_less",
        "dial_less",
        "dial_least",
        "dial_more",
        "dial_more",
        "dial_most",
    ]
    assert answers[0] == "en dial_less 8 Mon, Nov 23, 9:30 AM"
    assert answers[1] == "en dial_less 1 Sun, Nov 29, 4:00 PM"
    assert [row.preset for row in ana.rows(Enrollment)] == ["standard"]


def test_later_asks_again_in_two_hours_in_place_of_the_reminder_and_only_once(ana: Practice) -> None:
    (question,) = ana.at(NINE + 30 * MINUTE)

    assert question.startswith("en move")
    assert says(ana, "later", NINE + 40 * MINUTE) == "en dial_later 11:40 AM"
    assert says(ana, "luego", NINE + 50 * MINUTE) == "en dial_keeps"
    assert lives(ana, NINE + HOUR, 6 / 24, step=10 * MINUTE) == [("Mon 23 11:40", "en reminder_done")]


def test_later_before_anything_is_asked_moves_todays_next_text_inside_its_time(ana: Practice) -> None:
    assert says(ana, "LATER", NINE) == "en dial_later 11:25 AM"
    assert whens(lives(ana, NINE, 6 / 24, step=5 * MINUTE))[0] == "Mon 23 11:25"


def test_time_moves_every_text_to_it_within_the_hours(ana: Practice) -> None:
    assert says(ana, "TIME 5:15 pm", NINE) == "en dial_time 5:15 PM Mon, Nov 23, 5:15 PM"
    assert says(ana, "hora 23:30", NINE + 11 * MINUTE) == "en dial_time_hours 9:00 AM 8:00 PM"
    assert says(ana, "TIME", NINE + 22 * MINUTE) == "en dial_time_how"
    assert whens(lives(ana, NINE + HOUR, 1, step=15 * MINUTE)) == ["Mon 23 17:15", "Mon 23 18:15", "Mon 23 20:00"][:2]


def test_mornings_and_evenings_are_the_programs_own_times(ana: Practice) -> None:
    assert says(ana, "evenings", NINE) == "en dial_time 6:30 PM Mon, Nov 23, 6:30 PM"
    assert says(ana, "por las mañanas", NINE + 11 * MINUTE) == "en dial_time 9:30 AM Mon, Nov 23, 9:30 AM"


def test_language_is_answered_in_the_new_one(ana: Practice) -> None:
    assert says(ana, "idioma", NINE) == "es dial_language"
    assert says(ana, "LANGUAGE ENGLISH", NINE + 11 * MINUTE) == "en dial_language"


def test_no_weekends_leaves_them_out_and_weekends_brings_them_back(ana: Practice) -> None:
    assert says(ana, "no weekends", NINE) == "en dial_no_weekends Mon, Nov 23, 9:30 AM"
    lives(ana, NINE, 4)
    assert whens(lives(ana, NINE + 4 * DAY, 3)) == ["Fri 27 10:00", "Fri 27 13:00", "Fri 27 19:00"]
    assert says(ana, "fines de semana", NINE + 7 * DAY) == "en dial_weekends"
    assert "Sat 05 10:00" in whens(lives(ana, NINE + 7 * DAY, 6))


def test_what_the_program_keeps_for_the_team_is_not_turned_and_the_team_sees_the_wish(sessions: Sessions) -> None:
    practice = Practice(sessions)
    ana_in(sessions, practice.editions, program(dial={"fixed": ["amount", "times"]}))
    reply = practice.hears("LESS", at=NINE)

    assert practice.at(NINE) == ["en dial_team"]
    assert practice.reply(reply).is_note
    assert practice.rows(Turn) == []


def test_nothing_is_turned_or_answered_after_a_stop(ana: Practice) -> None:
    says(ana, "STOP", NINE)
    reply = ana.hears("PAUSE 3", at=NINE + MINUTE)

    assert ana.at(NINE + MINUTE) == []
    assert ana.reply(reply).is_note


def test_start_after_a_stop_takes_up_her_own_pause_and_today(ana: Practice) -> None:
    says(ana, "PAUSE 20", NINE)
    says(ana, "STOP", NINE + DAY)

    assert says(ana, "START", NINE + 2 * DAY) == "en start"
    assert whens(lives(ana, NINE + 2 * DAY, 1))[0] == "Wed 25 10:00"


def test_who_turned_it_is_kept_whether_patient_or_team(ana: Practice) -> None:
    says(ana, "NO WEEKENDS", NINE)
    edit(ana.sessions, ana.editions, 1, Change(slots={"evening": "17:00"}), by="Nurse Bo", now=NINE + MINUTE)

    assert turns(ana) == [
        ("patient", "NO WEEKENDS", "no texts on Saturdays and Sundays"),
        ("Nurse Bo", "TIME", "evening 17:00"),
    ]


def test_progress_tells_the_weeks_story_from_her_own_answers(ana: Practice) -> None:
    assert says(ana, "PROGRESS", NINE) == "en progress_quiet"
    ana.at(NINE + 30 * MINUTE)
    ana.hears("done", at=NINE + 40 * MINUTE)

    assert says(ana, "progreso", NINE + HOUR) == "en progress 1 0 0 1 0 0"


def test_a_command_beside_an_open_question_is_no_answer_to_it(ana: Practice) -> None:
    ana.at(NINE + 30 * MINUTE)

    assert says(ana, "PAUSE 2", NINE + 40 * MINUTE) == "en dial_pause Wed, Nov 25"
    assert ana.rows(Patient)[0].weekdays_off == []


def test_an_answer_to_a_command_whose_sending_is_in_doubt_leaves_again_only_where_it_is_not_listed(
    ana: Practice,
) -> None:
    ana.gateway.answer = lambda _: Unknown("the answer was lost")
    says(ana, "PAUSE 3", NINE)
    ana.gateway.answer = accept

    assert lives(ana, NINE + MINUTE, 1 / 48, step=MINUTE) == [("Mon 23 09:16", "en dial_pause Thu, Nov 26")]


def test_the_question_how_a_flare_goes_leaves_once_whatever_is_heard_of_it(ana: Practice) -> None:
    says(ana, "FLARE", NINE)
    says(ana, "PAUSE 6", NINE + MINUTE)
    ana.gateway.answer = lambda _: Unknown("the answer was lost")
    left = lives(ana, NINE + 6 * DAY, 3)

    assert [text for _, text in left].count("en flare_ask") == 1
    assert {one.state for one in ana.rows(Message) if one.name == "flare_ask"} == {"missed"}
