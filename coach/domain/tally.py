"""What a roster shows of one person's last weeks: shares by week, and how the last compare with their own before."""

from enum import StrEnum


class Trend(StrEnum):
    """The person's last four weeks beside their own four before."""

    UP = "up"
    STEADY = "steady"
    DOWN = "down"
    UNKNOWN = "unknown"  # too few questions to say
