"""Replies by several hands, each with what a fair-minded nurse would say it means."""

import csv
from pathlib import Path

with (Path(__file__).parent / "data" / "replies.csv").open(encoding="utf-8", newline="") as _file:
    SAMPLES = list(csv.DictReader(_file))
"""Each with its `prompt_kind`, its `language`, the `reply`, and what is `expected`: a value, or why there is none."""
