"""Whoever signs their name, or tells of what ends and what lets them not, has not asked for the texts to end."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.inbound import Context, OpenQuestion, interpret
from coach.domain.program import AnswerKind
from tests.people import rules

ASKED = datetime(2026, 1, 5, 15, tzinfo=UTC)
NAMES = ("Margaret", "Kyle", "Siobhan", "Tamika", "Dave", "Lupita", "Ximena", "Dorothy", "Nurse Kelly", "Mr. Okafor")
DRESSES = (
    "{}, @",
    "{} - @",
    "{}. @ here",
    "Yes thank you, @ here. {}",
    "Hi, it's @. {}",
    "this is @, {}",
    "{} thanks @",
    "hola soy @, {}",
    "{}, gracias @",
    "{} 🙏 @",
)
REPLIES = (
    ("done", AnswerKind.DONE),
    ("forgot, sorry", AnswerKind.DONE),
    ("no, too tired", AnswerKind.YES_NO),
    ("sí", AnswerKind.YES_NO),
    ("6 today", AnswerKind.SCALE_0_10),
    ("15 min", AnswerKind.MINUTES),
    ("9 am please", AnswerKind.TIME),
    ("sat in the garden", AnswerKind.TEXT),
)


@given(st.sampled_from(NAMES), st.sampled_from(DRESSES), st.sampled_from(REPLIES), st.booleans())
def test_a_name_is_no_stop(name: str, dress: str, reply: tuple[str, AnswerKind], asked: bool) -> None:
    words, kind = reply
    text = dress.format(words).replace("@", name)
    open_questions = (OpenQuestion(1, kind, ASKED),) if asked else ()
    reading = interpret(text, Context("en", ASKED + timedelta(minutes=5), rules(), open=open_questions))

    # Where nothing was asked, two languages in one text may make coach ask back, which changes nothing by itself.
    assert (reading.consent in ({None} if asked else {None, "unsure"}), reading.safety) == (True, None)


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("no, Maria here", None),
        ("No Kelly I didn't", None),
        ("no Maria here", "stop"),
        ("nope no Maria here", "stop"),
        ("please stop. Maria", "stop"),
        ("🛑 Maria", "stop"),
    ],
)
def test_a_pause_tells_who_is_maria_from_where_no_maria_is(text: str, consent: str | None) -> None:
    asked = (OpenQuestion(1, AnswerKind.YES_NO, ASKED),)

    assert interpret(text, Context("en", ASKED + timedelta(minutes=5), rules(), open=asked)).consent == consent


@pytest.mark.parametrize("text", ["termine todo", "ya termine todo", "sí, termine todo hoy"])
def test_termine_without_its_accent_says_what_was_done_where_that_was_asked(text: str) -> None:
    asked = (OpenQuestion(1, AnswerKind.DONE, ASKED),)
    reading = interpret(text, Context("es", ASKED + timedelta(minutes=5), rules(), open=asked))

    assert (reading.consent, [answer.value for answer in reading.answers]) == (None, ["done"])


@pytest.mark.parametrize(
    "text",
    [
        "my back wouldn't let me",
        "the kids won't let me rest",
        "had to cut it short",
        "finished early",
        "it's over for today",
        "stopped at the shop",
        "got a new phone, same number",
        "mi espalda no me dejó",
        "cambié de teléfono pero mismo número",
        "ya paré de caminar",
        "estoy de baja",
        "me dieron la baja médica",
        "si respiro hondo se me baja",
        "ya me baja",
    ],
)
@pytest.mark.parametrize("asked", [True, False])
def test_what_ends_or_is_not_let_in_a_life_is_no_stop(text: str, *, asked: bool) -> None:
    open_questions = (OpenQuestion(1, AnswerKind.DONE, ASKED),) if asked else ()
    reading = interpret(text, Context("en", ASKED + timedelta(minutes=5), rules(), open=open_questions))

    assert (reading.consent in {"stop", "start"}, reading.safety) == (False, None)
