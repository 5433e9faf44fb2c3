"""Answers on the scales of 0 to 3 and 1 to 7: numbers as on 0 to 10, and the words that such questions print."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.answers import understand
from coach.domain.inbound import Context, OpenQuestion, interpret
from coach.domain.program import AnswerKind
from tests.people import rules

OF_THREE, OF_SEVEN = AnswerKind.SCALE_0_3, AnswerKind.SCALE_1_7
ASKED = datetime(2026, 1, 5, 15, tzinfo=UTC)

SAID = [
    ("en", OF_THREE, "2", "2"),
    ("en", OF_THREE, "about a 2", "2"),
    ("en", OF_THREE, "two", "2"),
    ("en", OF_THREE, "2/3", "2"),
    ("en", OF_THREE, "2 out of 3", "2"),
    ("en", OF_THREE, "1 sorry 2", "2"),
    ("en", OF_THREE, "4", "invalid"),
    ("en", OF_THREE, "-1", "invalid"),
    ("en", OF_THREE, "1.5", "unclear"),
    ("en", OF_THREE, "1 or 2", "unclear"),
    ("en", OF_THREE, "skip", "skip"),
    ("en", OF_THREE, "Not at all.", "0"),
    ("en", OF_THREE, "no, not at all", "0"),
    ("en", OF_THREE, "not at all happy", "unclear"),
    ("en", OF_THREE, "Several days", "1"),
    ("en", OF_THREE, "I'd say severl days", "1"),
    ("en", OF_THREE, "several days over the last 2 weeks", "1"),
    ("en", OF_THREE, "I hurt for several days", "unclear"),
    ("en", OF_THREE, "3 days", "unclear"),
    ("en", OF_THREE, "more than half the days", "2"),
    ("en", OF_THREE, "half the days", "unclear"),
    ("en", OF_THREE, "nearly every day", "3"),
    ("en", OF_THREE, "not every day", "unclear"),
    ("en", OF_THREE, "3, nearly every day, because of the pain", "3"),
    ("en", OF_THREE, "1 nearly every day", "unclear"),
    ("en", OF_THREE, "several days, no, nearly every day", "unclear"),
    ("es", OF_THREE, "dos", "2"),
    ("es", OF_THREE, "cuatro", "invalid"),
    ("es", OF_THREE, "1 de 3", "1"),
    ("es", OF_THREE, "Ningún día", "0"),
    ("es", OF_THREE, "nunca", "0"),
    ("es", OF_THREE, "creo que varios días", "1"),
    ("es", OF_THREE, "más de la mitad de los días", "2"),
    ("es", OF_THREE, "casi todos los dias", "3"),
    ("es", OF_THREE, "no todos los días", "unclear"),
    ("es", OF_THREE, "2 varios dias", "unclear"),
    ("en", OF_SEVEN, "6", "6"),
    ("en", OF_SEVEN, "5/7", "5"),
    ("en", OF_SEVEN, "0", "invalid"),
    ("en", OF_SEVEN, "8", "invalid"),
    ("en", OF_SEVEN, "no pain", "unclear"),
    ("en", OF_SEVEN, "very much better", "1"),
    ("en", OF_SEVEN, "I'm much better, thanks", "2"),
    ("en", OF_SEVEN, "a little better", "3"),
    ("en", OF_SEVEN, "about the same", "4"),
    ("en", OF_SEVEN, "no change", "4"),
    ("en", OF_SEVEN, "a bit worse", "5"),
    ("en", OF_SEVEN, "much worse", "6"),
    ("en", OF_SEVEN, "very much worse", "7"),
    ("en", OF_SEVEN, "better", "unclear"),
    ("en", OF_SEVEN, "not much better", "unclear"),
    ("en", OF_SEVEN, "my sleep is much better", "unclear"),
    ("es", OF_SEVEN, "muchísimo mejor", "1"),
    ("es", OF_SEVEN, "mucho mejor", "2"),
    ("es", OF_SEVEN, "un poco mejor", "3"),
    ("es", OF_SEVEN, "más o menos igual", "4"),
    ("es", OF_SEVEN, "un poco peor", "5"),
    ("es", OF_SEVEN, "mucho peor", "6"),
    ("es", OF_SEVEN, "muchísimo peor", "7"),
    ("es", OF_SEVEN, "no mucho mejor", "unclear"),
]


@pytest.mark.parametrize(("language", "kind", "text", "expected"), SAID)
def test_a_reply_says_a_value_or_nothing_sure(language: str, kind: AnswerKind, text: str, expected: str) -> None:
    context = Context(language, ASKED + timedelta(minutes=5), rules(), open=(OpenQuestion(1, kind, ASKED),))
    (answer,) = interpret(text, context).answers

    assert (str(answer.value) if answer.status == "understood" else answer.status) == expected


@given(st.sampled_from([(OF_THREE, 0, 3), (OF_SEVEN, 1, 7)]), st.integers(-20, 20), st.sampled_from(["en", "es"]))
def test_a_bare_number_is_a_value_inside_and_asked_again_outside(
    scale: tuple[AnswerKind, int, int], number: int, language: str
) -> None:
    kind, least, greatest = scale
    answer = understand(str(number), kind, language)

    assert answer.status == ("understood" if least <= number <= greatest else "invalid")
    assert answer.value == (number if least <= number <= greatest else None)


@given(st.sampled_from([OF_THREE, OF_SEVEN]), st.text(max_size=60), st.sampled_from(["en", "es"]))
def test_whatever_is_written_a_value_lies_on_the_scale(kind: AnswerKind, text: str, language: str) -> None:
    answer = understand(text, kind, language)
    least, greatest = (0, 3) if kind is OF_THREE else (1, 7)

    assert (answer.value is not None) == (answer.status == "understood")
    assert answer.value is None or least <= int(answer.value) <= greatest
