from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.page import Links, page_text, without_link
from coach.domain.segment import count

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
LINKS = Links("https://coach.example.org", b"k" * 32)


@pytest.mark.parametrize(
    "other",
    [
        LINKS.token(13, TEN, 0, "Bo", "sms"),
        LINKS.token(12, TEN + timedelta(seconds=1), 0, "Bo", "sms"),
        LINKS.token(12, TEN, 1, "Bo", "sms"),
        LINKS.token(12, TEN, 0, "Kim", "sms"),
        LINKS.token(12, TEN, 0, "Bo", "email"),
        Links("https://coach.example.org", b"j" * 32).token(12, TEN, 0, "Bo", "sms"),
    ],
)
def test_each_page_has_a_link_of_its_own_that_hangs_on_the_key(other: str) -> None:
    token = LINKS.token(12, TEN, 0, "Bo", "sms")

    assert token == LINKS.token(12, TEN, 0, "Bo", "sms")
    assert token != other


@given(
    case_id=st.integers(1, 10**7),
    host=st.from_regex(r"https://[a-z0-9.-]{4,80}", fullmatch=True),
    key=st.binary(min_size=32, max_size=32),
)
def test_a_page_is_one_segment_of_plain_letters_and_ends_in_its_whole_link(case_id: int, host: str, key: bytes) -> None:
    link = Links(host, key).address(Links(host, key).token(case_id, TEN, 3, "Nurse Bo", "sms"))
    text = page_text(case_id, link)

    assert count(text).segments == 1
    assert count(text).encoding == "GSM-7"
    assert text.endswith(f" {link}")
    assert f"case {case_id}" in text


def test_a_text_that_has_left_keeps_everything_but_its_links_token() -> None:
    assert without_link("coach: case 12 needs you now. Acknowledge: https://coach.example.org/a/T0_k-n") == (
        "coach: case 12 needs you now. Acknowledge: https://coach.example.org/a/..."
    )
    assert without_link(without_link("x/a/b")) == "x/a/..."
    assert without_link("nothing to hide") == "nothing to hide"
