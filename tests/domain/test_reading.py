from collections.abc import Callable

import pytest

from coach.content.reading import english_syllables, reading_score, too_hard
from coach.domain.reading import (
    Counted,
    counted,
    english_guess,
    fernandez_huerta,
    flesch_kincaid,
    sentences_of,
    spanish_syllables,
)

Count = Callable[[str], int]
PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."


def test_a_published_sentence_of_13_words_and_24_syllables_is_at_grade_11_3() -> None:
    assert round(flesch_kincaid(Counted(words=13, sentences=1, syllables=24)), 1) == 11.3
    assert counted(PLATYPUS.replace("Aus", "aus"), "en", english_syllables) == Counted(13, 1, 24)


def test_the_easiest_english_is_one_short_word_a_sentence() -> None:
    assert flesch_kincaid(Counted(words=1, sentences=1, syllables=1)) == pytest.approx(-3.40)
    assert flesch_kincaid(counted("The cat sat on the mat.", "en", english_syllables)) == pytest.approx(-1.45)


def test_the_spanish_formula_is_the_corrected_one() -> None:
    # 206.84 - 0.60 x syllables in 100 words - 1.02 x words a sentence (Fernández Huerta 1959; Law 2011)
    assert fernandez_huerta(Counted(words=100, sentences=10, syllables=200)) == pytest.approx(206.84 - 120 - 10.2)
    assert fernandez_huerta(counted("El sol sale. El pan es bueno.", "es", spanish_syllables)) == pytest.approx(
        206.84 - 60 * 9 / 7 - 1.02 * 3.5
    )


@pytest.mark.parametrize(
    ("words", "syllables"),
    [
        ("y sol pie muy hoy rey que guion buey ya", 1),
        ("día ahí país leer ruido suave ciudad raíz mayo ahumar prohibir cambiáis búho quiero guerra", 2),
        ("ahora poeta idea había cuidado pingüino aéreo energía espalda cuídate oía guitarra", 3),
        ("poesía aeropuerto responde", 4),
    ],
)
def test_spanish_syllables_follow_diphthong_and_hiatus(words: str, syllables: int) -> None:
    apart = {"ahumar": 2, "aéreo": 4, "energía": 4, "aeropuerto": 5, "responde": 3}

    for word in words.split():
        assert spanish_syllables(word) == apart.get(word, syllables), word


@pytest.mark.parametrize("count", [english_syllables, english_guess])
def test_english_syllables_with_the_dictionary_and_without(count: Count) -> None:
    known = {"minutes": 2, "walked": 1, "little": 2, "gently": 2, "breathe": 1, "movement": 2, "started": 2, "table": 2}

    assert {word: count(word) for word in known} == known


def test_a_word_that_no_dictionary_has_is_counted_all_the_same() -> None:
    assert english_syllables("zorbling") == 2
    assert english_syllables("today's") == english_syllables("today’s") == 2


def test_figures_values_names_and_answer_words_are_left_out() -> None:
    text = "Hi {{ name }}: 12 min at 9:30 am with Dr Kim. I am glad! Reply DONE, Y or 0-10."

    assert sentences_of(text, "en") == [["Hi", "min", "at", "with"], ["I", "am", "glad"], ["Reply", "or"]]


def test_what_stands_under_an_if_is_read_and_under_an_else_not() -> None:
    text = "Good.{% if goal %} Your goal is {{ goal }}.{% else %} None yet.{% endif %} Rest."

    assert sentences_of(text, "en") == [["Good"], ["Your", "goal", "is"], ["Rest"]]


def test_a_spanish_semicolon_ends_a_sentence_and_a_question_begins_one() -> None:
    assert sentences_of("Hoy descansa; mañana, ¿Quieres andar?", "es") == [
        ["Hoy", "descansa"],
        ["mañana", "Quieres", "andar"],
    ]


def test_fewer_than_five_words_are_not_judged() -> None:
    assert reading_score("Extraordinary circumstances. Reply DONE.", "en") is None


def test_the_bounds_are_grade_6_and_ease_70_as_they_are_shown() -> None:
    assert [too_hard(grade, "en") for grade in (6.0, 6.04, 6.06)] == [False, False, True]
    assert [too_hard(ease, "es") for ease in (70.0, 69.96, 69.94)] == [False, False, True]
