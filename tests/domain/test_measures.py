"""Instruments: scored only when whole, and compared only with the person's own past."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.measures import (
    INSTRUMENTS,
    NPRS,
    PEG,
    PEG_SCALE,
    PGIC,
    PGIC_WORDS,
    PHQ2,
    PHQ_2,
    RANGES,
    Degree,
    Instrument,
    Measure,
    change,
    instrument_of,
    scale_of,
)
from coach.domain.program import AnswerKind

BY_NAME = {one.name: one for one in INSTRUMENTS}
instruments = st.sampled_from(INSTRUMENTS)


def answers_to(instrument: Instrument) -> st.SearchStrategy[dict[Measure, int | None]]:
    return st.fixed_dictionaries({}, optional={item: st.integers(*RANGES[item]) for item in instrument.items})


def scores_of(instrument: Instrument) -> st.SearchStrategy[Fraction]:
    least, greatest = instrument.bounds
    parts = len(instrument.items) if instrument.scoring == "mean" else 1
    return st.integers(least * parts, greatest * parts).map(lambda value: Fraction(value, parts))


def test_peg_is_the_mean_and_phq_2_the_sum() -> None:
    assert PEG_SCALE.score(dict(zip(PEG, (7, 6, 6), strict=True))) == Fraction(19, 3)
    assert PHQ_2.score(dict(zip(PHQ2, (2, 3), strict=True))) == 5


@pytest.mark.parametrize("missing", [*PEG, *PHQ2])
@pytest.mark.parametrize("value", [None, -1, 11])
def test_nothing_is_filled_in_for_an_item_that_lacks_or_lies_outside(missing: Measure, value: int | None) -> None:
    instrument = instrument_of(missing)
    answers: dict[Measure, int | None] = dict.fromkeys(instrument.items, 1)

    assert instrument.score(answers | {missing: value}) is None


@given(st.data(), instruments)
def test_a_score_lies_within_its_bounds_and_needs_every_item(data: st.DataObject, instrument: Instrument) -> None:
    answers = data.draw(answers_to(instrument))
    score = instrument.score(answers)

    assert (score is None) == (len(answers) < len(instrument.items))
    assert score is None or instrument.bounds[0] <= score <= instrument.bounds[1]


def test_every_measure_is_an_item_of_one_instrument_and_has_an_answer_kind_of_its_range() -> None:
    assert sorted(item for one in INSTRUMENTS for item in one.items) == sorted(Measure)
    assert {AnswerKind(scale_of(measure)) for measure in Measure} <= set(AnswerKind)


CHANGES = [
    ("nprs", 8, 8, "same", "none"),
    ("nprs", 10, 9, "better", "minimal"),
    ("nprs", 8, 6, "better", "moderate"),  # 25%, and 2 points
    ("nprs", 3, 2, "better", "moderate"),  # 1 point, and 33%
    ("nprs", 8, 4, "better", "substantial"),
    ("nprs", 4, 8, "worse", "substantial"),
    ("nprs", 0, 2, "worse", "substantial"),
    ("peg", 6, Fraction(17, 3), "better", "none"),
    ("peg", 7, Fraction(19, 3), "better", "minimal"),
    ("peg", 7, Fraction(16, 3), "better", "minimal"),
    ("peg", 7, Fraction(21, 4), "better", "moderate"),  # 1.75
    ("peg", 3, 2, "better", "moderate"),  # 33%
    ("peg", Fraction(1, 3), 0, "better", "none"),  # all of it, and nothing that anybody would feel
    ("peg", 5, 7, "worse", "moderate"),
    ("phq2", 6, 0, "better", None),  # nobody has published how much matters
    ("sleep", 3, 7, "better", None),
    ("mood", 7, 3, "worse", None),
    ("confidence", 5, 5, "same", "none"),
    ("pgic", None, 1, "better", "substantial"),
    ("pgic", None, 2, "better", "moderate"),
    ("pgic", None, 3, "better", "minimal"),
    ("pgic", 1, 4, "same", "none"),
    ("pgic", None, 5, "worse", "minimal"),
    ("pgic", None, 6, "worse", "moderate"),
    ("pgic", None, 7, "worse", "substantial"),
]


@pytest.mark.parametrize(("name", "before", "after", "way", "degree"), CHANGES)
def test_a_change_is_called_as_the_sources_have_it(
    name: str, before: Fraction | None, after: Fraction, way: str, degree: str | None
) -> None:
    found = change(BY_NAME[name], before, after)

    assert found is not None
    assert (found.way, found.degree) == (way, degree)


@given(st.data(), instruments.filter(lambda one: one is not PGIC))
def test_back_again_is_as_far_the_other_way(data: st.DataObject, instrument: Instrument) -> None:
    before, after = data.draw(scores_of(instrument)), data.draw(scores_of(instrument))
    there, back = change(instrument, before, after), change(instrument, after, before)

    assert there is not None
    assert back is not None
    assert (there.degree, there.points) == (back.degree, back.points)
    assert {there.way, back.way} in ({"same"}, {"better", "worse"})


@given(st.data(), st.sampled_from([NPRS, PEG_SCALE]))
def test_the_further_the_more(data: st.DataObject, instrument: Instrument) -> None:
    start, near, far = sorted(data.draw(st.tuples(*[scores_of(instrument)] * 3)), reverse=True)
    order = list(Degree)
    less, more = change(instrument, start, near), change(instrument, start, far)

    assert less is not None
    assert more is not None
    assert order.index(less.degree or Degree.NONE) <= order.index(more.degree or Degree.NONE)


@given(instruments)
def test_what_is_not_known_has_not_changed(instrument: Instrument) -> None:
    assert change(instrument, 3, None) is None
    assert (change(instrument, None, 3) is None) == (instrument is not PGIC)


def test_pgic_has_a_word_for_each_value() -> None:
    least, greatest = PGIC.bounds

    assert sorted(PGIC_WORDS) == list(range(least, greatest + 1))


def test_words_that_nobody_allowed_are_the_clinics_to_enter() -> None:
    assert {one.name for one in INSTRUMENTS if one.words == "clinic"} == {"peg", "phq2"}


@pytest.mark.parametrize(("score", "band"), [(0, "mild"), (4, "moderate"), (7, "severe"), (10, "severe")])
def test_bands_of_peg_cover_its_range(score: int, band: str) -> None:
    assert PEG_SCALE.band(Fraction(score)) == band
    assert PHQ_2.band(Fraction(score)) is None
