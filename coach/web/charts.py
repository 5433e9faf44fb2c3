"""Charts as SVG documents: from series to bytes, with nothing in them that runs or is fetched, and told in words too.

A mark is never told from another by colour alone, silence is a gap and never a nought, and what matters is labelled
where it stands. `narrow` is for a phone, or for a page at 400%.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from coach.domain.goal import Flare
from coach.domain.score_trend import OverTime, over_time_words
from coach.domain.trend import Counted, Walk, counted_words, walks_words
from coach.web.drawing import INKS, NARROW, WIDE, Inks, Spec, Theme, svg

_DAY = timedelta(days=1)
_MS = 1000.0
_LETTER = 8  # pixels, generously: a reader's own font may be wider than the one measured with
_APART = 14  # pixels between the labels of two steps
_LEGEND = (("● minutes", "○ baseline"), ("▲ well over the quota", "━ quota"))


@dataclass(frozen=True)
class _Sheet:
    """What a chart is drawn on: its colours, its width in pixels, and the days from left to right."""

    inks: Inks
    narrow: bool
    first: date
    last: date

    @property
    def width(self) -> int:
        return (NARROW if self.narrow else WIDE) - 72

    @property
    def begins(self) -> float:
        """Where the line of time begins: a little before the first day, so that nothing stands on the axis."""
        return _ms(self.first) - (_ms(self.last) - _ms(self.first)) / 40

    def x(self, **axis: Any) -> Spec:  # noqa: ANN401 (an axis of Vega-Lite)
        return {
            "field": "day",
            "type": "temporal",
            "scale": {"type": "utc", "domain": [self.begins, _ms(self.last)]},
            "axis": {"title": None, "values": [_ms(day) for day in self._ticks()], "format": "%-d %b", **axis},
        }

    def _ticks(self) -> list[date]:
        """A few days, evenly apart, the first and the last among them."""
        days, most = (self.last - self.first).days, 3 if self.narrow else 6
        parts = min(most, days)
        return [self.first + timedelta(days=round(days * number / parts)) for number in range(parts + 1)]


def draw_measures(
    series: Sequence[OverTime], flares: Sequence[Flare], today: date, *, theme: Theme, narrow: bool = False
) -> bytes | None:
    """A panel a measure or an instrument, on one line of time, flares shaded; None where nothing was answered yet."""
    shown = [one for one in series if one.answered]
    if not shown:
        return None
    sheet = _sheet([point.day for one in shown for point in one.points], today, theme, narrow=narrow)
    panels = [_panel(one, flares, sheet, last=one is shown[-1]) for one in shown]
    title = ", ".join(one.name for one in shown) + " over time"
    words = " ".join([*(over_time_words(one) for one in shown), *_flares_words(flares)])
    return svg({"vconcat": panels, "spacing": 14}, sheet.inks, title, words, narrow=narrow)


def draw_minutes(
    walks: Sequence[Walk],
    quotas: Sequence[tuple[date, int]],
    flares: Sequence[Flare],
    today: date,
    *,
    theme: Theme,
    narrow: bool = False,
) -> bytes | None:
    """Minutes against the stepped quota, days well over it in a shape of their own; None where none were reported."""
    said = [one for one in walks if one.minutes is not None]
    if not said:
        return None
    sheet = _sheet([one.day for one in walks], max(today, walks[-1].day), theme, narrow=narrow)
    top = max([one.minutes or 0 for one in said] + [quota for _, quota in quotas]) * 1.2
    y: Spec = {"field": "minutes", "type": "quantitative", "scale": {"domain": [0, top]}}
    y["axis"] = {"title": None, "tickCount": 3, "minExtent": 24}
    layers = [*_bands(flares, sheet), *_quota_line(quotas, sheet, y), *_dots(said, sheet, y)]
    lines = [" · ".join(part) for part in (_LEGEND if narrow else (sum(_LEGEND, ()),))]
    title = {"text": "Minutes in one go", "subtitle": lines}
    spec = {"width": sheet.width, "height": 150, "layer": layers, "title": title}
    words = " ".join([walks_words(walks), *_flares_words(flares)])
    return svg(spec, sheet.inks, "Minutes in one go against the quota", words, narrow=narrow)


def draw_counted(title: str, rows: Sequence[Counted], *, theme: Theme, narrow: bool = False) -> bytes | None:
    """A bar a heading, answered in what could be answered, both figures printed; None where nothing was asked yet."""
    if not rows:
        return None
    inks = INKS[theme]
    values = [
        {"heading": row.heading, "answered": row.answered, "eligible": row.eligible, "of": row.of} for row in rows
    ]
    most = max(1, *(row.eligible for row in rows))
    room = _LETTER * max(len(row.heading) for row in rows)
    y: Spec = {"field": "heading", "type": "nominal", "sort": None}
    y["axis"] = {"title": None, "ticks": False, "domain": False, "labelColor": inks.ink, "minExtent": room}
    x: Spec = {"type": "quantitative", "scale": {"domain": [0, most]}, "axis": None}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "fill": inks.page, "stroke": inks.soft, "strokeWidth": 1.5},
            "encoding": {"y": y, "x": {**x, "field": "eligible"}},
        },
        {"mark": {"type": "bar", "color": inks.accent}, "encoding": {"y": y, "x": {**x, "field": "answered"}}},
        {
            "mark": {"type": "text", "align": "left", "dx": 8, "color": inks.ink},
            "encoding": {"y": y, "x": {**x, "field": "eligible"}, "text": {"field": "of"}},
        },
    ]
    width = max(48, (NARROW if narrow else WIDE) - room - 104)
    spec = {"data": {"values": values}, "width": width, "height": {"step": 28}, "layer": layers}
    spec["title"] = {"text": title, "subtitle": "■ answered · □ could be answered"}
    return svg(spec, inks, f"{title}, answered of what could be answered", counted_words(rows), narrow=narrow)


def _sheet(days: Sequence[date], today: date, theme: Theme, *, narrow: bool) -> _Sheet:
    first, last = min(days), max(*days, today)
    if first == last:
        first, last = first - 3 * _DAY, last + 3 * _DAY
    return _Sheet(INKS[theme], narrow, first, last)


def _panel(series: OverTime, flares: Sequence[Flare], sheet: _Sheet, *, last: bool) -> Spec:
    """One measure: a line that breaks where nobody answered, its highest, lowest and latest value labelled."""
    least, greatest = series.bounds
    rows = [{"day": _ms(point.day), "value": point.value} for point in series.points]
    x = sheet.x(labels=last, ticks=last)
    room = (greatest - least) / 5  # under the least value, so that its label does not stand on the axis
    y: Spec = {"field": "value", "type": "quantitative", "scale": {"domain": [least - room, greatest]}}
    y["axis"] = {
        "title": None,
        "values": [least, *([] if series.cut_off is None else [series.cut_off]), greatest],
        "minExtent": 24,
    }
    line: Spec = {"type": "line", "color": sheet.inks.accent, "strokeWidth": 2, "invalid": "break-paths-filter-domains"}
    line["point"] = {"color": sheet.inks.accent, "size": 28 if sheet.narrow else 36, "opacity": 1}
    layers = [
        *_bands(flares, sheet, x=x),
        *_cut_off(series, sheet, y),
        {"data": {"values": rows}, "mark": line, "encoding": {"x": x, "y": y}},
        *(_label(row, dy, sheet, {"x": x, "y": y}) for row, dy in _told(series)),
    ]
    title = {"text": series.name, "subtitle": _subtitle(series, narrow=sheet.narrow)}
    return {"width": sheet.width, "height": 72, "layer": layers, "title": title}


def _told(series: OverTime) -> list[tuple[Spec, int]]:
    """The values that are printed, with how far from their point: the latest, and the highest and lowest before it."""
    (latest, value), *_ = reversed(series.answered)
    found: list[tuple[Spec, int]] = [
        ({"day": _ms(latest), "value": value, "dx": 8 + 4 * len(str(value)), "bold": True}, 0)
    ]
    values = [one for _, one in series.answered]
    for extreme, dy in ((max(values), -10), (min(values), 11)):
        if extreme != value:
            day = next(day for day, one in series.answered if one == extreme)
            dx = 4 * len(str(extreme)) - 4 if day == series.points[0].day else 0  # off the axis
            found.append(({"day": _ms(day), "value": extreme, "dx": dx, "bold": False}, dy))
    return found


def _cut_off(series: OverTime, sheet: _Sheet, y: Spec) -> list[Spec]:
    """A dashed line at the score that asks for a closer look; the subtitle has its words."""
    cut_off = series.cut_off
    if cut_off is None:
        return []
    rule = {"type": "rule", "strokeDash": [5, 4], "color": sheet.inks.second}
    return [{"data": {"values": [{"value": cut_off}]}, "mark": rule, "encoding": {"y": y}}]


def _subtitle(series: OverTime, *, narrow: bool) -> list[str]:
    if series.cut_off is None:
        return [series.scale]
    lines = [series.scale, f"- - {series.cut_off} or more: look closer"]
    return lines if narrow else [" · ".join(lines)]


def _label(row: Spec, dy: int, sheet: _Sheet, where: Spec) -> Spec:
    colour, weight = (sheet.inks.ink, "bold") if row["bold"] else (sheet.inks.soft, "normal")
    mark = {"type": "text", "dx": row["dx"], "dy": dy, "color": colour, "fontWeight": weight}
    encoding = {**where, "text": {"field": "value"}}
    return {"data": {"values": [row]}, "mark": mark, "encoding": encoding}


def _bands(flares: Sequence[Flare], sheet: _Sheet, *, x: Spec | None = None) -> list[Spec]:
    """Flares, each a shaded stretch with an edge and its name over it, as far as the days shown reach."""
    half = 43_200 * _MS
    rows = []
    for flare in flares:
        last = sheet.last if flare.end is None else max(flare.start, flare.end - _DAY)
        if flare.start <= sheet.last and last >= sheet.first:
            start = max(_ms(flare.start) - half, sheet.begins)
            end = min(_ms(last) + half, _ms(sheet.last))
            rows.append({"day": start, "to": end, "middle": (start + end) / 2, "name": "flare"})
    if not rows:
        return []
    along = sheet.x() if x is None else x
    rect: Spec = {"type": "rect", "fill": sheet.inks.line, "fillOpacity": 0.6, "stroke": sheet.inks.soft}
    rect["strokeDash"] = [3, 3]
    name = {"type": "text", "baseline": "bottom", "dy": -3, "color": sheet.inks.soft}
    return [
        {"data": {"values": rows}, "mark": rect, "encoding": {"x": along, "x2": {"field": "to"}}},
        {
            "data": {"values": rows},
            "mark": name,
            "encoding": {"x": {**along, "field": "middle"}, "y": {"value": 0}, "text": {"field": "name"}},
        },
    ]


def _flares_words(flares: Sequence[Flare]) -> list[str]:
    count = len(flares)
    return [f"{count} {'flare is' if count == 1 else 'flares are'} shaded."] if count else []


def _quota_line(quotas: Sequence[tuple[date, int]], sheet: _Sheet, y: Spec) -> list[Spec]:
    """The quota as steps, each with its minutes over it where there is room."""
    if not quotas:
        return []
    steps = [{"day": _ms(day), "minutes": quota} for day, quota in quotas]
    apart = _APART * (_ms(sheet.last) - sheet.begins) / sheet.width
    nexts = [*(step["day"] for step in steps[1:]), float("inf")]
    roomy = [step for step, after in zip(steps, nexts, strict=True) if after - step["day"] >= apart]
    line = {"type": "line", "interpolate": "step-after", "color": sheet.inks.second, "strokeWidth": 2}
    text = {"type": "text", "align": "left", "dx": 2, "dy": -8, "color": sheet.inks.second}
    ends = [*steps, {"day": _ms(sheet.last), "minutes": quotas[-1][1]}]
    where = {"x": sheet.x(), "y": y}
    return [
        {"data": {"values": ends}, "mark": line, "encoding": where},
        {"data": {"values": roomy}, "mark": text, "encoding": {**where, "text": {"field": "minutes"}}},
    ]


def _dots(said: Sequence[Walk], sheet: _Sheet, y: Spec) -> list[Spec]:
    """A mark a report: a ring before there was a quota, a dot, or a triangle with its minutes where well over."""
    kinds: list[tuple[str, Spec, list[Walk]]] = [
        ("circle", {"filled": False, "strokeWidth": 2}, [one for one in said if one.quota is None]),
        ("circle", {"filled": True}, [one for one in said if one.quota is not None and not one.over]),
        ("triangle-up", {"filled": True, "size": 110}, [one for one in said if one.over]),
    ]
    where = {"x": sheet.x(), "y": y}
    layers: list[Spec] = []
    for shape, more, walks in kinds:
        mark = {"type": "point", "shape": shape, "size": 50, "opacity": 1, "color": sheet.inks.accent, **more}
        rows = [{"day": _ms(one.day), "minutes": one.minutes} for one in walks]
        layers += [{"data": {"values": rows}, "mark": mark, "encoding": where}] if rows else []
    told = [one for one in said if one.over or one is said[-1]]
    text = {"type": "text", "dy": -12, "fontWeight": "bold", "color": sheet.inks.ink}
    rows = [{"day": _ms(one.day), "minutes": one.minutes} for one in told]
    return [*layers, {"data": {"values": rows}, "mark": text, "encoding": {**where, "text": {"field": "minutes"}}}]


def _ms(day: date) -> float:
    """The day's first moment in UTC, in milliseconds: the server's own zone moves no mark."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * _MS
