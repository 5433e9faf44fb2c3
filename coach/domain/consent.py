"""Consent: an append-only ledger per patient and number, and what its last line means."""

from collections.abc import Mapping
from enum import StrEnum


class Consent(StrEnum):
    NONE = "none"  # nothing on the ledger
    RECORDED = "recorded"  # by staff: how, and the words that were shown
    INVITED = "invited"  # the one invitation was sent
    CONFIRMED = "confirmed"  # the person said yes
    STOPPED = "stopped"  # the person, or the provider on their word, said stop
    WITHDRAWN = "withdrawn"  # by staff, with a reason


class Departure(StrEnum):
    """Why staff withdraw a person."""

    FINISHED = "finished"
    TRANSFERRED = "transferred"
    DECEASED = "deceased"
    ASKED = "asked"  # the person told staff that they want no more texts
    MISTAKE = "mistake"  # added by mistake


MOVES: Mapping[Consent, frozenset[Consent]] = {
    Consent.NONE: frozenset({Consent.RECORDED, Consent.STOPPED}),
    Consent.RECORDED: frozenset({Consent.INVITED, Consent.CONFIRMED, Consent.STOPPED, Consent.WITHDRAWN}),
    Consent.INVITED: frozenset({Consent.CONFIRMED, Consent.STOPPED, Consent.WITHDRAWN}),
    Consent.CONFIRMED: frozenset({Consent.STOPPED, Consent.WITHDRAWN}),
    Consent.STOPPED: frozenset({Consent.CONFIRMED, Consent.WITHDRAWN}),
    Consent.WITHDRAWN: frozenset({Consent.RECORDED, Consent.STOPPED}),
}


def may_move(before: Consent, after: Consent) -> bool:
    """Whether the ledger may take this line next."""
    return after in MOVES[before]
