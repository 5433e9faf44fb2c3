"""What Twilio's error codes mean for us: read from twilio_codes.csv. Twilio may change or add codes, hence defaults."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from coach.gateway.rejection import RejectionKind

HERE = Path(__file__).parent
CONCURRENCY = 20429
"""Too many calls at once: Twilio says that such a call was never processed, and when to come again."""

_ACCOUNT_STATUSES = frozenset({401, 403, 404})


class Stage(StrEnum):
    """Where an error shows."""

    CREATE = "create"  # in answer to our call
    RECEIPT = "receipt"  # later, in the text's status


@dataclass(frozen=True)
class Meaning:
    """What one code means at one stage, in plain words."""

    code: int
    stage: Stage
    kind: RejectionKind
    words: str


@dataclass(frozen=True)
class Effect:
    """What follows from a kind of error at one stage: for coach, for the patient and for the team."""

    kind: RejectionKind
    stage: Stage
    concludes: str
    patient: str
    team: str


def _rows(file: str) -> list[dict[str, str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


MEANINGS: Mapping[tuple[int, Stage], Meaning] = {
    (int(row["code"]), Stage(row["stage"])): Meaning(
        int(row["code"]), Stage(row["stage"]), RejectionKind(row["kind"]), row["meaning"]
    )
    for row in _rows("twilio_codes.csv")
}

EFFECTS: Mapping[tuple[RejectionKind, Stage], Effect] = {
    (RejectionKind(row["kind"]), Stage(row["stage"])): Effect(
        RejectionKind(row["kind"]), Stage(row["stage"]), row["concludes"], row["patient"], row["team"]
    )
    for row in _rows("twilio_effects.csv")
}


def meaning_of(code: int | None, stage: Stage) -> Meaning | None:
    """What the code means at this stage, else what it means at the other; None for a code that nobody knows."""
    if code is None:
        return None
    other = Stage.RECEIPT if stage is Stage.CREATE else Stage.CREATE
    return MEANINGS.get((code, stage)) or MEANINGS.get((code, other))


def kind_of(code: int | None, status: int) -> RejectionKind:
    """What a refusal means: by its code, else by its HTTP status; where both say nothing, this one text is at fault."""
    if meaning := meaning_of(code, Stage.CREATE):
        return meaning.kind
    return RejectionKind.ACCOUNT if status in _ACCOUNT_STATUSES else RejectionKind.BAD_MESSAGE


def kind_in_receipt(code: str) -> RejectionKind:
    """What the error in a receipt means; a code that nobody knows is no reason to send again."""
    meaning = meaning_of(int(code) if code.isascii() and code.isdecimal() else None, Stage.RECEIPT)
    return RejectionKind.UNCERTAIN if meaning is None else meaning.kind
