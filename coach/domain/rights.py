"""Who of the care team may do what, and the words under which the audit keeps what they did."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    CLINICIAN = "clinician"
    VIEWER = "viewer"


class Right(StrEnum):
    LOOK = "look"  # see patients, cases and texts
    CARE = "care"  # change anything about a patient or a case; write to a patient; take rows out
    RULE = "rule"  # people and rights, the audit; erase a patient


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.LOOK}),
    Role.CLINICIAN: frozenset({Right.LOOK, Right.CARE}),
    Role.ADMIN: frozenset(Right),
}


def may(role: Role, right: Right) -> bool:
    """Whether somebody with that role has that right."""
    return right in RIGHTS[role]
