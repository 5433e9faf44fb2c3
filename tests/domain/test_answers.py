import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.answers import understand
from coach.domain.program import AnswerKind


def said(reply: str, kind: str, language: str = "en") -> str:
    answer = understand(reply, AnswerKind(kind), language)
    return answer.status if answer.value is None else str(answer.value)


@pytest.mark.parametrize(
    ("kind", "reply", "expected"),
    [
        ("scale_0_10", "6, worse after sitting", "6"),
        ("scale_0_10", "sorry, 6", "6"),
        ("scale_0_10", "7 sorry 8", "8"),
        ("scale_0_10", "slept 5 hours, pain 3", "3"),
        ("scale_0_10", "it went from 7 to 5", "unclear"),
        ("scale_0_10", "could only be an 8", "8"),
        ("scale_0_10", "11/10", "invalid"),
        ("scale_0_10", "9" * 5000, "invalid"),
        ("scale_0_10", "skip", "skip"),
        ("minutes", "tres cuartos de hora", "45"),
        ("minutes", "2 1/2 hours", "150"),
        ("minutes", "treinta y cinco", "35"),
        ("minutes", "20 min with 2 breaks", "20"),
        ("minutes", "15 min in the morning and 10 at night", "unclear"),
        ("minutes", "will do 20 later", "unclear"),
        ("minutes", "more than 20", "unclear"),
        ("minutes", "1441", "invalid"),
        ("minutes", "20 in the morning and 15 after tea, so 35 in all", "35"),
        ("minutes", "minus 5 minutes haha", "invalid"),
        ("minutes", "my wife did 40 and I did 10", "10"),
        ("minutes", "walked 20 to my mom's house", "20"),
        ("scale_0_10", "My brother's knee is an 8 poor man", "unclear"),
        ("scale_0_10", "mi esposo tiene 8, yo 5", "5"),
        ("time", "My daughter visits at 3pm so not then", "unclear"),
        ("time", "my wife gets home at 6pm so 7pm", "19:00"),
        ("done", "my wife did all of hers", "unclear"),
        ("done", "I didn't but my wife did", "not_done"),
        ("done", "me and my husband did them", "done"),
        ("yes_no", "no, my husband did", "no"),
        ("time", "quarter to 9 pm", "20:45"),
        ("time", "nueve menos cuarto de la noche", "20:45"),
        ("time", "6:45", "unclear"),
        ("time", "06:45", "06:45"),
        ("time", "after 9am", "unclear"),
        ("done", "too sore but did it", "done"),
        ("done", "did the walk but not the stretches", "partial"),
        ("done", "in a bit", "unclear"),
        ("done", "3 of 3", "done"),
        ("done", "complted", "done"),
        ("yes_no", "claro que no", "no"),
        ("yes_no", "sure didn't", "no"),
        ("yes_no", "siii", "yes"),
        ("text", "skip, bad day", "skip"),
        ("text", "5", "unclear"),
    ],
)
def test_comments_corrections_slips_and_decoys(kind: str, reply: str, expected: str) -> None:
    assert said(reply, kind) == expected


@given(
    st.integers(0, 10),
    st.sampled_from(["{}", "{}!!", "  {} ", "{}/10", "it's {} today", "un {}", "{} 😣", "*{}*", "~{}"]),
)
def test_a_whole_number_to_ten_is_itself_however_it_is_dressed(number: int, dress: str) -> None:
    assert said(dress.format(number), "scale_0_10") == str(number)


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_padded_time_is_itself(hour: int, minute: int) -> None:
    assert said(f"{hour:02}:{minute:02}", "time") == f"{hour:02}:{minute:02}"


@given(st.text(max_size=60), st.sampled_from(AnswerKind), st.sampled_from(["en", "es"]))
def test_no_text_is_too_strange_to_be_read(text: str, kind: AnswerKind, language: str) -> None:
    answer = understand(text, kind, language)

    assert (answer.value is not None) == (answer.status == "understood")
    assert all(words in text for words in answer.because)


@pytest.mark.parametrize(
    ("reply", "kind", "expected"),
    [
        ("se me va la manzana del árbol", "time", "unclear"),
        ("hoy no se pudo", "done", "not_done"),
        ("un nuevo día", "minutes", "unclear"),
        ("the door", "scale_0_10", "unclear"),
        ("me quedé en casa", "yes_no", "no"),
    ],
)
def test_a_word_of_either_language_is_no_slip_of_another(reply: str, kind: str, expected: str) -> None:
    assert said(reply, kind, "es") == expected
