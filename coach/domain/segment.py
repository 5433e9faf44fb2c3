"""What a text costs on the air."""

from dataclasses import dataclass
from typing import Literal

Encoding = Literal["GSM-7", "UCS-2"]


@dataclass(frozen=True)
class Size:
    """The size of one text: its encoding, its segments, and its units (septets in GSM-7, UTF-16 code units in UCS-2)."""

    encoding: Encoding
    segments: int
    units: int
