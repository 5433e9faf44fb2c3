import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.consent_words import Wanted, read_wish
from coach.domain.segment import count
from tests.domain.samples import SAMPLES

ROOT = Path(__file__).parents[2]
WISHES = json.loads((Path(__file__).parent / "data" / "wishes.json").read_text(encoding="utf-8"))
KEYWORDS = ("stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe")  # 47 CFR 64.1200(a)(10)


def wish(text: str, *, opted_out: bool = False, asked: bool = False) -> str:
    wanted = read_wish(text, opted_out=opted_out, asked=asked)
    return wanted.wish if wanted else "none"


def test_a_wish_is_heard_in_any_wording() -> None:
    assert [(text, wish(text)) for text, expected in WISHES if wish(text) != expected] == []


@pytest.mark.parametrize("keyword", KEYWORDS)
@pytest.mark.parametrize(
    "written",
    [
        "{}",
        "{}!!!",
        " {}. ",
        "please {}",
        "{} please",
        "{} 🛑",
        "{} {} {}",
        "{} Bob",
        "{}, Ana",
        "{} asshole",
        "pls {} now",
    ],
)
def test_a_keyword_is_stop_whatever_stands_beside_it(keyword: str, written: str) -> None:
    for cased in (keyword, keyword.upper(), keyword.capitalize()):
        assert wish(written.replace("{}", cased)) == "stop"


@pytest.mark.parametrize(
    "text", ["STOP, I want to die", "STOP. did 10 minutes", "too sore today. STOP", "Unsubscribe - thanks"]
)
def test_a_keyword_before_or_after_a_pause_is_stop(text: str) -> None:
    assert wish(text) == "stop"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wrong number", Wanted("stop", ("wrong number",), wrong_person=True)),
        ("this isnt Ana", Wanted("stop", ("this isnt Ana",), wrong_person=True)),
        ("ya no es su numero", Wanted("stop", ("ya no es su numero",), wrong_person=True)),
        ("she died", Wanted("stop", ("she died",), wrong_person=True)),
        ("stop texting me", Wanted("stop", ("stop texting",), wrong_person=False)),
        ("this is Ana's husband, she is asleep", None),
        ("I'm not Ana, this is her husband", None),
        ("my husband died in march, still sad", None),
        ("sorry wrong number, should be 6", None),
    ],
)
def test_somebody_elses_number_is_told_from_a_household_and_from_grief(text: str, expected: Wanted | None) -> None:
    assert read_wish(text, opted_out=False, asked=False) == expected


def test_yes_starts_only_who_has_stopped() -> None:
    assert (wish("yes", opted_out=True), wish("yes")) == ("start", "none")


@pytest.mark.parametrize("text", ["I'm done", "I give up", "what is this", "quién es"])
def test_an_open_question_takes_what_may_answer_it(text: str) -> None:
    assert (wish(text) == "none", wish(text, asked=True)) == (False, "none")


@pytest.mark.parametrize(
    "text",
    [
        "me voy a matar",
        "want to end my lyfe",
        "i want to end it all",
        "no me busquen",
        "ya no quiero estar aquí, en este mundo",
        "ya no quiero vivir",
        "i dont want to be here anymore",
        "i wish the back pain would shut up",
        "no quiero seguir así",
        "quiero acabar con todo",
    ],
)
def test_a_cry_for_help_ends_no_texts(text: str) -> None:
    assert wish(text) != "stop"


@pytest.mark.parametrize("asked", [True, False])
def test_no_answer_is_taken_for_a_stop(*, asked: bool) -> None:
    assert [one["reply"] for one in SAMPLES if wish(one["reply"], asked=asked) == "stop"] == []


@given(
    st.sampled_from([text for text, _ in WISHES]),
    st.sampled_from([str.upper, str.lower]),
    st.sampled_from(["", " ", "  ", "\n"]),
    st.sampled_from(["", "!", "!!", ".", " ...", " 🙏"]),
)
def test_case_accents_spacing_and_trailing_punctuation_change_nothing(
    text: str, cased: object, before: str, after: str
) -> None:
    assert callable(cased)
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    plain = re.sub(" ", "  ", plain)

    assert wish(before + cased(plain) + after) == wish(text)


@given(st.sampled_from([text for text, _ in WISHES]), st.text(max_size=8), st.text(max_size=8))
def test_the_words_that_decided_are_the_writers_own(text: str, before: str, after: str) -> None:
    wanted = read_wish(before + text + after, opted_out=False, asked=False)

    assert all(words and words in before + text + after for words in (wanted.because if wanted else ()))


@given(st.text(max_size=1600), st.booleans(), st.booleans())
def test_no_text_raises(text: str, opted_out: bool, asked: bool) -> None:
    assert wish(text, opted_out=opted_out, asked=asked) in {"none", "stop", "start", "help", "unsure"}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_one_question_back_is_one_plain_text_with_a_long_clinic_name(language: str) -> None:
    words = (ROOT / "messages" / language / "shared" / "unsure.txt").read_text(encoding="utf-8").rstrip("\n")
    text = words.replace("{{ clinic }}", "c" * 30)

    size = count(text)

    assert (size.encoding, size.segments) == ("GSM-7", 1)
