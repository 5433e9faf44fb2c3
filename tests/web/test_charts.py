import re
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.goal import Flare
from coach.domain.measures import PEG_SCALE, PHQ_2, Measure
from coach.domain.score_trend import ScoreSeries
from coach.domain.trend import Counted, Point, Series, Walk, series_words
from coach.web.charts import draw_counted, draw_measures, draw_minutes
from coach.web.drawing import INKS, Theme

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)
TODAY = MONDAY + 40 * DAY
SVG = "{http://www.w3.org/2000/svg}"
THEMES: tuple[Theme, ...] = get_args(Theme)

PAIN = Series(
    Measure.PAIN, tuple(Point(MONDAY + 7 * number * DAY, value) for number, value in enumerate((6, 8, None, 5, 3, 4)))
)
MOOD = Series(Measure.MOOD, (Point(MONDAY, 2), Point(MONDAY + 7 * DAY, 9)))
WALKS = (
    Walk(MONDAY, 10),
    Walk(MONDAY + 7 * DAY, 13, 8, "starts at 8 minutes"),
    Walk(MONDAY + 9 * DAY, None, 8, ""),
    Walk(MONDAY + 14 * DAY, 9, 9, "raised from 8 to 9 minutes"),
)
QUOTAS = ((MONDAY + 7 * DAY, 8), (MONDAY + 14 * DAY, 9))
WEEKS = (Counted("Week 1", 5, 6), Counted("Week 2", 0, 3, ("2 in a pause",)), Counted("Week 3", 0, 0))
FLARES = (Flare(MONDAY + 16 * DAY, MONDAY + 20 * DAY),)

Draw = Callable[[Theme, bool], bytes | None]
EVERY: dict[str, Draw] = {
    "measures": lambda theme, narrow: draw_measures([PAIN, MOOD], FLARES, TODAY, theme=theme, narrow=narrow),
    "minutes": lambda theme, narrow: draw_minutes(WALKS, QUOTAS, FLARES, TODAY, theme=theme, narrow=narrow),
    "weeks": lambda theme, narrow: draw_counted("Answers by week", WEEKS, theme=theme, narrow=narrow),
}


def drawn(svg: bytes | None) -> ET.Element:
    assert svg is not None
    return ET.fromstring(svg)  # noqa: S314 (our own document)


def printed(root: ET.Element) -> list[str]:
    """Every text of the drawing, in its order."""
    return ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]


def inside(root: ET.Element, kind: str) -> list[ET.Element]:
    """The paths of the marks of that kind."""
    groups = [one for one in root.iter(f"{SVG}g") if f"mark-{kind}" in one.get("class", "").split()]
    return [path for group in groups for path in group.iter(f"{SVG}path")]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", EVERY)
def test_a_chart_is_a_document_that_says_in_words_what_it_shows(name: str, theme: Theme, *, narrow: bool) -> None:
    root = drawn(EVERY[name](theme, narrow))
    title, desc = root[0], root[1]

    assert (root.tag, root.get("role"), root.get("aria-labelledby")) == (f"{SVG}svg", "img", "title desc")
    assert (title.tag, title.get("id"), desc.tag, desc.get("id")) == (f"{SVG}title", "title", f"{SVG}desc", "desc")
    assert title.text
    assert desc.text
    assert root.get("width") == ("328" if narrow else "660")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", EVERY)
def test_nothing_in_a_chart_runs_or_is_fetched(name: str, theme: Theme) -> None:
    svg = (EVERY[name](theme, False) or b"").decode().replace('xmlns="http://www.w3.org/2000/svg"', "")

    assert not re.search(r"<script|\son\w+=|href|url\(|@import|https?:|javascript:|<image|<foreignObject", svg)


def test_the_latest_the_highest_and_the_lowest_value_are_printed_and_told() -> None:
    root = drawn(draw_measures([PAIN], (), TODAY, theme="light"))

    assert {"Pain", "0 none, 10 worst", "4", "8", "3"} <= set(printed(root))
    assert root[1].text == series_words(PAIN)
    assert series_words(PAIN) == (
        "Pain (0 none, 10 worst): latest 4 on 28 Dec 2026; lowest 3, highest 8; lower than before, which is better"
        " (3.5 on average in the newer half, 7.0 in the older). 5 of 6 answered."
    )


def test_where_nobody_answered_the_line_breaks() -> None:
    root = drawn(draw_measures([PAIN], (), TODAY, theme="light"))
    (line,) = inside(root, "line")

    assert line.get("d", "").count("M") == 2
    assert len(inside(root, "symbol")) == 5


def test_a_day_without_minutes_is_no_mark_at_all() -> None:
    root = drawn(draw_minutes(WALKS, (), (), TODAY, theme="light"))

    assert len(inside(root, "symbol")) == 3


def test_a_day_well_over_the_quota_has_a_shape_of_its_own_and_its_minutes() -> None:
    root = drawn(draw_minutes(WALKS, QUOTAS, (), TODAY, theme="light"))
    ring, dot, triangle = inside(root, "symbol")

    assert (ring.get("fill"), dot.get("fill")) == (None, INKS["light"].accent)
    assert "A" in dot.get("d", "")
    assert "A" not in triangle.get("d", "")
    assert {"13", "9", "8"} <= set(printed(root))
    assert "well over it on 30 Nov 2026" in (root[1].text or "")


def test_a_flare_is_shaded_and_named_as_far_as_the_days_shown_reach() -> None:
    elsewhere = Flare(MONDAY - 90 * DAY, MONDAY - 80 * DAY)
    root = drawn(draw_measures([PAIN], (*FLARES, elsewhere, Flare(TODAY - DAY)), TODAY, theme="light"))

    assert printed(root).count("flare") == 2


def test_bars_print_what_was_answered_of_what_could_be() -> None:
    root = drawn(draw_counted("Answers by week", WEEKS, theme="dark"))

    assert {"5 of 6", "0 of 3", "none to answer", "Week 1", "Week 2", "Week 3"} <= set(printed(root))
    assert root[1].text == "Week 1: 5 of 6; Week 2: 0 of 3; Week 3: none to answer."


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("theme", THEMES)
def test_where_there_is_nothing_yet_there_is_no_chart(theme: Theme, *, narrow: bool) -> None:
    silent = Series(Measure.SLEEP, (Point(MONDAY, None),))

    assert draw_measures([silent], (), TODAY, theme=theme, narrow=narrow) is None
    assert draw_minutes([Walk(MONDAY, None)], (), (), TODAY, theme=theme, narrow=narrow) is None
    assert draw_counted("Answers by week", (), theme=theme, narrow=narrow) is None


def test_one_value_on_one_day_is_a_chart() -> None:
    only = Series(Measure.CONFIDENCE, (Point(TODAY, 0),))

    assert "0" in printed(drawn(draw_measures([only], (), TODAY, theme="light")))


def test_names_from_a_program_are_no_markup() -> None:
    root = drawn(draw_counted("<b>Tom & Jo</b>", [Counted("<script>", 1, 2)], theme="light"))

    assert "<script>" in printed(root)
    assert root[0].text == "<b>Tom & Jo</b>, answered of what could be answered"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1, max_size=40), st.sampled_from(THEMES))
def test_every_answer_is_one_mark_and_every_stretch_of_answers_one_line(values: list[int | None], theme: Theme) -> None:
    series = Series(Measure.MOOD, tuple(Point(MONDAY + number * DAY, one) for number, one in enumerate(values)))
    svg = draw_measures([series], (), MONDAY + 40 * DAY, theme=theme)
    answered = sum(one is not None for one in values)
    stretches = sum(after is not None and before is None for before, after in pairwise([None, *values]))

    if answered == 0:
        assert svg is None
    else:
        root = drawn(svg)
        assert len(inside(root, "symbol")) == answered
        assert sum(line.get("d", "").count("M") for line in inside(root, "line")) == stretches


@pytest.mark.parametrize("theme", THEMES)
def test_words_and_marks_stand_out_from_the_page(theme: Theme) -> None:
    inks = INKS[theme]

    assert min(contrast(one, inks.page) for one in (inks.ink, inks.soft, inks.second)) >= 4.5
    assert contrast(inks.accent, inks.page) >= 3
    assert min(contrast(one, inks.line) for one in (inks.accent, inks.second, inks.ink)) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, by WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


PHQ_2_SERIES = ScoreSeries(PHQ_2, tuple((MONDAY + 14 * number * DAY, Fraction(4 - number)) for number in range(3)))
PEG_SERIES = ScoreSeries(PEG_SCALE, ((MONDAY, Fraction(19, 3)), (MONDAY + 14 * DAY, None), (TODAY, Fraction(5))))


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("theme", THEMES)
def test_scores_stand_beside_the_line_that_asks_for_a_closer_look(theme: Theme, *, narrow: bool) -> None:
    root = drawn(draw_measures([PEG_SERIES, PHQ_2_SERIES], (), TODAY, theme=theme, narrow=narrow))
    words = printed(root)

    assert {"6.3", "5", "4", "2"} <= set(words)
    assert any("3 or more: look closer" in one for one in words)
    assert "PHQ-2 (0 not at all, 6 nearly every day): latest 2" in (root[1].text or "")


def test_a_score_without_a_cut_off_has_no_such_line() -> None:
    words = printed(drawn(draw_measures([PEG_SERIES], (), TODAY, theme="light")))

    assert not any("look closer" in one for one in words)
