import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.content.csv_cells import as_typed, defused


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        " =1+1",
        "\t=1+1",
        "\u00a0=1",
        "＝1+1",
        "\u3000＋1",
        "+12025550143",
        "-5",
        "@SUM(A1)",
        "|calc",
        "%0A",
        "\r",
        "\n=1",
    ],
)
def test_what_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("value", [5, -5, 0.25, None, True, "", "Ana", "a=b", "3 - 4", "'tis fine", "¿=?"])
def test_numbers_and_plain_words_stay_as_they_are(value: object) -> None:
    assert defused(value) == value


@given(st.text(alphabet=st.sampled_from("'=+-@＝ \t\nab1") | st.characters(codec="utf-8")))
def test_what_was_defused_is_read_as_it_was_typed(text: str) -> None:
    assert as_typed(str(defused(text))) == text or text.startswith("'")
