"""Number words, spelt by a speller of the tests' own in both languages, are the number."""

import unicodedata

import pytest

from coach.domain.answers.numbers import numerals
from coach.domain.normal import read_line

ENOUGH = 1440  # minutes of a day
EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
EN_SMALL = [*EN.split(), "eighteen", "nineteen"]
EN_TENS = ["", "", *"twenty thirty forty fifty sixty seventy eighty ninety".split()]  # noqa: SIM905
ES = "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete"
ES_SMALL = [*ES.split(), *"dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro".split()]  # noqa: SIM905
ES_SMALL += "veinticinco veintiséis veintisiete veintiocho veintinueve".split()  # noqa: SIM905
ES_TENS = ["", "", "", *"treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()]  # noqa: SIM905
ES_HUNDREDS = ["", "ciento", *"doscientos trescientos cuatrocientos quinientos seiscientos setecientos".split()]  # noqa: SIM905
ES_HUNDREDS += ["ochocientos", "novecientos"]


def english(number: int, link: str = "-", joined: str = " and ") -> str:
    if number < 20:
        return EN_SMALL[number]
    if number < 100:
        return EN_TENS[number // 10] + (link + EN_SMALL[number % 10] if number % 10 else "")
    unit, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = number % unit
    spelt = f"{english(number // unit)} {name}"
    return spelt + ((joined if rest < 100 else " ") + english(rest, link, joined) if rest else "")


def spanish(number: int) -> str:
    if number < 30:
        return ES_SMALL[number]
    if number < 100:
        return ES_TENS[number // 10] + (" y " + ES_SMALL[number % 10] if number % 10 else "")
    if number >= 1000:
        return "mil" + (" " + spanish(number - 1000) if number > 1000 else "")
    rest = number % 100
    return "cien" if number == 100 else ES_HUNDREDS[number // 100] + (" " + spanish(rest) if rest else "")


def plain(words: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", words) if not unicodedata.combining(char))


def heard(words: str, language: str) -> str:
    return numerals(read_line(words), language).words.strip()


def test_every_number_of_minutes_is_heard_however_it_is_spelt() -> None:
    for number in range(ENOUGH + 1):
        ways = [("en", english(number)), ("en", english(number, " ", " ")), ("en", english(number).upper())]
        ways += [("es", spanish(number)), ("es", plain(spanish(number)))]
        assert {heard(words, language) for language, words in ways} == {str(number)}, ways


@pytest.mark.parametrize(
    ("words", "as_written"),
    [
        ("no one came", "no one came"),
        ("one of those days", "one of those days"),
        ("five or six", "5 or 6"),
        ("ten fifteen", "10 15"),
        ("unos veinte", "unos 20"),
        ("twelve hundred", "1200"),
        ("two dozen", "24"),
    ],
)
def test_two_numbers_stay_two_and_what_says_none_is_none(words: str, as_written: str) -> None:
    assert heard(words, "en") == as_written
