import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.segment import GSM_BASIC, GSM_EXTENDED, LIMITS, Size, count

ROWS = json.loads((Path(__file__).parent / "data" / "segments.json").read_text(encoding="utf-8"))
GSM = st.text(st.sampled_from(sorted(GSM_BASIC | GSM_EXTENDED)), max_size=700)


@pytest.mark.parametrize(("text", "encoding", "segments", "units"), ROWS)
def test_a_text_costs_what_the_fields_calculators_say(text: str, encoding: str, segments: int, units: int) -> None:
    size = count(text)

    assert (size.encoding, size.segments, size.units) == (encoding, segments, units)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", Size("GSM-7", 0, 0)),
        ("a" * 160, Size("GSM-7", 1, 160)),
        ("a" * 161, Size("GSM-7", 2, 161)),
        ("a" * 306, Size("GSM-7", 2, 306)),
        ("a" * 307, Size("GSM-7", 3, 307)),
        ("á" * 70, Size("UCS-2", 1, 70)),
        ("á" * 71, Size("UCS-2", 2, 71)),
        ("€" * 80, Size("GSM-7", 1, 160)),
        ("a" * 152 + "€" + "a" * 152, Size("GSM-7", 3, 306)),  # the euro sign does not fit after 152, and is not split
        ("á" * 66 + "😀" + "á" * 66, Size("UCS-2", 3, 134)),
        ("á" * 64 + "🇺🇸" + "á" * 66, Size("UCS-2", 3, 134)),  # a flag is two letters of two units
        ("ñ¿é", Size("GSM-7", 1, 3)),
        ("\ud83d", Size("UCS-2", 1, 1)),  # half a pair counts as what it is
    ],
)
def test_the_edges_of_a_segment(text: str, size: Size) -> None:
    assert count(text) == size


@given(st.text(max_size=700))
def test_every_text_has_enough_segments_and_never_an_empty_one(text: str) -> None:
    size = count(text)
    alone, each = LIMITS[size.encoding]

    assert size.units >= len(text)
    assert (size.segments <= 1) == (size.units <= alone)
    assert size.segments <= 1 or size.segments * each >= size.units


@given(GSM)
def test_gsm_letters_lose_at_most_one_septet_a_segment(text: str) -> None:
    size = count(text)

    assert size.encoding == "GSM-7"
    assert size.segments <= 1 or (size.segments - 1) * 152 < size.units


@given(st.text(max_size=300), st.text(max_size=300))
def test_more_text_never_costs_less(text: str, more: str) -> None:
    assert count(text + more).units >= count(text).units
    assert count(text + more).segments >= count(text).segments
