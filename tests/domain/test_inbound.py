import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.content.safety import load_rules
from coach.domain.commands import Command
from coach.domain.inbound import Answered, Context, OpenQuestion, interpret
from coach.domain.program import AnswerKind

WISHES = json.loads((Path(__file__).parent / "data" / "wishes.json").read_text(encoding="utf-8"))
RULES = load_rules(Path(__file__).parents[2] / "config")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def asked(number: int, kind: str, *, minutes_ago: float, closed: bool = False) -> OpenQuestion:
    return OpenQuestion(number, AnswerKind(kind), NOON - timedelta(minutes=minutes_ago), closed)


def context(*questions: OpenQuestion, earlier: str = "", opted_out: bool = False) -> Context:
    return Context("en", NOON, RULES, questions, earlier, opted_out)


def test_stop_start_and_help_are_heard_in_any_wording() -> None:
    heard = [(text, expected, interpret(text, context()).consent or "none") for text, expected in WISHES]

    assert [row for row in heard if row[1] != row[2]] == []


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("PAUSE", Command("PAUSE")),
        ("pausa 7 días", Command("PAUSE", "7")),
        ("pause 2 weeks", Command("PAUSE", "14")),
        ("Time 9am", Command("TIME", "09:00")),
        ("hora 18:30", Command("TIME", "18:30")),
        ("sin fines de semana", Command("NO WEEKENDS")),
        ("idioma español", Command("LANGUAGE", "es")),
        ("flare!", Command("FLARE")),
        ("time flies", None),
        ("pause my messages next week", None),
        ("better than yesterday", None),
    ],
)
def test_a_command_is_the_whole_text(text: str, command: Command | None) -> None:
    assert interpret(text, context()).command == command


def test_resume_is_both_a_start_and_a_command() -> None:
    reading = interpret("RESUME", context(asked(1, "text", minutes_ago=5)))

    assert (reading.consent, reading.command, reading.answers) == ("start", Command("RESUME"), ())


def test_crisis_and_stop_in_one_text_are_both_honoured() -> None:
    reading = interpret("STOP. i want to die", context())

    assert (reading.safety, reading.consent) == ("crisis_suicide", "stop")


def test_danger_split_over_two_texts_is_heard_with_the_second() -> None:
    reading = interpret("to die", context(earlier="i just want"))

    assert (reading.safety, reading.because) == ("crisis_suicide", ("to die",))


def test_danger_split_over_two_texts_is_heard_beside_danger_of_another_kind_that_was_heard_before() -> None:
    apart = interpret("the whole bottle of my pills", context(earlier="i cant feel my legs and i wet myself i took"))
    known = interpret("and i mean it", context(earlier="i want to die"))

    assert apart.safety == "crisis_overdose"
    assert known.safety is None


@pytest.mark.parametrize(("opted_out", "consent"), [(True, "start"), (False, None)])
def test_yes_is_an_answer_unless_the_person_opted_out(*, opted_out: bool, consent: str | None) -> None:
    reading = interpret("YES", context(asked(1, "yes_no", minutes_ago=5), opted_out=opted_out))

    assert reading.consent == consent
    assert reading.answers == (() if opted_out else (Answered(1, "understood", "yes"),))


@pytest.mark.parametrize(
    ("text", "questions", "answers"),
    [
        ("5", (asked(1, "text", minutes_ago=1), asked(2, "scale_0_10", minutes_ago=60)), [(2, 5)]),
        ("a walk", (asked(1, "text", minutes_ago=1), asked(2, "scale_0_10", minutes_ago=60)), [(1, "ok")]),
        ("yes", (asked(1, "yes_no", minutes_ago=90), asked(2, "done", minutes_ago=5)), [(2, "done")]),
        ("yes", (asked(1, "yes_no", minutes_ago=90), asked(2, "done", minutes_ago=0.1)), [(1, "yes")]),
        (
            "did it, 15 min",
            (asked(1, "done", minutes_ago=9), asked(2, "minutes", minutes_ago=5)),
            [(2, 15), (1, "done")],
        ),
        ("7", (asked(1, "yes_no", minutes_ago=9), asked(2, "scale_0_10", minutes_ago=99, closed=True)), [(2, 7)]),
        ("hmm", (asked(2, "scale_0_10", minutes_ago=99, closed=True),), []),
    ],
)
def test_an_answer_finds_its_question(
    text: str, questions: tuple[OpenQuestion, ...], answers: list[tuple[int, str | int]]
) -> None:
    reading = interpret(text, context(*questions))

    assert [(answer.question_id, answer.value) for answer in reading.answers] == answers


def test_what_nobody_asked_is_a_note() -> None:
    assert interpret("my daughter is visiting", context()).note


@given(st.text(max_size=60), st.sampled_from(AnswerKind))
def test_no_text_is_too_strange_to_be_read(text: str, kind: AnswerKind) -> None:
    reading = interpret(text, context(OpenQuestion(1, kind, NOON - timedelta(hours=1))))

    assert all(words in text for words in reading.because)
