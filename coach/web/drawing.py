"""What all charts have in common: colours, widths, and the SVG document that says in words what it shows."""

import re
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape

import vl_convert

Spec = dict[str, Any]  # of Vega-Lite
Theme = Literal["light", "dark"]
FONT = "system-ui, -apple-system, Segoe UI, Roboto, sans-serif"
WIDE, NARROW = 660, 328  # pixels: of a page's column, and of a phone's


@dataclass(frozen=True)
class Inks:
    """The colours of a theme, as the pages have them."""

    ink: str
    soft: str
    page: str
    line: str
    accent: str
    second: str


INKS: dict[Theme, Inks] = {
    "light": Inks("#1f2a2b", "#5a6869", "#fbfcfa", "#d5dcd7", "#1f6b66", "#8a4b08"),
    "dark": Inks("#e7eceb", "#9dabab", "#1a2224", "#2f3b3d", "#6cc0b6", "#f1c27d"),
}


def svg(spec: Spec, inks: Inks, title: str, words: str, *, narrow: bool) -> bytes:
    """The drawing, of one width whatever the reader's font is, which says in words what it shows."""
    axis = {"grid": False, "domainColor": inks.soft, "tickColor": inks.soft, "labelColor": inks.soft}
    head = {"anchor": "start", "frame": "bounds", "offset": 14, "fontSize": 14, "color": inks.ink}
    config = {
        "background": None,
        "font": FONT,
        "padding": 8,
        "view": {"stroke": None},
        "axis": {**axis, "labelFontSize": 12, "labelPadding": 4},
        "text": {"fontSize": 12},
        "title": {**head, "subtitleColor": inks.soft, "subtitleFontSize": 12, "limit": 0},
    }
    drawn: str = vl_convert.vegalite_to_svg({**spec, "config": config}, allowed_base_urls=[])
    found = re.match(r'<svg[^>]* height="(\d+)"[^>]*>', drawn)
    assert found is not None
    width, height = NARROW if narrow else WIDE, found[1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' role="img" aria-labelledby="title desc">'
        f'<title id="title">{escape(title)}</title><desc id="desc">{escape(words)}</desc>'
        f'<rect width="{width}" height="{height}" fill="{inks.page}"/>{drawn[found.end() :]}'
    ).encode()
