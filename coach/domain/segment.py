"""What a text costs on the air."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Encoding = Literal["GSM-7", "UCS-2"]

# 3GPP TS 23.038, 6.2.1: the default alphabet (escape left out), and its extension table of two septets a character.
GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")

LIMITS: dict[Encoding, tuple[int, int]] = {
    "GSM-7": (160, 153),
    "UCS-2": (70, 67),
}  # units alone, units in each of several

# What calculators of SMS segments never split (extended grapheme clusters as of Unicode 10, which they follow).
BASIC_PLANE_END = 0xFFFF
JOINER = "\u200d"
REGIONAL = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
JOINED = frozenset("♀♂⚕⚖✈❤🌈🌾🍳🎓🎤🎨🏫🏭👦👧👨👩💋💻💼🔧🔬🗨🚀🚒")


@dataclass(frozen=True)
class Size:
    """The size of one text: its encoding, its segments, its units (septets in GSM-7, UTF-16 code units in UCS-2)."""

    encoding: Encoding
    segments: int
    units: int


def count(text: str) -> Size:
    """The size of `text` as carriers bill it; the empty text takes 0 segments of GSM-7."""
    encoding: Encoding = "GSM-7" if set(text) <= GSM_BASIC | GSM_EXTENDED else "UCS-2"
    widths = list(_septets(text) if encoding == "GSM-7" else _utf16_units(text))
    units = sum(widths)
    alone, each = LIMITS[encoding]
    segments = min(units, 1) if units <= alone else _pack(widths, each)
    return Size(encoding, segments, units)


def forcing(text: str) -> str | None:
    """The first character for which the whole text is sent as UCS-2, at fewer characters a segment; or None."""
    return next((char for char in text if char not in GSM_BASIC and char not in GSM_EXTENDED), None)


def _septets(text: str) -> Iterator[int]:
    return (2 if char in GSM_EXTENDED else 1 for char in text)


def _utf16_units(text: str) -> Iterator[int]:
    """The UTF-16 units of each character as a reader sees it, in order: flags, accents and joined emoji move as one."""
    width, before = 0, ""
    for char in text:
        if width and not _belongs_to(before, char):
            yield width
            width, before = 0, ""
        width += 2 if ord(char) > BASIC_PLANE_END else 1
        before += char
    if width:
        yield width


def _belongs_to(before: str, char: str) -> bool:
    if unicodedata.category(char) in {"Mn", "Me", "Mc"} or char == JOINER:
        return True
    if char in REGIONAL:
        return before in REGIONAL
    return char in SKIN_TONES or (before[-1] == JOINER and char in JOINED)


def _pack(widths: Iterable[int], room: int) -> int:
    """The parts of `room` units that hold `widths` in order, when no width is split over two parts."""
    parts, used = 1, 0
    for width in widths:
        if used + width > room:
            parts, used = parts + 1, 0
        used += width
    return parts
